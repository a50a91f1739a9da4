"""A field that was always there and is not any more is seen; what merely varies is not."""

import random
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from crawlers.coverage import LEVEL, Coverage, Loss, add, coverage_of, fisher_tail, losses
from crawlers.extract.items import ExtractedListing, ExtractedReview


def _read(items: int, **fields: int) -> Coverage:
    full = dict.fromkeys(("author", "date", "rating", "text", "id"), items)
    return {"reviews": {"items": items, **full, **fields}}


def test_each_field_is_counted_on_the_items_that_have_it() -> None:
    reviews = [
        ExtractedReview(author="Marie", published="2026-03-01", rating=0.0, text="Bien."),
        ExtractedReview(author="Paul", text=""),
    ]
    counted = coverage_of(reviews, [ExtractedListing(title="Alternateur", price_cents=0)])
    assert counted == {
        "reviews": {"items": 2, "author": 2, "date": 1, "rating": 1, "text": 1, "id": 0},
        "listings": {"items": 1, "price": 1, "availability": 0, "url": 0},
    }
    add(counted, coverage_of(reviews[:1], []))
    assert counted["reviews"]["date"] == 2


def test_dates_that_vanish_are_told_with_both_shares() -> None:
    history = [_read(30, date=29)] * 10
    assert losses(_read(30, date=1), history) == [Loss("reviews", "date", 97, 3)]


def test_a_small_page_needs_some_history_and_then_tells_too() -> None:
    assert losses(_read(4, date=0), [_read(4)]) == []
    assert losses(_read(4, date=0), [_read(4)] * 10) == [Loss("reviews", "date", 100, 0)]


def test_a_field_that_was_never_there_is_not_missed() -> None:
    assert losses(_read(30, rating=0), [_read(30, rating=0)] * 10) == []


def test_a_field_that_grows_is_no_loss() -> None:
    assert losses(_read(30), [_read(30, date=3)] * 10) == []


def test_without_history_or_items_nothing_is_said() -> None:
    assert losses(_read(30, date=0), []) == losses({}, [_read(30)]) == []


def test_a_long_list_does_not_make_a_small_change_significant() -> None:
    assert losses(_read(10_000, text=9_500), [_read(10_000, text=9_600)] * 10) == []


def test_the_p_value_is_fishers_lady_tasting_tea() -> None:
    # Eight cups, four of each kind: all four right by chance is 1 in 70 (Fisher 1935, ch. II).
    assert isclose(fisher_tail(0, 4, 4, 4), 1 / 70)
    assert isclose(fisher_tail(1, 4, 3, 4), 17 / 70)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_a_p_value_is_a_probability(k: int, n: int, k_before: int, n_before: int) -> None:
    k, k_before = min(k, n), min(k_before, n_before)
    tail = fisher_tail(k, n, k_before, n_before)
    assert 0 < tail <= 1
    assert isclose(fisher_tail(n, n, n_before, n_before), 1)


def test_a_source_that_varies_by_chance_is_not_alarmed() -> None:
    chance = random.Random(4)  # A simulation with a fixed seed.

    def crawl() -> Coverage:
        drawn = {name: sum(chance.random() < 0.7 for _ in range(20)) for name in ("date", "text")}
        return _read(20, **drawn)

    runs = 3000
    alarms = sum(bool(losses(crawl(), [crawl() for _ in range(10)])) for _ in range(runs))
    assert alarms <= 2 * LEVEL * runs
