"""Making probabilities honest: one temperature, fitted on texts that training never drew.

Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sentiment.scorer import EmbeddedScorer
from sentiment.training.data import Example

TEMPERATURES = np.arange(0.6, 2.01, 0.02)


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


def _loss(scaled: npt.NDArray[np.float64], allowed: npt.NDArray[np.bool_]) -> float:
    p = np.exp(scaled)
    right = (p * allowed).sum(axis=1) / p.sum(axis=1)
    return float(-np.log(right).mean())
