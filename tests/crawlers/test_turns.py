"""Turns at a site, taken in the database by whoever comes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session, sessionmaker

from crawlers.manners import (
    LONGEST_PAUSE_S,
    Budget,
    Held,
    Limits,
    Wait,
    held,
    opens_at,
)
from crawlers.turns import Turn, Turns
from tests.factories import SOME_MOMENT
from vigie import clock
from vigie.store import Site

# A Monday, ten o'clock in France.
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _site(factory: sessionmaker[Session], **limits: float) -> int:
    with factory.begin() as session:
        site = Site(host="avis.example", created_at=SOME_MOMENT, **limits)
        session.add(site)
        session.flush()
        return site.id


def test_many_who_ask_at_once_get_no_more_than_there_is(factory: sessionmaker[Session]) -> None:
    site = _site(factory, min_delay_s=0, requests_per_day=25, concurrency=16)
    got: list[Turn | Held] = []

    def ask() -> None:
        turns = Turns(factory, 0.0)
        for _ in range(10):
            turn = turns.take(site, 0.0, 30.0)
            got.append(turn)
            if isinstance(turn, Turn):
                turns.give_back(turn)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    given_out = [turn for turn in got if isinstance(turn, Turn)]
    refused = {turn.why for turn in got if isinstance(turn, Held)}
    assert (len(given_out), len(got), refused) == (25, 40, {Wait.BUDGET})
    with factory() as session:
        row = session.get_one(Site, site)
        assert (row.requests_made, row.under_way) == (25, {})


def test_a_request_whose_process_died_stops_counting(factory: sessionmaker[Session]) -> None:
    clock.set_clock(lambda: MORNING)
    turns, site = Turns(factory, 0.0), _site(factory)
    assert isinstance(turns.take(site, 0.0, 30.0), Turn)
    busy = turns.take(site, 0.0, 30.0)
    assert isinstance(busy, Held)
    assert busy.why is Wait.BUSY
    clock.set_clock(lambda: MORNING + timedelta(seconds=36))
    assert isinstance(turns.take(site, 0.0, 30.0), Turn)


def test_the_longest_of_the_delays_is_kept(factory: sessionmaker[Session]) -> None:
    clock.set_clock(lambda: MORNING)
    turns, site = Turns(factory, 2.0), _site(factory, robots_delay_s=7.0)
    first = turns.take(site, 3.0, 30.0)
    assert isinstance(first, Turn)
    turns.give_back(first)
    clock.set_clock(lambda: MORNING + timedelta(seconds=4))
    assert turns.take(site, 3.0, 30.0) == Held(Wait.DELAY, 3.0)


def test_a_new_day_in_france_has_a_new_budget(factory: sessionmaker[Session]) -> None:
    turns, site = Turns(factory, 0.0), _site(factory, requests_per_day=1)
    late = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    clock.set_clock(lambda: late)
    first = turns.take(site, 0.0, 30.0)
    assert isinstance(first, Turn)
    turns.give_back(first)
    assert turns.take(site, 0.0, 30.0) == Held(Wait.BUDGET, 60.0)
    clock.set_clock(lambda: late + timedelta(minutes=1))
    assert isinstance(turns.take(site, 0.0, 30.0), Turn)


def test_two_refusals_at_once_pause_for_the_longer_time(factory: sessionmaker[Session]) -> None:
    clock.set_clock(lambda: MORNING)
    turns, site = Turns(factory, 0.0), _site(factory)
    turns.back_off(site, 429, 600.0)
    assert turns.back_off(site, 503, 30.0) == MORNING + timedelta(seconds=600)
    assert turns.take(site, 0.0, 30.0) == Held(Wait.PAUSED, 600.0)


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        # Winter in France is an hour ahead of UTC, summer two.
        ((8, 20), datetime(2026, 1, 5, 6, 59, tzinfo=UTC), datetime(2026, 1, 5, 7, tzinfo=UTC)),
        ((8, 20), datetime(2026, 1, 5, 7, 0, tzinfo=UTC), None),
        ((8, 20), datetime(2026, 1, 5, 19, 0, tzinfo=UTC), datetime(2026, 1, 6, 7, tzinfo=UTC)),
        ((8, 20), datetime(2026, 7, 6, 5, 59, tzinfo=UTC), datetime(2026, 7, 6, 6, tzinfo=UTC)),
        ((22, 6), datetime(2026, 1, 5, 12, 0, tzinfo=UTC), datetime(2026, 1, 5, 21, tzinfo=UTC)),
        ((22, 6), datetime(2026, 1, 5, 2, 0, tzinfo=UTC), None),
        # The night in which the clock goes forward has no half past two.
        ((3, 4), datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ],
)
def test_hours_are_those_of_france(
    hours: tuple[int, int], moment: datetime, opens: datetime | None
) -> None:
    start, end = (hour * 60 for hour in hours)
    assert opens_at(Limits(open_minute=start, close_minute=end), moment) == opens


_moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
_minutes = st.none() | st.integers(0, 1439)
_limits = st.builds(
    Limits,
    delay_s=st.floats(0, 3600),
    requests_per_day=st.none() | st.integers(1, 5),
    concurrency=st.integers(1, 3),
    open_minute=_minutes,
    close_minute=_minutes,
)


@given(_limits, _moments, st.lists(_moments, max_size=4), st.none() | _moments, st.integers(0, 9))
def test_a_wait_is_bounded_and_waiting_so_long_is_enough(
    limits: Limits,
    moment: datetime,
    others: Sequence[datetime],
    paused_until: datetime | None,
    made: int,
) -> None:
    budget = Budget(
        last_request_at=others[0] if others else None,
        day=moment.date(),
        made=made,
        under_way={str(number): until for number, until in enumerate(others)},
        paused_until=paused_until,
    )
    wait = held(limits, budget, moment)
    if wait is None:
        return
    # A day in autumn has an hour more.
    assert 0 <= wait.for_s <= LONGEST_PAUSE_S + 3600
    then = moment + timedelta(seconds=wait.for_s)
    later = held(limits, budget, then)
    is_short = wait.why in (Wait.DELAY, Wait.BUSY)
    # Clocks that were set back are waited for anew, never for longer than once.
    assert is_short or later is None or later.why is not wait.why
