"""How often news comes to each source: a Gamma-Poisson rate, shared while data is thin. Pure.

A source's news come as a Poisson process whose rate is drawn from its group's Gamma distribution
(empirical Bayes; Robbins 1956, Gelman et al., Bayesian Data Analysis, 2.7). What is long past
counts less. Times are in days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# News are counted by age, in these bands: what a database can sum in one query.
BAND_EDGES_D = np.array([0.0, 15.0, 45.0, 90.0, 180.0, 365.0, 730.0])
BANDS = len(BAND_EDGES_D) - 1
MEMORY_D = 180.0
# A group is fitted as if so many sources more, like those of its platform, were in it.
BORROWED = 10.0
# What is expected where nothing at all is known: a review in ten days.
USUAL_EVENTS, USUAL_DAYS = 1.0, 10.0
SHAPES = np.geomspace(0.1, 20.0, 24)
MOST_EVENTS = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of each source, an entry each: counts and days, all and with the old faded."""

    events: Floats
    days: Floats
    faded_events: Floats
    faded_days: Floats


@dataclass(frozen=True, slots=True)
class Rates:
    """News a day expected of each source, and which share of that its own history tells."""

    per_day: Floats
    own_share: Floats


def seen_of(counts: Floats, first_d: Floats, last_d: Floats) -> Seen:
    """Weigh what was seen of each source.

    The time looked at begins with the oldest news known, which is therefore not counted, and ends
    with the last reading: what came since is not known.

    Args:
        counts: (sources, BANDS) news by age.
        first_d: the age of the oldest known news, or of the source if that is more.
        last_d: the age of the last reading; for a source never read, both are 0.
    """
    older, newer = BAND_EDGES_D[1:], BAND_EDGES_D[:-1]
    ends, begins = np.maximum(newer, last_d[:, None]), np.minimum(older, first_d[:, None])
    days = np.maximum(0.0, begins - ends)
    # The mean weight of a band, by an exponential forgetting.
    weights = MEMORY_D * (np.exp(-newer / MEMORY_D) - np.exp(-older / MEMORY_D)) / (older - newer)
    return Seen(counts.sum(axis=1), days.sum(axis=1), counts @ weights, days @ weights)


def rates_of(seen: Seen, platform: Ints, group: Ints) -> Rates:
    """Return the rate expected of each source.

    Args:
        platform: numbers from 0; ``group`` likewise, each wholly within one platform.
    """
    if not len(platform):
        return Rates(np.zeros(0), np.zeros(0))
    shape, mean = _priors(seen, platform, group)
    shape, scale = shape[group], (shape / mean)[group]
    per_day = (shape + seen.faded_events) / (scale + seen.faded_days)
    return Rates(per_day, seen.faded_days / (scale + seen.faded_days))


def _priors(seen: Seen, platform: Ints, group: Ints) -> tuple[Floats, Floats]:
    """Return each group's Gamma distribution, by maximum likelihood: shapes and means."""
    # Beyond so many, the counts of one source tell no more of the others.
    share = np.minimum(1.0, MOST_EVENTS / np.maximum(seen.events, 1.0))
    # Counts need not be whole where they were estimated.
    events, days = np.rint(seen.events * share).astype(np.int64), seen.days * share
    levels = _Levels(platform, group)
    mean = levels.mean(events, USUAL_EVENTS) / levels.mean(days, USUAL_DAYS)
    expected = mean[group] * days
    steps = np.arange(events.max() + 1)
    likelihoods = np.empty((len(SHAPES), len(mean)))
    for row, shape in enumerate(SHAPES):
        # Of a negative binomial count, but for what no shape changes: log Gamma(n + a) / Gamma(a)
        # is a sum of logarithms.
        rising = np.concatenate([[0.0], np.cumsum(np.log(shape + steps))])[events]
        each = rising - shape * np.log1p(expected / shape) - events * np.log(shape + expected)
        likelihoods[row] = levels.mean(each, 0.0)
    return SHAPES[likelihoods.argmax(axis=0)], mean


class _Levels:
    """Sources in groups, groups in platforms: the means of the thin ones lean on what is above."""

    def __init__(self, platform: Ints, group: Ints) -> None:
        self._platform, self._group = platform, group
        self._groups = np.bincount(group).astype(float)
        self._platforms = np.bincount(platform).astype(float)
        self._platform_of = np.zeros(len(self._groups), dtype=np.int64)
        self._platform_of[group] = platform

    def mean(self, values: Floats | Ints, usual: float) -> Floats:
        """Return the mean of each group."""
        overall = (values.sum() + usual) / (len(values) + 1)
        above = np.bincount(self._platform, values) + BORROWED * overall
        above /= self._platforms + BORROWED
        of_group = np.bincount(self._group, values) + BORROWED * above[self._platform_of]
        means: Floats = of_group / (self._groups + BORROWED)
        return means
