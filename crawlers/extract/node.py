"""A marked-up thing, the same for JSON-LD, microdata and RDFa."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Union

from crawlers.extract.text import BODY_LIMIT, TITLE_LIMIT, body, from_markup, one_line
from crawlers.extract.tree import Element, Href

Value = Union[str, int, float, bool, "Node"]

_DEPTH_LIMIT = 50
# Ten times the longest text kept: enough for its markup and entities.
_RAW_LIMIT = 10 * BODY_LIMIT
# What an unmarked thing shows is its name, when it is not a whole section.
_NAME_LENGTH = 150
# What programs write for nothing.
_NOTHING = frozenset(("null", "None", "undefined", "NaN"))
_VAGUE = ("Product", "Thing", "Organization", "LocalBusiness", "Place")
# How schema.org says that another thing is only shown beside this one.
RELATED_ROLE = "isRelatedTo"
_RELATED = frozenset(
    (
        RELATED_ROLE,
        "isSimilarTo",
        "isAccessoryOrSparePartFor",
        "isConsumableFor",
        "relatedItem",
        "relatedProduct",
        "relatedProducts",
        "similarProduct",
        "similarProducts",
    )
)


@dataclass(slots=True, eq=False)
class Node:
    """One thing, its types and its properties, each with its values in order."""

    syntax: str
    types: tuple[str, ...] = ()
    id: str | None = None
    props: dict[str, list[Value]] = field(default_factory=dict)
    # Where it stands on the page; None in JSON-LD.
    element: Element | None = None
    # The thing that holds it, and through which property; a holder without property encloses it.
    parent: "Node | None" = None
    role: str | None = None

    def is_a(self, names: frozenset[str]) -> bool:
        """Say whether one of its types is among the names."""
        return not names.isdisjoint(self.types)

    @property
    def type(self) -> str | None:
        """Its most telling type: "Car" of a Product and Car."""
        return next((name for name in self.types if name not in _VAGUE), None) or next(
            iter(self.types), None
        )

    def add(self, name: str, value: Value) -> None:
        """Append a value to a property, and tell a node who holds it."""
        self.props.setdefault(name, []).append(value)
        if isinstance(value, Node) and value.parent is None and value is not self:
            value.parent = self
            value.role = name

    def values(self, *names: str) -> Iterator[Value]:
        """Yield the values of these properties, in the order of the names."""
        for name in names:
            yield from self.props.get(name, ())

    def nodes(self, *names: str) -> Iterator["Node"]:
        """Yield the things among these properties' values."""
        props = self.props
        for name in names:
            for value in props.get(name, ()):
                if isinstance(value, Node):
                    yield value

    def plain(self, value: Value) -> str:
        """Return a value as text, not yet bounded; a thing is its name."""
        if isinstance(value, Node):
            name = next(
                value.values("name", "legalName", "alternateName", "value", "url", "@value"), ""
            )
            if (name == "" or "name" not in value.props) and value.props.get("givenName"):
                parts = value.values("givenName", "familyName")
                return " ".join(self.plain(part) for part in parts)
            if name == "" and value.element is not None and not value.props:
                text = "".join(value.element.itertext())
                return text if len(text) <= _NAME_LENGTH else ""
            return "" if isinstance(name, Node) else value.plain(name)
        if isinstance(value, Href):
            return value.text
        if isinstance(value, str):
            return from_markup(value[:_RAW_LIMIT]) if self.syntax == "json-ld" else value
        # A float that is whole reads "5", not "5.0".
        return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)

    def line(self, *names: str, limit: int = TITLE_LIMIT) -> str | None:
        """Return the first of these properties that has text, on one line."""
        props = self.props
        for name in names:
            if name not in props:
                continue
            for value in props[name]:
                text = one_line(self.plain(value), limit)
                if text and text not in _NOTHING and not _is_blank_form(text):
                    return text
        return None

    def body(self, *names: str) -> str | None:
        """Return the first of these properties that has text, with its line breaks."""
        props = self.props
        for name in names:
            for value in props.get(name, ()):
                text = body(self.plain(value))
                if text and not _is_blank_form(text):
                    return text
        return None

    def is_blank_form(self, *names: str) -> bool:
        """Say whether one of these properties is a template's place for a text to come."""
        props = self.props
        for name in names:
            for value in props.get(name, ()):
                if (
                    isinstance(value, str)
                    and (text := value[:300].strip())
                    and _is_blank_form(text)
                ):
                    return True
        return False

    def raw(self, *names: str) -> Value | None:
        """Return the first value that is neither empty nor a thing."""
        props = self.props
        for name in names:
            for value in props.get(name, ()):
                if not isinstance(value, Node) and value != "":
                    return value
        return None

    def link(self, *names: str) -> str | None:
        """Return the first of these properties that is or names a URL, as written."""
        props = self.props
        for name in names:
            for value in props.get(name, ()):
                if link := self.link_of(value):
                    return link
        return None

    @staticmethod
    def link_of(value: Value) -> str | None:
        """Return the URL that a value is or names, as written."""
        if isinstance(value, Node):
            return value.link("url", "contentUrl", "@value") or value.id
        return value.strip() or None if isinstance(value, str) else None

    def holders(self) -> Iterator["Node"]:
        """Yield the things that hold this one, nearest first; bounded, links may go round."""
        holder = self.parent
        for _ in range(_DEPTH_LIMIT):
            if holder is None:
                return
            yield holder
            holder = holder.parent

    def is_another(self) -> bool:
        """Say whether this is, or is part of, what the page only shows beside its own thing."""
        return self.role in _RELATED or self.is_of_another()

    def is_of_another(self) -> bool:
        """Say whether what holds it is only related to what the page is about.

        The publisher of a review is another thing too; that of a site may be the shop itself.
        """
        return self.parent is not None and any(
            holder.role in _RELATED
            or (
                holder.role == "publisher"
                and holder.parent is not None
                and _is_review(holder.parent)
            )
            for holder in self.holders()
        )


# The signs that templates set around the names of what they will hold.
_BLANK_FORM = re.compile(
    r"\{\{.*\}\}|[$#%]?\{[\w.:| %-]+\}|<%.*%>|\[\[.*\]\]|\{%.*%\}|@[A-Z0-9_]{3,}@|__[A-Z0-9_]+__"
    r"|%%?[A-Z0-9_]+%%?|\$[a-z][A-Za-z_]{3,}",
    re.S,
)


def _is_blank_form(text: str) -> bool:
    """Say whether a text is a template's place for one: "{{ review.author }}"."""
    return text[0] in "{$#%<[@_" and _BLANK_FORM.fullmatch(text[:300]) is not None


def _is_review(node: Node) -> bool:
    return any(name.endswith("Review") for name in node.types)
