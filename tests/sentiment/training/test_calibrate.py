"""The offset of contented customers: put right where training drew too few of them."""

import numpy as np

from sentiment.scorer import Label
from sentiment.training.calibrate import fit_offset, offsets_of
from sentiment.training.data import STARS_OF, Example


def example(polarity: Label) -> Example:
    return Example("", STARS_OF[polarity], polarity, "shops", "choose")


def read_as(positive: float) -> list[float]:
    """Return a reading torn between one star and five."""
    return [1 - positive, 0.0, 1e-9, 0.0, positive]


def test_reviews_that_lean_too_low_are_lifted_by_the_least_offset_that_mends_most() -> None:
    # Ten contented ones read just below the middle, one far below, and the others rightly.
    p = [read_as(0.46)] * 10 + [read_as(0.38)] + [read_as(0.1)] * 40 + [read_as(0.9)] * 40
    examples = [example("pos")] * 11 + [example("neg")] * 40 + [example("pos")] * 40
    offset = fit_offset(np.array(p) + 1e-12, examples)
    assert round(offset, 2) == 0.2
    lifted = np.array(read_as(0.46)) * np.exp(offsets_of(offset))
    assert lifted[4] > lifted[0]


def test_reviews_read_rightly_are_left_as_they_are() -> None:
    p = np.array([read_as(0.9), read_as(0.1)] * 20) + 1e-12
    assert fit_offset(p, [example("pos"), example("neg")] * 20) == 0.0
