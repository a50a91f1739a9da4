"""A shop's own distribution moved to other means, for the shift detector, and its threshold."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

STEPS = 40
"""Values are kept on a grid of 41 levels: stars, half stars, tenths and fifths all fall on it."""

MIN_REVIEWS = 40
"""Below this many reviews since the start, or since the last shift, it is too early to tell."""

MOVES = (-0.125, -0.25, 0.125)
"""The changes of mean looked for: half a star and a star down, half a star up.

Where ratings are close together they are smaller: never more than half a standard deviation for
half a star.
"""

SHARES = (0.4, 0.3, 0.3)
"""How likely each of the MOVES is beforehand."""

GRID = 48
"""How many means before the change are weighed."""

MOST_TOLD = 12.0
"""No review multiplies a likelihood ratio by more: the first poor one among hundreds of the best
would otherwise be a shift by itself."""

LESS_KNOWN = 20
"""What reviews say of the level if nothing changed is believed as if there were fewer by so many:
an early change that is taken for the level before would hardly ever be told."""

MOST_KNOWN = 5000
"""More reviews than this would place the mean between two points of the grid."""

RETURN = 100.0
"""How much likelier beforehand the level before a shift is than any one level since: the shift may
have been a false alarm, and its reviews, chosen because they alarmed, speak too strongly."""

FORMER_KNOWN = 100
"""More reviews than this would place the former level between two points of the grid."""

FORGOTTEN = 0.3
"""A former level whose share has sunk below this is forgotten: to return to it is a new shift."""

LIMITS = (
    (10, 3.09),
    (30, 3.75),
    (100, 5.07),
    (500, 6.79),
    (1000, 7.41),
    (2000, 8.09),
    (1e6, 14.3),
)
"""For a mean run length, the logarithm of the threshold of a shop whose ratings deviate by USUAL.

