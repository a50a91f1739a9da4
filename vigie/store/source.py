"""A source: what is crawled for a shop, how often, and how it is doing."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CursorResult,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vigie.cadence.rule import CadenceKind, run_after
from vigie.clock import now
from vigie.errors import NotFoundError
from vigie.store.base import (
    NEVER_REUSED,
    Base,
    LongText,
    Pk,
    Str32,
    Str64,
    Str255,
    Url,
    enum_column,
)
from vigie.store.shop import Shop
from vigie.store.site import Site

WEEK_S = 7 * 24 * 3600
WANTED_OPTION = "wanted"
"""Among a source's options: its listings are wanted ads, whatever their titles say."""


class Health(StrEnum):
    """How a source is doing, read off its last crawls."""

    NEW = "new"
    HEALTHY = "healthy"
    LATE = "late"
    DEGRADED = "degraded"
    BROKEN = "broken"
    BLOCKED = "blocked"
    DISALLOWED = "disallowed"


class Source(Base):
    """Shop x platform x URL. What is due lives here, so one process or twenty agree on it."""

    __tablename__ = "source"
    __table_args__ = (
        UniqueConstraint("shop_id", "url"),
        # Serves the ticker: "which active sources are due?"
        Index("ix_source_due", "paused", "next_run_at"),
        # Serves the ticker: "is any adaptive cadence to be computed anew?"
        Index("ix_source_rated", "cadence_kind", "rated_at"),
        NEVER_REUSED,
    )

    id: Mapped[Pk]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    # An import has no site.
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    platform: Mapped[Str64]
    # What people call it: "Avis du Coin", a host's name, "Import"...
    label: Mapped[Str255]
    url: Mapped[Url]
    # What its platform is told: a recipe, the number of a shop... No secret is ever here.
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Where the service is asked; None is the real one.
    base_url: Mapped[Url | None]
    cadence_kind: Mapped[CadenceKind] = mapped_column(
        enum_column(CadenceKind), default=CadenceKind.INTERVAL
    )
    # The interval in force: set by a person, computed, or the mean of what ``cron`` says.
    cadence_s: Mapped[int]
    cron: Mapped[Str255 | None]
    # What an adaptive cadence was computed from, to explain it: how much news a day, which share
    # of that the source itself told, and what but the news decided.
    rated_at: Mapped[datetime | None]
    rate_of: Mapped[Str32 | None]
    rate_per_day: Mapped[float | None]
    rate_own_share: Mapped[float | None]
    cadence_bound: Mapped[Str32 | None]
    paused: Mapped[bool] = mapped_column(default=False)
    # None: never by the clock (an import).
    next_run_at: Mapped[datetime | None]
    # "Run now", asked by a person; cleared when the run starts.
    run_requested_at: Mapped[datetime | None]
    # A run holds the source until then: claimed by UPDATE and row count, freed at the end.
    claimed_until: Mapped[datetime | None]
    claimed_by: Mapped[Str64 | None]
    # Where an incremental run stopped; the platform's own words.
    cursor: Mapped[LongText | None]
    # How often every page is read, to see edits and deletions; in between, a run stops at the
    # newest known review. ``full_at`` is when the last such pass ended.
    full_cadence_s: Mapped[int] = mapped_column(default=WEEK_S)
    full_at: Mapped[datetime | None]
    # How many more reviews the page states than are known, at the last pass that missed none, and
    # how many passes in a row bore that out.
    shortfall: Mapped[int | None]
    shortfall_passes: Mapped[int] = mapped_column(default=0)
    # When all its reviews were linked with their copies: from then on, each is as it is stored.
    # None: they were stored before links were kept, and wait for the next crawl.
    linked_at: Mapped[datetime | None] = mapped_column(default=now)
    health: Mapped[Health] = mapped_column(enum_column(Health), default=Health.NEW)
    health_since: Mapped[datetime | None]
    created_at: Mapped[datetime]

    shop: Mapped[Shop] = relationship()
    site: Mapped[Site | None] = relationship()


def source_by_id(session: Session, source_id: int) -> Source:
    """Return the source of this number.

    Raises:
        NotFoundError: there is none.
    """
    source = session.get(Source, source_id)
    if source is None:
        raise NotFoundError("error-source-unknown", source=str(source_id))
    return source


def set_cadence(
    source: Source,
    cadence_s: int,
    kind: CadenceKind = CadenceKind.INTERVAL,
    cron: str | None = None,
) -> None:
    """Read a source more or less often, counted from its last run; the caller commits."""
    last_run = None
    if source.next_run_at is not None:
        last_run = min(now(), source.next_run_at - timedelta(seconds=source.cadence_s))
    source.cadence_s, source.cadence_kind, source.cron = cadence_s, kind, cron
    # The next tick computes an adaptive one.
    source.rated_at = None
    if last_run is not None:
        # By cron, what was missed is not made up for: the next moment that it names counts.
        since = now() if kind is CadenceKind.CRON else last_run
        source.next_run_at = max(now(), run_after(source, since))


def due_source_ids(session: Session, moment: datetime) -> list[int]:
    """Return the sources to run now: due by the clock or asked for, not paused, not held."""
    free = or_(Source.claimed_until.is_(None), Source.claimed_until < moment)
    by_clock = and_(Source.paused.is_(False), Source.next_run_at <= moment)
    due = select(Source.id).where(free, or_(by_clock, Source.run_requested_at.is_not(None)))
    return list(session.scalars(due.order_by(Source.next_run_at, Source.id)))


def has_outdated_cadence(session: Session, moment: datetime) -> bool:
    """Say whether any adaptive cadence is new or a day old: two looks into an index."""
    adaptive = select(Source.id).where(Source.cadence_kind == CadenceKind.ADAPTIVE)
    # Asked apart: neither database uses the index for one or the other.
    looks = (Source.rated_at.is_(None), Source.rated_at <= moment - timedelta(days=1))
    return any(session.scalar(adaptive.where(look).limit(1)) is not None for look in looks)


def claim_source(session: Session, source_id: int, holder: str, until: datetime) -> bool:
    """Take a source for a run, unless another holds it; the row count decides between two."""
    claimed = session.execute(
        update(Source)
        .where(
            Source.id == source_id,
            or_(Source.claimed_until.is_(None), Source.claimed_until < now()),
        )
        .values(claimed_until=until, claimed_by=holder, run_requested_at=None)
        .execution_options(synchronize_session=False)
    )
    session.commit()
    return isinstance(claimed, CursorResult) and claimed.rowcount == 1
