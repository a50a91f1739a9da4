"""Microdata to nodes (HTML Living Standard, section 5), in one pass over the marked elements."""

from lxml import etree

from crawlers.extract.items import MICRODATA, Problem
from crawlers.extract.jsonld import NODE_LIMIT
from crawlers.extract.node import Node
from crawlers.extract.schema import AGGREGATE_RATINGS, TYPE_BY_ROLE, property_name, type_name
from crawlers.extract.tree import Element, Href, value_of

# Attributes first: several times faster than testing each element.
_MARKED = etree.XPath("/descendant::*/@itemscope/.. | /descendant::*/@itemprop/..")
_REFERRED = etree.XPath("//*[@id = $id]")
# Things that say what they belong to by where they stand, when their property is forgotten.
_ROLE_BY_PLACE = {"Rating": "reviewRating", "Comment": "comment"}
_PLACES = {"reviewRating": frozenset(("Review", "UserReview"))}


def read_microdata(root: Element, problems: list[Problem]) -> list[Node]:
    """Return every item of the page in document order."""
    marked = _MARKED(root)
    scopes: dict[Element, Node] = {}
    for element in marked:
        if "itemscope" in element.attrib:
            if len(scopes) >= NODE_LIMIT:
                problems.append(Problem("too-many-nodes", str(NODE_LIMIT)))
                break
            scopes[element] = _item(element)
    referrers = _referrers(root, scopes)
    for element in marked:
        _hang(element, scopes, referrers)
    return list(scopes.values())


def _item(element: Element) -> Node:
    names = (element.get("itemtype") or "").split()
    types = tuple(name for one in names if (name := type_name(one)))
    return Node(MICRODATA, types, (element.get("itemid") or "").strip() or None, element=element)


def _referrers(root: Element, scopes: dict[Element, Node]) -> dict[Element, Node]:
    """Map each element that an ``itemref`` names to the item that names it."""
    referrers: dict[Element, Node] = {}
    for element, node in scopes.items():
        for name in (element.get("itemref") or "").split()[:50]:
            for target in _REFERRED(root, id=name)[:1]:
                referrers.setdefault(target, node)
    return referrers


def _hang(element: Element, scopes: dict[Element, Node], referrers: dict[Element, Node]) -> None:
    """Give an element's value to the item that it is a property of."""
    own = scopes.get(element)
    holder = _holder(element, scopes, referrers)
    names = [name for one in element.get("itemprop", "").split() if (name := property_name(one))]
    if own is not None and not own.types and names:
        own.types = (TYPE_BY_ROLE[names[0]],) if names[0] in TYPE_BY_ROLE else ()
    if holder is None or holder is own:
        return
    if own is None:
        value = value_of(element)
        for name in names:
            # A linked type ("itemprop=additionalType") is one more type.
            if name == "additionalType" and (extra := type_name(str(value))):
                holder.types += (extra,)
            holder.add(name, value)
    elif names:
        for name in names:
            holder.add(name, own)
        _linked(own, element)
    else:
        _by_place(holder, own)


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


def _holder(
    element: Element, scopes: dict[Element, Node], referrers: dict[Element, Node]
) -> Node | None:
    if element in referrers:
        return referrers[element]
    above = element.getparent()
    while above is not None:
        if above in scopes:
            return scopes[above]
        if referrers and above in referrers:
            return referrers[above]
        above = above.getparent()
    return None
