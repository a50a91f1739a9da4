"""A bank of exponential tilts of a shop's own distribution, with the thresholds it calls for."""

import math
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

DISCOUNT = 15.0
"""A likelihood that rests on n reviews before the change counts for n / (n + DISCOUNT) only."""

CAUTION = 0.25
"""The mean before is taken this many reviews nearer to the change that is looked for."""

Profile = tuple[int, ...]
"""A rating distribution: 41 whole weights, their sum about PARTS."""

PARTS = 100
_FLOOR = 0.01
_STREAMS = 240
_LENGTH = 520
_SEED = 1954
_PIVOT, _PIVOT_ARL0, _GROWTH = 500.0, 570.0, 0.75

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bank:
    """Tilts for one profile, a channel a tilt: the first half look down, the rest up.

    With the mean before at step i, a review at level x adds `slopes[k][i] * x - costs[k][i]` to
    the log-likelihood ratio of channel k.
    """

    slopes: list[list[float]]
    costs: list[list[float]]


def profile_of(counts: list[int]) -> Profile:
    """The distribution of counted values, smoothed by a Dirichlet prior and rounded.

    Rounding lets shops alike share one threshold. The prior, four reviews spread over the five
    stars, keeps a shop that has only seen five stars from calling any other one impossible.
    """
    weights = np.array(counts, dtype=np.float64)
    weights[:: STEPS // 4] += (0.8, 0.4, 0.4, 0.8, 1.6)
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


def simulate(profile: Profile) -> Floats:
    """Highest likelihood so far, of each channel, in steady streams of a profile.

    Shape (length, channels, streams), from review WATCHED on. Each stream knows the profile's
    tilts but learns its own mean from its own reviews, as a shop does.
    """
    slopes, costs = _tables(profile)
    cumulated = np.cumsum(_probabilities(profile))[:-1]
    levels = np.searchsorted(cumulated, _uniforms(), side="right")
    sums = np.cumsum(levels, axis=0)[MIN_REVIEWS:, None, :]
    counts = np.arange(MIN_REVIEWS + 1, len(levels) + 1)[:, None, None]
    channels = np.arange(len(slopes))[:, None]
    cautions = CAUTION * STEPS * (channels >= len(SIZES))
    places = (sums + cautions) * (MEAN_STEPS / STEPS / (counts + CAUTION))
    index = (places + 0.5).astype(np.int64)
    weights = counts / (counts + DISCOUNT)
    new_slopes, new_costs = weights * slopes[channels, index], weights * costs[channels, index]
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
    watched = highest[WATCHED - MIN_REVIEWS :]
    return np.maximum.accumulate(watched, axis=0, out=watched)


def _line(highest: Floats, levels: Floats) -> tuple[float, float]:
    """Slope and start of log(mean run length) against the level, from first passages."""
    alarms = np.array([(highest[-1] > level).sum() for level in levels])
    reviews = np.array([(highest <= level).sum() for level in levels])
    known = (alarms >= 12) & (alarms <= 0.9 * _STREAMS)
    if known.sum() < 2:
        return 1.0, 0.0
    slope, start = np.polyfit(levels[known], np.log(reviews[known] / alarms[known]), 1)
    return float(slope), float(start)


@lru_cache(maxsize=4096)
def thresholds(profile: Profile, arl0: float) -> tuple[float, ...]:
    """The level of each channel at which a steady shop alarms once in `arl0` reviews.

    Every channel gets the same share of the false alarms. The logarithm of the mean run length
    is nearly straight in the level: lines fitted on a seeded simulation carry it on to `arl0`.
    """
    highest = simulate(profile)
    levels = np.linspace(0.5, 9.0, 35)
    lines = [_line(highest[:, channel], levels) for channel in range(highest.shape[1])]
    joint = np.max(
        [slope * highest[:, k] + start for k, (slope, start) in enumerate(lines)], axis=0
    )
    slope, start = _line(joint, np.linspace(3.0, 9.0, 25))
    # Baselines get better with time, and false alarms rarer, beyond the length simulated: the
    # run length grows faster than the line, in the way that longer simulations measured.
    line_arl0 = _PIVOT * (arl0 / _PIVOT_ARL0) ** _GROWTH
    target = (math.log(line_arl0) - start) / slope
    floor = math.log(arl0) / 2
    return tuple(max(floor, (target - start) / slope) for slope, start in lines)
