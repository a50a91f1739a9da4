"""Words for screen readers only, which stand inside of names and texts as if part of them."""

import re
from itertools import islice

from crawlers.extract.text import from_markup
from crawlers.extract.tree import Element, Href, text_of, value_of

# The properties that are what readers see; stars and dates are often told to screen readers only.
SHOWN_NAMES = frozenset(("name", "headline", "reviewBody", "description", "itemReviewed"))
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|(?:visually|assistive)-?(?:hidden|text)|screen-?reader(?:-only|-text)?"
    r"|off-?screen|hidden-accessible|g-hdn|a11y-hidden)(?:$|\s)",
    re.I,
)
_LOOKED_AT = 200


def shown_value(element: Element) -> str:
    """Return an element's value without what it says to screen readers only, if more is left."""
    value = value_of(element)
    if content := element.get("content"):
        # Some write markup into the attribute.
        return from_markup(value) if "</" in content else value
    if not len(element):
        return value
    text = value.text if isinstance(value, Href) else value
    shown = text
    for inner in islice(element.iterdescendants(), _LOOKED_AT):
        if _CLASS.search(inner.get("class") or ""):
            shown = shown.replace(text_of(inner), " ", 1)
    if shown is text or not shown.strip():
        return value
    if not isinstance(value, Href):
        return shown
    value.text = shown
    return value
