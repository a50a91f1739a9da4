"""Detection that goes on from where it stood tells what one look at everything tells."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from alerts.detect import detect
from alerts.detectors.bank import STEPS
from alerts.detectors.prior import Prior
from alerts.history import History
from alerts.memory import Kept, follow_aspect, follow_ratings
from tests.factories import make_review, make_source
from vigie import clock
from vigie.clock import PARIS
from vigie.settings import Settings
from vigie.store import Alert, DetectorMemory, Review

DAY = date(2026, 11, 20)
LOAN = Prior(tuple(30 / (STEPS + 1) for _ in range(STEPS + 1)))
# Good reviews, then poor ones: (how many, how likely each value is).
SPANS = ((70, (1, 2, 7)), (40, (5, 3, 2)), (60, (1, 2, 7)))


@pytest.fixture(autouse=True)
def _frozen() -> None:
    moment = datetime.combine(DAY, time(9), PARIS)
    clock.set_clock(lambda: moment)


def _stream(random: Random) -> list[tuple[date, float]]:
    values = [v for count, how in SPANS for v in random.choices((0.0, 0.5, 1.0), how, k=count)]
    return [(DAY - timedelta(days=400 - 2 * place), v) for place, v in enumerate(values)]


def _row(kept: Kept | None, before: DetectorMemory | None) -> DetectorMemory | None:
    return DetectorMemory(shop_id=1, stream="rating", **kept) if kept else before


@settings(max_examples=15, deadline=None)
@given(st.data(), st.randoms(use_true_random=False))
def test_any_passes_over_a_history_that_is_also_edited_end_as_one_pass_does(
    data: st.DataObject, random: Random
) -> None:
    coming = _stream(random)
    seen: History = []
    rating = aspect = None
    for end in [*sorted(data.draw(st.lists(st.integers(0, 170), max_size=4))), 170]:
        come = list(coming[:end])
        # Some reviews were deleted, edited, or come late.
        for place in data.draw(st.lists(st.integers(0, max(0, end - 1)), max_size=2)):
            if come:
                come[place % len(come)] = (come[place % len(come)][0], random.choice((0.0, 0.5)))
        if data.draw(st.booleans()) and come:
            del come[data.draw(st.integers(0, len(come) - 1))]
        seen = come
        rating = _row(follow_ratings(seen, 200, rating, LOAN)[1], rating)
        aspect = _row(follow_aspect(seen, 300, aspect)[1], aspect)
    if not seen:
        return
    for follow, memory, fresh in (
        (
            lambda m: follow_ratings(seen, 200, m, LOAN),
            rating,
            follow_ratings(seen, 200, None, LOAN),
        ),
        (lambda m: follow_aspect(seen, 300, m), aspect, follow_aspect(seen, 300, None)),
    ):
        assert memory is not None
        assert fresh[1] is not None
        assert follow(memory) == (fresh[0], None)
        assert memory.state == fresh[1]["state"]
        assert (memory.seen, memory.digest) == (fresh[1]["seen"], fresh[1]["digest"])


def test_a_loan_stays_and_a_new_rate_of_error_reads_all_again() -> None:
    values = _stream(Random(3))
    first = _row(follow_ratings(values[:30], 200, None, LOAN)[1], None)
    assert first is not None
    assert first.borrows
    kept = follow_ratings(values, 200, first)[1]
    assert kept == follow_ratings(values, 200, None, LOAN)[1]
    whole = _row(kept, None)
    assert follow_ratings(values, 500, whole) == follow_ratings(values, 500, None, LOAN)


def test_many_passes_over_the_store_write_the_alerts_of_one(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    random = Random(5)
    values = [v for count, how in SPANS for v in random.choices((1.0, 3.0, 5.0), how, k=count)]
    with factory.begin() as session:
        source = make_source(session)
    for place, stars in enumerate(values):
        moment = datetime.combine(DAY - timedelta(days=2 * (170 - place)), time(12), PARIS)
        with factory.begin() as session:
            make_review(session, source, rating=stars, published_at=moment, first_seen_at=moment)
        if place % 20 == 19:
            detect(factory, settings)
    many = _told(factory)
    with factory.begin() as session:
        session.execute(delete(Alert))
        session.execute(delete(DetectorMemory))
        assert len(session.scalars(select(Review.id)).all()) == 170
    detect(factory, settings)
    assert _told(factory) == many
    assert len(many) == 2


def _told(factory: sessionmaker[Session]) -> list[tuple[str, str, int]]:
    with factory() as session:
        rows = session.scalars(select(Alert).order_by(Alert.changed_on))
        return [(row.key, row.facts["told_by"], row.facts["n_before"]) for row in rows]
