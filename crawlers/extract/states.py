"""Whether a thing is in stock and in which condition, in schema.org's words."""

import re

from crawlers.extract.node import Node
from crawlers.extract.offers import Sale
from crawlers.extract.schema import enum_name
from crawlers.extract.text import LINE_LIMIT

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


def availability_of(sale: Sale) -> str | None:
    """Return "InStock", or another of schema.org's states."""
    return _enum(sale, "availability", _AVAILABILITY)


def condition_of(sale: Sale) -> str | None:
    """Return "UsedCondition", or another of schema.org's conditions."""
    return _enum(sale, "itemCondition", _CONDITIONS)


def _enum(sale: Sale, name: str, words: dict[str, str]) -> str | None:
    for one in (sale.offer, sale.item):
        if one is None:
            continue
        sources = [one, *one.nodes("offers")] if one is sale.offer else [one]
        for value in (value for source in sources for value in source.values(name)):
            text = value.link("name", "url") if isinstance(value, Node) else value
            if isinstance(text, str) and (stated := enum_name(text) or one.plain(text).strip()):
                return _named(stated, words)
    return None


def availability_named(text: str) -> str:
    """Return the state that a word names ("en stock"); the word itself where it names none."""
    return _named(enum_name(text) or text.strip(), _AVAILABILITY)


def _named(stated: str, words: dict[str, str]) -> str:
    return (words.get(re.sub(r"[\s_-]+", "", stated).casefold()) or stated)[:LINE_LIMIT]
