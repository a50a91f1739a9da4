"""The shop's own listings that stay for sale: older than nine in ten of those like them."""

from collections.abc import Iterator, Sequence

from alerts.detectors.survival import Curve
from alerts.opportunities.items import Item
from alerts.opportunities.market import row_of
from alerts.opportunities.view import View
from alerts.opportunities.writing import Opportunity
from vigie.clock import today
from vigie.opportunity_text import STALE
from vigie.store import Severity

NINE_IN_TEN = 0.9
# Ends that a curve needs to reach its ninth tenth: of the same thing, or else of the trade.
LEAST_SAME, LEAST_OF_TRADE = 10, 20
LEAST_SURE = 0.8
# What this share of those that ended had, and this one lacks, may be why.
USUAL = 0.75
FEW_WORDS = 3
DAYS = 30
# The last that ended are evidence enough.
MOST_SHOWN = 200


def stale(seen: View) -> Iterator[Opportunity]:
    """Yield the own listings for sale longer than nine in ten of those that ended."""
    for item in seen.own:
        curve, beside, scope = _beside(seen, item)
        limit = curve.days_until(NINE_IN_TEN)
        age = (today() - item.since).days
        if limit is None or age <= limit:
            continue
        sure = curve.fewer_left(age, 1 - NINE_IN_TEN)
        if sure < LEAST_SURE:
            continue
        ended = [
            other
            for other in beside
            if other.ended and other.thing.condition == item.thing.condition
        ][-MOST_SHOWN:]
        yield Opportunity(
            kind=STALE,
            subject=str(item.id),
            since=item.since,
            severity=Severity.INFO,
            gain=float(item.price_cents or 0),
            days=DAYS,
            facts={
                "title": item.title,
                "scope": scope,
                "age_days": age,
                "limit_days": round(limit),
                "half_days": round(curve.days_until(0.5) or 0),
                "ended": curve.ended,
                "compared": curve.count,
                "lacks": _lacks(item, ended),
                "sure": round(sure, 3),
                "listing_id": item.id,
                "listing_ids": [other.id for other in ended],
            },
        )


def _beside(seen: View, item: Item) -> tuple[Curve, Sequence[Item], str]:
    """Return what it is measured by: the same thing if enough of it ended, else its trade."""
    same = seen.market.like(item)
    if sum(other.ended is not None for other in same) >= LEAST_SAME:
        return Curve(other.stay for other in same), same, "same"
    row = row_of(item)
    if row is None:
        return Curve([]), [], "trade"
    curve = seen.market.curve(row, item.thing.condition)
    if curve.ended < LEAST_OF_TRADE:
        return Curve([]), [], "trade"
    return curve, seen.market.rows[row], "trade"


def _lacks(item: Item, ended: Sequence[Item]) -> str:
    """Name what most of those that ended had and this one has not."""
    mine = _told(item)
    usual = [name for name in mine if sum(_told(e)[name] for e in ended) >= USUAL * len(ended)]
    return next((name for name in usual if not mine[name]), "nothing")


def _told(item: Item) -> dict[str, bool]:
    return {
        "price": item.price_cents is not None,
        "description": item.described,
        "condition": item.thing.condition is not None,
        "words": len(item.title.split()) > FEW_WORDS,
    }
