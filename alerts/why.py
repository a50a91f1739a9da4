"""Why a level changed: the aspects that customers speak of more since, with two reviews."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import islice
from math import sqrt
from statistics import NormalDist
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, distinct, func, select
from sqlalchemy.orm import Session

from alerts.history import VALUE, counted, shown_score
from vigie.brief.readings import day_start
from vigie.store import AspectMention, Review, Score
from vigie.store.score import shown_model

# What is compared with: what was said longer ago may be another story.
BEFORE = timedelta(days=365)
MOST_ASPECTS = 2
LEAST_VOICES = 2
# One customer is an anecdote.
LEAST_CUSTOMERS = 2
# Two-sided 95 % for ten aspects at once (Bonferroni).
SURE = NormalDist().inv_cdf(1 - 0.05 / 20)
MIDDLE = 0.5


def why(
    session: Session,
    shop_id: int,
    direction: str,
    since: date,
    until: date | None = None,
    also: Collection[str] = (),
) -> dict[str, Any]:
    """Return facts: the aspects criticised more since a fall, or praised more since a rise.

    ``why`` lists each with its share of the reviews before and after, most moved first: those
    only whose move is more than chance, by this look or by a detector of their own (``also``).
    ``review_ids`` are late reviews that say so, two or more, of people whose rating agrees.
    """
    polarity = "neg" if direction == "down" else "pos"
    reviews = _reviews(shop_id, since, until)
    is_after, value = reviews.c.is_after, reviews.c.value
    n_after, n = session.execute(
        select(func.count(case((is_after, 1))), func.count()).select_from(reviews)
    ).one()
    agrees = value <= MIDDLE if polarity == "neg" else value >= MIDDLE
    rows = session.execute(
        select(
            AspectMention.aspect,
            func.count(distinct(case((~is_after, reviews.c.id)))),
            func.count(distinct(case((is_after, reviews.c.id)))),
            func.max(case((is_after & agrees, reviews.c.id))),
        )
        .join(reviews, reviews.c.id == AspectMention.review_id)
        .where(AspectMention.model == shown_model(), AspectMention.polarity == polarity)
        .group_by(AspectMention.aspect)
    )
    n_before = n - n_after
    moved = [
        (after / n_after - before / n_before, aspect, before / n_before, after / n_after, voice)
        for aspect, before, after, voice in rows
        if n_before
        and voice
        and after * n_before > before * n_after
        and (aspect in also or _is_sure(before, n_before, after, n_after))
    ]
    most = [
        one
        for place, one in enumerate(sorted(moved, reverse=True))
        if place < MOST_ASPECTS or one[1] in also
    ]
    return {
        "why": [
            {"aspect": aspect, "before": round(before, 3), "after": round(after, 3)}
            for _, aspect, before, after, _ in most
        ],
        "review_ids": _voices(session, reviews, agrees, polarity, [one[1] for one in most]),
    }


def _voices(
    session: Session,
    reviews: Subquery,
    agrees: ColumnElement[bool],
    polarity: str,
    aspects: Sequence[str],
) -> list[int]:
    """Return the latest review that speaks so of each aspect, and others until there are two."""
    if not aspects:
        return []
    rows = session.execute(
        select(AspectMention.aspect, reviews.c.id)
        .join(reviews, reviews.c.id == AspectMention.review_id)
        .where(
            AspectMention.model == shown_model(),
            AspectMention.polarity == polarity,
            AspectMention.aspect.in_(aspects),
            reviews.c.is_after & agrees,
        )
        .order_by(reviews.c.id.desc())
    ).all()
    voices: list[int] = []
    for aspect in [*aspects, *aspects]:
        others = (id for name, id in rows if name == aspect and id not in voices)
        if len(voices) < max(LEAST_VOICES, len(aspects)):
            voices += islice(others, 1)
    return voices


def _reviews(shop_id: int, since: date, until: date | None) -> Subquery:
    """The counted reviews on both sides of a change."""
    return (
        select(
            Review.id.label("id"),
            (Review.published_at >= day_start(since)).label("is_after"),
            VALUE.label("value"),
        )
        .outerjoin(Score, shown_score())
        .where(
            Review.shop_id == shop_id,
            Review.published_at >= day_start(since - BEFORE),
            *([Review.published_at < day_start(until)] if until else []),
            *counted(),
        )
        .subquery()
    )


def _is_sure(before: int, n_before: int, after: int, n_after: int) -> bool:
    """Say whether a share grew by more than chance: a two-proportion test, pooled."""
    if after < LEAST_CUSTOMERS:
        return False
    pooled = (before + after) / (n_before + n_after)
    error = sqrt(pooled * (1 - pooled) * (1 / n_before + 1 / n_after))
    return after / n_after - before / n_before > SURE * error
