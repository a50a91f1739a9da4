"""A crawl: one run of one source, its outcome and the evidence for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vigie.store.base import Base, Pk, enum_column
from vigie.store.source import Source


class Outcome(StrEnum):
    """How a crawl ended. Zero items without a stated zero is never ``ok``."""

    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    DISALLOWED = "disallowed"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"


class Reach(StrEnum):
    """How far a crawl went."""

    # Every page there is.
    WHOLE = "whole"
    # Up to the newest known review.
    KNOWN = "known"
    # A bound, or a page that failed, ended it before.
    CUT = "cut"


class Crawl(Base):
    """One run of one source; ``outcome`` is empty while it runs.

    ``evidence`` is ``{"reason": "<catalogue id>", "args": {...}, "pages": [{"url", "status",
    "bytes", "reviews", "listings"}...]}``: the catalogue makes the sentence of it.
    ``coverage`` is how many items had each field: ``{"reviews": {"items": 20, "date": 19...}}``.
    """

    __tablename__ = "crawl"
    # Serves "the last crawls of this source".
    __table_args__ = (Index("ix_crawl_source_started", "source_id", "started_at"),)

    id: Mapped[Pk]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    pages: Mapped[int] = mapped_column(default=0)
    reviews_seen: Mapped[int] = mapped_column(default=0)
    listings_seen: Mapped[int] = mapped_column(default=0)
    items_new: Mapped[int] = mapped_column(default=0)
    items_changed: Mapped[int] = mapped_column(default=0)
    # What the page itself states it holds.
    stated_count: Mapped[int | None]
    reach: Mapped[Reach | None] = mapped_column(enum_column(Reach))
    coverage: Mapped[dict[str, Any]] = mapped_column(default=dict)
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)

    source: Mapped[Source] = relationship()
