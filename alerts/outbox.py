"""A mail into the outbox: a row to deliver, or one that says why it never can be."""

from email.message import EmailMessage
from typing import NamedTuple

from sqlalchemy.orm import Session

from alerts.compose import one_line
from vigie.clock import now
from vigie.store import Message, MessageState
from vigie.store.upsert import insert_if_absent

EMAIL = "email"
SUBJECT_LENGTH = 255


class Unsendable(NamedTuple):
    """A mail that can never leave: its row makes that visible, and keeps it from being retried."""

    subject: str
    error: str


def queue_mail(
    session: Session,
    kind: str,
    dedupe_key: str,
    recipient: str,
    mail: EmailMessage | Unsendable,
    shop_id: int | None = None,
) -> bool:
    """Write the mail's row, once a dedupe key; say whether a new one is to be delivered."""
    moment = now()
    sendable = isinstance(mail, EmailMessage)
    subject = str(mail["Subject"]) if isinstance(mail, EmailMessage) else one_line(mail.subject)
    new = insert_if_absent(
        session,
        Message,
        ["dedupe_key"],
        dedupe_key=dedupe_key,
        shop_id=shop_id,
        channel=EMAIL,
        kind=kind,
        recipient=recipient,
        subject=subject[:SUBJECT_LENGTH],
        mime=mail.as_bytes() if isinstance(mail, EmailMessage) else b"",
        state=MessageState.QUEUED if sendable else MessageState.FAILED,
        last_error=None if isinstance(mail, EmailMessage) else mail.error,
        attempts=0,
        created_at=moment,
        next_attempt_at=moment,
    )
    return new and sendable
