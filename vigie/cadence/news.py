"""What the reviews' dates and the readings of listings tell of all sources at once, as arrays."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import Session

from vigie.cadence.arrivals import BAND_EDGES_D, BANDS, Floats, Ints, Seen, seen_of
from vigie.cadence.changes import seen_changes
from vigie.cadence.rule import DAY_S
from vigie.store import Crawl, Outcome, Review, Source

GOOD = (Outcome.OK, Outcome.UNCHANGED, Outcome.EMPTY)
# The readings that tell what a reading takes, and how often listings change.
LOOKED_BACK = timedelta(days=90)
AT_ONCE_S = 60
LONGEST_READING = timedelta(hours=6)


def seen_reviews(
    session: Session, number: Ints, created_d: Floats, last_d: Floats, moment: datetime
) -> Seen:
    """Return what the reviews' own dates tell, from the oldest known to the last reading."""
    counts = np.zeros((len(number), BANDS))
    first_d = np.full(len(number), np.nan)
    starts = [moment - timedelta(days=float(edge)) for edge in BAND_EDGES_D]
    bands = [
        func.sum(case((Review.published_at.between(older, newer), 1), else_=0))
        for newer, older in pairwise(starts)
    ]
    rows = session.execute(
        select(Review.source_id, func.min(Review.published_at), *bands)
        .where(Review.published_at.between(starts[-1], starts[0]))
        .group_by(Review.source_id)
    ).all()
    for at, (_, first, *by_band) in placed(number, rows):
        counts[at], first_d[at] = by_band, (moment - first).total_seconds() / DAY_S
    # Where the time looked at begins with the oldest review, that one is no news within it.
    begins = np.flatnonzero(first_d > created_d)
    band = np.searchsorted(BAND_EDGES_D[1:-1], first_d[begins])
    counts[begins, band] = np.maximum(0.0, counts[begins, band] - 1)
    # Nor are those without a date that the first reading found: they were there before.
    _leave_out(counts, _undated_at_first(session, moment), number)
    never = np.isnan(last_d)
    counts[never] = 0.0
    return seen_of(counts, np.where(never, 0.0, np.fmax(first_d, created_d)), np.fmax(last_d, 0.0))


def _undated_at_first(session: Session, moment: datetime) -> dict[int, tuple[float, int]]:
    """Return of each source the age and number of the reviews without a date it had at first.

    A review without a date is stored as published when its page was read, just before that.
    """
    stored_after_s = extract("epoch", Review.first_seen_at) - extract("epoch", Review.published_at)
    rows = session.execute(
        select(Review.source_id, Review.first_seen_at, func.count())
        .join(Source, Source.id == Review.source_id)
        # Most are older than the source: that is told faster.
        .where(Review.published_at >= Source.created_at, stored_after_s.between(0, AT_ONCE_S))
        .group_by(Review.source_id, Review.first_seen_at)
        .order_by(Review.source_id, Review.first_seen_at)
    )
    first: dict[int, datetime] = {}
    counts: dict[int, int] = {}
    for source_id, seen_at, count in rows:
        start = first.setdefault(source_id, seen_at)
        # A reading takes a while; the next one comes later.
        if seen_at - start < LONGEST_READING:
            counts[source_id] = counts.get(source_id, 0) + count
    return {
        one: ((moment - start).total_seconds() / DAY_S, counts[one]) for one, start in first.items()
    }


def _leave_out(counts: Floats, found: dict[int, tuple[float, int]], number: Ints) -> None:
    """Take these off their bands of age."""
    for at, (_, age_d, count) in placed(number, ((one, *told) for one, told in found.items())):
        band = int(np.searchsorted(BAND_EDGES_D[1:], age_d))
        if band < BANDS:
            counts[at, band] = max(0.0, counts[at, band] - count)


def seen_listings(session: Session, number: Ints, moment: datetime) -> Seen:
    """Return what the readings of listings tell: whether each found a change since the last."""
    of_listings = (
        select(Crawl.source_id)
        .where(Crawl.started_at >= moment - LOOKED_BACK)
        .group_by(Crawl.source_id)
        .having(func.sum(Crawl.listings_seen) > 0, func.sum(Crawl.reviews_seen) == 0)
    )
    rows = session.execute(
        select(Crawl.source_id, Crawl.started_at, Crawl.items_new + Crawl.items_changed > 0)
        .where(
            Crawl.source_id.in_(of_listings),
            Crawl.started_at >= moment - LOOKED_BACK,
            Crawl.outcome.in_(GOOD),
        )
        .order_by(Crawl.source_id, Crawl.started_at)
    ).all()
    known = [(at, row) for at, row in placed(number, rows)]
    source = np.array([at for at, _ in known], dtype=np.int64)
    age_d = ages((row[1] for _, row in known), moment)
    changed = np.array([row[2] for _, row in known], dtype=np.bool_)
    # The first reading in sight has none before it to tell what changed.
    follows = np.flatnonzero(source[1:] == source[:-1]) + 1
    interval_d = age_d[follows - 1] - age_d[follows]
    return seen_changes(source[follows], interval_d, age_d[follows], changed[follows], len(number))


def placed(number: Ints, rows: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Give the rows, which begin with a source's number, each with the source's place."""
    places = {one: place for place, one in enumerate(number.tolist())}
    for row in rows:
        place = places.get(row[0])
        if place is not None:
            yield place, row


def ages(moments: Iterable[datetime], moment: datetime) -> Floats:
    """Return how many days ago these were."""
    stamps = np.array([one.timestamp() for one in moments])
    days: Floats = np.maximum(0.0, moment.timestamp() - stamps) / DAY_S
    return days
