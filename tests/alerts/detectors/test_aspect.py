"""What is said of an aspect: a stated rate of false alarms, and states that go on exactly."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.detectors.aspect import AspectDetector, Turn
from alerts.detectors.certainty import chance_alone

STEADY = ((0.06, 0.74, 0.20), (0.15, 0.70, 0.15), (0.02, 0.58, 0.40))
VALUES = (0.0, 0.5, 1.0)


def _turns(detector: AspectDetector, values: list[float]) -> list[Turn]:
    return [turn for turn in map(detector.update, values) if turn]


def _reviews(random: Random, weights: tuple[float, float, float], count: int) -> list[float]:
    return random.choices(VALUES, weights, k=count)


def test_steady_aspects_are_told_no_oftener_than_stated() -> None:
    random, told = Random(4), 0
    for weights in STEADY:
        for _ in range(50):
            told += len(_turns(AspectDetector(1000), _reviews(random, weights, 1000)))
    # 150 are expected at the most.
    assert told <= 180


@pytest.mark.parametrize(
    ("before", "since", "what"),
    [
        ((0.06, 0.74, 0.20), (0.35, 0.55, 0.10), "complaints"),
        ((0.30, 0.60, 0.10), (0.01, 0.89, 0.10), "relief"),
        ((0.05, 0.85, 0.10), (0.05, 0.45, 0.50), "praise"),
    ],
)
def test_what_changes_is_told_by_its_name_and_dated(
    before: tuple[float, float, float], since: tuple[float, float, float], what: str
) -> None:
    random = Random(2)
    values = _reviews(random, before, 150) + _reviews(random, since, 60)
    turn = _turns(AspectDetector(10_000), values)[0]
    assert turn.what == what
    assert abs(turn.change_index - 150) <= 10


def test_two_complaints_or_a_short_past_tell_nothing() -> None:
    assert _turns(AspectDetector(300), [0.5] * 500 + [0.0, 0.0]) == []
    assert _turns(AspectDetector(300), [0.5] * 20 + [0.0] * 20) == []


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 250))
def test_a_detector_goes_on_from_its_state_as_if_it_had_never_stopped(
    random: Random, cut: int
) -> None:
    values = [v for w in (*STEADY, (0.4, 0.5, 0.1)) for v in _reviews(random, w, 65)]
    whole = AspectDetector(300)
    told = _turns(whole, values)
    first = AspectDetector(300)
    begun = _turns(first, values[:cut])
    again = AspectDetector.from_state(json.loads(json.dumps(first.to_state())))
    assert begun + _turns(again, values[cut:]) == told
    assert again.to_state() == whole.to_state()


def test_the_chance_of_a_change_is_uniform_where_there_is_none() -> None:
    random = Random(1)
    chances = [
        chance_alone(random.choices((0.0, 0.75, 1.0), k=80), 40, seed) for seed in range(150)
    ]
    assert 5 <= sum(chance <= 0.1 for chance in chances) <= 26
    assert chance_alone([1.0] * 100, 50, 1) == chance_alone([0.5], 1, 1) == 1.0
