"""The runs of text that readers see of one item, without those of the items nested in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.extract import phrases
from crawlers.extract.text import one_line
from crawlers.extract.tree import Element

_CHUNK_LIMIT = 300
ELEMENT_LIMIT = 2_000
_TEXT_LIMIT = 300
_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "select", "button")
)
_BODY_PROPS = frozenset(("reviewBody", "description", "text", "articleBody"))
_STRUCK_TAGS = frozenset(("del", "s", "strike"))


@dataclass(frozen=True, slots=True)
class Chunk:
    """One run of text, the element it stands in, and the class names down to it."""

    text: str
    element: Element
    marks: str
    struck: bool


def chunks_of(top: Element) -> Iterator[Chunk]:
    """Yield the runs of text in reading order, bounded."""
    count = visited = 0
    stack: list[tuple[Element, str | None, str, bool]] = [(top, None, "", False)]
    while stack and count < _CHUNK_LIMIT and visited < 4 * ELEMENT_LIMIT:
        element, tail, marks, struck = stack.pop()
        visited += 1
        text = tail
        if tail is None:
            if not _shown(element, top):
                continue
            own = element.get("class")
            marks = f"{marks} {own}" if own else marks
            struck = (
                struck or element.tag in _STRUCK_TAGS or bool(own and phrases.STRUCK.search(own))
            )
            for child in reversed(element[:ELEMENT_LIMIT]):
                stack.append((element, child.tail or "", marks, struck))
                stack.append((child, None, marks, struck))
            text = element.text
        if text and not text.isspace() and (line := one_line(text, _TEXT_LIMIT)):
            count += 1
            yield Chunk(line, element, marks, struck)


def own_elements(top: Element) -> list[Element]:
    """Return the elements of an item, without those of the items nested in it."""
    found: list[Element] = []
    stack = [top]
    while stack and len(found) < ELEMENT_LIMIT:
        element = stack.pop()
        if element.tag == "svg" or _shown(element, top):
            found.append(element)
            stack.extend(reversed(element[:ELEMENT_LIMIT]))
    return found


def _shown(element: Element, top: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return False
    if element is top:
        return True
    attributes = element.attrib
    kind = attributes.get("itemtype") or attributes.get("typeof") or ""
    if kind and kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] not in (
        "Rating",
        "Person",
        "Offer",
        "Place",
    ):
        return False
    named = attributes.get("itemprop") or attributes.get("property") or ""
    return named not in _BODY_PROPS
