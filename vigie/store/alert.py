"""An alert: a detected fact and its life."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vigie.store.base import Base, Pk, Str64, Str255, enum_column
from vigie.store.shop import Shop


class AlertState(StrEnum):
    """Where an alert is in its life."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class Severity(StrEnum):
    """How much it matters to the person."""

    INFO = "info"
    WARNING = "warning"
    URGENT = "urgent"


class Alert(Base):
    """A detected fact. Its key makes detecting twice write once."""

    __tablename__ = "alert"
    # Serves the dashboard: "this shop's open alerts".
    __table_args__ = (Index("ix_alert_shop_state", "shop_id", "state"),)

    id: Mapped[Pk]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    # "shop:kind:subject:changed_on".
    key: Mapped[Str255] = mapped_column(unique=True)
    kind: Mapped[Str64]
    subject: Mapped[Str255]
    changed_on: Mapped[date]
    severity: Mapped[Severity] = mapped_column(enum_column(Severity))
    state: Mapped[AlertState] = mapped_column(enum_column(AlertState), default=AlertState.OPEN)
    # The numbers behind the sentence, as plain facts.
    facts: Mapped[dict[str, Any]]
    detected_at: Mapped[datetime]
    snoozed_until: Mapped[date | None]
    state_changed_at: Mapped[datetime | None]
    state_changed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("app_user.id", ondelete="SET NULL")
    )

    shop: Mapped[Shop] = relationship()
