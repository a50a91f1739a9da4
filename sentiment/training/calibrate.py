"""Making probabilities honest, on texts that training never drew: a temperature and an offset.

Sources: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017; Saerens et al.,
"Adjusting the Outputs of a Classifier to New a Priori Probabilities", Neural Computation 2002.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sentiment.scorer import LABELS, EmbeddedScorer
from sentiment.training.data import Example

TEMPERATURES = np.arange(0.6, 2.01, 0.02)
OFFSETS = np.arange(0.0, 0.61, 0.05)
ENOUGH = 0.8
_SIDES = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]])


def fit_temperature(model: Path, examples: Sequence[Example]) -> float:
    """Return the temperature under which the allowed stars are likeliest, to 0.02.

    Args:
        model: the exported folder, with temperature 1 in its config.
        examples: texts that were not drawn in training.
    """
    scores = EmbeddedScorer(model).score([example.text for example in examples])
    log_p = np.log(np.array([score.stars_p for score in scores]))
    allowed = np.array([[star in example.stars for star in range(1, 6)] for example in examples])
    losses = [_loss(log_p / temperature, allowed) for temperature in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def fit_offset(stars_p: npt.NDArray[np.float64], examples: Sequence[Example]) -> float:
    """Return the log-odds to add to four and five stars, to 0.05.

    Training draws 38 % of its texts among the content, and customers are more often so: the
    offset is the least that mends four fifths of what the best one does, with three classes and
    with two together.

    Args:
        stars_p: (texts, 5) calibrated probabilities without offset.
        examples: reviews in the proportions that customers leave them, not drawn in training.
    """
    truth = np.array([LABELS.index(example.polarity) for example in examples])
    right = np.array([_right(np.log(stars_p) + offsets_of(one), truth) for one in OFFSETS])
    gained = right - right[0]
    return float(OFFSETS[int(np.argmax(gained >= ENOUGH * gained.max()))])


def offsets_of(positive: float) -> list[float]:
    """Return the log-odds that each number of stars gets."""
    return [0.0, 0.0, 0.0, positive, positive]


def _right(scaled: npt.NDArray[np.float64], truth: npt.NDArray[np.int_]) -> float:
    sides = np.exp(scaled) @ _SIDES
    plain = truth != LABELS.index("neu")
    three = (sides.argmax(axis=1) == truth).mean()
    two = ((sides[:, 2] > sides[:, 0]) == (truth == LABELS.index("pos")))[plain].mean()
    return float(three + two)


def _loss(scaled: npt.NDArray[np.float64], allowed: npt.NDArray[np.bool_]) -> float:
    p = np.exp(scaled)
    right = (p * allowed).sum(axis=1) / p.sum(axis=1)
    return float(-np.log(right).mean())
