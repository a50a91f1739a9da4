"""A message: a row of the outbox, sent once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, select
from sqlalchemy.orm import Mapped, Session, defer, joinedload, mapped_column, relationship

from vigie.clock import now
from vigie.errors import NotFoundError, VigieError
from vigie.store.audit import audit
from vigie.store.base import Base, LongText, Pk, Str32, Str64, Str255, enum_column
from vigie.store.shop import Shop

# Kinds of messages: a shop's week, which is made again where it did not leave, one review, and a
# link, which serves within an hour only.
WEEKLY, URGENT, SIGN_IN = "weekly", "urgent", "sign-in"


class MessageState(StrEnum):
    """Where a message is on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Message(Base):
    """A rendered message. Its key makes queueing twice write once."""

    __tablename__ = "message"
    # Serves the sender: "what is queued and due?"
    __table_args__ = (Index("ix_message_due", "state", "next_attempt_at"),)

    id: Mapped[Pk]
    dedupe_key: Mapped[Str255] = mapped_column(unique=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    channel: Mapped[Str32]
    kind: Mapped[Str64]
    recipient: Mapped[Str255]
    subject: Mapped[Str255]
    # The whole RFC 5322 message, so that a retry sends the same bytes.
    mime: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[MessageState] = mapped_column(
        enum_column(MessageState), default=MessageState.QUEUED
    )
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[LongText | None]

    shop: Mapped[Shop | None] = relationship()


def urgent_key(review_id: int) -> str:
    """Return the dedupe key of the message on an urgent review."""
    return f"{URGENT}:{review_id}"


def newest_messages(state: MessageState | None = None) -> Select[Message]:
    """Return the query of what was queued, newest first, without the messages' bytes."""
    query = select(Message).order_by(Message.id.desc())
    query = query.options(defer(Message.mime), joinedload(Message.shop))
    return query if state is None else query.where(Message.state == state)


def send_again(session: Session, message_id: int, user_id: int | None = None) -> Message:
    """Queue a message that failed once more; the caller commits.

    Raises:
        NotFoundError: there is no such message.
        VigieError: it did not fail, or nothing is left of it to send.
    """
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise NotFoundError("mails-error-unknown", number=str(message_id))
    if message.state is not MessageState.FAILED:
        raise VigieError("mails-error-state", number=str(message_id), state=str(message.state))
    if message.kind == SIGN_IN:
        raise VigieError("mails-error-link", number=str(message_id))
    if not message.mime:
        raise VigieError("mails-error-bytes", number=str(message_id))
    # When it was made stays: a later brief goes on from there. Past its days, it has one attempt.
    message.state, message.next_attempt_at = MessageState.QUEUED, now()
    audit(session, "message-again", message, user_id)
    return message
