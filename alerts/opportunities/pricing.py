"""Price position: the shop's own listings against comparable ones."""

from collections.abc import Iterator

from alerts.detectors.prices import Offer, PricePosition, price_position
from alerts.opportunities.items import Item
from alerts.opportunities.market import Market
from alerts.opportunities.view import View
from alerts.opportunities.writing import Opportunity
from vigie.opportunity_text import PRICE_POSITION
from vigie.store import Severity

# Nearer the median than this, a price is the market's; less sure than this, it may be chance.
LEAST_GAP = 0.1
LEAST_SURE = 0.85
# A market is looked at daily: one not seen for so long may have moved.
DAYS = 14


def price_positions(seen: View) -> Iterator[Opportunity]:
    """Yield the own listings that stand clearly outside their market, below or above."""
    for item in seen.own:
        found = position(item, seen.market)
        if found is None or found.where == "within":
            continue
        if abs(found.gap) >= LEAST_GAP and found.sure >= LEAST_SURE:
            yield _told(item, found)


def position(item: Item, market: Market) -> PricePosition | None:
    """Place a listing's price among what other sellers ask for the same thing."""
    if item.price_cents is None:
        return None
    offers = [
        Offer(other.id, other.seller, other.price_cents)
        for other in market.offered_like(item)
        if other.price_cents is not None
    ]
    return price_position(item.price_cents, offers)


def _told(item: Item, found: PricePosition) -> Opportunity:
    return Opportunity(
        kind=PRICE_POSITION,
        # A changed price is another position.
        subject=f"{item.id} {found.where} {item.price_cents}",
        since=item.since,
        severity=Severity.WARNING if found.where == "high" else Severity.INFO,
        gain=abs(found.price_cents - found.median_cents) * found.sure,
        days=DAYS,
        facts={"where": found.where, "title": item.title, **position_facts(item, found)},
        # A tenth farther out is news of what was told before.
        evidence=frozenset(f"{step}0 %" for step in range(1, 1 + int(abs(found.gap) * 10))),
    )


def position_facts(item: Item, found: PricePosition) -> dict[str, object]:
    """Return the arithmetic: money in whole cents, shares from 0 to 1."""
    return {
        "currency": item.currency,
        "price_cents": found.price_cents,
        "first_quartile_cents": round(found.first_quartile_cents),
        "median_cents": round(found.median_cents),
        "third_quartile_cents": round(found.third_quartile_cents),
        "gap_share": round(abs(found.gap), 3),
        "cheaper_share": round(found.share_cheaper, 3),
        "sellers": found.sellers,
        "compared": len(found.listing_ids),
        "left_out": len(found.left_out_ids),
        "sure": round(found.sure, 3),
        "listing_id": item.id,
        "listing_ids": list(found.listing_ids),
        "left_out_ids": list(found.left_out_ids),
    }
