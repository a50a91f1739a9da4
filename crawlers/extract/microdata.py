"""Microdata to nodes (HTML Living Standard, section 5), in one pass over the marked elements."""

from collections.abc import Iterator
from itertools import islice, product

from lxml import etree

from crawlers.extract.hidden import SHOWN_NAMES, shown_value
from crawlers.extract.items import MICRODATA, Problem
from crawlers.extract.jsonld import NODE_LIMIT
from crawlers.extract.node import Node
from crawlers.extract.schema import AGGREGATE_RATINGS, TYPE_BY_ROLE, property_name, type_name
from crawlers.extract.shown_price import PRICE_NAMES, price_of
from crawlers.extract.tree import Element, Href, value_of

# Attributes first: several times faster than testing each element, and still in page order.
_SCOPES = etree.XPath("/descendant::*/@itemscope")
_PROPERTIES = etree.XPath("/descendant::*/@itemprop")
# From this many items on, most of the page is usually outside of them.
_FEW = 4
_IDS = etree.XPath("/descendant::*/@id")
# Things that say what they belong to by where they stand, when their property is forgotten.
_ROLE_BY_PLACE = {"Rating": "reviewRating", "Comment": "comment"}
_PLACES = {"reviewRating": frozenset(("Review", "UserReview"))}
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
    for element, words in islice(_properties(root, scopes, referrers), NODE_LIMIT * 10):
        _hang(element, words, scopes, referrers)
    for element, node in scopes.items():
        if node.role is None and (holder := _holder(element, scopes, referrers)) is not None:
            _by_place(holder, node)
    return list(scopes.values())


def _properties(
    root: Element, scopes: dict[Element, Node], referrers: _Referrers
) -> Iterator[tuple[Element, str]]:
    """Yield the marked properties in page order: those of small items by a look inside each."""
    tops = [] if referrers else [one for one in scopes if not _is_inside(one, scopes)]
    if len(tops) < _FEW:
        yield from ((attribute.getparent(), attribute) for attribute in _PROPERTIES(root))
        return
    for top in tops:
        for element in top.iter():
            if words := element.get("itemprop"):
                yield element, words


def _is_inside(element: Element, scopes: dict[Element, Node]) -> bool:
    return any(above in scopes for above in element.iterancestors())


def _item(element: Element) -> Node:
    names = (element.get("itemtype") or "").split()
    types = tuple(name for one in names if (name := type_name(one)))
    return Node(MICRODATA, types, (element.get("itemid") or "").strip() or None, element=element)


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


def _hang(
    element: Element,
    written: str,
    scopes: dict[Element, Node],
    referrers: _Referrers,
) -> None:
    """Give an element's value to the item that it is a property of."""
    own = scopes.get(element)
    names = [name for word in written.split()[:20] if (name := property_name(word))]
    if own is not None and not own.types and names and names[0] in TYPE_BY_ROLE:
        own.types = (TYPE_BY_ROLE[names[0]],)
    holder = _holder(element, scopes, referrers)
    if holder is None or holder is own:
        return
    also = referrers[element][1:] if element in referrers else ()
    if own is not None:
        for one, name in product((holder, *also), names):
            one.add(name, own)
        _linked(own, element)
        return
    value = _value(element, names)
    for name in names:
        # A linked type ("itemprop=additionalType") is one more type.
        if name == "additionalType" and (extra := type_name(str(value))):
            holder.types += (extra,)
        holder.add(name, value)
        for one in also:
            one.add(name, value)


def _value(element: Element, names: list[str]) -> str:
    if not PRICE_NAMES.isdisjoint(names):
        return price_of(element)
    return value_of(element) if SHOWN_NAMES.isdisjoint(names) else shown_value(element)


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
            and role not in holder.props
            and holder.is_a(_PLACES.get(role, frozenset(("Review",))))
        ):
            holder.add(role, own)
            return
    # Enclosed without property: it may say what a review or a rating is about, nothing more.
    if own.parent is None and (own.is_a(_ENCLOSED)):
        own.parent = holder


_ENCLOSED = AGGREGATE_RATINGS | {"Review", "UserReview"}


def _holder(element: Element, scopes: dict[Element, Node], referrers: _Referrers) -> Node | None:
    if element in referrers:
        return referrers[element][0]
    above = element.getparent()
    while above is not None:
        if above in scopes:
            return scopes[above]
        if referrers and above in referrers:
            return referrers[above][0]
        above = above.getparent()
    return None
