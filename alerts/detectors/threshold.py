"""The likelihood of a distribution's exponential tilts, and the alarm threshold it calls for."""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

STEPS = 40
"""Values are kept on a grid of 41 levels: stars, half stars, tenths and fifths all fall on it."""

WINDOWS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 19, 24, 30, 38, 48, 60, 76, 96, 120, 152, 192, 240)
"""The numbers of last reviews that are compared with all those before them."""

MIN_BEFORE = 20
"""A comparison needs this many reviews before the supposed change."""

Profile = tuple[int, ...]
"""A rating distribution: 41 whole weights, their sum about PARTS."""

PARTS = 100
_FLOOR = 0.01
_TABLE = 2048
_FIRST = 60
_STREAMS = 160
_LENGTH = 360
_SEED = 1954

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

MEANS: Floats = np.linspace(0.0, 1.0, _TABLE + 1)
"""The means at which `rate` is tabulated."""


def profile_of(counts: list[int]) -> Profile:
    """The distribution of counted values, smoothed by a Dirichlet prior and rounded.

    Rounding lets shops alike share one threshold. The prior, four reviews spread over the five
    stars, keeps a shop that has only seen five stars from calling any other one impossible.
    """
    weights = np.asarray(counts, dtype=np.float64)
    weights[:: STEPS // 4] += (0.8, 0.4, 0.4, 0.8, 1.6)
    return tuple(int(part) for part in np.rint(PARTS * weights / weights.sum()))


def _probabilities(profile: Profile) -> Floats:
    weights = np.asarray(profile, dtype=np.float64) + PARTS * _FLOOR / (STEPS + 1)
    probabilities: Floats = weights / weights.sum()
    return probabilities


@lru_cache(maxsize=1024)
def rate(profile: Profile) -> Floats:
    """Cramér's rate function of a profile, tabulated at MEANS (nats a review).

    I(m) = sup over theta of theta m - log E exp(theta x): the log-likelihood a review gains when
    the profile is tilted exponentially to have the mean m (Lorden 1971).
    """
    probabilities = _probabilities(profile)
    levels = np.linspace(0.0, 1.0, STEPS + 1)
    thetas = np.sinh(np.linspace(-6.0, 6.0, 401))
    log_weights = thetas[:, None] * levels + np.log(probabilities)
    peak = log_weights.max(axis=1, keepdims=True)
    weights = np.exp(log_weights - peak)
    total = weights.sum(axis=1)
    means = (weights @ levels) / total
    rates = thetas * means - (peak[:, 0] + np.log(total))
    ends = -np.log(probabilities[[0, -1]])
    return np.interp(
        MEANS,
        np.concatenate(([0.0], means, [1.0])),
        np.concatenate((ends[:1], rates, ends[1:])),
    )


@lru_cache(maxsize=1)
def _uniforms() -> Floats:
    return np.random.default_rng(_SEED).random((_STREAMS, _FIRST + _LENGTH))


def statistics(sums: Integers, table: Floats, first: int) -> Floats:
    """The detector's statistic after each review from `first` on, for many streams at once.

    `sums` has the shape (streams, length + 1): running sums on the grid, with a leading zero. The
    result has the shape (streams, length - first).
    """
    length = sums.shape[1] - 1
    counts = np.arange(length + 1)
    scale = np.zeros(length + 1, dtype=np.float64)
    scale[1:] = _TABLE / (STEPS * counts[1:])
    whole = table[(sums * scale + 0.5).astype(np.int64)] * counts
    best = np.zeros((sums.shape[0], length - first))
    for window in WINDOWS:
        start = max(first, window + MIN_BEFORE - 1)
        if start >= length:
            break
        after = sums[:, start + 1 :] - sums[:, start + 1 - window : length + 1 - window]
        gains = window * np.interp(np.arange(window * STEPS + 1) / (window * STEPS), MEANS, table)
        gain = gains[after] + whole[:, start + 1 - window : length + 1 - window]
        np.maximum(best[:, start - first :], gain - whole[:, start + 1 :], out=gain)
        best[:, start - first :] = gain
    return best


@lru_cache(maxsize=4096)
def threshold(profile: Profile, arl0: float) -> float:
    """The statistic's level that a steady shop of this profile passes once in `arl0` reviews.

    A seeded simulation of steady streams gives the mean run length at several lower levels, and
    the logarithm of the run length, nearly straight in the level, is carried on to `arl0`.
    """
    cumulated = np.cumsum(_probabilities(profile))
    values = np.searchsorted(cumulated[:-1], _uniforms(), side="right")
    sums = np.zeros((_STREAMS, _FIRST + _LENGTH + 1), dtype=np.int64)
    np.cumsum(values, axis=1, out=sums[:, 1:])
    highest = np.maximum.accumulate(statistics(sums, rate(profile), _FIRST), axis=1)
    levels = np.linspace(2.5, 8.0, 23)
    alarms = np.array([(highest[:, -1] > level).sum() for level in levels])
    reviews = np.array([(highest <= level).sum() for level in levels])
    known = (alarms >= _STREAMS // 6) & (alarms < _STREAMS)
    if known.sum() < 2:
        return float(math.log(arl0))
    slope, start = np.polyfit(levels[known], np.log(reviews[known] / alarms[known]), 1)
    return float((math.log(arl0) - start) / slope)
