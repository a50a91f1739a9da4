"""Microdata to nodes (HTML Living Standard, section 5), in one pass over the marked elements."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice, product

from lxml import etree

from crawlers.extract.hidden import SHOWN_NAMES, shown_value
from crawlers.extract.items import MICRODATA, Problem
from crawlers.extract.jsonld import NODE_LIMIT
from crawlers.extract.node import Node
from crawlers.extract.schema import (
    AGGREGATE_RATINGS,
    BUSINESSES,
    ORGANISATIONS,
    PRODUCTS,
    TYPE_BY_ROLE,
    property_name,
    type_name,
)
from crawlers.extract.shown_price import PRICE_NAMES, price_of
from crawlers.extract.tree import Element, Href, value_of

# Attributes first: several times faster than testing each element, and still in page order.
_SCOPES = etree.XPath("/descendant::*/@itemscope")
_PROPERTIES = etree.XPath("/descendant::*/@itemprop")
# From this many items on, most of the page is usually outside of them.
_FEW = 4
# Longer attributes are no names; what was read of them is remembered.
_WORDS_LIMIT = 2_000
_IDS = etree.XPath("/descendant::*/@id")
# Things that say what they belong to by where they stand, when their property is forgotten.
_ROLE_BY_PLACE = {
    "Rating": "reviewRating",
    "Comment": "comment",
    "PostalAddress": "address",
    "GeoCoordinates": "geo",
    "Offer": "offers",
    "AggregateOffer": "offers",
}
_SITES = ORGANISATIONS | BUSINESSES
_PLACES = {
    "reviewRating": frozenset(("Review", "UserReview")),
    "address": _SITES,
    "geo": _SITES,
    "offers": PRODUCTS,
}
# The items whose ``itemref`` names an element.
_Referrers = dict[Element, list[Node]]


def read_microdata(root: Element, problems: list[Problem]) -> list[Node]:
    """Return every item of the page in document order."""
    scopes: dict[Element, Node] = {}
    for attribute in _SCOPES(root):
        if len(scopes) >= NODE_LIMIT:
            problems.append(Problem("too-many-nodes", str(NODE_LIMIT)))
            break
        element = attribute.getparent()
        scopes[element] = _item(element)
    referrers = _referrers(root, scopes)
    holders = _Holders(scopes, referrers)
    for element, words in islice(_properties(root, scopes, referrers), NODE_LIMIT * 10):
        _hang(element, words, scopes, holders)
    for element, node in scopes.items():
        if node.role is None and not _PLACED.isdisjoint(node.types):
            holder = holders.of(element)
            if holder is not None:
                _by_place(holder, node)
    return list(scopes.values())


def _properties(
    root: Element, scopes: dict[Element, Node], referrers: _Referrers
) -> Iterator[tuple[Element, str]]:
    """Yield the marked properties in page order: those of small items by a look inside each."""
    tops = (one for one in scopes if not _is_inside(one, scopes))
    if referrers or next(islice(tops, _FEW - 1, None), None) is None:
        yield from ((found.getparent(), str(found)) for found in _PROPERTIES(root))
        return
    walked: set[Element] = set()
    for top in scopes:
        # In page order, so that an item inside of another was walked with it.
        if top in walked:
            continue
        for element in top.iter():
            if element in scopes:
                walked.add(element)
            if words := element.get("itemprop"):
                yield element, words


def _is_inside(element: Element, scopes: dict[Element, Node]) -> bool:
    return any(above in scopes for above in element.iterancestors())


def _item(element: Element) -> Node:
    types = _types((element.get("itemtype") or "")[:_WORDS_LIMIT])
    return Node(MICRODATA, types, (element.get("itemid") or "").strip() or None, element=element)


@lru_cache(maxsize=1024)
def _types(written: str) -> tuple[str, ...]:
    return tuple(name for one in written.split() if (name := type_name(one)))


def _referrers(root: Element, scopes: dict[Element, Node]) -> _Referrers:
    """Map each element that an ``itemref`` names to the items that name it."""
    referring = [(one, node) for one, node in scopes.items() if "itemref" in one.attrib]
    if not referring:
        return {}
    by_id: dict[str, Element] = {}
    for attribute in _IDS(root):
        by_id.setdefault(str(attribute), attribute.getparent())
    referrers: _Referrers = {}
    for element, node in referring:
        for name in element.get("itemref").split()[:50]:
            if name in by_id:
                referrers.setdefault(by_id[name], []).append(node)
    return referrers


def _hang(element: Element, written: str, scopes: dict[Element, Node], holders: "_Holders") -> None:
    """Give an element's value to the item that it is a property of."""
    own = scopes.get(element)
    names, read = _property(written[:_WORDS_LIMIT])
    if own is not None and not own.types and names and names[0] in TYPE_BY_ROLE:
        own.types = (TYPE_BY_ROLE[names[0]],)
    holder = holders.of(element)
    if holder is None or holder is own:
        return
    also = holders.referrers[element][1:] if element in holders.referrers else ()
    if own is not None:
        for one, name in product((holder, *also), names):
            one.add(name, own)
        _linked(own, element)
        if element.tag == "meta" and (content := element.get("content")):
            # An item that holds nothing is meant as its content.
            own.add("name", content)
        return
    value = read(element)
    for name in names:
        # A linked type ("itemprop=additionalType") is one more type.
        if name == "additionalType" and (extra := type_name(str(value))):
            holder.types += (extra,)
        holder.add(name, value)
        for one in also:
            one.add(name, value)


