"""A letter as an e-mail: HTML from MJML, an inline chart, and a text part that stands alone."""

import re
from collections.abc import Sequence
from email import policy
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from functools import lru_cache
from textwrap import wrap
from typing import Any
from urllib.parse import quote

import mrml
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from alerts.letter import AlertBox, Letter, ThemeLines
from vigie.clock import now
from vigie.errors import VigieError
from vigie.french import t
from vigie.settings import Settings

TEXT_COLUMNS = 72
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHART_CID = "note@vigie"


class MailPolicy(policy.EmailPolicy):
    """RFC 5322, with subjects that are encoded as one piece (RFC 2047).

    The standard policy cuts a subject before an accented word, and may leave an empty encoded
    word there, which some programs show as it stands.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"linesep": "\r\n", **settings})

    def fold(self, name: str, value: Any) -> str:
        """Return a header as text."""
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        words = Header(str(value), "utf-8", header_name=name)
        return f"{name}: {words.encode(linesep=self.linesep)}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


def sender(settings: Settings) -> tuple[str, Address]:
    """Return the sender's bare address and its header form.

    Raises:
        VigieError: ``mail_from`` is not a name and an address.
    """
    name, spec = parseaddr(settings.mail_from)
    address = _address(spec, name)
    if address is None:
        raise VigieError("mail-error-sender", value=settings.mail_from)
    return spec, address


def is_address(text: str) -> bool:
    """Say whether mail can be addressed to this text."""
    return _address(text) is not None


def envelope(settings: Settings, recipient: str, subject: str) -> EmailMessage:
    """Return a mail with its headers and nothing in it yet.

    Raises:
        VigieError: ``mail_from`` is not a sender.
    """
    spec, author = sender(settings)
    message = EmailMessage(policy=MailPolicy())
    message["Subject"] = one_line(subject)
    message["From"] = author
    message["To"] = recipient
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=spec.rpartition("@")[2])
    # RFC 3834: keeps holiday replies from answering.
    message["Auto-Submitted"] = "auto-generated"
    return message


def mail(
    letter: Letter, settings: Settings, recipient: str, url: str, chart: bytes | None
) -> EmailMessage:
    """Compose the mail; ``chart`` is a PNG.

    Raises:
        VigieError: ``mail_from`` is not a sender.
    """
    message = envelope(settings, recipient, letter.subject)
    message["List-Unsubscribe"] = f"<{_stop_address(settings)}>"
    message.set_content(plain_text(letter, url), cte="quoted-printable")
    message.add_alternative(
        _html(letter, url, has_chart=chart is not None), subtype="html", cte="quoted-printable"
    )
    if chart is not None:
        page = message.get_payload()[1]  # type: ignore[index]  # The alternative just added.
        page.add_related(  # type: ignore[union-attr]  # It is an EmailMessage too.
            chart,
            maintype="image",
            subtype="png",
            cid=f"<{CHART_CID}>",
            filename="note.png",
            disposition="inline",
        )
    return message


def _stop_address(settings: Settings) -> str:
    """Return where the mails are stopped (RFC 2369): the contact, else whoever sends them.

    There is no ``List-Unsubscribe-Post`` (RFC 8058): a person reads the request.
    """
    if settings.contact.startswith(("https://", "http://")):
        return settings.contact
    spec = settings.contact if is_address(settings.contact) else sender(settings)[0]
    return f"mailto:{quote(spec, safe='@')}?subject={quote(t('mail-stop-subject'))}"


def _contact_link(contact: str) -> str:
    """Return what the contact's name links to; empty where it is neither a page nor an address."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{quote(contact, safe='@')}" if is_address(contact) else ""


def plain_text(letter: Letter, url: str = "") -> str:
    """Return the letter as plain text that reads well by itself."""
    blocks = [[letter.shop, letter.period]]
    blocks.extend(map(_alert_lines, letter.alerts[:1]))
    blocks.append(_todo_block(letter))
    blocks.extend(map(_alert_lines, letter.alerts[1:]))
    blocks.append(_wrapped(letter.news))
    blocks.append(_wrapped(f"{letter.level} {letter.trend}".strip()))
    blocks.append(_theme_block("mail-complained", letter.complained))
    blocks.append(_theme_block("mail-praised", letter.praised))
    blocks.extend(_wrapped(line) for line in letter.troubles)
    blocks.append(_wrapped(letter.healthy))
    if url:
        blocks.append([t("mail-dashboard-text", url=url)])
        # The signature mark of RFC 3676: what follows is not the letter.
        # The address ends its line, so that no mark of the sentence is taken for part of it.
        blocks.append(["-- ", *_wrapped(f"{letter.why} {letter.stop} {letter.contact}".strip())])
    return _visible("\n\n".join("\n".join(block) for block in blocks if block)) + "\n"


def one_line(text: str) -> str:
    """Return a text that may stand in a header: no line breaks, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _visible(text: str) -> str:
    """Drop the characters that XML 1.0 (§2.2) forbids: MJML is XML, and nobody sees them."""
    return NOT_XML.sub("", text)


def _address(spec: str, name: str = "") -> Address | None:
    try:
        address = Address(display_name=name, addr_spec=spec)
    except (ValueError, HeaderParseError, IndexError):
        return None
    return address if address.username and address.domain and spec.isascii() else None


def _for_attribute(text: str) -> Markup:
    """Escape a text for an attribute in plain ASCII: mrml would write Rust's own escapes there.

    The title needs it too, since mrml repeats it in an attribute.
    """
    ascii_only = str(escape(text)).encode("ascii", "xmlcharrefreplace").decode()
    return Markup(ascii_only.replace("\\", "&#92;"))  # noqa: S704  # It is escaped just above.


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("alerts"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["for_attribute"] = _for_attribute
    return environment


def _html(letter: Letter, url: str, has_chart: bool) -> str:
    names = ("complained", "praised", "over-month", "todo", "dashboard")
    mjml = (
        _templates()
        .get_template("weekly.mjml")
        .render(
            letter=letter,
            words={name.replace("-", "_"): t(f"mail-{name}") for name in names},
            preview=letter.alerts[0].sentence if letter.alerts else f"{letter.news} {letter.level}",
            contact_link=_contact_link(letter.contact),
            url=url,
            chart=CHART_CID if has_chart else "",
            chart_width=360,
        )
    )
    return str(mrml.to_html(_visible(mjml)).content)


def _alert_lines(alert: AlertBox) -> list[str]:
    return _wrapped(f"{alert.label}. " * bool(alert.label) + alert.sentence)


def _todo_block(letter: Letter) -> list[str]:
    if not letter.todo:
        return []
    links = [
        line
        for one in letter.answers
        for line in (f"- {one.name}\N{NO-BREAK SPACE}:", f"  {one.url}")
    ]
    return [t("mail-todo"), *_numbered(letter.todo), *links]


def _theme_block(title: str, themes: tuple[ThemeLines, ...]) -> list[str]:
    if not themes:
        return []
    lines = [f"{t(title)} {t('mail-over-month')}"]
    for theme in themes:
        lines += _wrapped(f"- {theme.title} : {theme.quote} ({theme.by})", "  ")
    return lines


def _numbered(lines: Sequence[str]) -> list[str]:
    if len(lines) == 1:
        return _wrapped(lines[0])
    return [
        wrapped
        for number, line in enumerate(lines, 1)
        for wrapped in _wrapped(f"{number}. {line}", "   ")
    ]


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(
        text,
        TEXT_COLUMNS,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
