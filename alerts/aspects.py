"""What customers say of each aspect, review by review, as streams that detection watches."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from alerts.history import History, counted, shown_score
from vigie.clock import day_of
from vigie.store import AspectMention, Review, Score

STREAMS = 10
"""How many aspects there are: each has this share of the false alarms that all may give."""

LEAST_MENTIONS = 10
"""An aspect that fewer customers have spoken of says nothing."""

Polarity = Literal["neg", "pos"]


@dataclass(frozen=True)
class Heard:
    """A review whose text was read: what it criticises, and what it praises."""

    id: int
    day: date
    neg: frozenset[str]
    pos: frozenset[str]

    def has(self, polarity: Polarity, aspect: str) -> bool:
        """Say whether the review speaks so of an aspect."""
        return aspect in (self.neg if polarity == "neg" else self.pos)


def heard(session: Session, shop_id: int) -> list[Heard]:
    """Return the counted reviews whose text the shown model could read, oldest first."""
    rows = session.execute(
        select(Review.id, Review.published_at, AspectMention.aspect, AspectMention.polarity)
        .select_from(Review)
        .join(Score, shown_score())
        .outerjoin(
            AspectMention,
            and_(AspectMention.review_id == Review.id, AspectMention.model == Score.model),
        )
        # Stars alone speak of nothing, and a source that has only those would drown the others.
        .where(Review.shop_id == shop_id, *counted(), Score.stars.is_not(None), Review.text != "")
        .order_by(Review.published_at, Review.id)
    )
    found = []
    for (review_id, published), group in groupby(rows, lambda row: (row.id, row.published_at)):
        said = {(row.aspect, row.polarity) for row in group}
        neg, pos = (
            frozenset(aspect for aspect, tone in said if tone == polarity)
            for polarity in ("neg", "pos")
        )
        found.append(Heard(review_id, day_of(published), neg, pos))
    return found


def aspect_streams(reviews: Sequence[Heard]) -> dict[str, History]:
    """Return a stream for each aspect that enough customers speak of, by the aspect's name.

    Its values: 0 for a complaint, 1 for praise, a half for neither or both.
    """
    spoken = Counter(aspect for review in reviews for aspect in review.neg | review.pos)
    return {
        aspect: [
            (review.day, (1 + (aspect in review.pos) - (aspect in review.neg)) / 2)
            for review in reviews
        ]
        for aspect, customers in sorted(spoken.items())
        if customers >= LEAST_MENTIONS
    }
