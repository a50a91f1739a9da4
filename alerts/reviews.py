"""A shop's reviews of the last year as the looks for bursts and for the unusual read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.detectors.burst import MOST_DAYS, WINDOWS
from alerts.history import VALUE, counted, shown_score
from vigie.brief.readings import day_start
from vigie.clock import day_of, today
from vigie.store import Review, Score, Source

READ_DAYS = MOST_DAYS + 2 * max(WINDOWS)
# In [0, 1]: two stars and less, and what the least of the best is.
BAD_UP_TO, GOOD_FROM, BEST_FROM = 0.3, 0.7, 0.95


@dataclass(frozen=True)
class Told:
    """A review: ``value`` in [0, 1] is the customer's rating, else the model's.

    ``is_dated`` says that its day is known and not only the day on which it was read.
    """

    id: int
    source_id: int
    site_id: int | None
    source: str
    day: date
    is_dated: bool
    value: float
    is_rated: bool
    author: str | None
    text: str
    disagrees: bool


def told_reviews(session: Session, shop_id: int) -> Sequence[Told]:
    """Return the counted reviews of the last thirteen months, the newest first."""
    rows = session.execute(
        select(
            Review.id, Review.source_id, Source.site_id, Source.label, Review.published_at,
            Review.published_precision, Review.first_seen_at, VALUE.label("value"),
            Review.rating_normalised, Review.author_pseudonym, Review.text, Score.disagrees,
        )
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Score, shown_score())
        .where(
            Review.shop_id == shop_id,
            *counted(),
            Review.published_at >= day_start(today() - timedelta(days=READ_DAYS)),
        )
        .order_by(Review.published_at.desc(), Review.id.desc())
    )  # fmt: skip
    return [
        Told(
            id=row.id,
            source_id=row.source_id,
            site_id=row.site_id,
            source=row.label,
            day=day_of(row.published_at),
            # A page without dates has its reviews dated by the moment of reading.
            is_dated=row.published_precision == "day" and row.published_at != row.first_seen_at,
            value=row.value,
            is_rated=row.rating_normalised is not None,
            author=row.author_pseudonym,
            text=row.text,
            disagrees=bool(row.disagrees),
        )
        for row in rows
    ]
