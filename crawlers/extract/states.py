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


# What a state says that is told in more words, the first that fits.
_AVAILABILITY_WORDS = (
    (re.compile(r"pr[ée]-?command|pre-?order", re.I), "PreOrder"),
    (re.compile(r"sur commande|back-?order|r[ée]appro", re.I), "BackOrder"),
    (re.compile(r"not sold|non vendu", re.I), "InStock"),
    (re.compile(r"rupture|[ée]puis|indispo|(?:out|hors) (?:of )?stock|sold|vendu|\bnon dispo"
                r"|\b(?:plus|pas) (?:dispo|en stock)|not available|unavailable", re.I),
     "OutOfStock"),
    (re.compile(r"\b(?:en|in)\W?stock|\bdispo|available|exp[ée]di|ships", re.I), "InStock"),
)  # fmt: skip
_CONDITION_WORDS = (
    (re.compile(r"reconditionn|refurb|remis [àa] neuf", re.I), "RefurbishedCondition"),
    (re.compile(r"endommag|pour pi[èe]ces|hors service|damaged|for parts", re.I),
     "DamagedCondition"),
    (re.compile(r"occasion|usag[ée]|comme neuf|[ée]tat|\bused|pre-?owned|seconde? main|like new",
                re.I), "UsedCondition"),
    (re.compile(r"\bneu(?:f|ve)s?\b|\bnew\b", re.I), "NewCondition"),
)  # fmt: skip
_Words = tuple[tuple[re.Pattern[str], str], ...]


def availability_of(sale: Sale) -> str | None:
    """Return "InStock", or another of schema.org's states."""
    return _enum(sale, "availability", _AVAILABILITY, _AVAILABILITY_WORDS)


def condition_of(sale: Sale) -> str | None:
    """Return "UsedCondition", or another of schema.org's conditions."""
    return _enum(sale, "itemCondition", _CONDITIONS, _CONDITION_WORDS)


def _enum(sale: Sale, name: str, words: dict[str, str], phrases: _Words) -> str | None:
    for one in (sale.offer, sale.item):
        if one is None or (one is not sale.offer and name not in one.props):
            continue
        sources = [one, *one.nodes("offers")] if one is sale.offer else [one]
        for value in (value for source in sources for value in source.values(name)):
            text = value.link("name", "url") if isinstance(value, Node) else value
            if isinstance(text, str) and (stated := enum_name(text) or one.plain(text).strip()):
                return _named(stated, words, phrases)
    return None


def availability_named(text: str) -> str:
    """Return the state that a word names ("en stock"); the word itself where it names none."""
    return _named(enum_name(text) or text.strip(), _AVAILABILITY, _AVAILABILITY_WORDS)


def _named(stated: str, words: dict[str, str], phrases: _Words) -> str:
    if named := words.get(re.sub(r"[\s_-]+", "", stated).casefold()):
        return named
    if " " in stated:
        return next((name for word, name in phrases if word.search(stated)), stated)[:LINE_LIMIT]
    return stated[:LINE_LIMIT]
