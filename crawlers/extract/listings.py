"""Listings: one for each thing for sale, with what its item and its offer say together."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from crawlers.extract.context import Context
from crawlers.extract.items import ExtractedListing, Problem
from crawlers.extract.node import Node
from crawlers.extract.offers import Sale, offer_count, sales
from crawlers.extract.places import place_of, seller_of
from crawlers.extract.prices import cents
from crawlers.extract.schema import PRODUCTS, enum_name
from crawlers.extract.text import LINE_LIMIT, TITLE_LIMIT
from crawlers.extract.tree import Element
from crawlers.extract.vehicles import vehicle_facts
from crawlers.extract.visible import Surroundings

LISTING_LIMIT = 2_000
_GTINS = ("gtin13", "gtin", "gtin14", "gtin12", "gtin8", "ean", "isbn")
_IDENTIFIERS = ("sku", "productID", "productId", "identifier", "mpn")
_AVAILABILITY = {
    "instock": "InStock",
    "enstock": "InStock",
    "disponible": "InStock",
    "available": "InStock",
    "outofstock": "OutOfStock",
    "oos": "OutOfStock",
    "rupture": "OutOfStock",
    "rupturedestock": "OutOfStock",
    "epuise": "OutOfStock",
    "épuisé": "OutOfStock",
    "indisponible": "OutOfStock",
    "preorder": "PreOrder",
    "précommande": "PreOrder",
    "backorder": "BackOrder",
    "surcommande": "BackOrder",
    "limitedavailability": "LimitedAvailability",
    "onlineonly": "OnlineOnly",
    "instoreonly": "InStoreOnly",
    "soldout": "SoldOut",
    "vendu": "SoldOut",
    "discontinued": "Discontinued",
    "presale": "PreSale",
    "madetoorder": "MadeToOrder",
}
_CONDITIONS = {
    "new": "NewCondition", "neuf": "NewCondition", "neuve": "NewCondition", "used": "UsedCondition",
    "occasion": "UsedCondition", "usagé": "UsedCondition", "refurbished": "RefurbishedCondition",
    "reconditionné": "RefurbishedCondition", "damaged": "DamagedCondition",
}  # fmt: skip
_NUMBER_IN_URL = re.compile(r"(?<!\d)(\d{4,})(?!\d)")
_DATA_IDS = ("data-id", "data-listing-id", "data-listid", "data-ad-id", "data-productid",
             "data-product-id", "data-id-product", "data-sku")  # fmt: skip
_WITH_DATA_ID = etree.XPath(" | ".join(f"descendant-or-self::*/@{name}/.." for name in _DATA_IDS))


def read_listings(nodes: list[Node], context: Context) -> list[ExtractedListing]:
    """Return the page's listings in order, copies included."""
    listings: list[ExtractedListing] = []
    for sale in sales(nodes):
        if len(listings) >= LISTING_LIMIT:
            context.note(Problem("too-many-listings", str(LISTING_LIMIT)))
            break
        listing = _listing(sale, context)
        if listing is not None:
            listings.append(listing)
    if len(listings) == 1 and listings[0].url is None:
        # A page that sells one thing is that thing's address.
        url = context.canonical or context.page_url
        number = listings[0].external_id or (_id_in_url(url) if url else None)
        listings = [replace(listings[0], url=url, external_id=number)]
    return listings


def _listing(sale: Sale, context: Context) -> ExtractedListing | None:
    item = sale.item
    offer = sale.offer
    main = item or offer
    if main is None:
        return None
    context.note(sale.problem)
    values = _words(sale)
    values["price"] = sale.price
    values["url"] = _url(sale, context)
    values["availability"] = _enum(sale, "availability", _AVAILABILITY)
    taken = _fill_from_visible(sale, values, context)
    stands_alone = sale.item is None or sale.in_catalogue
    if not values["title"] or not (values["price"] or stands_alone or _says_something(sale)):
        return None
    price = values.pop("price")
    published = _published(sale, context)
    holder = offer if offer is not None else main
    until = context.date(holder, "priceValidUntil", may_be_future=True)
    return ExtractedListing(
        **values,
        external_id=_external_id(sale, values["url"], context),
        condition=_enum(sale, "itemCondition", _CONDITIONS),
        price=price.text if price else None,
        price_cents=cents(price.amount) if price else None,
        price_high_cents=cents(price.high) if price and price.high is not None else None,
        currency=price.currency if price else None,
        offer_count=offer_count(offer),
        price_valid_until=until.value if until else None,
        published=published.value if published else None,
        published_precision=published.precision if published else None,
        image=_image(sale, context),
        schema_type=main.type,
        syntax=main.syntax,
        visible_fields=tuple(taken),
        **vehicle_facts(main),
    )


def _words(sale: Sale) -> dict[str, Any]:
    """Return the plain fields, the item's before its offer's and before its group's."""
    sources = _sources(sale)

    def first(*names: str, limit: int = LINE_LIMIT) -> str | None:
        return next((text for one in sources if (text := one.line(*names, limit=limit))), None)

    return {
        "title": first("name", "title", limit=TITLE_LIMIT),
        "description": next((text for one in sources if (text := one.body("description"))), None),
        "category": first("category", "serviceType"),
        "brand": first("brand", "manufacturer"),
        "sku": _own(sale, "sku"),
        "gtin": first(*_GTINS, limit=64),
        "mpn": first("mpn"),
        "model": first("model"),
        "place": place_of(sale),
        "seller": seller_of(sale),
    }


