"""An alert: a detected fact and its life."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vigie.store.base import NEVER_REUSED, Base, Pk, Str64, Str255, enum_column
from vigie.store.shop import Shop


class AlertState(StrEnum):
    """Where an alert is in its life."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class Closing(StrEnum):
    """Why an alert was closed."""

    PERSON = "person"
    EXPIRED = "expired"
    # What it told is true no longer.
    OVER = "over"
    # Another alert tells it, or what came after it.
    REPLACED = "replaced"


class Severity(StrEnum):
    """How much it matters to the person."""

    INFO = "info"
    WARNING = "warning"
    URGENT = "urgent"


class Alert(Base):
    """A detected fact. Its key makes detecting twice write once."""

    __tablename__ = "alert"
    __table_args__ = (
        # Serves the dashboard: "this shop's open alerts".
        Index("ix_alert_shop_state", "shop_id", "state"),
        # Serves detection: "which snoozed alerts come back, which are past their day?"
        Index("ix_alert_state_snoozed_until", "state", "snoozed_until"),
        NEVER_REUSED,
    )

    id: Mapped[Pk]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    # "shop:kind:subject", then the day of the change where one subject may change again.
    key: Mapped[Str255] = mapped_column(unique=True)
    kind: Mapped[Str64]
    subject: Mapped[Str255]
    changed_on: Mapped[date]
    severity: Mapped[Severity] = mapped_column(enum_column(Severity))
    state: Mapped[AlertState] = mapped_column(enum_column(AlertState), default=AlertState.OPEN)
    # The numbers behind the sentence, as plain facts; "expires_on" is the last day of its life.
    facts: Mapped[dict[str, Any]]
    detected_at: Mapped[datetime]
    snoozed_until: Mapped[date | None]
    state_changed_at: Mapped[datetime | None]
    state_changed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("app_user.id", ondelete="SET NULL")
    )

    # None while it is not closed, and in rows closed before this was kept.
    closed_because: Mapped[Closing | None] = mapped_column(enum_column(Closing))
    # New evidence reopens what a person closed once, and not again.
    reopened_at: Mapped[datetime | None]

    shop: Mapped[Shop] = relationship()


class AlertFeedback(Base):
    """Whether an alert was of use to a person: one answer each, which can be changed."""

    __tablename__ = "alert_feedback"
    __table_args__ = (UniqueConstraint("alert_id", "user_id"),)

    id: Mapped[Pk]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id", ondelete="CASCADE"), index=True)
    useful: Mapped[bool]
    given_at: Mapped[datetime]
