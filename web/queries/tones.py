"""Stars and tone of a review in SQL: the customer's rating, else the model's."""

from sqlalchemy import ColumnElement, and_, case, func

from vigie.brief.readings import BEST_STARS, NEGATIVE_UP_TO, POSITIVE_FROM, WORST_STARS
from vigie.store import Review, ReviewState, Score
from vigie.store.score import shown_model

TONES = ("neg", "neu", "pos")
# Reviews that count: still shown by their platform, each once.
COUNTED = and_(Review.state == ReviewState.PRESENT, Review.duplicate_of_id.is_(None))


def score_of_review() -> ColumnElement[bool]:
    """Return the condition that joins ``Score`` to ``Review``: one model's, never a mix."""
    return and_(Score.review_id == Review.id, Score.model == shown_model())


def score_where_unrated() -> ColumnElement[bool]:
    """Return the same for ``stars_column`` alone: a rated review costs no search for a score."""
    unrated = case((Review.rating_normalised.is_(None), Review.id))
    return and_(Score.review_id == unrated, Score.model == shown_model())


def stars_column() -> ColumnElement[float | None]:
    """Return the review's stars, 1 to 5."""
    given = WORST_STARS + (BEST_STARS - WORST_STARS) * Review.rating_normalised
    return func.coalesce(given, Score.stars)


def tone_column() -> ColumnElement[str]:
    """Return ``neg``, ``neu`` or ``pos``: by the customer's stars as the brief does, else as read.

    A rating is the customer's own word; the model's reading speaks where there is none. What it
    could not read, as a text in an unknown language, takes no side.
    """
    read = case((Score.label.in_(TONES), Score.label), else_="neu")
    stars = WORST_STARS + (BEST_STARS - WORST_STARS) * Review.rating_normalised
    return case(
        (Review.rating_normalised.is_(None), read),
        (stars <= NEGATIVE_UP_TO, "neg"),
        (stars >= POSITIVE_FROM, "pos"),
        else_="neu",
    )
