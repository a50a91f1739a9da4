"""A bank of exponential tilts of a shop's own distribution, with the thresholds it calls for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

STEPS = 40
"""Values are kept on a grid of 41 levels: stars, half stars, tenths and fifths all fall on it."""

MEAN_STEPS = 2048
"""Tilts are tabulated for a mean before the change at this many steps from 0 to 1."""

MIN_REVIEWS = 40
"""Below this many reviews since the start, or since the last shift, it is too early to tell."""

WATCHED = 60
"""False alarms are counted from this review on."""

MOVES = (-0.125, -0.25, 0.125)
"""The changes of mean looked for: half a star and a star down, half a star up.

Where ratings are close together they are smaller: never more than half a standard deviation for
half a star.
"""

SHARES = (0.4, 0.3, 0.3)
"""How likely each of the MOVES is beforehand."""

CAUTION = 0.25
MIDDLE = 0.525
"""The mean before counts this many more reviews at MIDDLE: never having seen a poor rating does
not make one impossible."""

MOST_TOLD = 12.0
"""No review multiplies a likelihood ratio by more: the first poor one among hundreds of the best
would otherwise be a shift by itself."""

POOLS = 10
"""How many spans of reviews are held, in each of which a change may have come."""

LIMITS = (
    (10, 3.08, 0.46),
    (30, 3.83, 0.37),
    (100, 4.96, 0.46),
    (200, 5.69, 0.54),
    (500, 6.65, 0.73),
    (1000, 7.4, 0.9),
    (2000, 8.22, 1.3),
    (1e6, 15.5, 1.3),
)
"""For a mean run length, the logarithm of the threshold in the mean of 27 varied profiles, and how
much of a profile's difference from TYPICAL it takes on (by regression).

