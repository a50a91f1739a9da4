"""Bursts: more reviews within a few days than the shop's own rhythm explains.

A scan statistic (Naus 1965) over windows of 1, 2, 7 and 14 days that end on one of the last days.
What a window may hold is the negative binomial that a Poisson count has whose rate was learned from
the shop's own past (Gamma-Poisson, Jeffreys' prior) and varies as it did there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import exp, lgamma, log, log1p

WINDOWS = (1, 2, 7, 14)
# Rhythms change: what is older says little. With less, it is too early to tell.
MOST_DAYS, LEAST_DAYS = 365, 56
# Fewer than so many, or than so many times the usual, is no burst however rare.
LEAST_COUNT, LEAST_RATIO = 4, 2.0
# Measured by benchmarks/burst.py: a steady shop alarms by chance about once in twenty years.
CHANCE = 1e-4


@dataclass(frozen=True)
class Burst:
    """A window that holds too much: places of its first and last day, and its chance by rhythm."""

    first: int
    last: int
    count: int
    expected: float
    chance: float

    @property
    def days(self) -> int:
        """Return how many days the window has."""
        return self.last - self.first + 1


def find_burst(
    daily: Sequence[int],
    recent: int = max(WINDOWS),
    chance: float = CHANCE,
    least: int = LEAST_COUNT,
) -> Burst | None:
    """Return the least likely window that ends within the last ``recent`` days, if it is a burst.

    Args:
        daily: how many reviews each day had, oldest first, without a gap; the last is today.
        recent: how many last days are looked at; older bursts are history.
        chance: the largest chance of a window that is told.
        least: the least count of one.

    >>> steady = [0, 1, 0, 0, 0, 1, 0] * 20
    >>> find_burst(steady) is None
    True
    >>> find_burst([*steady, 3, 4]).count
    7
    """
    sums = [0, *accumulate(daily)]
    found: Burst | None = None
    for last in range(max(0, len(daily) - recent), len(daily)):
        for days in WINDOWS:
            first = last - days + 1
            if first < LEAST_DAYS:
                continue
            count = sums[last + 1] - sums[first]
            since = max(0, first - MOST_DAYS)
            expected = (0.5 + sums[first] - sums[since]) / (first - since) * days
            if count < least or count < LEAST_RATIO * expected:
                continue
            own = tail(count, expected, _spread(sums, since, first, days))
            if own <= chance and (found is None or own < found.chance):
                found = Burst(first, last, count, expected, own)
    return found and _trimmed(found, daily)


def _trimmed(burst: Burst, daily: Sequence[int]) -> Burst:
    """Leave out the empty days at both ends of a window, which are none of the burst's."""
    places = [at for at in range(burst.first, burst.last + 1) if daily[at]]
    first, last = places[0], places[-1]
    expected = burst.expected * (last - first + 1) / burst.days
    return replace(burst, first=first, last=last, expected=expected)


def tail(count: int, mean: float, spread: float) -> float:
    """Return the chance of ``count`` or more, of variance ``mean + spread * mean**2``.

    The negative binomial with 1 / ``spread`` successes; ``spread`` is above 0.
    """
    shape = 1 / spread
    odds = log(mean) - log(mean + shape)
    term = (
        lgamma(count + shape) - lgamma(shape) - lgamma(count + 1)
        - shape * log1p(mean / shape) + count * odds
    )  # fmt: skip
    total, one, step = 0.0, exp(term), count
    # Terms fall off once past the mean, which a burst's count is far above.
    while one > total * 1e-9:
        total += one
        one *= (step + shape) / (step + 1) * exp(odds)
        step += 1
    return min(1.0, total)


def _spread(sums: Sequence[int], since: int, until: int, days: int) -> float:
    """Return how much more than by pure chance such windows vary, and what is not known of them.

    The first is by moments over windows of the same length, the second is Gamma's own.
    """
    blocks = [sums[start + days] - sums[start] for start in range(until - days, since - 1, -days)]
    total = sums[until] - sums[since]
    mean = sum(blocks) / len(blocks)
    unknown = 1 / (0.5 + total)
    if mean == 0 or len(blocks) < 2:
        return unknown
    variance = sum((block - mean) ** 2 for block in blocks) / (len(blocks) - 1)
    return unknown + max(0.0, variance - mean) / mean**2
