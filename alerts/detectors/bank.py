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
_STREAMS = 300
_LENGTH = 300
_SEED = 1954

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


@lru_cache(maxsize=4)
def _draws(arl0: float) -> tuple[Floats, Floats, Floats]:
    """Fixed random numbers: the values, and each stream's baseline count and its error."""
    random = np.random.default_rng(_SEED)
    uniforms = random.random((_LENGTH, _STREAMS))
    spread = (np.arange(_STREAMS) + 0.5) / _STREAMS
    counts = MIN_REVIEWS + np.rint(-arl0 * np.log1p(-spread))
    return uniforms, counts, random.standard_normal(_STREAMS)


def simulate(profile: Profile, arl0: float) -> Floats:
    """Highest likelihood so far, of each channel, in steady streams of a profile.

    Shape (length, channels, streams). The streams start at many baseline counts, as a shop's
    life up to its next false alarm holds them, each with a baseline as wrong as its count allows.
    """
    slopes, costs = _tables(profile)
    probabilities = _probabilities(profile)
    uniforms, counts, errors = _draws(arl0)
    values = np.searchsorted(np.cumsum(probabilities)[:-1], uniforms, side="right")
    levels = np.arange(STEPS + 1)
    mean = probabilities @ levels
    deviation = math.sqrt(probabilities @ (levels - mean) ** 2)
    sums = np.clip(counts * mean + np.sqrt(counts) * deviation * errors, 0, counts * STEPS)
    channels = np.arange(len(slopes))[:, None]
    cautions = CAUTION * STEPS * (channels >= len(SIZES))
    scores = np.zeros((len(slopes), _STREAMS))
    slope, cost = scores.copy(), scores.copy()
    highest = np.zeros((_LENGTH, *scores.shape))
    for step in range(_LENGTH):
        level = values[step]
        scores += slope * level - cost
        np.maximum(scores, 0.0, out=scores)
        counts = counts + 1
        sums = sums + level
        place = (sums + cautions) * (MEAN_STEPS / STEPS) / (counts + CAUTION)
        index = (place + 0.5).astype(np.int64)
        weight = counts / (counts + DISCOUNT)
        idle = scores == 0.0
        slope = np.where(idle, weight * slopes[channels, index], slope)
        cost = np.where(idle, weight * costs[channels, index], cost)
        highest[step] = scores
    return np.maximum.accumulate(highest, axis=0, out=highest)


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
    highest = simulate(profile, arl0)
    levels = np.linspace(0.5, 9.0, 35)
    lines = [_line(highest[:, channel], levels) for channel in range(highest.shape[1])]
    joint = np.max(
        [slope * highest[:, k] + start for k, (slope, start) in enumerate(lines)], axis=0
    )
    slope, start = _line(joint, np.linspace(3.0, 9.0, 25))
    target = (math.log(arl0) - start) / slope
    return tuple((target - start) / slope for slope, start in lines)