Measured by simulations of 5,000 reviews, too long to repeat for a shop, and raised by 0.07 for what
a shop does not know of its own profile; the last is extrapolated.
"""

TYPICAL = 7.6
"""What `threshold` simulates, in the mean of the same profiles."""

HIGHEST = 9.0
"""Past this logarithm a stream that went astray tells nothing more about the others."""

Profile = tuple[int, ...]
"""A rating distribution: 41 whole weights, their sum about PARTS."""

PARTS = 100
_FLOOR = 0.01
_STREAMS = 240
_LENGTH = 520
_MOST = 1e12
_SEED = 1954

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bank:
    """Tilts for one profile, a channel for each of the MOVES.

    With the mean before at step i, a review at level x adds `slopes[k][i] * x - costs[k][i]` to
    the log-likelihood ratio of channel k.
    """

    slopes: list[list[float]]
    costs: list[list[float]]


def profile_of(counts: Sequence[float]) -> Profile:
    """The distribution of counted values, smoothed by a Dirichlet prior and rounded.

    Rounding lets shops alike share one threshold. The prior, one review spread over the five
    stars, keeps a shop that has only seen five stars from calling any other one impossible.
    """
    weights = np.array(counts, dtype=np.float64)
    weights[:: STEPS // 4] += (0.3, 0.1, 0.1, 0.2, 0.3)
    return tuple(int(part) for part in np.rint(PARTS * weights / weights.sum()))


def _probabilities(profile: Profile) -> Floats:
    weights = np.array(profile) + PARTS * _FLOOR / (STEPS + 1)
    probabilities: Floats = weights / weights.sum()
    return probabilities


@lru_cache(maxsize=64)
def _tables(profile: Profile) -> tuple[Floats, Floats]:
    """Slopes and costs of each channel for each mean before; shape (channels, MEAN_STEPS + 1).

    A tilt multiplies the probabilities by exp(theta x); psi(theta) = log E exp(theta x) makes
    them sum to one, and its derivative is the tilted mean.
    """
    probabilities = _probabilities(profile)
    levels = np.linspace(0.0, 1.0, STEPS + 1)
    thetas = np.sinh(np.linspace(-5.0, 5.0, 401))
    log_weights = thetas[:, None] * levels + np.log(probabilities)
    peaks = log_weights.max(axis=1)
    weights = np.exp(log_weights - peaks[:, None])
    totals = weights.sum(axis=1)
    psis = peaks + np.log(totals)
    tilted_means = (weights @ levels) / totals
    mean = probabilities @ levels
    deviation = math.sqrt(probabilities @ (levels - mean) ** 2)
    before = np.linspace(0.0, 1.0, MEAN_STEPS + 1)
    theta_before = np.interp(before, tilted_means, thetas)
    psi_before = np.interp(theta_before, thetas, psis)
    slopes, costs = [], []
    for move in MOVES:
        size = move * min(1.0, 4 * deviation)
        # A change goes no further than seven tenths of the way to the end of the scale.
        after = np.clip(before + size, 0.3 * before, 0.7 + 0.3 * before)
        theta = np.interp(after, tilted_means, thetas)
        # Where no room is left for a change, its likelihood dies away.
        room = np.abs(after - before) > 0.1 * abs(size)
        slopes.append(np.where(room, (theta - theta_before) / STEPS, 0.0))
        costs.append(np.where(room, np.interp(theta, thetas, psis) - psi_before, 1.0))
    return np.array(slopes), np.array(costs)


@lru_cache(maxsize=16)
def bank(profile: Profile) -> Bank:
    """The tilts of a profile."""
    slopes, costs = _tables(profile)
    return Bank(slopes.tolist(), costs.tolist())


def span(n: int) -> int:
    """How many reviews, from the n-th on, share one baseline: a tenth, but 8 to 24."""
    return min(max(8, n // 10), 24)


@lru_cache(maxsize=1)
def _uniforms() -> Floats:
    return np.random.default_rng(_SEED).random((MIN_REVIEWS + _LENGTH, _STREAMS))


def simulate(profile: Profile, uniforms: Floats) -> Singles:
    """The likelihood ratio after each review, in steady streams of a profile.

    `uniforms` has the shape (reviews, streams), the result too, from review WATCHED on. Each
    stream knows the profile's tilts but learns its own mean from its own reviews, as a shop does.
    """
    tables = [table.astype(np.float32) for table in _tables(profile)]
    cumulated = np.cumsum(_probabilities(profile))[:-1]
    levels = np.searchsorted(cumulated, uniforms, side="right").astype(np.float32)
    sums = np.cumsum(levels, axis=0, dtype=np.float64)
    likely = np.array(SHARES, np.float32)
    channels, streams = np.arange(len(MOVES)), np.arange(levels.shape[1])
    slopes, costs, ratios = np.zeros((3, POOLS, len(MOVES), len(streams)), np.float32)
    totals = np.zeros_like(levels)
    pool, next_pool = np.zeros_like(streams), MIN_REVIEWS
    for n in range(MIN_REVIEWS, len(levels)):
        if n == next_pool:
            next_pool = n + span(n)
            weights = ratios.sum(axis=1)
            weights[pool, streams] = np.inf
            pool = weights.argmin(axis=0)
            shares = (sums[n - 1] / STEPS + CAUTION * MIDDLE) / (n + CAUTION)
            means = (shares * MEAN_STEPS + 0.5).astype(np.int64)
            slopes[pool, :, streams], costs[pool, :, streams] = (
                table[channels, means[:, None]] for table in tables
            )
            ratios[pool, :, streams] = 0.0
        ratios[pool, :, streams] += likely
        ratios *= np.exp(np.minimum(slopes * levels[n] - costs, math.log(MOST_TOLD)))
        # Streams go on after an alarm, beyond what a number can hold.
        np.minimum(ratios, _MOST, out=ratios)
        totals[n] = ratios.sum(axis=(0, 1))
    watched: Singles = totals[WATCHED:]
    return watched


@lru_cache(maxsize=4096)
def threshold(profile: Profile, arl0: float) -> float:
    """The likelihood ratio at which a steady shop alarms once in `arl0` reviews.

    Thresholds differ little between profiles. A seeded simulation of steady streams of this one
    tells by how much: from the mean logarithm of the highest ratio in 500 reviews.
    """
    highest = np.log(simulate(profile, _uniforms()).max(axis=0))
    excess = float(np.minimum(highest, HIGHEST).mean()) - TYPICAL
    run_lengths, limits, shares = np.array(LIMITS).T
    at = math.log(arl0)
    limit = np.interp(at, np.log(run_lengths), limits)
    share = np.interp(at, np.log(run_lengths), shares)
    return math.exp(limit + max(-1.0, share * excess))
