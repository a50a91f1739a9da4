"""What the shops of a trade have in common, as reviews that a new shop borrows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alerts.detectors.bank import STEPS

FEWEST_SHOPS = 5
"""Fewer shops with two reviews each do not tell how much shops differ."""

MOST_REVIEWS = 40.0
"""Shops that hardly differ would lend without end; a prior never counts for more than this."""

_ROUNDS = 500
_CLOSE = 1e-4

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prior:
    """Borrowed reviews: how many at each of the detector's 41 levels, in fractions."""

    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what is no prior: ValueError says what is wrong."""
        if len(self.weights) != STEPS + 1:
            raise ValueError(f"a prior has {STEPS + 1} weights, not {len(self.weights)}")
        if not (min(self.weights) >= 0 and 0 < self.reviews <= MOST_REVIEWS + 1e-6):
            raise ValueError(f"a prior's weights must be positive, up to {MOST_REVIEWS:.0f} in all")

    @property
    def reviews(self) -> float:
        """How many reviews the prior counts for."""
        return sum(self.weights)


def fit_prior(shops: Sequence[Sequence[int]]) -> Prior:
    """Fit a Dirichlet-multinomial to shops' counts by level; shape (shops, 41).

    The weight is what the shops' differences call for: much where all shops of a trade are alike,
    little where each is its own. ValueError for fewer than FEWEST_SHOPS shops of two reviews.

    Source: Minka, "Estimating a Dirichlet distribution" (2000), its fixed point, with the sums
    of Wallach, "Structured Topic Models for Language" (2008), in place of digamma functions.
    """
    counts = np.array([shop for shop in shops if sum(shop) >= 2], dtype=np.int64)
    if len(counts) < FEWEST_SHOPS:
        raise ValueError(f"a prior needs {FEWEST_SHOPS} shops of two reviews, not {len(counts)}")
    used = np.flatnonzero(counts.sum(axis=0))
    beyond = [_shops_beyond(counts[:, level]) for level in used]
    beyond_all = _shops_beyond(counts.sum(axis=1))
    shares = counts[:, used] / counts.sum(axis=1, keepdims=True)
    weights: Floats = 10 * shares.mean(axis=0)
    for _ in range(_ROUNDS):
        total = _harmonic(beyond_all, float(weights.sum()))
        factors = [_harmonic(b, w) for b, w in zip(beyond, weights.tolist(), strict=True)]
        new = weights * factors / total
        moved = float(np.abs(new - weights).sum())
        weights = new
        if moved < _CLOSE * weights.sum() or weights.sum() > MOST_REVIEWS:
            break
    weights *= min(1.0, MOST_REVIEWS / weights.sum())
    spread = np.zeros(STEPS + 1)
    spread[used] = weights
    return Prior(tuple(spread.tolist()))


def _shops_beyond(counts: npt.NDArray[np.int64]) -> Floats:
    """How many shops counted more than 0, 1, 2... reviews."""
    beyond: Floats = np.cumsum(np.bincount(counts)[::-1])[::-1][1:].astype(np.float64)
    return beyond


def _harmonic(beyond: Floats, weight: float) -> float:
    """The sum over shops of digamma(weight + count) - digamma(weight)."""
    return float((beyond / (np.arange(len(beyond)) + weight)).sum())
