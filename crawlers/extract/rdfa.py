"""RDFa Lite 1.1 to nodes, with the ``rel``, ``about`` and ``content`` of full RDFa."""

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from crawlers.extract.blocks import holds
from crawlers.extract.items import RDFA, Problem
from crawlers.extract.jsonld import NODE_LIMIT
from crawlers.extract.node import Node
from crawlers.extract.schema import TYPE_BY_ROLE, property_name, type_name
from crawlers.extract.shown_price import PRICE_NAMES, price_of
from crawlers.extract.tree import Element, value_of

_TYPED = etree.XPath("/descendant::*/@typeof")
_SUBJECTS = etree.XPath("boolean(/descendant::*/@about | /descendant::*/@resource)")
_MARKED = etree.XPath("/descendant::*[@typeof or @property or @about or @resource or @rev]")
_PREFIXED = etree.XPath("/descendant::*/@prefix")
_KNOWN_VOCABULARIES = ("schema.org", "data-vocabulary.org")


def read_rdfa(root: Element, problems: list[Problem], lowered: bytes) -> list[Node]:
    """Return every thing of the page, whose bytes in lower case are given, in document order."""
    typed = [attribute.getparent() for attribute in _TYPED(root)]
    if not typed:
        return []
    reader = _Reader(_schema_prefixes(root) if holds(lowered, b"prefix") else frozenset())
    named = holds(lowered, b"about") or holds(lowered, b"resource")
    for element in _MARKED(root) if named and _SUBJECTS(root) else _inside(typed):
        if len(reader.nodes) >= NODE_LIMIT:
            problems.append(Problem("too-many-nodes", str(NODE_LIMIT)))
            break
        reader.read(element)
    return reader.nodes


def _inside(typed: list[Element]) -> Iterator[Element]:
    """Yield the typed elements and the marked ones in them, in page order."""
    known = set(typed)
    walked: set[Element] = set()
    for top in typed:
        # An element inside of another was walked with it.
        if top in walked:
            continue
        for element in top.iter():
            if element in known:
                walked.add(element)
                yield element
            elif element.get("property") is not None or element.get("rev") is not None:
                yield element


def _schema_prefixes(root: Element) -> frozenset[str]:
    """Return the page's own prefixes for schema.org, each with its colon: "so:"."""
    found = set()
    for declared in _PREFIXED(root):
        words = declared.split()
        found |= {
            prefix
            for prefix, url in pairwise(words)
            if prefix.endswith(":") and any(known in url for known in _KNOWN_VOCABULARIES)
        }
    return frozenset(found)


class _Reader:
    def __init__(self, prefixes: frozenset[str]) -> None:
        self.nodes: list[Node] = []
        self._prefixes = prefixes
        self._by_element: dict[Element, Node] = {}
        # What was found out of elements, for those beside and in them.
        self._around: dict[Element, Node | None] = {}
        self._in_schema: dict[Element, bool] = {}
        self._named: dict[tuple[str, bool], list[str]] = {}

    def read(self, element: Element) -> None:
        """Read one marked element, after all those before it."""
        holder = self._holder(element)
        names = self._names(element.get("property"))
        subject = element.get("about") or element.get("resource")
        if element.get("typeof") is not None or (subject and not names):
            self._thing(element, holder, names or self._relation(element), subject)
        elif holder is not None and "makesOffer" in self._names(element.get("rev")):
            holder.add("offeredBy", element.get("href") or "")
        elif holder is not None and names:
            # A resource is a reference; it reads as the URL that it is.
            value = subject or (
                value_of(element) if PRICE_NAMES.isdisjoint(names) else price_of(element)
            )
            for name in names:
                holder.add(name, value)

    def _thing(
        self, element: Element, holder: Node | None, names: list[str], subject: str | None
    ) -> None:
        types = self._types(element)
        if not types and names and names[0] in TYPE_BY_ROLE:
            types = (TYPE_BY_ROLE[names[0]],)
        node = Node(RDFA, types, subject, element=element)
        self.nodes.append(node)
        self._by_element[element] = node
        if holder is not None:
            for name in names:
                holder.add(name, node)
            if not names and "Review" in types:
                node.parent = holder

    def _types(self, element: Element) -> tuple[str, ...]:
        if not self._is_in_schema(element):
            return ()
        return tuple(self._names(element.get("typeof"), is_type=True))

    def _names(self, words: str | None, is_type: bool = False) -> list[str]:
        if not words:
            return []
        if (known := self._named.get((words, is_type))) is not None:
            return known
        names = self._named[words, is_type] = []
        for word in words.split()[:20]:
            prefix, colon, local = word.partition(":")
            term = local if colon and prefix + colon in self._prefixes else word
            if name := type_name(term) if is_type else property_name(term):
                names.append(name)
        return names

    def _holder(self, element: Element) -> Node | None:
        """Return the nearest thing around an element: it stands before it, so it is read."""
        climbed = []
        holder = None
        above = element.getparent()
        while above is not None:
            if above in self._by_element:
                holder = self._by_element[above]
                break
            if above in self._around:
                holder = self._around[above]
                break
            climbed.append(above)
            above = above.getparent()
        self._around.update(dict.fromkeys(climbed, holder))
        return holder

    def _relation(self, element: Element) -> list[str]:
        """Return the nearest ``rel`` between an element and the thing around it, as a list."""
        above = element
        while above is not None and (above is element or above not in self._by_element):
            if names := self._names(above.get("rel")):
                return names[:1]
            above = above.getparent()
        return []

    def _is_in_schema(self, element: Element) -> bool:
        """Say whether the vocabulary in force is one that is read; none stated counts as such."""
        climbed = []
        found = True
        above = element
        while above is not None:
            if above in self._in_schema:
                found = self._in_schema[above]
                break
            climbed.append(above)
            if (stated := above.get("vocab")) is not None:
                found = not stated or any(known in stated for known in _KNOWN_VOCABULARIES)
                break
            above = above.getparent()
        self._in_schema.update(dict.fromkeys(climbed, found))
        return found
