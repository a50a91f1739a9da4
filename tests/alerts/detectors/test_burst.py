"""The scan for bursts: silent on steady rhythms, whatever the size of the shop."""

import pytest

from alerts.detectors.burst import find_burst, tail
from alerts.detectors.suspicion import Written, near_copies
from benchmarks.burst import found_share, years_between_alarms


@pytest.mark.parametrize("rate_a_week", [0.25, 3.0, 40.0])
def test_a_steady_shop_alarms_less_than_once_in_fifteen_years(rate_a_week: float) -> None:
    assert years_between_alarms(rate_a_week, years=60, lumpy=False) >= 15


def test_a_small_shop_s_burst_is_found_and_a_past_one_is_history() -> None:
    assert found_share(1.0, burst=5, days=1, trials=40) >= 0.9
    steady = [0, 0, 1, 0, 0, 0, 0] * 30
    burst = find_burst([*steady, 0, 6, 0, 0])
    assert burst is not None
    assert (burst.count, burst.days) == (6, 1)
    assert burst.expected == pytest.approx(1 / 7, abs=0.01)
    assert find_burst([*steady, 6, *[0] * 20]) is None
    # With less than eight weeks of past, it is too early to tell.
    assert find_burst([*steady[:50], 6]) is None


def test_the_tail_is_the_negative_binomial_s() -> None:
    # Shape 1 is the geometric: P(N >= 3) = (mean / (1 + mean))**3.
    assert tail(3, 0.5, 1.0) == pytest.approx((1 / 3) ** 3)


def test_nobody_is_suspected_for_words_that_everybody_writes() -> None:
    short = [Written(number, f"a{number}", "Très bien, je recommande !") for number in range(9)]
    alone = [Written(number, "a", "Le même long texte posté à nouveau " * 5) for number in range(9)]
    assert near_copies([*short, *alone]) == []
