"""Which fields the items of a crawl had, and whether one that was always there is lost. Pure.

A site that changes its pages often keeps most of an item and loses one field: the dates, the
stars, the prices. No fixed share tells that apart from a page that never had them, so a crawl is
compared with the source's own earlier ones by Fisher's exact test, one-sided (R. A. Fisher,
"Statistical Methods for Research Workers", 1934, par. 21.02): given how many items had the field in
both together, how likely are so few of them now?
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

from crawlers.extract.items import ExtractedListing, ExtractedReview

REVIEWS, LISTINGS, ITEMS = "reviews", "listings", "items"
# By kind: the field's name here and where the reader puts it.
FIELDS: Mapping[str, Mapping[str, str]] = {
    REVIEWS: {
        "author": "author",
        "date": "published",
        "rating": "rating",
        "text": "text",
        "id": "external_id",
    },
    LISTINGS: {"price": "price_cents", "availability": "availability", "url": "url"},
}
# What tells an item without identifier from another.
IDENTITY = frozenset(("author", "date"))
# False alarms: at most one in a thousand crawls of a source that did not change, all fields
# together (Bonferroni).
LEVEL = 0.001
LEVEL_A_FIELD = LEVEL / sum(map(len, FIELDS.values()))
# Items of one crawl come off one template: a long list is no better witness than this many items.
WITNESSES = 100
# How many earlier crawls are compared with, out of how many looked at: what stays away for longer
# is the source's new normal.
HISTORY, HISTORY_SEARCHED = 10, 20

# {"reviews": {"items": 20, "date": 19, ...}, "listings": {...}}: only kinds that were read.
Coverage = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Loss:
    """A field that is read much less than before; shares in percent."""

    kind: str
    field: str
    before: int
    now: int

    def evidence(self) -> dict[str, Any]:
        """Return it as the sentence of the catalogue takes it."""
        return {"kind": self.kind, "field": self.field, "before": self.before, "share": self.now}


def coverage_of(
    reviews: Iterable[ExtractedReview], listings: Iterable[ExtractedListing]
) -> Coverage:
    """Count the items of a page and, by field, those that have it."""
    counted: Coverage = {}
    for kind, items in ((REVIEWS, list(reviews)), (LISTINGS, list(listings))):
        if items:
            counted[kind] = {ITEMS: len(items)} | {
                field: sum(getattr(item, name) not in (None, "") for item in items)
                for field, name in FIELDS[kind].items()
            }
    return counted


def add(total: Coverage, more: Coverage) -> None:
    """Add one page's counts to a crawl's."""
    for kind, counts in more.items():
        sums = total.setdefault(kind, {})
        for name, count in counts.items():
            sums[name] = sums.get(name, 0) + count


def losses(current: Coverage, history: Sequence[Coverage]) -> list[Loss]:
    """Return the fields that are read significantly less than in the earlier crawls."""
    found = []
    for kind, fields in FIELDS.items():
        items_now = current.get(kind, {}).get(ITEMS, 0)
        earlier = [past[kind] for past in history if past.get(kind, {}).get(ITEMS)]
        if not items_now or not earlier:
            continue
        for field in fields:
            loss = _loss(kind, field, current[kind], earlier)
            if loss is not None:
                found.append(loss)
    return found


def fisher_tail(k_now: int, n_now: int, k_before: int, n_before: int) -> float:
    """Return the one-sided p-value of Fisher's exact test that the share did not fall.

    Args:
        k_now: items with the field now, of ``n_now``; the same for before.
    """
    having, every = k_now + k_before, n_now + n_before
    least = max(0, having - n_before)
    ways = sum(comb(n_now, k) * comb(n_before, having - k) for k in range(least, k_now + 1))
    return ways / comb(every, having)


def _loss(
    kind: str, field: str, current: Mapping[str, int], earlier: Sequence[Mapping[str, int]]
) -> Loss | None:
    k_now, n_now = _witnesses(current, field)
    each = [_witnesses(past, field) for past in earlier]
    k_before, n_before = sum(k for k, _ in each), sum(n for _, n in each)
    if k_now * n_before >= k_before * n_now:
        return None
    if fisher_tail(k_now, n_now, k_before, n_before) >= LEVEL_A_FIELD:
        return None
    share_now = 100 * current.get(field, 0) / current[ITEMS]
    return Loss(kind, field, round(100 * k_before / n_before), round(share_now))


def _witnesses(counts: Mapping[str, int], field: str) -> tuple[int, int]:
    """Return (items with the field, items), scaled down to what counts."""
    having, items = counts.get(field, 0), counts[ITEMS]
    if items <= WITNESSES:
        return having, items
    return round(having * WITNESSES / items), WITNESSES
