"""What readers see of a thing for sale where its markup lacks a field."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from crawlers.extract.context import Context
from crawlers.extract.offers import Sale
from crawlers.extract.sale_words import element_of
from crawlers.extract.text import PICTURE, fold
from crawlers.extract.tree import Element, text_of
from crawlers.extract.visible import Surroundings

# A card in a list has fewer links than the section around a page's own thing.
_CARD_LINKS = 12
_OF_THE_THING = frozenset(("url", "name", "image", "url name", "name url"))


def fill_from_visible(
    sale: Sale, values: dict[str, Any], context: Context, alone: bool
) -> list[str]:
    """Fill what the markup lacks from the item's card or section; return the fields so filled.

    Args:
        alone: whether the page sells nothing else.
    """
    element = element_of(sale)
    if element is None:
        return []
    missing = {name for name in ("title", "price", "url") if not values[name]}
    told_by_page = {name for name in ("availability", "brand", "sku") if not values[name]}
    if (missing or told_by_page) and (
        next(element.iterdescendants("h1"), None) is not None
        or (alone and _is_whole_page(element, values, context))
    ):
        # The page's own item: it has the page's address, and says more of itself than a card.
        missing |= told_by_page
        if "url" in missing:
            missing.remove("url")
            values["url"] = context.canonical or context.page_url
    price = values["price"]
    without_currency = price is not None and price.currency is None and price.amount > 0
    if not missing and not without_currency:
        return []
    beside = Surroundings(element, context.today)
    parts = [] if price is not None else _price_elements(sale, context)
    readers: dict[str, Callable[[], Any]] = {
        "title": beside.title,
        "price": lambda: next(filter(None, map(Surroundings.price, [*parts, beside])), None),
        "availability": beside.availability,
        "brand": beside.brand,
        "sku": beside.reference,
        "url": lambda: _card_link(element, context),
    }
    for name in missing:
        values[name] = readers[name]()
    taken = [name for name in missing if values[name] is not None]
    if without_currency and (currency := beside.currency(price.amount)):
        values["price"] = replace(price, currency=currency)
        taken.append("currency")
    return sorted(taken)


def _price_elements(sale: Sale, context: Context) -> list[Surroundings]:
    """Return what is shown inside the marked price of an offer: its amount may not be marked."""
    held = sale.offer.nodes("priceSpecification", "offers") if sale.offer is not None else ()
    return [Surroundings(one.element, context.today) for one in held if one.element is not None]


def _is_whole_page(element: Element, values: dict[str, Any], context: Context) -> bool:
    """Say whether the page bears the thing's name, and its section is more than a card."""
    links = list(islice(element.iter("a"), _CARD_LINKS + 1))
    if len(links) > _CARD_LINKS:
        return True
    title = fold(values["title"])
    if not title or title not in fold(context.title):
        return False
    return not any(title in fold(text_of(link)) for link in links)


def _card_link(element: Element, context: Context) -> str | None:
    """Return the first link of a card that leads somewhere, or the one around the card."""
    above = element.getparent()
    around = [above] if above is not None and above.tag == "a" else []
    for link in chain(element.iter("a"), around):
        # A marked link is its author's, its brand's, its seller's.
        said = link.get("itemprop") or link.get("property") or "url"
        if said in _OF_THE_THING and _leads_somewhere(link.get("href")):
            return context.absolute(link.get("href"))
    return None


def _leads_somewhere(link: str | None) -> bool:
    if not link or link.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return False
    return PICTURE.search(link) is None
