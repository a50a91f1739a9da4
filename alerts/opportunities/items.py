"""Listings as opportunities are looked for: who sells what, where, since when, at what price."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from alerts.detectors.matching import Thing
from alerts.detectors.matching.title import fold
from alerts.detectors.survival import Stay
from alerts.detectors.wanted import sought_in
from vigie.clock import day_of, now, today
from vigie.departements import departement_of
from vigie.store import Listing, Shop, Site, Source
from vigie.store.source import WANTED_OPTION

# What ended longer ago tells nothing of today's market.
MEMORY = timedelta(days=365)
# What nobody has seen for longer may be for sale or not.
UNSEEN = timedelta(days=45)
NAME_LENGTH = 60
_SERVICES = {"ebay": "eBay", "etsy": "Etsy", "etsy_listings": "Etsy"}
_COUNTRIES = frozenset({"FR", "DE", "IT", "ES", "BE", "NL", "CH", "AT", "PT", "LU", "PL", "IE"})
TITLE_LENGTH = 300
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


@dataclass(frozen=True, slots=True)
class Item:
    """A listing; ``seller`` is a key, alike for one seller on two sites.

    ``host`` is the marketplace, empty for an import, and ``country`` the one whose buyers see it;
    ``area`` is a département, empty where nothing tells it.
    What is ``wanted`` is looked for rather than sold: its title says so, or its source is told to
    read such ads.
    ``ended`` is the day on which it was found gone; ``seen`` the one on which it was last seen.
    """

    id: int
    shop_id: int
    source_id: int
    host: str
    country: str
    area: str
    seller: str
    seller_name: str
    title: str
    thing: Thing
    price_cents: int | None
    currency: str
    availability: str | None
    described: bool
    photos: int | None
    wanted: bool
    since: date
    seen: date
    ended: date | None

    @property
    def live(self) -> bool:
        """Whether it is for sale, as far as anyone has looked lately."""
        return self.ended is None and self.seen >= today() - UNSEEN

    @property
    def stay(self) -> Stay:
        """How long it was for sale, as far as it was seen."""
        end = self.ended or self.seen
        return Stay(max(0, (end - self.since).days), self.ended is not None)


def shop_key(shop_id: int) -> str:
    """Return the key of a watched shop as a seller."""
    return f"shop {shop_id}"


def read_items(session: Session) -> list[Item]:
    """Return what is for sale, or was within a year, over all shops."""
    moment = now()
    rows = session.execute(
        select(
            Listing.id, Listing.shop_id, Listing.source_id, Listing.title, Listing.category,
            Listing.brand, Listing.gtin, Listing.condition, Listing.availability, Listing.place,
            Listing.seller, Listing.price_cents, Listing.price_high_cents, Listing.currency,
            Listing.description.is_not(None).label("described"), Listing.published_at,
            Listing.mpn, Listing.year, Listing.mileage_km, Listing.fuel, Listing.transmission,
            Listing.photos,
            Listing.first_seen_at, Listing.last_seen_at, Listing.ended_at,
            Shop.name, Shop.postcode, Shop.country, Site.host, Source.platform, Source.options,
        )
        .join(Shop, Shop.id == Listing.shop_id)
        .join(Source, Source.id == Listing.source_id)
        .outerjoin(Site, Site.id == Source.site_id)
        .where(or_(Listing.ended_at.is_(None), Listing.ended_at >= moment - MEMORY))
        .where(Listing.last_seen_at >= moment - MEMORY)
        .order_by(Listing.id)
        .execution_options(yield_per=10_000)
    )  # fmt: skip
    items: list[Item] = []
    of_others: set[int] = set()
    for row in rows:
        items.append(_item(row))
        if row.options.get(WANTED_OPTION) == "yes":
            of_others.add(row.source_id)
    return _with_sellers(items, of_others)


def _item(row: Any) -> Item:
    place = _POSTCODE.search(row.place or "")
    title = row.title[:TITLE_LENGTH]
    told = row.published_at if row.published_at and row.published_at < row.first_seen_at else None
    # A range ("de 80 à 120 €") is no price to stand beside others.
    price = row.price_cents if row.price_high_cents in (None, row.price_cents) else None
    sought = sought_in(title)
    return Item(
        id=row.id,
        shop_id=row.shop_id,
        source_id=row.source_id,
        host=marketplace(row.platform, row.host),
        country=country(row.options, row.host) or row.country,
        area=departement_of(place[0] if place else row.postcode),
        seller=row.seller or "",
        seller_name=row.name,
        title=title,
        thing=Thing(
            sought or title,
            row.category,
            row.brand,
            row.gtin,
            row.condition,
            row.mpn,
            row.year,
            row.mileage_km,
            row.fuel,
            row.transmission,
        ),
        price_cents=price if price and price > 0 else None,
        currency=row.currency or "EUR",
        availability=row.availability,
        described=row.described,
        photos=row.photos,
        wanted=sought is not None or row.options.get(WANTED_OPTION) == "yes",
        since=day_of(told or row.first_seen_at),
        seen=day_of(row.last_seen_at),
        ended=day_of(row.ended_at) if row.ended_at else None,
    )


def marketplace(platform: str, host: str | None) -> str:
    """Return what people call it: the service's name, else the host; empty for an import."""
    return _SERVICES.get(platform) or (host or "").removeprefix("www.")


def country(options: Mapping[str, Any], host: str | None) -> str | None:
    """Return the market a source is told to read, or the country in its host's name, or None."""
    market = str(options.get("market", "")).upper()[-2:]
    ending = (host or "").rpartition(".")[2].upper()
    return next((code for code in (market, ending) if code in _COUNTRIES), None)


def _with_sellers(items: Sequence[Item], of_others: set[int]) -> list[Item]:
    """Tell who sells each: the shop, on pages of one seller; on pages of several, by the name.

    A page of several sellers is a marketplace's list, watched for its market; so are the sources
    ``of_others``, whoever they name.
    """
    on_page: dict[int, set[str]] = defaultdict(set)
    shops: dict[str, set[int]] = defaultdict(set)
    for item in items:
        on_page[item.source_id].add(fold(item.seller))
        shops[fold(item.seller_name)].add(item.shop_id)
    for item in items:
        if item.seller and len(on_page[item.source_id]) == 1 and item.source_id not in of_others:
            shops[fold(item.seller)].add(item.shop_id)
    names = {item.shop_id: item.seller_name for item in items}
    sold = []
    for item in items:
        ids = {item.shop_id}
        if item.source_id in of_others or (item.seller and len(on_page[item.source_id]) > 1):
            ids = shops.get(fold(item.seller), set()) if item.seller else set()
        # Two shops of one name cannot be told apart by it.
        if len(ids) == 1:
            (shop_id,) = ids
            key, name = shop_key(shop_id), names[shop_id]
        else:
            key, name = f"name {fold(item.seller)}", item.seller
        sold.append(replace(item, seller=key, seller_name=name[:NAME_LENGTH]))
    return sold
