"""A review as its platform shows it now, and the versions it had before."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
from vigie.store.source import Source


class ReviewState(StrEnum):
    """Whether the platform still shows the review."""

    PRESENT = "present"
    GONE = "gone"


class ReviewContent:
    """What a review says, in the current row and in each earlier version."""

    rating: Mapped[float | None]
    rating_worst: Mapped[float | None]
    rating_best: Mapped[float | None]
    # In [0, 1], by the worst and the best rating.
    rating_normalised: Mapped[float | None]
    title: Mapped[LongText | None]
    text: Mapped[LongText]
    reply_text: Mapped[LongText | None]
    reply_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    edited_precision: Mapped[Str32 | None]


class Review(ReviewContent, Base):
    """A review, known by (source, external id)."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        # Serves the dashboard and the brief: "this shop's reviews, newest first, in a period".
        Index("ix_review_shop_published", "shop_id", "published_at"),
        # Serves "the copies of this review". Partial: nearly every row is no copy, and SQLite
        # would pick a full index for "IS NULL" over the one above.
        Index(
            "ix_review_duplicate_of",
            "duplicate_of_id",
            sqlite_where=text("duplicate_of_id IS NOT NULL"),
            postgresql_where=text("duplicate_of_id IS NOT NULL"),
        ),
        # Serves linking: "what did this author write about this shop around that day?"
        Index("ix_review_shop_author_published", "shop_id", "author_label", "published_at"),
        # Serves linking, too: a date known by its month or year lies near many days. Partial: most
        # dates are days, and are found by the index above.
        Index(
            "ix_review_shop_author_rough",
            "shop_id",
            "author_label",
            "published_at",
            sqlite_where=text("published_precision != 'day'"),
            postgresql_where=text("published_precision != 'day'"),
        ),
        # Serves detection: "has this shop any review since it last looked?"
        Index("ix_review_shop_first_seen", "shop_id", "first_seen_at"),
        NEVER_REUSED,
    )

    id: Mapped[Pk]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    # The platform's, else a digest of author, date and first text.
    external_id: Mapped[Str255]
    url: Mapped[Url | None]
    # Keyed HMAC of the author's name, and a short label to show: "Marie D."
    author_pseudonym: Mapped[Str64 | None]
    author_label: Mapped[Str64 | None]
    language: Mapped[Str32 | None]
    item_name: Mapped[Str255 | None]
    # A date keeps its precision: day, month or year; published_at falls back to first_seen_at.
    published_at: Mapped[datetime]
    published_precision: Mapped[Str32]
    experienced_at: Mapped[datetime | None]
    experienced_precision: Mapped[Str32 | None]
    # Digest of the content: an upsert writes only where it differs.
    content_hash: Mapped[Str64]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    # Complete passes without it since it was last seen; gone after two.
    missed_passes: Mapped[int] = mapped_column(default=0)
    state: Mapped[ReviewState] = mapped_column(
        enum_column(ReviewState), default=ReviewState.PRESENT
    )
    # The same review on another source is counted once.
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))

    source: Mapped[Source] = relationship()
    versions: Mapped[list["ReviewVersion"]] = relationship(
        back_populates="review", order_by="ReviewVersion.replaced_at"
    )


class ReviewVersion(ReviewContent, Base):
    """What a review said before an edit or a new reply."""

    __tablename__ = "review_version"
    # Serves detection: "what was edited since it last looked?"
    __table_args__ = (Index("ix_review_version_replaced_at", "replaced_at"),)

    id: Mapped[Pk]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    replaced_at: Mapped[datetime]

    review: Mapped[Review] = relationship(back_populates="versions")
