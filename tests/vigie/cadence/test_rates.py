"""How often news comes, learned from dates or from changes, and how often to read for it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.cadence.allocation import IN_TURN, SHORTEST_D, allocate, expected_delay_s
from vigie.cadence.arrivals import BAND_EDGES_D, BANDS, Seen, rates_of, seen_of
from vigie.cadence.changes import seen_changes
from vigie.cadence.rule import CEILING_D

RANDOM = 20_260_302


def _polled(events: np.ndarray, days: np.ndarray) -> Seen:
    return Seen(events, days, events, days)


def test_thin_histories_are_read_better_beside_others_than_alone() -> None:
    random = np.random.default_rng(RANDOM)
    true = random.gamma(0.7, 0.3, 2_000)
    days = random.uniform(5, 60, 2_000)
    events = random.poisson(true * days).astype(float)
    one = np.zeros(2_000, dtype=np.int64)
    learned = rates_of(_polled(events, days), one, one).per_day
    assert np.mean((learned - true) ** 2) < 0.8 * np.mean((events / days - true) ** 2)


def test_a_new_source_is_expected_to_be_as_those_of_its_platform_and_trade() -> None:
    # Two trades of one platform; the last source of each was never read.
    events = np.array([90.0] * 30 + [0.0] + [3.0] * 30 + [0.0])
    days = np.array([90.0] * 30 + [0.0] + [90.0] * 30 + [0.0])
    group = np.array([0] * 31 + [1] * 31)
    rates = rates_of(_polled(events, days), np.zeros(62, dtype=np.int64), group)
    busy, quiet = rates.per_day[30], rates.per_day[61]
    assert 0.7 < busy < 1.1
    assert quiet < 0.3
    assert rates.own_share[30] == 0.0 < rates.own_share[0]


def test_what_is_long_past_counts_less() -> None:
    recent, old = np.zeros(BANDS), np.zeros(BANDS)
    recent[0], old[-1] = 20, 20
    zeros = np.zeros(2)
    seen = seen_of(np.array([recent, old]), np.full(2, BAND_EDGES_D[-1]), zeros)
    assert seen.faded_events[0] > 5 * seen.faded_events[1]
    assert seen.faded_days[0] == seen.faded_days[1]


def test_steady_news_give_their_own_rate_however_old_the_last_reading() -> None:
    counts = np.diff(BAND_EDGES_D) * 0.4
    counts[0] = (15 - 10) * 0.4
    seen = seen_of(counts[None], BAND_EDGES_D[-1:], np.array([10.0]))
    assert seen.faded_events / seen.faded_days == pytest.approx(0.4)


@given(st.integers(1, 200), st.integers(0, 200), st.floats(0.05, 30))
@settings(max_examples=50)
def test_changes_at_regular_intervals_give_the_estimator_of_cho_and_garcia_molina(
    readings: int, found: int, interval_d: float
) -> None:
    found = min(found, readings)
    seen = seen_changes(
        np.zeros(readings, dtype=np.int64),
        np.full(readings, interval_d),
        np.zeros(readings),
        np.arange(readings) < found,
        1,
    )
    expected = -np.log((readings - found + 0.5) / (readings + 0.5)) / interval_d
    assert seen.events[0] / seen.days[0] == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_changes_at_irregular_intervals_give_the_true_rate() -> None:
    random = np.random.default_rng(RANDOM)
    interval_d = random.uniform(0.2, 9, 4_000)
    changed = random.random(4_000) < -np.expm1(-0.35 * interval_d)
    seen = seen_changes(np.zeros(4_000, dtype=np.int64), interval_d, np.zeros(4_000), changed, 1)
    assert seen.events[0] / seen.days[0] == pytest.approx(0.35, rel=0.05)
    # A reading tells at most whether anything changed: less than having watched all the time.
    assert seen.days[0] < interval_d.sum()


@st.composite
def _problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, float]:
    sources, sites = draw(st.integers(1, 12)), draw(st.integers(1, 4))

    def some(strategy: st.SearchStrategy[float], size: int) -> np.ndarray:
        return np.array(draw(st.lists(strategy, min_size=size, max_size=size)))

    return (
        some(st.floats(0, 100), sources),
        some(st.floats(1, 50), sources),
        some(st.integers(0, sites - 1).map(int), sources),
        some(st.floats(0.01, 500) | st.just(np.inf), sites),
        draw(st.floats(0.01, 500)),
    )


@given(_problems())
@settings(max_examples=60)
def test_no_budget_is_exceeded_and_nobody_is_forgotten(
    problem: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, float],
) -> None:
    rates, cost, site, budget, total = problem
    plan = allocate(rates, cost, site, budget, total)
    used = np.bincount(site, cost / plan.interval_d, len(budget))
    assert (used <= budget * (1 + 1e-9)).all()
    assert used.sum() <= total * (1 + 1e-9)
    assert (plan.interval_d >= SHORTEST_D * (1 - 1e-9)).all()
    asked = np.bincount(site, cost, len(budget))[site]
    in_turn = np.maximum(asked / np.minimum(budget[site], total), cost.sum() / total) / IN_TURN
    assert (plan.interval_d <= np.maximum(CEILING_D, in_turn) * (1 + 1e-9)).all()


def test_more_news_and_cheaper_readings_are_read_more_often() -> None:
    rates, cost = np.array([0.01, 0.1, 1.0, 1.0]), np.array([1.0, 1.0, 1.0, 4.0])
    plan = allocate(rates, cost, np.zeros(4, dtype=np.int64), np.array([np.inf]), 3.0)
    quiet, usual, busy, dear = plan.interval_d
    assert busy < usual < quiet <= CEILING_D
    assert busy < dear


def test_each_review_waits_half_an_interval_and_busy_sources_count_for_more() -> None:
    assert expected_delay_s(0.5, 3_600.0) == 1_800.0
    assert expected_delay_s(np.array([3.0, 1.0]), np.array([10.0, 50.0])) == 10.0
    assert expected_delay_s(np.zeros(2), np.array([10.0, 50.0])) == 15.0
