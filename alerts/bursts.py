"""Bursts in a shop's reviews, all of them or the bad ones, told as facts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import log2

from alerts.detectors.burst import LEAST_DAYS, MOST_DAYS, WINDOWS, Burst, find_burst
from alerts.life import Fact
from alerts.reviews import BAD_UP_TO, GOOD_FROM, Told
from vigie.clock import today
from vigie.reputation_text import BURST
from vigie.store import Severity

RECENT = max(WINDOWS)
# A source tells a rhythm once it has been going for so long before any window that is looked at.
LEAST_PAST = timedelta(days=LEAST_DAYS + 2 * RECENT)
LIFE = timedelta(days=30)
MOST_EVIDENCE = 50
ALL, BAD = "all", "bad"


class Rhythm:
    """The dated reviews of the sources that have been going for long enough."""

    def __init__(self, reviews: Sequence[Told]) -> None:
        dated = [review for review in reviews if review.is_dated]
        since: dict[int, date] = {}
        for review in dated:
            since[review.source_id] = min(review.day, since.get(review.source_id, review.day))
        day = today()
        going = {source for source, first in since.items() if day - first >= LEAST_PAST}
        self.reviews = [review for review in dated if review.source_id in going]
        # Before the youngest of them began, the others' rhythm alone would be too low.
        begin = max((since[source] for source in going), default=day)
        self.begin = max(begin, day - timedelta(days=MOST_DAYS + RECENT))

    def daily(self, lowest: float, highest: float) -> list[int]:
        """Return how many reviews of such a value each day had, up to today."""
        counts = [0] * ((today() - self.begin).days + 1)
        for review in self.reviews:
            if lowest <= review.value <= highest and review.day >= self.begin:
                counts[(review.day - self.begin).days] += 1
        return counts

    def within(self, burst: Burst, lowest: float = 0.0, highest: float = 1.0) -> list[Told]:
        """Return the reviews of a burst, the newest first."""
        first, last = self.day(burst.first), self.day(burst.last)
        return [
            review
            for review in self.reviews
            if first <= review.day <= last and lowest <= review.value <= highest
        ]

    def day(self, place: int) -> date:
        """Return the day of a place in ``daily``."""
        return self.begin + timedelta(days=place)


def bursts(shop_id: int, rhythm: Rhythm) -> Iterator[Fact]:
    """Yield the burst of the last days, of bad reviews if there is one, else of any."""
    for stream, highest in ((BAD, BAD_UP_TO), (ALL, 1.0)):
        burst = find_burst(rhythm.daily(0.0, highest), RECENT)
        if burst is not None:
            yield _fact(shop_id, stream, burst, rhythm, rhythm.within(burst, 0.0, highest))
            return


def _fact(shop_id: int, stream: str, burst: Burst, rhythm: Rhythm, reviews: Sequence[Told]) -> Fact:
    first, last = rhythm.day(burst.first), rhythm.day(burst.last)
    bad = sum(review.value <= BAD_UP_TO for review in reviews)
    mostly_bad = 2 * bad > burst.count
    return Fact(
        shop_id=shop_id,
        kind=BURST,
        subject=f"{stream} {first.isoformat()}",
        changed_on=first,
        severity=Severity.WARNING if mostly_bad else Severity.INFO,
        facts={
            "stream": stream,
            "count": burst.count,
            "days": burst.days,
            "usual": round(burst.expected, 1),
            "rare": "yes" if burst.expected < 0.5 else "no",
            "bad": bad,
            "good": sum(review.value >= GOOD_FROM for review in reviews),
            "mood": "bad" if mostly_bad else "other",
            "sources": list(dict.fromkeys(review.source for review in reviews))[:3],
            "first_on": first.isoformat(),
            "last_on": last.isoformat(),
            "expires_on": (last + LIFE).isoformat(),
            "review_ids": [review.id for review in reviews][:MOST_EVIDENCE],
        },
        # One review more is the same burst; twice as many are news.
        evidence=frozenset(f"{2**power} or more" for power in range(int(log2(burst.count)) + 1)),
    )
