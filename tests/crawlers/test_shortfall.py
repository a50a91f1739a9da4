"""A difference between stated and read may grow as before, and no faster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.incremental import Order, adds_up
from crawlers.rows import days
from crawlers.shortfall import Stated, borne_out, explained
from tests.crawlers.test_changes import _review


@pytest.mark.parametrize(
    ("stated", "read", "fine"),
    [
        (128, 90, True),
        (129, 90, True),
        (131, 90, True),
        (132, 90, False),
        (140, 98, True),
        (300, 90, False),
        (127, 90, True),
        (120, 70, False),
        (1_000_128, 703_300, True),
        (1_000_128, 90, False),
    ],
)
def test_of_what_comes_in_about_the_usual_share_is_read(stated: int, read: int, fine: bool) -> None:
    assert explained(Stated(128, 90), Stated(stated, read)) is fine


def test_where_all_was_read_a_difference_is_never_usual() -> None:
    assert not explained(Stated(128, 128), Stated(129, 128))


@given(*[st.integers(0, 10_000)] * 4)
def test_any_counts_are_judged(stated: int, read: int, more: int, new: int) -> None:
    before = Stated(stated, min(read, stated))
    assert explained(before, Stated(stated + more, before.read + new)) in (True, False)
    assert explained(before, before) is True


def test_three_passes_bear_a_difference_out() -> None:
    assert [borne_out(passes) for passes in range(5)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["2026-03-09", "2026-03-09", "2026-03-02"], True),
        (["2026-03-09", None, "pas une date", "2026-03-02T10:00:00+01:00"], True),
        (["2026-03-09", "2026-03-09"], False),
        (["2026-03-02", "2026-03-09"], False),
        (["2026-03-09", "2026-03-02", "2026-03-05"], False),
        ([None, None], False),
        ([], False),
    ],
)
def test_newest_first_is_told_by_two_days_at_least(dates: list[str | None], told: bool) -> None:
    order = Order()
    order.see(days(_review(published=date) for date in dates))
    assert order.is_told is told


def test_what_is_stated_and_known_agree_up_to_the_usual_difference() -> None:
    assert adds_up(None, 90, None)
    assert adds_up(90, 90, None)
    assert adds_up(128, 90, 38)
    assert not adds_up(127, 90, 38)
    assert not adds_up(129, 90, 38)
