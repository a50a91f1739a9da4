"""RDFa Lite 1.1 to nodes, with the ``rel``, ``about`` and ``content`` of full RDFa."""

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

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


def read_rdfa(root: Element, problems: list[Problem]) -> list[Node]:
    """Return every thing of the page in document order."""
    typed = [attribute.getparent() for attribute in _TYPED(root)]
    if not typed:
        return []
    reader = _Reader(_schema_prefixes(root))
    for element in _marked(root, typed):
        if len(reader.nodes) >= NODE_LIMIT:
            problems.append(Problem("too-many-nodes", str(NODE_LIMIT)))
            break
        reader.read(element)
    return reader.nodes


def _marked(root: Element, typed: list[Element]) -> Iterator[Element]:
    """Yield the marked elements in page order: in typed ones, or all where others name things."""
    if _SUBJECTS(root):
        yield from _MARKED(root)
        return
    inside = set(typed)
    for top in typed:
        if any(above in inside for above in top.iterancestors()):
            continue
        for element in top.iter():
            attributes = element.attrib
            if "property" in attributes or "typeof" in attributes or "rev" in attributes:
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

    def read(self, element: Element) -> None:
        """Read one marked element, after all those before it."""
        attributes = element.attrib
        holder, relation = self._holder(element)
        names = self._names(attributes.get("property"))
        subject = attributes.get("about") or attributes.get("resource")
        if "typeof" in attributes or (subject and not names):
            self._thing(element, holder, names or ([relation] if relation else []), subject)
        elif holder is not None and "makesOffer" in self._names(attributes.get("rev")):
            holder.add("offeredBy", attributes.get("href") or "")
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
        if not _in_schema(element):
            return ()
        names = self._names(element.get("typeof"), is_type=True)
        return tuple(names)

    def _names(self, words: str | None, is_type: bool = False) -> list[str]:
        if not words:
            return []
        names = []
        for word in words.split()[:20]:
            prefix, colon, local = word.partition(":")
            term = local if colon and prefix + colon in self._prefixes else word
            if name := type_name(term) if is_type else property_name(term):
                names.append(name)
        return names

    def _holder(self, element: Element) -> tuple[Node | None, str | None]:
        """Return the nearest thing around an element, and the ``rel`` between the two."""
        relation = self._relation(element)
        above = element.getparent()
        while above is not None:
            if above in self._by_element:
                return self._by_element[above], relation
            relation = relation or self._relation(above)
            above = above.getparent()
        return None, relation

    def _relation(self, element: Element) -> str | None:
        names = self._names(element.get("rel")) if "rel" in element.attrib else []
        return names[0] if names else None


def _in_schema(element: Element) -> bool:
    """Say whether the vocabulary in force is one that is read; none stated counts as such."""
    above = element
    while above is not None:
        vocabulary = above.get("vocab")
        if vocabulary is not None:
            return not vocabulary or any(known in vocabulary for known in _KNOWN_VOCABULARIES)
        above = above.getparent()
    return True
