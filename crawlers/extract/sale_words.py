"""What the item, its group and its offer say of one thing for sale, the most telling first."""

import re
from typing import Any

from crawlers.extract.context import Context
from crawlers.extract.node import Node
from crawlers.extract.offers import Sale
from crawlers.extract.places import place_of, seller_of
from crawlers.extract.text import LINE_LIMIT, PICTURE, TITLE_LIMIT
from crawlers.extract.tree import Element

# "sku:1234" is how Google's old vocabulary writes the number 1234.
_LABEL = re.compile(r"^(?:sku|mpn|gtin\d{0,2}|ean|upc|asin|isbn)\s?:\s?", re.I)
_BRAND_LABEL = re.compile(r"^.{0,40}\b(?:marque|marca|brand)\s?:\s*", re.I)
_NUMBER_THEN_WORDS = re.compile(r"((?=\S*\d)\S{4,})\s[^\W\d]{4,}[^\d]*")
_SERVICES = frozenset(("Service",))
_PICTURES = ("image", "photo", "thumbnailUrl")
GTINS = ("gtin13", "gtin", "gtin14", "gtin12", "gtin8", "ean", "isbn")


def words_of(sale: Sale) -> dict[str, Any]:
    """Return the plain fields, the item's before its offer's and before its group's."""
    sources, said = sale.sources, sale.said

    def first(*names: str, limit: int = LINE_LIMIT) -> str | None:
        if said.isdisjoint(names):
            return None
        return next((text for one in sources if (text := one.line(*names, limit=limit))), None)

    described = sources if "description" in said else ()
    title = _name_among_services(sale) or first("name", "title", limit=TITLE_LIMIT)
    kind = first("category", "serviceType")
    if title is None:
        # Artisans often tell a service by its kind alone.
        title, kind = first("serviceType", limit=TITLE_LIMIT), first("category")
    return {
        "title": title,
        "description": next((text for one in described if (text := one.body("description"))), None),
        "category": kind,
        "brand": _brand(first("brand", "manufacturer")),
        "sku": own_words(sale, "sku") or product_id(sale),
        "gtin": _number(sale, *GTINS),
        "mpn": _number(sale, "mpn"),
        "model": first("model"),
        "place": place_of(sale),
        "seller": seller_of(sale),
    }


def _name_among_services(sale: Sale) -> str | None:
    """Return the name of one of the several services that are offered under one."""
    item, offer = sale.item, sale.offer
    if item is None or offer is None or "name" not in offer.props or not item.is_a(_SERVICES):
        return None
    return offer.line("name", limit=TITLE_LIMIT) if len(item.props.get("offers", ())) > 1 else None


def _brand(stated: str | None) -> str | None:
    """Return "Saco" for "Voir plus d’articles de la marque : Saco"."""
    return _BRAND_LABEL.sub("", stated) or None if stated else None


def own_words(sale: Sale, *names: str) -> str | None:
    """Return what the offer says, else the item: an offer is of one variant."""
    if sale.said.isdisjoint(names):
        return None
    for one in (sale.offer, *sale.sources):
        text = one.line(*names, limit=LINE_LIMIT) if one is not None else None
        # An address is no reference.
        if text and "://" not in text and (own := _LABEL.sub("", text)):
            return own
    return None


def _number(sale: Sale, *names: str) -> str | None:
    """Return a maker's number, not that of the variant which its product or group tells."""
    if sale.said.isdisjoint(names):
        return None
    sku = own_words(sale, "sku")
    for one in (sale.offer, *sale.sources):
        stated = one.line("sku", limit=LINE_LIMIT) if one is not None else None
        if one is None or (sku and stated and _LABEL.sub("", stated) != sku):
            continue
        if text := one.line(*names, limit=64):
            return text
    return None


def product_id(sale: Sale) -> str | None:
    """Return the shop's own number of a thing, without the words that stand after it."""
    stated = own_words(sale, "productID", "productId")
    found = _NUMBER_THEN_WORDS.fullmatch(stated) if stated else None
    return found[1] if found else stated


def image_of(sale: Sale, context: Context) -> str | None:
    """Return the address of a picture."""
    for one in sale.sources if not sale.said.isdisjoint(_PICTURES) else ():
        if found := context.absolute(one.link(*_PICTURES)):
            return found
    return None


def photos_of(sale: Sale) -> int | None:
    """Return how many pictures are shown of it, None where none is."""
    for one in sale.sources if not sale.said.isdisjoint(_PICTURES) else ():
        shown = {one.link_of(value) for value in one.values("image", "photo")} - {None}
        if shown:
            return len(shown)
    return None


def address_of(sale: Sale, context: Context) -> str | None:
    """Return the address of the thing's own page."""
    for one in (sale.offer, sale.item):
        for value in one.values("url") if one is not None else ():
            # Shops mark the link to the large picture too.
            if (found := context.absolute(Node.link_of(value))) and not PICTURE.search(found):
                return found
    item = sale.item
    identifier = item.id if item is not None else None
    if identifier and "#" not in identifier and "/" in identifier:
        return context.absolute(identifier)
    return None


def element_of(sale: Sale) -> Element | None:
    """Return where the thing stands on the page, the whole card rather than its price."""
    found = [one.element for one in (sale.item, sale.offer) if one and one.element is not None]
    if len(found) == 2 and found[1] in found[0].iterancestors():
        # An advert may name its thing in a link.
        return found[1]
    return found[0] if found else None
