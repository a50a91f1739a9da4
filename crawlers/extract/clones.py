"""Carousel slides that a script copied so that they turn without end."""

import re

from crawlers.extract.node import Node
from crawlers.extract.tree import Element

_CLONE = re.compile(
    r"(?:^|\s)(?:(?:slick-|bx-|flickity-)?cloned?|swiper-slide-duplicate|(?:glide|splide)__slide--clone)(?:$|\s)"
)


def without_clones(nodes: list[Node]) -> list[Node]:
    """Return the nodes that stand outside copied slides; their originals are on the page too."""
    known: dict[Element, bool] = {}
    kept = [node for node in nodes if node.element is None or not _copied(node.element, known)]
    # A page where everything looks copied uses these names for something else.
    if len(kept) == sum(node.element is None for node in nodes):
        return nodes
    for node in kept:
        for values in node.props.values():
            values[:] = [
                value
                for value in values
                if not isinstance(value, Node)
                or value.element is None
                or not _copied(value.element, known)
            ]
    return kept


def _copied(element: Element, known: dict[Element, bool]) -> bool:
    path = []
    found = False
    above = element
    while above is not None:
        if above in known:
            found = known[above]
            break
        path.append(above)
        if _CLONE.search(above.get("class") or ""):
            found = True
            break
        above = above.getparent()
    known.update(dict.fromkeys(path, found))
    return found
