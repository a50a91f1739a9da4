"""How often listings change, from whether each reading found a change. Pure.

A page read at intervals shows that it changed, never how often in between. The rate is that of
greatest likelihood at irregular intervals (Cho and Garcia-Molina 2003, Estimating Frequency of
Change, ACM TOIT 3(3), 5.3). Where every reading found a change there is none; half a reading more
that found nothing, as in their bias-reduced estimator (4.2), makes it finite. Times are in days.
"""

import numpy as np
from numpy.typing import NDArray

from vigie.cadence.arrivals import MEMORY_D, Floats, Ints, Seen

HALF_A_READING = 0.5
STEPS = 12
SHORTEST_D = 1e-4


def seen_changes(
    source: Ints, interval_d: Floats, age_d: Floats, changed: NDArray[np.bool_], sources: int
) -> Seen:
    """Return the changes of each source as the counts that tell as much.

    An estimate with Fisher information I is worth a Poisson count over rate * I days.

    Args:
        source: of each reading, a number from 0.
        interval_d: since the reading before it.
        age_d: of the reading; the old counts less.
        sources: how many there are.
    """
    interval_d = np.maximum(interval_d, SHORTEST_D)
    alike = _counts(source, interval_d, changed, np.ones(len(source)), sources)
    faded = _counts(source, interval_d, changed, np.exp(-age_d / MEMORY_D), sources)
    return Seen(*alike, *faded)


def _counts(
    source: Ints, interval_d: Floats, changed: NDArray[np.bool_], weight: Floats, sources: int
) -> tuple[Floats, Floats]:
    rate = _rates(source, interval_d, changed, weight, sources)
    # x / (exp(x) - 1), which is 1 where nothing ever changed: that is worth all the time seen.
    expected = np.clip(rate[source] * interval_d, 1e-12, 500.0)
    days = _sums(source, weight * interval_d * expected / np.expm1(expected), sources)
    return rate * days, days


def _rates(
    source: Ints, interval_d: Floats, changed: NDArray[np.bool_], weight: Floats, sources: int
) -> Floats:
    """Return the rates of greatest likelihood: sum of I / (exp(r I) - 1) = the quiet time.

    The sum is over the readings with a change. Its logarithm is convex and falls, so Newton's
    steps from below come near without overshooting.
    """
    readings = _sums(source, weight, sources)
    seen_d = _sums(source, weight * interval_d, sources)
    quiet_d = _sums(source, np.where(changed, 0.0, weight * interval_d), sources)
    quiet_d += HALF_A_READING * seen_d / np.maximum(readings, 1e-12)
    source, interval_d, weight = source[changed], interval_d[changed], weight[changed]
    times = _sums(source, weight, sources)
    has = times > 0
    quiet_d = np.where(has, quiet_d, 1.0)
    # Below the root, since x / (exp(x) - 1) >= 1 - x / 2.
    rate = times / (quiet_d + _sums(source, weight * interval_d, sources) / 2)
    for _ in range(STEPS):
        grown = np.expm1(np.clip(rate[source] * interval_d, 1e-12, 500.0))
        total = _sums(source, weight * interval_d / grown, sources)
        slope = _sums(source, weight * interval_d**2 * (1 + grown) / grown**2, sources)
        step = total * np.log(np.where(has, total, 1.0) / quiet_d) / np.where(has, slope, 1.0)
        rate = rate + np.maximum(step, 0.0)
    return rate


def _sums(source: Ints, values: Floats, sources: int) -> Floats:
    return np.bincount(source, values, sources).astype(np.float64, copy=False)