def _own(sale: Sale, *names: str) -> str | None:
    """Return what the offer says, else the item: an offer is of one variant."""
    for one in (sale.offer, *_sources(sale)):
        if one is not None and (text := one.line(*names, limit=LINE_LIMIT)):
            return text
    return None


def _sources(sale: Sale) -> list[Node]:
    around = sale.offer.parent if sale.offer is not None and sale.offer.role == "offers" else None
    if around is sale.item or (around is not None and not around.is_a(PRODUCTS)):
        around = None
    sources = [one for one in (sale.item, around, sale.offer) if one is not None]
    if sale.item is not None:
        holder = sale.item.parent
        group = next(sale.item.nodes("isVariantOf"), None)
        if group is None and sale.item.role == "hasVariant":
            group = holder
        if group is not None:
            sources.insert(1, group)
    return sources


def _says_something(sale: Sale) -> bool:
    """An offer without a price is one when it says at least whether or where the thing is sold."""
    offer = sale.offer
    if offer is None:
        return False
    return any(
        offer.raw(name) is not None or any(offer.nodes(name))
        for name in (
            "availability",
            "url",
            "itemOffered",
            "sku",
            "seller",
            "offeredBy",
            "offerCount",
        )
    )


def _enum(sale: Sale, name: str, words: dict[str, str]) -> str | None:
    for one in (sale.offer, sale.item):
        if one is None:
            continue
        sources = [one, *one.nodes("offers")] if one is sale.offer else [one]
        for value in (value for source in sources for value in source.values(name)):
            text = value.link("name", "url") if isinstance(value, Node) else value
            if isinstance(text, str) and (stated := enum_name(text) or one.plain(text).strip()):
                known = words.get(re.sub(r"[\s_-]+", "", stated).casefold())
                return (known or stated)[:LINE_LIMIT]
    return None


def _published(sale: Sale, context: Context) -> Any:
    names = ("availabilityStarts", "datePosted", "datePublished", "dateCreated")
    for one in (sale.offer, sale.item):
        # A book's own date of publication is not its advert's.
        own = names if one is sale.offer else names[1:2]
        if one is not None and (found := context.date(one, *own)):
            return found
    return None


def _image(sale: Sale, context: Context) -> str | None:
    for one in _sources(sale):
        if found := context.absolute(one.link("image", "photo", "thumbnailUrl")):
            return found
    return None


def _url(sale: Sale, context: Context) -> str | None:
    for one in (sale.offer, sale.item):
        if one is not None and (found := context.absolute(one.link("url"))):
            return found
    item = sale.item
    identifier = item.id if item is not None else None
    if identifier and "#" not in identifier and "/" in identifier:
        return context.absolute(identifier)
    return None


def _fill_from_visible(sale: Sale, values: dict[str, Any], context: Context) -> list[str]:
    """Fill what the markup lacks from the item's card or section; return the fields so filled."""
    element = _element(sale)
    if element is None:
        return []
    missing = {name for name in ("title", "price", "url") if not values[name]}
    is_main = "url" in missing and element.find(".//h1") is not None
    if is_main:
        # The page's own item: it has the page's address, and says more of itself than a card.
        missing = {name for name in (*missing, "availability", "brand") if not values[name]} - {
            "url"
        }
        values["url"] = context.canonical or context.page_url
    price = values["price"]
    without_currency = price is not None and price.currency is None and price.amount > 0
    if not missing and not without_currency:
        return []
    beside = Surroundings(element, context.today)
    readers: dict[str, Callable[[], Any]] = {
        "title": beside.title,
        "price": beside.price,
        "availability": beside.availability,
        "brand": beside.brand,
        "url": lambda: _card_link(element, context),
    }
    for name in missing:
        values[name] = readers[name]()
    taken = [name for name in missing if values[name] is not None]
    if without_currency and (currency := beside.currency(price.amount)):
        values["price"] = replace(price, currency=currency)
        taken.append("currency")
    return sorted(taken)


def _card_link(element: Element, context: Context) -> str | None:
    """Return the first link of a card that leads somewhere, or the one around the card."""
    above = element.getparent()
    around = [above] if above is not None and above.tag == "a" else []
    for link in (*element.iter("a"), *around):
        if _leads_somewhere(link.get("href")):
            return context.absolute(link.get("href"))
    return None


def _leads_somewhere(link: str | None) -> bool:
    return bool(link) and not str(link).startswith(("#", "javascript:", "mailto:", "tel:", "data:"))


def _external_id(sale: Sale, url: str | None, context: Context) -> str | None:
    if stated := _own(sale, *_IDENTIFIERS, *_GTINS):
        return stated
    element = _element(sale) if context.has_data_ids else None
    if element is not None:
        found = _WITH_DATA_ID(element)
        for name in _DATA_IDS if found else ():
            if value := next((one.get(name) for one in found if one.get(name)), None):
                return str(value)[:LINE_LIMIT]
    return _id_in_url(url) if url else None


def _element(sale: Sale) -> Element | None:
    """Return where the thing stands on the page, the whole card rather than its price."""
    for one in (sale.item, sale.offer):
        if one is not None and one.element is not None:
            return one.element
    return None


def _id_in_url(url: str) -> str | None:
    """Return the identifier that a listing's URL ends with, or carries in its query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for name, value in parse_qsl(parts.query[:500]) if parts.query else ():
        if name in ("id", "variant", "sku", "id_product") and value:
            return value[:LINE_LIMIT]
    numbers = _NUMBER_IN_URL.findall(parts.path)
    return (
        numbers[-1][:LINE_LIMIT]
        if numbers
        else parts.path.rstrip("/").rsplit("/", 1)[-1][:LINE_LIMIT] or None
    )
