"""Microformats to nodes: h-review, h-review-aggregate, h-product, rated h-entry, and the classic
hReview, hReview-aggregate, hProduct and hListing (microformats.org, parsing specification of
microformats2). Property names become schema.org's, so that one reader serves every syntax.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from crawlers.extract.items import MICROFORMATS, Problem
from crawlers.extract.jsonld import NODE_LIMIT
from crawlers.extract.node import Node
from crawlers.extract.shown_price import price_of
from crawlers.extract.tree import Element, text_of

# What must stand in a page's bytes, in lower case, for the search to be worth its time: a class of
# its own. The pattern begins with a letter, so that most bytes are skipped at once.
MICROFORMATS_TRACE = re.compile(
    rb"h(?<=[\"'\s=]h)(?:-?review(?:-aggregate)?|-?product|-entry|listing)(?=[\"'\s>])"
)
_ROOTS = {
    "h-review": "Review", "hreview": "Review", "h-entry": "Entry", "h-product": "Product",
    "hproduct": "Product", "hlisting": "Offer", "h-review-aggregate": "AggregateRating",
    "hreview-aggregate": "AggregateRating", "h-item": "Thing", "h-card": "Organization",
    "vcard": "Organization", "h-adr": "PostalAddress", "adr": "PostalAddress", "h-geo": "Geo",
    "h-event": "Event", "hentry": "Post", "vevent": "Event",
}  # fmt: skip
# What a page is searched for; the others count inside of these only. A classic hentry is a post.
_TOPS = frozenset(("Review", "Product", "Offer", "AggregateRating", "Entry"))
_NAMES = {
    "item": "itemReviewed", "fn": "name", "reviewer": "author", "lister": "seller",
    "org": "legalName", "dtreviewed": "datePublished", "reviewed": "datePublished",
    "published": "datePublished", "dtlisted": "datePublished", "updated": "dateModified",
    "rating": "ratingValue", "average": "ratingValue", "value": "ratingValue",
    "best": "bestRating", "worst": "worstRating", "count": "reviewCount", "votes": "ratingCount",
    "content": "reviewBody", "description": "reviewBody", "photo": "image", "tel": "telephone",
    "identifier": "sku", "currency": "priceCurrency", "amount": "price",
    "street-address": "streetAddress", "locality": "addressLocality", "region": "addressRegion",
    "postal-code": "postalCode", "country-name": "addressCountry", "adr": "address",
    "listing": "offers", "uid": "identifier", "permalink": "url",
}  # fmt: skip
_CLASSIC = frozenset(
    """item fn reviewer lister org dtreviewed dtlisted rating average value best worst count votes
    summary description photo tel identifier price currency amount brand category url permalink adr
    street-address locality region postal-code country-name review""".split()  # noqa: SIM905
)
_BOXES = {"item": "Thing", "reviewer": "Person", "lister": "Organization"}
_FOUND = etree.XPath(
    "/descendant::*[contains(@class,'review') or contains(@class,'product')"
    " or contains(@class,'h-entry') or contains(@class,'hlisting')]"
)
_INSIDE_LIMIT = 5_000
_DEPTH_LIMIT = 60


def read_microformats(root: Element, problems: list[Problem]) -> list[Node]:
    """Return every item of the page in document order, holders before what they hold."""
    reader = _Reader()
    for element in _FOUND(root):
        if len(reader.nodes) >= NODE_LIMIT:
            problems.append(Problem("too-many-nodes", str(NODE_LIMIT)))
            break
        words = _words(element)
        kind = _kind(words)
        if kind in _TOPS and element not in reader.seen and not _marked(element):
            reader.read(element, kind, _is_classic(words))
    return [node for node in reader.nodes if node.types != ("Entry",)]


class _Reader:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.seen: set[Element] = set()

    def read(self, element: Element, kind: str, classic: bool, depth: int = 0) -> Node:
        """Read one item and the items in it."""
        node = Node(MICROFORMATS, (kind,), element=element)
        self.nodes.append(node)
        self.seen.add(element)
        for inner in _inside(element):
            words = _words(inner)
            names = _properties(words, classic)
            inner_kind = _kind(words) or (_BOXES.get(names[0][1]) if classic and names else None)
            if inner_kind is None or inner in self.seen or depth > _DEPTH_LIMIT:
                self._say(node, inner, names)
                continue
            by_root = _is_classic(words) if _kind(words) else classic
            held = self.read(inner, inner_kind, by_root, depth + 1)
            for _, name in names:
                if name in _TEXTS:
                    # What is said of a thing may hold its address: it is a text all the same.
                    node.add(_NAMES[name], text_of(inner).strip())
                else:
                    self._hold(node, _NAMES.get(name, name), held)
        _finish(node, classic)
        return node

    def _say(self, node: Node, element: Element, names: list[tuple[str, str]]) -> None:
        for prefix, name in names:
            # "rating" and "price" may only hold their parts: the parts speak, or else the whole.
            if name in ("rating", "price", "adr") and _has_parts(element):
                continue
            if value := _value(element, prefix, name):
                node.add(_NAMES.get(name, name), value)

    def _hold(self, node: Node, name: str, held: Node) -> None:
        if name == "author" and held.types == ("Organization",) and "legalName" not in held.props:
            held.types = ("Person",)
        node.add(name, held)


_TEXTS = frozenset(("description", "content"))


def _finish(node: Node, classic: bool) -> None:
    """Give a node what its own format means by common words."""
    props = node.props
    element: Element = node.element
    kind = node.types[0]
    if kind in ("Review", "AggregateRating"):
        for item in node.nodes("itemReviewed"):
            _give_back(item, node)
    if kind in ("Review", "Entry") and "summary" in props:
        # A classic summary is a title; elsewhere it is the text when nothing else is.
        place = "name" if classic else "reviewBody"
        if place not in props:
            props[place] = props["summary"]
        del props["summary"]
    if kind == "Entry" and "ratingValue" in props:
        node.types = ("Review",)
    if kind in ("Product", "Offer") and "reviewBody" in props:
        props["description"] = props.pop("reviewBody")
    if kind in ("Offer", "Event") and "name" not in props and "summary" in props:
        props["name"] = props["summary"]
    if kind == "Offer" and "itemReviewed" in props:
        props["itemOffered"] = props.pop("itemReviewed")
    if kind in _NAMED and "name" not in props and "legalName" not in props:
        written = " ".join(text_of(element).split())
        if 0 < len(written) <= _NAME_LENGTH and not props.keys() - {"url", "image"}:
            node.add("name", written)
    if kind in ("Thing", "Person", "Organization") and "url" not in props:
        href = element.get("href")
        if href:
            node.add("url", href)
    if kind == "Thing":
        node.types = ()


def _give_back(item: Node, review: Node) -> None:
    """Give a review what stands inside of its thing, where the thing was put around all of it."""
    if "datePublished" not in item.props and "reviewCount" not in item.props:
        return
    for name in _OF_REVIEWS & item.props.keys() - review.props.keys():
        review.props[name] = item.props.pop(name)
    if review.types == ("Review",) and "description" in item.props:
        review.props.setdefault("reviewBody", item.props.pop("description"))


_OF_REVIEWS = frozenset(
    ("ratingValue", "bestRating", "worstRating", "datePublished", "author", "reviewBody", "summary",
     "reviewCount", "ratingCount")
)  # fmt: skip
_NAME_LENGTH = 200
_NAMED = frozenset(("Thing", "Person", "Organization", "Product"))


def _inside(top: Element) -> Iterator[Element]:
    """Yield the classed elements of an item, without those of the items in it."""
    count = 0
    stack = list(reversed(top[:_INSIDE_LIMIT]))
    while stack and count < _INSIDE_LIMIT:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        count += 1
        words = _words(element)
        if words:
            yield element
        if _kind(words) is None and not _BOXES.keys() & words:
            stack.extend(reversed(element[:_INSIDE_LIMIT]))


def _words(element: Element) -> list[str]:
    return (element.get("class") or "").split()[:30]


def _kind(words: list[str]) -> str | None:
    return next((_ROOTS[word] for word in words if word in _ROOTS), None)


def _is_classic(words: list[str]) -> bool:
    return not any(word in _ROOTS and word.startswith("h-") for word in words)


def _properties(words: list[str], classic: bool) -> list[tuple[str, str]]:
    """Return the properties that class names state: their prefix ("p", "u", "dt", "e") and name."""
    if classic:
        return [("", word) for word in words if word in _CLASSIC]
    split = (word.partition("-") for word in words)
    return [(prefix, name) for prefix, _, name in split if prefix in ("p", "u", "dt", "e") and name]


def _marked(element: Element) -> bool:
    """Say whether microdata or RDFa tells the same thing on the same element."""
    return "itemscope" in element.attrib or "typeof" in element.attrib


def _has_parts(element: Element) -> bool:
    inner = islice(element.iterdescendants(), 50)
    parts = {"value", "average", "amount", "locality", "p-value", "p-average", "p-locality"}
    return any(not parts.isdisjoint(_words(one)) for one in inner)


def _value(element: Element, prefix: str, name: str) -> str:
    attributes = element.attrib
    for inner in islice(element.iterdescendants("span", "abbr"), 20):
        if "value-title" in _words(inner) and inner.get("title"):
            return str(inner.get("title"))
    tag = element.tag
    if name == "price" and len(element):
        return price_of(element)
    if prefix == "u" or (not prefix and name in ("url", "photo", "permalink")):
        return str(attributes.get("href") or attributes.get("src") or attributes.get("value") or "")
    if tag == "time" or prefix == "dt":
        stated = attributes.get("datetime") or attributes.get("title") or attributes.get("value")
        return str(stated or text_of(element)).strip()
    if tag in ("abbr", "span") and attributes.get("title") and (tag == "abbr" or name == "rating"):
        return str(attributes.get("title"))
    if tag in ("data", "meter", "input"):
        return str(attributes.get("value") or text_of(element))
    if tag == "img":
        return str(attributes.get("alt") or "")
    return text_of(element).strip()
