"""Retry-After: seconds, dates, and whatever else a server may write."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.manners import LONGEST_PAUSE_S, back_off_s
from crawlers.retry_after import retry_after_s

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120),
        (b" 7 ", 7),
        (b"0", 0),
        (b"999999999999999999", LONGEST_PAUSE_S),
        (b"Mon, 02 Mar 2026 12:10:00 GMT", 600),
        (b"Monday, 02-Mar-26 12:10:00 GMT", 600),
        (b"Mon Mar  2 12:10:00 2026", 600),
        (b"Mon, 02 Mar 2026 11:00:00 GMT", 0),
        (b"Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_PAUSE_S),
    ],
)
def test_seconds_and_the_three_forms_of_http_dates_are_read(value: bytes, seconds: float) -> None:
    assert retry_after_s(value, NOON) == seconds


@pytest.mark.parametrize(
    "value", [None, b"", b"-5", b"1.5", b"12s", b"demain", b"\xff\xfe", b"9" * 5000, "١٢".encode()]
)
def test_what_is_neither_asks_for_nothing(value: bytes | None) -> None:
    assert retry_after_s(value, NOON) is None


@given(st.binary(max_size=80))
def test_no_bytes_break_it_and_the_answer_is_bounded(value: bytes) -> None:
    seconds = retry_after_s(value, NOON)
    assert seconds is None or 0 <= seconds <= LONGEST_PAUSE_S


@given(
    st.text("MonTueSatMarDec 0123456789:,-+GMTZ", max_size=40).map(str.encode),
    st.datetimes(timezones=st.just(UTC)),
)
def test_nothing_that_looks_like_a_date_breaks_it(value: bytes, moment: datetime) -> None:
    seconds = retry_after_s(value, moment)
    assert seconds is None or 0 <= seconds <= LONGEST_PAUSE_S


@given(st.integers(-100_000, 100_000))
def test_a_date_means_the_time_until_then(seconds: int) -> None:
    written = format_datetime(NOON + timedelta(seconds=seconds), usegmt=True).encode()
    assert retry_after_s(written, NOON) == min(max(seconds, 0), LONGEST_PAUSE_S)


@given(
    st.sampled_from((429, 500, 502, 503, 504, 599)),
    st.integers(0, 10_000),
    st.none() | st.floats(0, LONGEST_PAUSE_S),
)
def test_a_pause_is_never_nothing_nor_longer_than_a_day(
    status: int, failures: int, asked_s: float | None
) -> None:
    pause_s = back_off_s(status, failures, asked_s)
    assert 1 <= pause_s <= LONGEST_PAUSE_S
    assert pause_s >= min(asked_s or 0, LONGEST_PAUSE_S)
    assert back_off_s(status, failures + 1, asked_s) >= pause_s
