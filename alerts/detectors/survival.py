"""How long listings stay for sale, those still for sale counted for what they tell.

The product-limit estimate of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
observations", J. Am. Stat. Assoc. 53 (1958); its variance by M. Greenwood (1926).
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Stay:
    """A listing's days for sale; ``ended`` is False where it still was when last seen."""

    days: float
    ended: bool


class Curve:
    """The share still for sale after each day, of listings that ended and some that did not.

    ``steps`` are (day, share still for sale just after it) at each day on which one ended.
    """

    def __init__(self, stays: Iterable[Stay]) -> None:
        seen: Counter[float] = Counter()
        ended: Counter[float] = Counter()
        for stay in stays:
            seen[stay.days] += 1
            ended[stay.days] += stay.ended
        self.steps: list[tuple[float, float]] = []
        self.count, self.ended = seen.total(), ended.total()
        self._greenwood: list[float] = []
        at_risk, share, terms = self.count, 1.0, 0.0
        for day in sorted(seen):
            if ended[day]:
                left = at_risk - ended[day]
                share *= left / at_risk
                terms += ended[day] / (at_risk * left) if left else 0.0
                self.steps.append((day, share))
                self._greenwood.append(terms)
            at_risk -= seen[day]

    def days_until(self, gone: float) -> float | None:
        """Return the first day by which this share had ended; None where that was not yet seen."""
        return next((day for day, share in self.steps if share <= 1 - gone), None)

    def share_left(self, day: float) -> float:
        """Return the share still for sale after so many days."""
        place = bisect_right(self.steps, (day, math.inf))
        return self.steps[place - 1][1] if place else 1.0

    def fewer_left(self, day: float, than: float) -> float:
        """Return how sure it is that fewer than this share are still for sale after so many days.

        By the normal law with Greenwood's variance; where all have ended, by the chance that none
        of so many would have stayed.
        """
        left = self.share_left(day)
        if left == 0:
            return 1 - (1 - than) ** self.ended
        place = bisect_right(self.steps, (day, math.inf))
        error = left * math.sqrt(self._greenwood[place - 1]) if place else 0.0
        return NormalDist(left, error).cdf(than) if error else float(left < than)
