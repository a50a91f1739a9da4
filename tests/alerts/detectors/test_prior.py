import json
import random

import pytest

from alerts.detectors.prior import MOST_REVIEWS, Prior, fit_prior
from alerts.detectors.shift import ShiftDetector

GOOD = [0.04, 0.02, 0.04, 0.20, 0.70]
POOR = [0.40, 0.30, 0.20, 0.10, 0.0]


def ratings(weights: list[float], count: int, seed: int) -> list[float]:
    return random.Random(seed).choices([0.0, 0.25, 0.5, 0.75, 1.0], weights, k=count)


def counts(values: list[float]) -> list[int]:
    return [sum(round(40 * value) == level for value in values) for level in range(41)]


def alike() -> Prior:
    return fit_prior([counts(ratings(GOOD, 60, seed)) for seed in range(8)])


def test_shops_alike_lend_much_and_shops_that_differ_little() -> None:
    differing = [counts(ratings(GOOD if seed % 2 else POOR, 60, seed)) for seed in range(8)]
    assert alike().reviews > 20 > 5 > fit_prior(differing).reviews
    assert alike().weights[40] / alike().reviews == pytest.approx(0.7, abs=0.05)


def test_four_shops_and_a_shop_of_one_review_are_too_few() -> None:
    shops = [counts(ratings(GOOD, 30, seed)) for seed in range(4)]
    with pytest.raises(ValueError, match="5 shops of two reviews, not 4"):
        fit_prior([*shops, counts([1.0])])


def test_shops_that_all_hear_the_same_lend_no_more_than_the_most() -> None:
    same = [counts([1.0] * 30 + [0.75] * 20)] * 6
    assert fit_prior(same).reviews == pytest.approx(MOST_REVIEWS)


def test_a_new_shop_tells_a_fall_after_ten_reviews_only_with_what_its_trade_lends() -> None:
    values = ratings(GOOD, 10, 3) + ratings(POOR, 12, 4)
    borrowing, alone = ShiftDetector(1000, alike()), ShiftDetector(1000)
    told = [shift for value in values if (shift := borrowing.update(value))]
    assert [shift.direction for shift in told] == ["down"]
    assert 8 <= told[0].change_index <= 12
    assert not any(alone.update(value) for value in values)
    assert not alone.settled


def test_nine_reviews_are_too_early_whatever_the_trade_lends() -> None:
    detector = ShiftDetector(1000, alike())
    assert not any(detector.update(0.0) for _ in range(9))
    assert not detector.settled
    detector.update(1.0)
    assert detector.settled


def test_what_was_borrowed_is_given_back_after_a_shift_and_kept_in_the_state_until_then() -> None:
    detector = ShiftDetector(1000, alike())
    for value in ratings(GOOD, 30, 5):
        detector.update(value)
    state = json.dumps(detector.to_state())
    assert json.dumps(ShiftDetector.from_state(json.loads(state)).to_state()) == state
    resumed = ShiftDetector.from_state(json.loads(state))
    fall = ratings(POOR, 30, 6)
    assert [resumed.update(value) for value in fall] == [detector.update(value) for value in fall]
    assert json.dumps(resumed.to_state()) == json.dumps(detector.to_state())
    assert detector.to_state()["prior"] is None


@pytest.mark.parametrize("weights", [(), (1.0,) * 40, (-1.0,) + (1.0,) * 40, (0.0,) * 41])
def test_weights_that_are_no_prior_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="prior"):
        Prior(weights)
