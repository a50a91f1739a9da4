"""A shop's ratings as detection reads them: each counted review once, oldest first."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from vigie.brief.facts import Level
from vigie.brief.levels import level
from vigie.brief.readings import BEST_STARS, WORST_STARS, day_start
from vigie.clock import day_of, today
from vigie.store import Review, ReviewState, Score
from vigie.store.score import shown_model

History = Sequence[tuple[date, float]]

VALUE: ColumnElement[float] = func.coalesce(
    Review.rating_normalised, (Score.stars - WORST_STARS) / (BEST_STARS - WORST_STARS)
)
"""The customer's rating in [0, 1], else the model's."""


def shown_score() -> ColumnElement[bool]:
    """Join a review to what the shown model read in it."""
    return and_(Score.review_id == Review.id, Score.model == shown_model())


def counted() -> tuple[ColumnElement[bool], ...]:
    """Choose the reviews that count: still shown, told once, not of a day to come, with a value."""
    return (
        Review.state == ReviewState.PRESENT,
        Review.duplicate_of_id.is_(None),
        # A date to come is a site's mistake; it would date the change after today.
        Review.published_at < day_start(today() + timedelta(days=1)),
        VALUE.is_not(None),
    )


def history(session: Session, shop_id: int) -> History:
    """Return the day and the value of each counted review, oldest first.

    The value, in [0, 1], is the customer's rating, else the model's; a review without either
    counts for nothing.
    """
    rows = session.execute(
        select(Review.published_at, VALUE)
        .outerjoin(Score, shown_score())
        .where(Review.shop_id == shop_id, *counted())
        .order_by(Review.published_at, Review.id)
    )
    # One row out of bounds must not keep every shop from being looked at.
    return [(day_of(published), min(1.0, max(0.0, value))) for published, value in rows]


def level_between(values: History, since: date, until: date | None = None) -> Level | None:
    """Return the level in stars of the reviews from ``since`` on, before ``until`` if given."""
    return level(
        [
            to_stars(value)
            for day, value in values
            if day >= since and (until is None or day < until)
        ]
    )


def to_stars(value: float) -> float:
    """Return a value in [0, 1] as 1 to 5 stars."""
    return WORST_STARS + (BEST_STARS - WORST_STARS) * value
