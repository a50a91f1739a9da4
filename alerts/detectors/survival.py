"""How long listings stay for sale, those still for sale counted for what they tell.

The product-limit estimate of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
observations", J. Am. Stat. Assoc. 53 (1958); its variance by M. Greenwood (1926).
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Stay:
    """A listing's days for sale; ``ended`` is False where it still was when last seen."""

    days: float
    ended: bool


def still_for_sale(stays: Sequence[Stay]) -> list[tuple[float, float]]:
    """Return (day, share still for sale just after it) at each day on which one ended."""
    curve: list[tuple[float, float]] = []
    share = 1.0
    for day, at_risk, ended in _ends(stays):
        share *= 1 - ended / at_risk
        curve.append((day, share))
    return curve


def days_until(stays: Sequence[Stay], gone: float) -> float | None:
    """Return the first day by which this share had ended; None where that was not yet seen."""
    return next((day for day, share in still_for_sale(stays) if share <= 1 - gone), None)


def share_left(stays: Sequence[Stay], day: float) -> float:
    """Return the share still for sale after so many days."""
    return next((share for at, share in reversed(still_for_sale(stays)) if at <= day), 1.0)


def fewer_left(stays: Sequence[Stay], day: float, than: float) -> float:
    """Return how sure it is that fewer than this share are still for sale after so many days.

    By the normal law with Greenwood's variance; where all have ended, by the chance that none of
    so many would have stayed.
    """
    left = share_left(stays, day)
    if left == 0:
        return 1 - (1 - than) ** sum(stay.ended for stay in stays)
    terms = (ended / (at_risk * (at_risk - ended)) for at, at_risk, ended in _ends(stays)
             if at <= day)  # fmt: skip
    error = left * math.sqrt(sum(terms))
    return NormalDist(left, error).cdf(than) if error else float(left < than)


def _ends(stays: Sequence[Stay]) -> list[tuple[float, int, int]]:
    """Return each day on which some ended, how many were still for sale before, how many ended."""
    seen = Counter(stay.days for stay in stays)
    ended = Counter(stay.days for stay in stays if stay.ended)
    found = []
    at_risk = len(stays)
    for day in sorted(seen):
        if ended[day]:
            found.append((day, at_risk, ended[day]))
        at_risk -= seen[day]
    return found
