"""How sure a share is that was counted on few."""

from math import sqrt

# The normal quantile of a two-sided interval of 95 %.
Z_95 = 1.959964


def wilson_interval(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """Return the score interval of a proportion, within [0, 1].

    Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal
    of the American Statistical Association 22 (158), 209-212. Unlike the mean plus or minus two
    standard errors, it holds its level for few trials (Brown, Cai and DasGupta 2001).

    >>> [round(bound, 3) for bound in wilson_interval(8, 10)]
    [0.49, 0.943]

    Raises:
        ValueError: there are no trials, or more successes than trials.
    """
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"no proportion: {successes} of {trials}")
    share = successes / trials
    spread = z * z / trials
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / trials + spread / (4 * trials))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return max(0.0, low), min(1.0, high)
