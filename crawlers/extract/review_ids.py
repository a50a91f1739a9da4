"""The identifiers of reviews: those that the page states, not those that only count them."""

import re

from crawlers.extract.node import Node
from crawlers.extract.text import LINE_LIMIT

_POSITION = re.compile(r"(\D*)(\d{1,4})$")


def external_id(node: Node) -> str | None:
    """Return what the page calls this review."""
    stated = node.line("identifier", "reviewId", "reviewID", limit=LINE_LIMIT)
    if stated:
        return stated
    element = node.element
    if element is not None:
        for name in ("data-review-id", "data-reviewid", "data-id", "data-avis-id"):
            if value := element.get(name):
                return str(value)[:LINE_LIMIT]
    for link in (node.id, node.link("url")):
        if not link:
            continue
        # A page's own address is no identity; a fragment or a last segment with a digit is.
        last = re.split(r"[/#=]", link.rstrip("/"))[-1]
        if ("#" in link or "review" in link.casefold() or "avis" in link.casefold()) and any(
            map(str.isdigit, last)
        ):
            return last[:LINE_LIMIT]
    if element is not None and any(map(str.isdigit, element.get("id") or "")):
        return str(element.get("id"))[:LINE_LIMIT]
    return None


def are_positional(reviews: list[Node]) -> bool:
    """Say whether identifiers only count the reviews of this page ("#review0", "#review1")."""
    numbers = []
    for node in reviews:
        found = _POSITION.match(external_id(node) or "")
        if not found:
            return False
        numbers.append(int(found.group(2)))
    return len(numbers) > 1 and sorted(numbers) == list(
        range(min(numbers), min(numbers) + len(numbers))
    ) and min(numbers) <= 1  # fmt: skip
