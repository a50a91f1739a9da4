"""The text of a marked price: without what is struck through, cents in small print told apart."""

import re
from itertools import islice

from crawlers.extract import phrases
from crawlers.extract.tree import Element, value_of

PRICE_NAMES = frozenset(("price", "lowPrice", "highPrice", "minPrice", "maxPrice"))
_STRUCK_TAGS = frozenset(("del", "s", "strike"))
_PART_LIMIT = 50
_DEPTH_LIMIT = 10
_CENTS = re.compile(r"[,.]?\s?(\d{2})$")
_WHOLE = re.compile(r"\d\s?$")


def price_of(element: Element, depth: int = 0) -> str:
    """Return an element's value as a price: "99,90 €" for ``99<sup>90</sup> €``."""
    if not len(element) or depth > _DEPTH_LIMIT or (element.get("content") or "").strip():
        return value_of(element)
    parts = [element.text or ""]
    for child in islice(element, _PART_LIMIT):
        if isinstance(child.tag, str) and not _is_struck(child):
            shown = price_of(child, depth + 1)
            if (cents := _CENTS.match(shown.strip())) and _WHOLE.search("".join(parts)):
                shown = f",{cents.group(1)}"
            parts.append(shown)
        parts.append(child.tail or "")
    text = "".join(parts)
    # When all of it is struck through, that is the price.
    return text if any(map(str.isdigit, text)) else value_of(element)


def _is_struck(element: Element) -> bool:
    if element.tag in _STRUCK_TAGS:
        return True
    return bool(phrases.STRUCK.search(element.get("class") or ""))
