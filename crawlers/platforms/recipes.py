"""A recipe: where a page that has no structured data shows its reviews or listings.

Written by the operator as JSON; docs/platforms/recipe.md has the format. The same recipe reads the
markup of a page with CSS selectors, or the data that its script holds (``state``) with JMESPath.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import jmespath
import soupsieve

from vigie.errors import VigieError

RECIPE_LIMIT = 20_000
PAGE = "{page}"
REVIEWS, LISTINGS = "reviews", "listings"
FIELDS: Mapping[str, tuple[str, ...]] = {
    REVIEWS: (
        "external_id", "url", "title", "text", "author", "rating", "published", "experienced",
        "edited", "reply_text", "reply_date", "item_name", "item_url", "language",
    ),
    LISTINGS: (
        "external_id", "url", "title", "description", "category", "brand", "sku", "price",
        "currency", "availability", "place", "seller", "published", "image", "photos", "mpn",
        "model", "year", "mileage_km", "fuel", "transmission",
    ),
}  # fmt: skip
_KEYS = {"kind", "state", "items", "fields", "next", "count", "best", "worst"}
# "h3 > a@href": the attribute of what is selected; "count(.star.on)": how many are selected.
_ATTRIBUTE = re.compile(r"(.*?)@([\w:-]{1,64})", re.S)
_COUNT = re.compile(r"count\((.+)\)", re.S)


@dataclass(frozen=True, slots=True)
class Recipe:
    """``items`` finds each item, ``fields`` what is read of it; ``state`` names a page's data.

    ``next`` leads to the following page: a selector, a path, or an address with "{page}" in it.
    """

    kind: str
    items: str
    fields: Mapping[str, str]
    state: str | None = None
    next: str | None = None
    count: str | None = None
    best: float | None = None
    worst: float | None = None


@dataclass(frozen=True, slots=True)
class Selector:
    """A CSS selector, the item itself where it is empty."""

    css: str
    attribute: str | None = None
    counts: bool = False


@lru_cache(maxsize=256)
def read_recipe(text: str) -> Recipe:
    """Return a recipe whose every part can be used.

    Raises:
        VigieError: it cannot be; the sentence says which part.
    """
    if len(text) > RECIPE_LIMIT:
        raise VigieError("recipe-error-long", limit=RECIPE_LIMIT)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise VigieError("recipe-error-json") from None
    if not isinstance(given, dict):
        raise VigieError("recipe-error-json")
    if unknown := sorted(map(str, given.keys() - _KEYS)):
        raise VigieError("recipe-error-key", key=unknown[0][:60], known=", ".join(sorted(_KEYS)))
    kind = _text(given, "kind") or ""
    if kind not in FIELDS:
        raise VigieError("recipe-error-kind")
    recipe = Recipe(
        kind=kind,
        items=_text(given, "items") or _missing("items"),
        fields=_fields(kind, given.get("fields")),
        state=_text(given, "state"),
        next=_text(given, "next"),
        count=_text(given, "count"),
        best=_number(given, "best"),
        worst=_number(given, "worst"),
    )
    _check(recipe)
    return recipe


@lru_cache(maxsize=1024)
def selector_of(expression: str) -> Selector:
    """Return a field's selector, taken apart."""
    expression = expression.strip()
    if found := _COUNT.fullmatch(expression):
        return Selector(found.group(1).strip(), counts=True)
    if found := _ATTRIBUTE.fullmatch(expression):
        return Selector(found.group(1).strip(), found.group(2))
    return Selector(expression)


def _text(given: Mapping[str, object], key: str) -> str | None:
    value = given.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise VigieError("recipe-error-text", key=key)
    return value


def _number(given: Mapping[str, object], key: str) -> float | None:
    value = given.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 10_000:
        raise VigieError("recipe-error-number", key=key)
    return float(value)


def _missing(key: str) -> str:
    raise VigieError("recipe-error-missing", key=key)


def _fields(kind: str, given: object) -> Mapping[str, str]:
    if not isinstance(given, dict) or not given:
        _missing("fields")
    assert isinstance(given, dict)  # noqa: S101  # Said just above.
    for name, value in given.items():
        if name not in FIELDS[kind]:
            raise VigieError(
                "recipe-error-field", field=name[:60], kind=kind, known=", ".join(FIELDS[kind])
            )
        if not isinstance(value, str):
            raise VigieError("recipe-error-text", key=name)
    return dict(given)


def _check(recipe: Recipe) -> None:
    """Try every expression, so that a wrong one is told before anything is read."""
    following = None if recipe.next and PAGE in recipe.next else recipe.next
    every = {"items": recipe.items, "next": following, "count": recipe.count, **recipe.fields}
    for name, expression in every.items():
        if expression is None:
            continue
        try:
            if recipe.state is not None:
                jmespath.compile(expression)
            elif css := selector_of(expression).css:
                soupsieve.compile(css)
        except (jmespath.exceptions.JMESPathError, soupsieve.SelectorSyntaxError) as error:
            rest = expression[_place_of(error, expression) :].lstrip()
            raise VigieError(
                "recipe-error-expression",
                field=name,
                expression=expression[:120],
                where="there" if rest else "end",
                rest=rest[:40],
                place=len(expression) - len(rest) + 1,
            ) from None
        except RecursionError:
            raise VigieError("recipe-error-json") from None


def _place_of(error: Exception, expression: str) -> int:
    """Return where in an expression its reader, whose words are English, stopped."""
    if isinstance(error, soupsieve.SelectorSyntaxError):
        lines = expression.splitlines(keepends=True)[: (error.line or 1) - 1]
        return sum(map(len, lines)) + (error.col or 1) - 1
    return getattr(error, "lex_position", 0)
