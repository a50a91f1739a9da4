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

SHARES = (0.45, 0.35, 0.2)
"""How likely each of the MOVES is beforehand."""

CAUTION = 0.5
"""The mean before is taken this many reviews nearer to the change that is looked for."""

POOLS = 14
"""How many spans of reviews are held, in each of which a change may have come."""

LIMITS = (
    (10, 2.9),
    (30, 3.65),
    (100, 4.78),
    (200, 5.5),
    (500, 6.44),
    (1000, 7.15),
    (2000, 7.87),
    (1e6, 14.3),
)
"""Logarithms of the threshold for a mean run length, in the mean of 27 varied profiles.

Measured by simulations of 5,000 reviews, too long to repeat for a shop, and raised by 0.08 for what
a shop does not know of its own profile; the last is extrapolated.
"""

TYPICAL = 8.13
"""The mean that `threshold` simulates, in the mean of the same profiles."""

KEPT = 0.5
"""How much of a profile's difference from TYPICAL its threshold takes on (by regression)."""

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
    """How many reviews, from the n-th on, share one baseline: a tenth, but 12 to 24."""
    return min(max(12, n // 10), 24)


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
    cautions = CAUTION * STEPS * (np.array(MOVES)[:, None] > 0)
    shares = np.array(SHARES, np.float32)[:, None]
    slopes, costs, ratios = np.zeros((3, POOLS, len(MOVES), levels.shape[1]), np.float32)
    totals = np.zeros_like(levels)
    pool, next_pool = -1, MIN_REVIEWS
    for n in range(MIN_REVIEWS, len(levels)):
        if n == next_pool:
            pool, next_pool = (pool + 1) % POOLS, n + span(n)
            means = (sums[n - 1] + cautions) * (MEAN_STEPS / STEPS / (n + CAUTION))
            index = (means + 0.5).astype(np.int64)
            channels = np.arange(len(MOVES))[:, None]
            slopes[pool], costs[pool] = (table[channels, index] for table in tables)
            ratios[pool] = 0.0
        ratios[pool] += shares
        ratios *= np.exp(slopes * levels[n] - costs)
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
    highest = simulate(profile, _uniforms()).max(axis=0)
    excess = float(np.log(highest).mean()) - TYPICAL
    run_lengths, limits = zip(*LIMITS, strict=True)
    limit = float(np.interp(math.log(arl0), np.log(run_lengths), limits))
    return math.exp(limit + max(-1.0, KEPT * excess))
