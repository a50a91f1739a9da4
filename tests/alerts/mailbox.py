"""A real SMTP server on loopback, which keeps what it receives or answers as it is told."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ssl import SSLContext
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from vigie.settings import Settings

USER, PASSWORD = "vigie", "phare-et-vigie"


@dataclass
class Mailbox:
    """What arrived, and what the server answers to RCPT TO and to DATA."""

    port: int = 0
    received: list[tuple[str, bytes]] = field(default_factory=list)
    rcpt_answer: str = "250 OK"
    data_answer: str = "250 OK"
    # Leaves a sender without an answer to RCPT TO, once it was ``reached``.
    hangs: bool = False
    reached: Event = field(default_factory=Event)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd finds its hooks by these names.
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.reached.set()
        while self.hangs:
            await asyncio.sleep(0.05)
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(  # noqa: N802  # The same.
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.data_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.received += [(address, envelope.content) for address in envelope.rcpt_tos]
        return self.data_answer

    def settings(self, settings: Settings, **changes: object) -> Settings:
        """Return settings that lead here."""
        here = {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_security": "none"}
        return settings.model_copy(update={**here, **changes})


@contextmanager
def mail_server(
    *, tls: SSLContext | None = None, starttls: SSLContext | None = None, login: bool = False
) -> Iterator[Mailbox]:
    """Run a server until the end of the ``with``."""
    mailbox = Mailbox(port=free_port())
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=mailbox.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=_check if login else None,
        auth_required=login,
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _check(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    known = isinstance(data, LoginPassword) and data == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    # Not handled: the server itself answers 535.
    return AuthResult(success=known, handled=False)
