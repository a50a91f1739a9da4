"""A message: a row of the outbox, sent once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from vigie.store.base import Base, LongText, Pk, Str32, Str64, Str255, enum_column

# Kinds of messages: a shop's week, which is made again where it did not leave, and one review.
WEEKLY, URGENT = "weekly", "urgent"


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


def urgent_key(review_id: int) -> str:
    """Return the dedupe key of the message on an urgent review."""
    return f"{URGENT}:{review_id}"
