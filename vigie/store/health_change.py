"""A change of a source's health: told once to the operators, and kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vigie.store.base import Base, Pk, enum_column
from vigie.store.source import Health, Source


class HealthChange(Base):
    """One change; ``evidence`` is that of the crawl which made it, without its pages."""

    __tablename__ = "health_change"
    __table_args__ = (
        # Serves a source's page: "its last changes".
        Index("ix_health_change_source_changed", "source_id", "changed_at"),
        # Serves the teller: "what was not told yet?"
        Index(
            "ix_health_change_untold",
            "id",
            sqlite_where=text("told_at IS NULL"),
            postgresql_where=text("told_at IS NULL"),
        ),
    )

    id: Mapped[Pk]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    changed_at: Mapped[datetime]
    before: Mapped[Health] = mapped_column(enum_column(Health))
    after: Mapped[Health] = mapped_column(enum_column(Health))
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # When the operators' mail was queued, or found not to be needed.
    told_at: Mapped[datetime | None]

    source: Mapped[Source] = relationship()
