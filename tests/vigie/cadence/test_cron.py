"""Cron expressions mean what crontab(5) says, by the clock of France."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.cadence.cron import cron_runs, read_cron
from vigie.clock import PARIS
from vigie.errors import VigieError

SUMMER = datetime(2026, 6, 1, 10, 7, tzinfo=UTC)


def _some(least: int, most: int) -> st.SearchStrategy[set[int]]:
    return st.sets(st.integers(least, most), min_size=1, max_size=3)


def _field(values: set[int] | None) -> str:
    return "*" if values is None else ",".join(map(str, sorted(values)))


@given(_some(0, 59), _some(0, 23), st.none() | _some(1, 28), st.none() | _some(0, 7))
@settings(max_examples=60)
def test_the_next_run_is_the_first_minute_that_fits(
    minutes: set[int], hours: set[int], days: set[int] | None, weekdays: set[int] | None
) -> None:
    cron = f"{_field(minutes)} {_field(hours)} {_field(days)} * {_field(weekdays)}"
    local = SUMMER.astimezone(PARIS)
    midnight = local.replace(hour=0, minute=0)
    moments = (
        day + timedelta(hours=hour, minutes=minute)
        for day in (midnight + timedelta(days=number) for number in range(60))
        if _fits(day, days, weekdays)
        for hour in sorted(hours)
        for minute in sorted(minutes)
    )
    expected = next(moment for moment in moments if moment > local)
    assert next(cron_runs(cron, SUMMER)) == expected


def _fits(day: datetime, days: set[int] | None, weekdays: set[int] | None) -> bool:
    # Sunday is 0 and 7; where both are given, either will do.
    by_day = None if days is None else day.day in days
    by_weekday = (
        None if weekdays is None else bool({day.isoweekday(), day.isoweekday() % 7} & weekdays)
    )
    told = [one for one in (by_day, by_weekday) if one is not None]
    return any(told) or not told


@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)]
)
def test_runs_go_on_where_the_clocks_change(day: datetime) -> None:
    runs = list(islice(cron_runs("30 2 * * *", day), 6))
    gaps = [after - before for before, after in pairwise(runs)]
    assert all(timedelta(hours=23) <= gap <= timedelta(hours=25) for gap in gaps)


def test_an_hour_that_comes_twice_is_read_twice_only_by_what_runs_every_hour() -> None:
    night = datetime(2026, 10, 24, 22, tzinfo=UTC)
    runs = list(islice(cron_runs("0 * * * *", night), 4))
    assert [run - night for run in runs] == [timedelta(hours=hours) for hours in (1, 2, 3, 4)]


def test_working_days_come_five_times_a_week() -> None:
    cron, mean_s = read_cron(" 0  6 * * MON-FRI ", SUMMER)
    assert cron == "0 6 * * mon-fri"
    assert mean_s == pytest.approx(7 * 86_400 / 5, rel=0.01)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tous les matins", "cinq champs"),
        ("0 6 * *", "cinq champs"),
        ("0 25 * * *", "cinq champs"),
        ("0 6 * * 8", "cinq champs"),
        ("0 6 * * 5-1", "cinq champs"),
        ("0 6 */0 * *", "cinq champs"),
        ("0 0 30 2 *", "ne tombe jamais"),
        ("* * * * *", "plus d’une fois en 15 minutes"),
    ],
)
def test_a_bad_expression_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(VigieError, match=why):
        read_cron(text, SUMMER)


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    # Any other error fails the test.
    with suppress(VigieError):
        assert read_cron(text, SUMMER)[1] >= 900
