"""The shop's own listings that stay for sale: older than nine in ten of those like them."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median

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
# Half as many photos, or of the fields filled in, is few, where so many others tell theirs.
TWICE, LEAST_COUNTED = 2, 5
MOST_TELLING = ("price", "photos", "description", "condition", "details", "words")
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
                "photos": item.photos or 0,
                "usual_photos": round(_usual_count(item, ended, _photos) or 0),
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
    missing = [name for name in usual if not mine[name]]
    for name, count in (("photos", _photos), ("details", _details)):
        theirs = _usual_count(item, ended, count)
        if theirs is not None and theirs >= TWICE * max(1, count(item) or 0):
            missing.append(name)
    return min(missing, key=MOST_TELLING.index, default="nothing")


def _told(item: Item) -> dict[str, bool]:
    return {
        "price": item.price_cents is not None,
        "description": item.described,
        "condition": item.thing.condition is not None,
        "words": len(item.title.split()) > FEW_WORDS,
    }


def _usual_count(
    item: Item, ended: Sequence[Item], count: Callable[[Item], int | None]
) -> float | None:
    """Return the median count of those that ended on its marketplace, None where too few tell.

    One site lists one photo of each and the next shows twenty: they do not compare.
    """
    if count(item) is None:
        return None
    counts = [number for e in ended if e.host == item.host and (number := count(e)) is not None]
    return median(counts) if len(counts) >= LEAST_COUNTED else None


def _photos(item: Item) -> int | None:
    return item.photos


def _details(item: Item) -> int:
    thing = item.thing
    told = (thing.brand, thing.gtin, thing.mpn, thing.year, thing.mileage_km, thing.fuel,
            thing.transmission)  # fmt: skip
    return sum(one is not None for one in told)
