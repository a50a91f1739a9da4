"""A change of a source's health: told once to the operators, and kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vigie.store.base import NEVER_REUSED, Base, Pk, enum_column
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
        NEVER_REUSED,
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


def change_health(
    session: Session, source: Source, health: Health, moment: datetime, evidence: dict[str, Any]
) -> None:
    """Set a source's health; a change is kept, to be told once. The caller commits.

    Args:
        evidence: of the crawl that shows it; its sentence is kept, its pages are not.
    """
    if health is source.health:
        return
    # A first crawl that goes well is what was expected.
    expected = source.health is Health.NEW and health is Health.HEALTHY
    session.add(
        HealthChange(
            source_id=source.id,
            changed_at=moment,
            before=source.health,
            after=health,
            evidence={name: evidence[name] for name in ("reason", "args") if name in evidence},
            told_at=moment if expected else None,
        )
    )
    source.health, source.health_since = health, moment
