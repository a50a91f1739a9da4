"""How likely chance alone makes a stream look as changed as it does: for many shops at once."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

LEAST_BEFORE, LEAST_AFTER = 10, 3
LONGEST = 400
"""What was said longer ago tells little of a change that is open."""

SHUFFLES = 19_999
_BATCH = 500
_ENOUGH = 20


def chance_alone(values: Sequence[float], recent: int, seed: int) -> float:
    """Return the probability that a stream without any change looks this much changed.

    The largest standardised difference of the means before and after any place among the last
    ``recent`` values is compared with that of the same values in random orders. That is exact at
    one look for values that may come in any order, whatever their distribution; it says nothing
    of what a detector that looks at every value would tell. The random orders end early where
    chance is seen to do it often.

    Sources: Antoch and Hušková, "Permutation tests in change point analysis" (Statistics and
    Probability Letters 2001); Besag and Clifford, "Sequential Monte Carlo p-values" (Biometrika
    1991).

    >>> chance_alone([1.0, 0.75] * 40 + [0.25, 0.5] * 8, recent=30, seed=1) < 0.001
    True
    >>> chance_alone([1.0, 0.75] * 40, recent=30, seed=1) > 0.2
    True
    """
    known = np.array(values[-LONGEST:], dtype=np.float64)
    n = len(known)
    places = np.arange(max(LEAST_BEFORE, n - recent), n - LEAST_AFTER + 1)
    if not len(places) or known.min() == known.max():
        return 1.0
    known -= known.mean()
    weights = sqrt(n) / np.sqrt(places * (n - places))
    # Orders of the same values tie, and must not be parted by rounding.
    seen = float(np.abs(np.cumsum(known)[places - 1] * weights).max()) * (1 - 1e-9)
    random = np.random.default_rng([seed, n])
    done = reached = 0
    while done < SHUFFLES and reached < _ENOUGH:
        count = min(_BATCH, SHUFFLES - done)
        shuffled = random.permuted(np.tile(known, (count, 1)), axis=1)
        sums = np.cumsum(shuffled, axis=1)[:, places - 1]
        reached += int((np.abs(sums * weights).max(axis=1) >= seen).sum())
        done += count
    return (reached + 1) / (done + 1)