From simulations of eight varied profiles, in which each stream learns its own; 2,000 and more are
extrapolated, by proportion.
"""

USUAL = 0.3
PER_DEVIATION = 0.9
"""How the logarithm grows with the standard deviation; what is left of it varies by 0.05."""

LEAST = 0.13
"""Smaller deviations were not simulated."""

Profile = tuple[int, ...]
"""A rating distribution: 41 whole weights, their sum about PARTS."""

PARTS = 1000
_FLOOR = 0.005
_EAGERNESS = 3.5
_LASTING = 0.9
_REACH = 4.5
_MARGIN = 0.09
_LOWEST, _HIGHEST = 0.002, 0.998

Former = tuple[int, int]
"""The level before a shift: how many reviews, and the sum of their levels in steps."""

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bank:
    """Exponential tilts of one profile to a grid of means, and from each to those after a change.

    With the mean at step i, n reviews that add up to s have the log-likelihood
    `thetas[i] * s - psis[i] * n`, but for what does not depend on i. A review at level x
    multiplies the likelihood ratio of the change k by `factors[x, k, i]`, that of none by one.
    `tilts` are means, thetas and psis over the whole scale.
    """

    deviation: float
    means: Floats
    thetas: Floats
    psis: Floats
    factors: Singles
    tilts: tuple[Floats, Floats, Floats]


def profile_of(counts: Sequence[float]) -> Profile:
    """The distribution of counted values, smoothed by a Dirichlet prior and rounded.

    The prior, one review spread over the five stars, keeps a shop that has only seen five stars
    from calling any other one impossible.
    """
    weights = np.array(counts, dtype=np.float64)
    weights[:: STEPS // 4] += (0.3, 0.1, 0.1, 0.2, 0.3)
    return tuple(int(part) for part in np.rint(PARTS * weights / weights.sum()))


@lru_cache(maxsize=16)
def bank(profile: Profile, known: float) -> Bank:
    """The tilts of a profile that rests on so many known reviews.

    A tilt multiplies the probabilities by exp(theta x); psi(theta) = log E exp(theta x) makes
    them sum to one, and its derivative is the tilted mean. The grid holds the means that the
    known reviews leave possible, with a margin for a change among them.
    """
    weights = np.array(profile) + PARTS * _FLOOR / (STEPS + 1)
    probabilities: Floats = weights / weights.sum()
    levels = np.linspace(0.0, 1.0, STEPS + 1)
    mean = float(probabilities @ levels)
    deviation = math.sqrt(probabilities @ (levels - mean) ** 2)
    thetas = np.sinh(np.linspace(-5.0, 5.0, 401))
    log_weights = thetas[:, None] * levels + np.log(probabilities)
    peaks = log_weights.max(axis=1)
    tilted = np.exp(log_weights - peaks[:, None])
    totals = tilted.sum(axis=1)
    psis = peaks + np.log(totals)
    tilted_means = (tilted @ levels) / totals
    scale = min(1.0, 4 * deviation)
    reach = _REACH * deviation / math.sqrt(known) + _MARGIN * scale
    means = np.linspace(max(_LOWEST, mean - reach), min(_HIGHEST, mean + reach), GRID)
    theta_before = np.interp(means, tilted_means, thetas)
    psi_before = np.interp(theta_before, thetas, psis)
    factors = np.ones((STEPS + 1, len(MOVES) + 1, GRID), np.float32)
    for channel, move in enumerate(MOVES):
        size = move * scale
        # A change goes no further than seven tenths of the way to the end of the scale.
        after = np.clip(means + size, 0.3 * means, 0.7 + 0.3 * means)
        theta = np.interp(after, tilted_means, thetas)
        # Where no room is left for a change, or no grid reaches it, its likelihood dies away.
        room = np.abs(after - means) > 0.1 * abs(size)
        room &= (after >= _LOWEST) & (after <= _HIGHEST)
        slopes = np.where(room, theta - theta_before, 0.0)
        costs = np.where(room, np.interp(theta, thetas, psis) - psi_before, 1.0)
        told = slopes * levels[:, None] - costs
        factors[:, channel] = np.exp(np.minimum(told, math.log(MOST_TOLD)))
    tilts = tilted_means, thetas, psis
    return Bank(deviation, means, theta_before, psi_before, factors, tilts)


def moved(ratios: Singles, before: Bank, after: Bank) -> Singles:
    """Likelihood ratios on the grid of one bank, on that of another; shape (any, GRID)."""
    logs = np.log(ratios.astype(np.float64))
    rows = [np.interp(after.means, before.means, row) for row in logs]
    ratios_after: Singles = np.exp(np.array(rows)).astype(np.float32)
    return ratios_after


def returning(bank: Bank, former: Former) -> Floats:
    """How likely each mean of the grid is by the reviews before a shift, as a logarithm.

    The level that they call for has RETURN; it may lie beyond the grid.
    """
    n, total = former
    mean = total / n / STEPS
    means, thetas, psis = bank.tilts
    theta = np.interp(mean, means, thetas)
    best = theta * mean - np.interp(theta, thetas, psis)
    told: Floats = bank.thetas * mean - bank.psis - best
    return math.log(RETURN) + min(n, FORMER_KNOWN) * told


def eagerness(n: int, arl0: float) -> float:
    """How much likelier than late in its life a shop is to change at its n-th review.

    The less is known of the level before, the more evidence a change of that moment needs. What
    a shop borrows from its trade needs none of it.
    """
    if n < MIN_REVIEWS:
        return 1.0
    return 1.0 + _EAGERNESS * max(0.0, 1.0 - n / (_LASTING * arl0))


def threshold(arl0: float, deviation: float) -> float:
    """The likelihood ratio at which a steady shop alarms once in `arl0` reviews.

    The ratio is nearly a martingale less the reviews' eagerness, so thresholds differ little.
    """
    run_lengths, limits = np.array(LIMITS).T
    limit = float(np.interp(math.log(arl0), np.log(run_lengths), limits))
    return math.exp(limit + PER_DEVIATION * (max(deviation, LEAST) - USUAL))
