"""An adviser's shops together: how many of the changes told are chance, and how many are found.

    python -m benchmarks.portfolio [PORTFOLIOS] [SHOPS] [CHANGED_SHARE]

Made-up shops with a review every other day, of the four profiles of `benchmarks.shift`: 80 to 240
reviews, and in the shops that change the last 10 to 60 of them at another level (half a star or a
star down, half a star up). As in the product, a change is open where the detector told one that is
not older than 120 days, and it is called sure where it holds at a false discovery rate of 10 %
among all shops of the portfolio.
"""

import sys
import time
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from alerts.changes import RECENT, last_before, shifts_in
from alerts.detectors.certainty import chance_alone
from alerts.history import History
from benchmarks.shift import CHANGES, PROFILES, changed, draw
from vigie.false_discoveries import RATE, discoveries

ARL0 = 1000.0
TODAY = date(2026, 11, 23)
STEP = timedelta(days=2)


@dataclass
class Tally:
    """What was told: shares of the portfolios' findings that were chance, and changes found."""

    false: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)

    def count(self, told: set[int], changed_shops: set[int]) -> None:
        """Add a portfolio."""
        self.false.append(len(told - changed_shops) / max(1, len(told)))
        self.found.append(len(told & changed_shops) / max(1, len(changed_shops)))

    def __str__(self) -> str:
        error = np.std(self.false) / np.sqrt(len(self.false))
        false, found = np.mean(self.false), np.mean(self.found)
        return f"{false:.3f} (standard error {error:.3f}) by chance, {found:.2f} of changes told"


def stream(random: np.random.Generator, is_changed: bool) -> History:
    """Return a shop's ratings up to today."""
    before = list(PROFILES.values())[random.integers(len(PROFILES))]
    count = int(random.integers(80, 241))
    values = draw(random, before, (1, count))[0]
    if is_changed:
        since = int(random.integers(10, 61))
        after = changed(before, CHANGES[random.integers(len(CHANGES))], mixture=False)
        values[-since:] = draw(random, after, (1, since))[0]
    first = TODAY - STEP * (count - 1)
    return [(first + STEP * place, float(value)) for place, value in enumerate(values)]


def chance(values: History, seed: int) -> float | None:
    """Return how likely chance does this to a shop, None where no change is open."""
    found = [change for change, _ in shifts_in(values, ARL0)]
    if not found or TODAY - found[-1].since > RECENT:
        return None
    begin = last_before(found[-1], found)
    recent = sum(TODAY - day <= RECENT for day, _ in values)
    known = [value for day, value in values if day >= begin]
    return min(1.0, 2 * chance_alone(known, recent, seed))


def main() -> None:
    """Print the figures."""
    words = sys.argv[1:4]
    portfolios, shops = (int(word) for word in (words + ["20", "300"][len(words) :])[:2])
    share = float(words[2]) if len(words) > 2 else 0.1
    random = np.random.default_rng(6)
    start = time.process_time()
    told, sure = Tally(), Tally()
    for _ in range(portfolios):
        changed_shops = set(range(round(shops * share)))
        chances = {}
        for shop in range(shops):
            one = chance(stream(random, shop in changed_shops), shop)
            if one is not None:
                chances[shop] = one
        told.count(set(chances), changed_shops)
        sure.count(discoveries(chances, shops), changed_shops)
    print(f"{portfolios} portfolios of {shops} shops, {share:.0%} of which changed")
    print(f"told by the detector (arl0 {ARL0:g}): {told}")
    print(f"sure at a false discovery rate of {RATE:.0%}: {sure}")
    print(f"{time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()
