import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.detectors.shift import Shift, ShiftDetector

GOOD = [0.04, 0.02, 0.04, 0.12, 0.78]
POOR = [0.22, 0.16, 0.16, 0.18, 0.28]
POLARISED = [0.27, 0.05, 0.04, 0.04, 0.60]


def ratings(weights: list[float], count: int, seed: int) -> list[float]:
    return random.Random(seed).choices([0.0, 0.25, 0.5, 0.75, 1.0], weights, k=count)


def shifts(detector: ShiftDetector, values: list[float]) -> list[Shift]:
    return [shift for value in values if (shift := detector.update(value))]


@settings(max_examples=12)
@given(st.lists(st.floats(0, 1), max_size=300), st.sampled_from([10, 100, 1e6]))
def test_any_ratings_are_taken_and_every_shift_adds_up(values: list[float], arl0: float) -> None:
    for shift in shifts(ShiftDetector(arl0), values):
        assert 0 <= shift.before_low <= shift.before <= shift.before_high <= 1
        assert 0 <= shift.after_low <= shift.after <= shift.after_high <= 1
        assert shift.change_index + shift.n_after == shift.index + 1
        assert shift.n_before > 0


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_rating_off_the_scale_is_named(value: float) -> None:
    with pytest.raises(ValueError, match=str(value)):
        ShiftDetector().update(value)


@pytest.mark.parametrize("arl0", [0, -1, float("nan"), float("inf")])
def test_an_impossible_run_length_is_named(arl0: float) -> None:
    with pytest.raises(ValueError, match=f"arl0.*{arl0}"):
        ShiftDetector(arl0)


@pytest.mark.parametrize("stop", [0, 7, 41, 130, 145, 165, 200])
def test_a_resumed_detector_goes_on_as_if_never_stopped(stop: int) -> None:
    values = ratings(GOOD, 120, 1) + ratings(POOR, 120, 2) + ratings(GOOD, 120, 3)
    straight, stopped = ShiftDetector(200), ShiftDetector(200)
    expected = shifts(straight, values)
    found = shifts(stopped, values[:stop])
    resumed = ShiftDetector.from_state(json.loads(json.dumps(stopped.to_state())))
    assert resumed.to_state() == stopped.to_state()
    assert found + shifts(resumed, values[stop:]) == expected
    assert json.dumps(resumed.to_state()) == json.dumps(straight.to_state())
    assert expected


def test_a_detector_resumed_before_it_is_settled_has_the_same_state_at_each_review() -> None:
    straight = ShiftDetector(200)
    shifts(straight, ratings(GOOD, 7, 1))
    resumed = ShiftDetector.from_state(json.loads(json.dumps(straight.to_state())))
    for value in ratings(GOOD, 90, 2):
        assert resumed.update(value) == straight.update(value)
        assert json.dumps(resumed.to_state()) == json.dumps(straight.to_state())


def test_a_state_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 99"):
        ShiftDetector.from_state({**ShiftDetector().to_state(), "version": 99})


def test_memory_stays_bounded() -> None:
    detector = ShiftDetector(1e6)
    shifts(detector, ratings(GOOD, 500, 5))
    size = len(json.dumps(detector.to_state()))
    shifts(detector, ratings(GOOD, 5000, 6))
    assert len(json.dumps(detector.to_state())) < size * 1.2


@pytest.mark.parametrize("value", [0.0, 0.37, 0.75, 1.0])
def test_a_constant_rating_never_alarms(value: float) -> None:
    assert shifts(ShiftDetector(10), [value] * 1500) == []


def test_one_poor_rating_among_the_best_is_no_shift() -> None:
    assert shifts(ShiftDetector(500), [1.0] * 200 + [0.0] + [1.0] * 200) == []


def test_it_says_nothing_before_it_is_settled() -> None:
    detector = ShiftDetector()
    for value in [1.0] * 20 + [0.0] * 19:
        assert detector.update(value) is None
        assert not detector.settled
    detector.update(0.0)
    assert detector.settled


@pytest.mark.parametrize("seed", range(8))
def test_a_clear_drop_is_found_soon_and_once(seed: int) -> None:
    values = ratings(GOOD, 100, seed) + ratings(POOR, 80, seed + 100)
    told = shifts(ShiftDetector(2000), values)
    assert len(told) == 1
    assert told[0].direction == "down"
    assert 100 <= told[0].index <= 125
    assert abs(told[0].change_index - 100) <= 8
    assert told[0].after < told[0].before - 0.15


def test_an_improvement_is_told_as_one() -> None:
    told = shifts(ShiftDetector(1000), ratings(POOR, 100, 3) + ratings(GOOD, 100, 4))
    assert [shift.direction for shift in told] == ["up"]
    assert 92 <= told[0].change_index <= 108


def test_false_alarms_are_about_as_rare_as_promised() -> None:
    runs, alarms = 0, 0
    for seed in range(30):
        detector = ShiftDetector(500)
        for value in ratings(POLARISED, 800, seed):
            runs += 1
            if detector.update(value):
                alarms += 1
                break
    assert 250 < runs / alarms < 1000


def test_a_false_alarm_seldom_brings_another() -> None:
    streams = [ratings(POLARISED, 5000, seed) for seed in range(20)]
    told = sum(len(shifts(ShiftDetector(1000), values)) for values in streams)
    assert 0.7 < told / (20 * 5000 / 1000) < 1.9


def test_a_star_lost_and_soon_won_back_is_told_again() -> None:
    found = 0
    for seed in range(20):
        values = ratings(GOOD, 150, seed) + ratings(POOR, 100, seed + 50)
        told = shifts(ShiftDetector(1000), values + ratings(GOOD, 40, seed + 100))
        found += told[-1].direction == "up" and told[-1].index >= 250
    assert found >= 19
