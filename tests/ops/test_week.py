"""When a weekly brief is due, and that a late machine catches up once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.pipeline import last_week_end
from vigie.settings import load_settings

SETTINGS = load_settings(digest_weekday=0, digest_hour=7)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Monday 2 March 2026, 7:00 in Paris is 6:00 UTC.
        (datetime(2026, 3, 2, 5, 59, tzinfo=UTC), date(2026, 2, 23)),
        (datetime(2026, 3, 2, 6, 0, tzinfo=UTC), date(2026, 3, 2)),
        # A machine that slept until Thursday is still told of Monday's.
        (datetime(2026, 3, 5, 12, 0, tzinfo=UTC), date(2026, 3, 2)),
        # In summer 7:00 in Paris is 5:00 UTC.
        (datetime(2026, 7, 6, 5, 0, tzinfo=UTC), date(2026, 7, 6)),
    ],
)
def test_the_brief_is_due_on_its_day_at_its_hour_in_france(
    moment: datetime, expected: date
) -> None:
    assert last_week_end(SETTINGS, moment) == expected


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_the_last_brief_is_never_in_the_future_nor_over_a_week_and_an_hour_old(
    moment: datetime,
) -> None:
    day = last_week_end(SETTINGS, moment)
    due = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    assert day.weekday() == 0
    assert -timedelta(hours=2) <= moment - due < timedelta(days=7, hours=2)
