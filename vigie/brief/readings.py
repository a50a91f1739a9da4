"""The reviews that a brief counts, each once, with its value in stars and the model's label."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from vigie.clock import PARIS, day_of
from vigie.languages import UNKNOWN_LANGUAGE
from vigie.store import Review, ReviewState, Score, Source
from vigie.store.score import shown_model

WORST_STARS, BEST_STARS = 1.0, 5.0
NEGATIVE_UP_TO, POSITIVE_FROM = 2.5, 3.5
BACKFILL_WITHIN, LATEST_NEWS = timedelta(days=1), timedelta(days=45)


@dataclass(frozen=True)
class Reading:
    """A review as the brief sees it; ``stars`` is the customer's, else the model's, else None.

    ``day`` is when it was published, ``known_at`` since when it is news; ``read_as`` is the
    model's label (``neg``, ``neu``, ``pos``) where the customer gave no stars.
    """

    review_id: int
    day: date
    known_at: datetime
    stars: float | None
    text: str
    author: str | None
    source: str
    answered: bool
    read_as: str | None = None
    url: str | None = None

    @property
    def tone(self) -> str:
        """``neg``, ``neu`` or ``pos``: by the customer's stars, else as the model reads."""
        if self.read_as is not None:
            return self.read_as
        if self.stars is None or NEGATIVE_UP_TO < self.stars < POSITIVE_FROM:
            return "neu"
        return "neg" if self.stars <= NEGATIVE_UP_TO else "pos"


def day_start(day: date) -> datetime:
    """Return midnight in France."""
    return datetime.combine(day, time(), PARIS)


def readings(session: Session, shop_id: int, since: date, until: date) -> list[Reading]:
    """Return the shop's reviews published from ``since`` to ``until`` inclusive, oldest first."""
    rows = session.execute(
        select(
            Review.id,
            Review.published_at,
            Review.first_seen_at,
            Source.created_at,
            Review.rating_normalised,
            Score.stars,
            Score.label,
            Review.text,
            Review.author_label,
            Source.label,
            Review.reply_text,
            Review.url,
        )
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Score, and_(Score.review_id == Review.id, Score.model == shown_model()))
        .where(
            Review.shop_id == shop_id,
            Review.state == ReviewState.PRESENT,
            Review.duplicate_of_id.is_(None),
            Review.published_at >= day_start(since),
            Review.published_at < day_start(until + timedelta(days=1)),
        )
        .order_by(Review.published_at, Review.id)
    )
    return [
        Reading(
            review_id=review_id,
            day=day_of(published),
            known_at=_known_at(published, first_seen, source_since),
            stars=_stars(normalised, model_stars),
            text=text,
            author=author,
            source=source,
            answered=bool(reply),
            read_as=_read_as(normalised, label),
            url=url,
        )
        for (
            review_id,
            published,
            first_seen,
            source_since,
            normalised,
            model_stars,
            label,
            text,
            author,
            source,
            reply,
            url,
        ) in rows
    ]


def _known_at(published: datetime, first_seen: datetime, source_since: datetime) -> datetime:
    """Return since when a review is news: one week's, whatever is read late.

    The past that a source brings along on its first day is no news, nor what a site digs out.
    """
    backfilled = first_seen - source_since < BACKFILL_WITHIN
    return published if backfilled or first_seen - published > LATEST_NEWS else first_seen


def _stars(normalised: float | None, model_stars: float | None) -> float | None:
    if normalised is None:
        return model_stars
    return WORST_STARS + (BEST_STARS - WORST_STARS) * normalised


def _read_as(normalised: float | None, label: str | None) -> str | None:
    return label if normalised is None and label != UNKNOWN_LANGUAGE else None