@lru_cache(maxsize=1024)
def _property(written: str) -> tuple[tuple[str, ...], Callable[[Element], str]]:
    """Return the names that an ``itemprop`` states, and how their value is read."""
    names = tuple(name for word in written.split()[:20] if (name := property_name(word)))
    if not PRICE_NAMES.isdisjoint(names):
        return names, price_of
    return names, value_of if SHOWN_NAMES.isdisjoint(names) else shown_value


def _linked(own: Node, element: Element) -> None:
    """A thing on a link without its own ``url`` has the link's."""
    if element.tag == "a" and "url" not in own.props and element.get("href"):
        url = Href(element.get("href"))
        url.text = ""
        own.add("url", url)


def _by_place(holder: Node, own: Node) -> None:
    for name in own.types:
        role = _ROLE_BY_PLACE.get(name)
        if (
            role
            and holder.is_a(_PLACES.get(role, frozenset(("Review",))))
            and _is_free(holder, role)
            and "itemOffered" not in own.props
        ):
            holder.add(role, own)
            return
    if own.types == ("Place",) and "name" not in own.props and holder.is_a(BUSINESSES):
        # Where a business is, told by a place of its own.
        for name, values in own.props.items():
            holder.props.setdefault(name, values)
    # Enclosed without property: it may say what a review or a rating is about, nothing more.
    if own.parent is None and (own.is_a(_ENCLOSED)):
        own.parent = holder


def _is_free(holder: Node, role: str) -> bool:
    """Say whether a property is not stated; a thing may have several offers by their place."""
    return role not in holder.props or (
        role == "offers"
        and all(
            one.element is not None and "itemprop" not in one.element.attrib
            for one in holder.nodes(role)
        )
    )


_ENCLOSED = AGGREGATE_RATINGS | {"Review", "UserReview"}
_PLACED = _ENCLOSED | _ROLE_BY_PLACE.keys() | {"Place"}


class _Holders:
    """Which item an element is part of: the nearest around it, or the one that refers to it."""

    def __init__(self, scopes: dict[Element, Node], referrers: _Referrers) -> None:
        self.referrers = referrers
        # What stands in an element, as far as it was asked for.
        self._inside: dict[Element, Node | None] = {
            element: nodes[0] for element, nodes in referrers.items()
        }
        self._inside |= scopes

    def of(self, element: Element) -> Node | None:
        """Return the item, None for an element outside of all."""
        if element in self.referrers:
            return self.referrers[element][0]
        inside = self._inside
        above = element.getparent()
        climbed = []
        while above is not None and above not in inside:
            climbed.append(above)
            above = above.getparent()
        holder = inside[above] if above is not None else None
        for one in climbed:
            inside[one] = holder
        return holder
