"""E-mail: by SMTP where a server is configured, else as ``.eml`` files in the outbox folder."""

import os
import re
import smtplib
import ssl
from contextlib import suppress
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import TracebackType
from typing import Self

from alerts.channels import Channel, DeliveryError, Parcel
from vigie.errors import reason_of
from vigie.french import t
from vigie.settings import Settings

TIMEOUT_S = 30.0
# RFC 5321, 4.2.3: "service not available, closing transmission channel".
CLOSING_CODE = 421
FIRST_PERMANENT_CODE = 500
REASON_LENGTH = 200
# RFC 5321, 2.3.8: servers refuse lines that end otherwise than by CRLF.
BARE_LINE_FEED = re.compile(rb"(?<!\r)\n")


def email_channel(settings: Settings) -> Channel:
    """Return the way that the settings choose."""
    return SmtpServer(settings) if settings.smtp_host else OutboxFolder(settings.outbox_dir)


class OutboxFolder:
    """A folder of ``.eml`` files, which any mail program opens.

    A file's name follows from the message's key, so that sending again writes the same file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was opened."""

    def send(self, parcel: Parcel) -> None:
        """Write the message beside its place, then move it there in one step."""
        target = self._folder / file_name(parcel.key)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as part:
                try:
                    part.write(parcel.mime)
                    part.flush()
                    os.fsync(part.fileno())
                    Path(part.name).replace(target)
                except BaseException:
                    Path(part.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            sentence = t("mail-error-outbox", path=str(self._folder), reason=_reason(error))
            raise DeliveryError(sentence, closed=True) from error


def file_name(key: str) -> str:
    """Return the file name of a message's key; two keys never share one."""
    digest = sha256(key.encode()).hexdigest()[:8]
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', key).strip('-')[:80]}-{digest}.eml"


class SmtpServer:
    """An SMTP server (RFC 5321): one connection for all parcels, made for the first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sender = parseaddr(settings.mail_from)[1]
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye."""
        if self._server is not None:
            self._drop()

    def send(self, parcel: Parcel) -> None:
        """Hand the message over; a reply of 5xx is permanent (RFC 5321, 4.2.1)."""
        server = self._connected()
        try:
            eight_bit = not parcel.mime.isascii() and server.has_extn("8bitmime")
            server.sendmail(
                self._sender,
                [parcel.recipient],
                BARE_LINE_FEED.sub(b"\r\n", parcel.mime),
                mail_options=["BODY=8BITMIME"] if eight_bit else [],
            )
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            raise self._refusal(parcel, code, reply) from error
        except smtplib.SMTPResponseException as error:
            raise self._refusal(parcel, error.smtp_code, error.smtp_error) from error
        except OSError as error:
            # smtplib's own errors are OSErrors too: the server hung up, or never answered.
            self._drop()
            raise self._closed("mail-error-unreachable", _reason(error)) from error

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        try:
            self._server = self._connect()
        except smtplib.SMTPAuthenticationError as error:
            raise self._closed("mail-error-login", _reply(error.smtp_error)) from error
        except smtplib.SMTPResponseException as error:
            raise self._closed("mail-error-unreachable", _reply(error.smtp_error)) from error
        except (OSError, ValueError) as error:
            raise self._closed("mail-error-unreachable", _reason(error)) from error
        return self._server

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S, context=context
            )
        else:
            server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S)
        try:
            if settings.smtp_security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if settings.smtp_user:
                password = settings.smtp_password
                server.login(settings.smtp_user, password.get_secret_value() if password else "")
        except BaseException:
            server.close()
            raise
        return server

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError):
                server.quit()
            server.close()

    def _refusal(self, parcel: Parcel, code: int, reply: bytes | str) -> DeliveryError:
        reason = f"{code} {_reply(reply)}"
        if code == CLOSING_CODE:
            self._drop()
        elif code >= FIRST_PERMANENT_CODE:
            sentence = t(
                "mail-error-refused", recipient=parcel.recipient, reason=reason, **self._place()
            )
            return DeliveryError(sentence, permanent=True)
        sentence = t("mail-error-later", reason=reason, **self._place())
        return DeliveryError(sentence, closed=code == CLOSING_CODE)

    def _closed(self, message_id: str, reason: str) -> DeliveryError:
        return DeliveryError(t(message_id, reason=reason, **self._place()), closed=True)

    def _place(self) -> dict[str, str]:
        return {"host": self._settings.smtp_host, "port": str(self._settings.smtp_port)}


def _reply(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:REASON_LENGTH]


def _reason(error: Exception) -> str:
    return _reply(reason_of(error))
