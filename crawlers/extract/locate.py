"""Where a JSON-LD review is shown on the page: by its text, then up to the card around it."""

from itertools import islice

from lxml import etree

from crawlers.extract.node import Node
from crawlers.extract.text import fold
from crawlers.extract.tree import Element

_TAGS = ("p", "div", "span", "blockquote", "q", "td", "dd", "li", "section", "article", "font")
_ELEMENT_LIMIT = 20_000
# Enough letters to be this review and no other; a shorter text is found only when it is all.
_KEY = 24
_SHORTEST = 8
_CLIMB_LIMIT = 8
# A card is its review, a name, a date, stars and perhaps a reply: not the whole list.
_AROUND = 2_500
_LENGTH = etree.XPath("string-length(.)")


def cards(reviews: list[Node], root: Element) -> dict[Node, Element]:
    """Return the element around each review whose text stands on the page."""
    wanted = {
        key: node
        for node in reviews
        if len(key := _key(node.body("reviewBody", "description", "text") or "")) >= _SHORTEST
    }
    found: dict[Node, Element] = {}
    for element in islice(root.iter(*_TAGS), _ELEMENT_LIMIT):
        text = element.text
        if text and len(text) >= _SHORTEST and (node := wanted.get(_key(text))) is not None:
            found.setdefault(node, element)
    holds = _holds(found)
    return {node: _card(element, holds) for node, element in found.items()}


def _key(text: str) -> str:
    return fold(text[: _KEY * 5])[:_KEY]


def _holds(found: dict[Node, Element]) -> dict[Element, int]:
    """Count the located reviews inside each element around one."""
    counts: dict[Element, int] = {}
    for element in found.values():
        for above in islice(element.iterancestors(), _CLIMB_LIMIT):
            counts[above] = counts.get(above, 0) + 1
    return counts


def _card(element: Element, holds: dict[Element, int]) -> Element:
    """Climb to the largest element that holds this review and no other."""
    bound = _LENGTH(element) + _AROUND
    card = element
    for above in islice(element.iterancestors(), _CLIMB_LIMIT):
        if above.tag in ("body", "main", "html") or holds[above] > 1 or _LENGTH(above) > bound:
            break
        card = above
    return card
