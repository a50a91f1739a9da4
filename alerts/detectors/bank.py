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

SIZES = (0.3, 0.6, 1.2)
"""The changes of mean looked for, down and up, in standard deviations of the shop's ratings."""

DISCOUNT = 5.0
"""A likelihood that rests on n reviews before the change counts for n / (n + DISCOUNT) only."""

CAUTION = 0.25
"""The mean before is taken this many reviews nearer to the change that is looked for."""

LEVELS = (0.8, 1.0, 1.15)
"""The thresholds of the SIZES against each other: about equal shares of the false alarms."""

RATIOS = (
    (10, 0.3),
    (100, 0.46),
    (200, 0.575),
    (500, 0.715),
    (1000, 0.825),
    (2000, 0.925),
    (4000, 1.05),
    (1e6, 2.0),
)
"""Thresholds for a mean run length, against those that half the simulated streams pass.

Measured by simulations of 8,000 reviews on four profiles, too long to repeat for a shop; the values
at 500 and 1,000 were then corrected by hand on `benchmarks/shift.py`, the last one is extrapolated.
"""

Profile = tuple[int, ...]
"""A rating distribution: 41 whole weights, their sum about PARTS."""

PARTS = 100
_FLOOR = 0.01
_STREAMS = 240
_LENGTH = 520
_SEED = 1954

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bank:
    """Tilts for one profile, a channel a tilt: the first half look down, the rest up.

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
    for size in (*(-size for size in SIZES), *SIZES):
        # A change goes no further than seven tenths of the way to the end of the scale.
        after = np.clip(before + size * deviation, 0.3 * before, 0.7 + 0.3 * before)
        theta = np.interp(after, tilted_means, thetas)
        slopes.append((theta - theta_before) / STEPS)
        costs.append(np.interp(theta, thetas, psis) - psi_before)
    return np.array(slopes), np.array(costs)


@lru_cache(maxsize=16)
def bank(profile: Profile) -> Bank:
    """The tilts of a profile."""
    slopes, costs = _tables(profile)
    return Bank(slopes.tolist(), costs.tolist())


@lru_cache(maxsize=1)
def _uniforms() -> Floats:
    return np.random.default_rng(_SEED).random((MIN_REVIEWS + _LENGTH, _STREAMS))


def simulate(profile: Profile) -> Singles:
    """The likelihood ratio of each channel after each review, in steady streams of a profile.

    Shape (length, channels, streams), from review WATCHED on. Each stream knows the profile's
    tilts but learns its own mean from its own reviews, as a shop does.
    """
    slopes, costs = _tables(profile)
    cumulated = np.cumsum(_probabilities(profile))[:-1]
    levels = np.searchsorted(cumulated, _uniforms(), side="right").astype(np.int32)
    sums = np.cumsum(levels, axis=0)[MIN_REVIEWS:, None, :]
    counts = np.arange(MIN_REVIEWS + 1, len(levels) + 1)[:, None, None]
    channels = np.arange(len(slopes))[:, None]
    cautions = CAUTION * STEPS * (channels >= len(SIZES))
    places = (sums + cautions) * (MEAN_STEPS / STEPS / (counts + CAUTION))
    index = (places + 0.5).astype(np.int64)
    weights = (counts / (counts + DISCOUNT)).astype(np.float32)
    new_slopes = weights * slopes.astype(np.float32)[channels, index]
    new_costs = weights * costs.astype(np.float32)[channels, index]
    highest = np.zeros_like(new_slopes)
    slope, cost = np.zeros_like(highest[0]), np.zeros_like(highest[0])
    score = highest[0].copy()
    for step, level in enumerate(levels[MIN_REVIEWS:]):
        score += slope * level - cost
        np.maximum(score, 0.0, out=score)
        highest[step] = score
        idle = score == 0.0
        np.copyto(slope, new_slopes[step], where=idle)
        np.copyto(cost, new_costs[step], where=idle)
    watched: Singles = highest[WATCHED - MIN_REVIEWS :]
    return watched


@lru_cache(maxsize=4096)
def thresholds(profile: Profile, arl0: float) -> tuple[float, ...]:
    """The level of each channel at which a steady shop alarms once in `arl0` reviews.

    A seeded simulation gives the levels that half of the steady streams of this profile pass
    within 460 reviews. Other run lengths follow in the proportion that `RATIOS` holds.
    """
    highest = simulate(profile).max(axis=0)
    units = np.tile(LEVELS, 2)
    typical = float(np.median((highest / units[:, None]).max(axis=0)))
    run_lengths, ratios = zip(*RATIOS, strict=True)
    level = typical * np.interp(math.log(arl0), np.log(run_lengths), ratios)
    floor = math.log(arl0) / 2
    return tuple(max(floor, float(unit * level)) for unit in units)
