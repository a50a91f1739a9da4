"""How sure the second head must be: thresholds fitted on texts that training never drew."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sentiment.marks import ASPECTS, MARKS, URGENCIES
from sentiment.scorer import EmbeddedScorer
from sentiment.training.data import Example
from sentiment.training.natural import NATURAL

GRID = np.arange(-3.0, 6.01, 0.1)

URGENCY_PRECISION = 0.9
"""Least share of the texts told of as urgent that are, among all and among collected reviews."""

LEAST_TOLD = 5
"""Fewer told texts say nothing about precision."""

LEAST_GAIN = 0.005
"""F that a less sure threshold must gain: what is told wrongly costs more than what is not told."""

URGENCY_BETA = 0.5
"""Where no threshold is that precise: precision counts double."""


def fit_thresholds(scorer: EmbeddedScorer, examples: Sequence[Example]) -> dict[str, float]:
    """Return the least logit of each aspect and urgency: one for all aspects, one a kind.

    One for all aspects, because a single one has too few examples set apart to fit its own. A kind
    of urgency has its own: what collected reviews mostly mistake for one is money.

    Args:
        scorer: reads the texts; its own thresholds are not used.
        examples: reviews and what was written about trades; those without marks are left out.
    """
    marked = [example for example in examples if example.marks is not None]
    passes = scorer.passes([example.text for example in marked])
    highest = np.array([one.marks.max(axis=0) for one in passes])
    aspects = [place for place, e in enumerate(marked) if e.marks and e.marks.aspects is not None]
    urgent = [place for place, e in enumerate(marked) if e.marks and e.marks.urgencies is not None]
    aspect = _best(
        highest[aspects][:, [MARKS.index(name) for name in ASPECTS]],
        np.array([[name in _aspects(marked[p]) for name in ASPECTS] for p in aspects]),
        beta=1.0,
        gain=LEAST_GAIN,
    )
    truth = np.array([[name in _urgencies(marked[p]) for name in URGENCIES] for p in urgent])
    natural = np.array([marked[place].source == NATURAL for place in urgent])
    kinds = {}
    for place, name in enumerate(URGENCIES):
        logits = highest[urgent][:, MARKS.index(name)]
        sure = _sure(logits, np.asarray(truth.any(axis=1)), natural)
        kinds[name] = (
            _best(logits[:, None], truth[:, [place]], URGENCY_BETA) if sure is None else sure
        )
    return dict.fromkeys(ASPECTS, aspect) | kinds


def _sure(
    highest: npt.NDArray[np.float32], urgent: npt.NDArray[np.bool_], natural: npt.NDArray[np.bool_]
) -> float | None:
    """Return the least threshold at which what is told is precise enough; None where none is.

    A text that is urgent in another way than told is no false alarm.
    """
    for threshold in GRID:
        told = highest >= threshold
        if told.sum() < LEAST_TOLD:
            return None
        shares = [urgent[told & among].mean() for among in (told, natural) if (told & among).any()]
        if min(shares) >= URGENCY_PRECISION:
            return round(float(threshold), 1)
    return None


def _best(
    highest: npt.NDArray[np.float32], truth: npt.NDArray[np.bool_], beta: float, gain: float = 0.0
) -> float:
    """Return the surest threshold whose F-beta over all (text, name) pairs is near the best.

    Args:
        gain: a less sure one must gain more than this.
    """

    def f_beta(threshold: float) -> float:
        said = highest >= threshold
        hits = float((said & truth).sum())
        wrong, missed = float(said.sum()) - hits, float(truth.sum()) - hits
        return (1 + beta**2) * hits / max(1e-9, (1 + beta**2) * hits + beta**2 * missed + wrong)

    reached = [f_beta(threshold) for threshold in GRID]
    good = [float(t) for t, f in zip(GRID, reached, strict=True) if f >= max(reached) - gain]
    return round(good[-1], 1)


def _aspects(example: Example) -> set[str]:
    return {name for name, *_ in (example.marks.aspects if example.marks else None) or ()}


def _urgencies(example: Example) -> set[str]:
    return {name for name, _ in (example.marks.urgencies if example.marks else None) or ()}
