"""The identifiers of listings: stated, in the card's attributes, or in the address."""

import re
from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from crawlers.extract.context import Context
from crawlers.extract.items import ExtractedListing
from crawlers.extract.offers import Sale
from crawlers.extract.sale_words import GTINS, element_of, own_words, product_id
from crawlers.extract.text import LINE_LIMIT

_IDENTIFIERS = ("identifier", "mpn")
_NUMBER_IN_URL = re.compile(r"(?<!\d)(\d{4,})(?!\d)")
# Scripts name what they do by the same attributes: data-id="tooltip".
_NUMBERED = re.compile(r"\d")
_VARIANT = re.compile(r"[?&](?:variant|variation_id|id_product_attribute)=(\w{1,64})")
_DATA_IDS = ("data-id", "data-listing-id", "data-listid", "data-ad-id", "data-productid",
             "data-product-id", "data-id-product", "data-sku")  # fmt: skip
_WITH_DATA_ID = etree.XPath(" | ".join(f"descendant-or-self::*/@{name}/.." for name in _DATA_IDS))


def external_id(sale: Sale, url: str | None, context: Context) -> str | None:
    """Return what the page calls this listing."""
    if (
        stated := own_words(sale, "sku")
        or product_id(sale)
        or own_words(sale, *_IDENTIFIERS, *GTINS)
    ):
        return stated
    element = element_of(sale) if context.has_data_ids else None
    if element is not None:
        found = _WITH_DATA_ID(element)
        for name in _DATA_IDS if found else ():
            values = list(
                dict.fromkeys(
                    value for one in found if _NUMBERED.search(value := one.get(name) or "")
                )
            )
            # Of several, all but one are those of other things: suggestions, pictures, buttons.
            told = values if len(values) < 2 else [one for one in values if one in (url or "")]
            if told or (values and not url):
                return str((told or values)[0])[:LINE_LIMIT]
    return id_in_url(url) if url else None


def id_in_url(url: str) -> str | None:
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


def variant_of(url: str | None) -> str | None:
    """Return the variant of a thing that a shop's address names."""
    found = _VARIANT.search(url) if url else None
    return found[1] if found else None


def called_apart(listings: list[ExtractedListing]) -> list[ExtractedListing]:
    """Call what shares an identifier by its variant; drop one guessed from a shared address."""
    times = Counter(listing.external_id for listing in listings)
    if len(times) == len(listings):
        return listings
    return [
        replace(listing, external_id=_own_id(listing))
        if times[listing.external_id] > 1
        else listing
        for listing in listings
    ]


def _own_id(listing: ExtractedListing) -> str | None:
    if variant := variant_of(listing.url):
        return variant
    stated = listing.external_id in (listing.sku, listing.gtin, listing.mpn)
    return listing.external_id if stated else None
