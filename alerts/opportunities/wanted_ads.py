"""Wanted ads: what people look for that the shop sells, or that is of its trade and area."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from alerts.detectors.matching import PRECISION, same_thing
from alerts.detectors.matching.trades import trade_of
from alerts.detectors.wanted import signs
from alerts.opportunities.items import Item, shop_key
from alerts.opportunities.market import SENT
from alerts.opportunities.view import View
from alerts.opportunities.writing import Opportunity
from vigie.clock import today
from vigie.departements import departement_of
from vigie.opportunity_text import WANTED_AD
from vigie.store import Severity, Shop

# Who asked longer ago has found, or asks no more.
RECENT = timedelta(days=30)
ANSWER_DAYS = 14
# How sure it is that an ad is for the shop when its words or its category are of the trade, and
# when both are, where the shop is: not measured, no labelled ads exist.
OF_TRADE, SURELY_OF_TRADE = 2 / 3, 0.9


def wanted_ads(shop: Shop, seen: View, ads: Sequence[Item]) -> Iterator[Opportunity]:
    """Yield the recent ads for what the shop sells, or for its trade in its département."""
    home = departement_of(shop.postcode)
    for ad in ads:
        if not ad.live or ad.since < today() - RECENT or ad.seller == shop_key(shop.id):
            continue
        near = ad.area == home != ""
        own = next((item for item in seen.own if same_thing(ad.thing, item.thing).sure), None)
        if own is not None and (near or trade_of(own.thing) in SENT):
            yield _told(ad, near, PRECISION, own)
        elif near and (told := _trade_signs(shop, ad)):
            yield _told(ad, near, SURELY_OF_TRADE if len(told) > 1 else OF_TRADE, None)


def _trade_signs(shop: Shop, ad: Item) -> tuple[str, ...]:
    category = [ad.thing.category] if ad.thing.category else []
    return signs(
        shop.trade, (), title=ad.title, descriptors=category, codes=(), places=(), followed=()
    )


def _told(ad: Item, near: bool, sure: float, own: Item | None) -> Opportunity:
    return Opportunity(
        kind=WANTED_AD,
        subject=str(ad.id),
        since=ad.since,
        severity=Severity.INFO,
        # The latest first: who asked last still waits.
        gain=ad.since.toordinal() + sure,
        days=ANSWER_DAYS,
        facts={
            "title": ad.thing.title,
            "marketplace": ad.host,
            "placed": "yes" if ad.host else "no",
            "near": "yes" if near else "no",
            "since_on": ad.since.isoformat(),
            "price_cents": ad.price_cents or 0,
            "priced": "yes" if ad.price_cents else "no",
            "currency": ad.currency,
            "sold": "yes" if own else "no",
            "own": own.title if own else "",
            "sure": round(sure, 3),
            "listing_ids": [ad.id, *([own.id] if own else [])],
        },
    )
