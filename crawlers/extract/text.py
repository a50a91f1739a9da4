"""Cleaning crawled text: hostile characters out, tags and entities to plain text, bounded."""

import html
import re

LINE_LIMIT = 255
TITLE_LIMIT = 500
BODY_LIMIT = 20_000
URL_LIMIT = 2_000

# Control characters, lone surrogates (JSON escapes can make them), invisible joiners and the
# direction marks that make a name read backwards. U+200C and U+200D stay: emoji are made of them.
_HOSTILE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_SURROGATE_PAIRS = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TAG = re.compile(r"<(?:/?([a-zA-Z][a-zA-Z0-9]{0,20})(?:\s[^<>]{0,2000})?/?|!--[^<>]{0,2000}--)>")
_TWICE = re.compile(
    r"&(?:#0{0,3}\d{2,5}|#x[0-9a-fA-F]{2,4}|quot|apos|nbsp|amp|rsquo|euro|hellip"
    r"|[a-zA-Z]{1,2}(?:acute|grave|circ|cedil|uml|lig|tilde));"
)
_PARAGRAPHS = re.compile(r"&lt;(?:/(?:p|div|ul|ol|li)|br ?/?)&gt;", re.I)
_BLOCKS = frozenset(
    ("br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "blockquote")
)
# The address of a picture.
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|[?#])", re.I)
# What stands before a name in a page's foot.
COPYRIGHT = re.compile(
    r"^(?:copyright|©|\(c\))[\s©(c)]{0,6}(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.]*", re.I
)
_BLANKS = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r" ?\n[\n ]*")


def _pair(found: re.Match[str]) -> str:
    return found.group().encode("utf-16", "surrogatepass").decode("utf-16")


def scrub(text: str) -> str:
    """Return the text without hostile characters."""
    if text.isprintable():
        # Python calls none of them printable.
        return text
    return _HOSTILE.sub("", _SURROGATE_PAIRS.sub(_pair, text))


def _break(found: re.Match[str]) -> str:
    name = found.group(1)
    return "\n" if name and name.lower() in _BLOCKS else ""


def from_markup(text: str) -> str:
    """Return a JSON string as plain text: tags first, then entities, once.

    ``<br>Bonjour`` loses its tag; ``&lt;script&gt;`` stays the text "<script>", unless what is
    encoded is a page's paragraphs: no customer writes ``&lt;/p&gt;``.
    """
    if "&lt;" in text and _PARAGRAPHS.search(text):
        text = html.unescape(text).replace("\\n", "\n")
    if "<" in text:
        text = _TAG.sub(_break, text)
    if "&" in text:
        text = html.unescape(text)
    return text


def _decoded_again(text: str) -> str:
    """Decode what a page encoded twice: "l&#039;accueil" in sight; ``&lt;`` stays as it is."""
    return _TWICE.sub(lambda found: html.unescape(found.group()), text)


def one_line(text: str, limit: int = LINE_LIMIT) -> str | None:
    """Return the text on one line, at most ``limit`` characters, None when nothing is left."""
    # Much longer than the bound is cut first, so that cleaning costs nothing to an attacker.
    if "&" in text:
        text = _decoded_again(text[: limit * 8])
    return " ".join(scrub(text[: limit * 8]).split())[:limit].rstrip() or None


def body(text: str, limit: int = BODY_LIMIT) -> str | None:
    """Return the text with its line breaks, at most ``limit`` characters, None when empty."""
    text = scrub(text[: limit * 4])
    if "&" in text:
        text = _decoded_again(text)
    if "\n" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _NEWLINES.sub("\n", _BLANKS.sub(" ", text)).strip()
    else:
        text = " ".join(text.split())
    return text[:limit].rstrip() or None


def fold(text: str | None) -> str:
    """Return letters and digits only, in lower case: what two copies of a text share."""
    return "".join(filter(str.isalnum, text.casefold())) if text else ""
