"""A recipe as a form shows it, field by field, and as it is kept: JSON."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from vigie.errors import VigieError
from web.choosing import Given

FIELD = "champ-"
WORDS = ("state", "items", "next", "count")
NUMBERS = ("best", "worst")
LONGEST = 1_000


def recipe_of(given: Given, kind: str, fields: Iterable[str]) -> str:
    """Return what a form states as a recipe's JSON; what is empty is left out.

    Raises:
        VigieError: a number is none, or an expression is too long.
    """
    recipe: dict[str, Any] = {"kind": kind}
    recipe |= _written(given, WORDS, "")
    recipe["fields"] = _written(given, fields, FIELD)
    for name, text in _written(given, NUMBERS, "").items():
        try:
            recipe[name] = float(text.replace(",", "."))
        except ValueError:
            raise VigieError("recipe-error-number", key=name) from None
    return json.dumps(recipe, ensure_ascii=False)


def form_of(recipe: str) -> dict[str, str]:
    """Return a recipe as the form's fields; nothing of what is no recipe."""
    try:
        kept = json.loads(recipe)
    except ValueError:
        return {}
    if not isinstance(kept, Mapping):
        return {}
    shown = {name: _shown(kept[name]) for name in (*WORDS, *NUMBERS, "kind") if name in kept}
    fields = kept.get("fields")
    if isinstance(fields, Mapping):
        shown |= {f"{FIELD}{name}": _shown(value) for name, value in fields.items()}
    return shown


def _written(given: Given, names: Iterable[str], prefix: str) -> dict[str, str]:
    written = {name: given.get(prefix + name, "").strip() for name in names}
    for name, text in written.items():
        if len(text) > LONGEST:
            raise VigieError("trial-error-long", field=name, limit=LONGEST)
    return {name: text for name, text in written.items() if text}


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
