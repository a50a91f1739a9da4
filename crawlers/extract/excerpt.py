"""The beginning of what a reader sees: enough to tell a login wall or "0 avis" from a page."""

from crawlers.extract.text import TITLE_LIMIT, one_line
from crawlers.extract.tree import Element

EXCERPT_LIMIT = 4_000
_ELEMENT_LIMIT = 1_500
_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "head", "nav", "header", "footer", "select",
     "iframe")
)  # fmt: skip


def read_title(root: Element) -> str | None:
    """Return the page's title on one line."""
    element = root.find("head/title")
    return one_line(element.text or "", TITLE_LIMIT) if element is not None else None


def read_excerpt(root: Element) -> str:
    """Return the first ``EXCERPT_LIMIT`` characters of visible text, menus left out."""
    top = root.find("body")
    parts: list[str] = []
    length = count = 0
    stack: list[tuple[Element, bool]] = [(top if top is not None else root, False)]
    while stack and length < EXCERPT_LIMIT and count < _ELEMENT_LIMIT:
        element, is_tail = stack.pop()
        if is_tail:
            text = element.tail
        else:
            count += 1
            if element.tail:
                stack.append((element, True))
            if element.tag in _SKIPPED:
                continue
            text = element.text
            stack.extend((child, False) for child in reversed(element))
        if text and not text.isspace():
            parts.append(text)
            length += len(text)
    return one_line(" ".join(parts), EXCERPT_LIMIT) or ""
