"""Web pages that scripts fill: the data that the page holds for them, read with JMESPath.

``__NEXT_DATA__`` and other JSON scripts, ``window.__INITIAL_STATE__ = {...}`` and the like.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import chompjs
import jmespath

from crawlers.extract.charset import to_utf8
from crawlers.platforms.base import Account, Answer, Ask, Need
from crawlers.platforms.items import Raw, answer, recipe_of
from crawlers.platforms.recipes import Recipe
from vigie.store.site import Permission

# How many places that bear the name are tried.
TRIES = 8
_END = re.compile(r"</script", re.I)
_PARSE = re.compile(r"JSON\.parse\(\s{0,20}")


class EmbeddedState:
    """Reviews or listings in a page's own data, as the operator says where they stand."""

    name = "embedded"
    kinds = frozenset(("reviews", "listings"))
    base_url = ""
    needs = (Need("recipe", secret=False),)
    permission = Permission.UNSTATED

    def recognises(self, url: str) -> bool:
        """No address tells that its page needs a recipe."""
        return False

    def first(self, account: Account) -> Ask:
        """Ask for the page."""
        return Ask(account.url)

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page."""
        recipe = recipe_of(account)
        text = to_utf8(body, ask.charset).decode("utf-8", "replace")
        state, items = _best(recipe, text)
        found = [_read(item, recipe) for item in items if isinstance(item, dict)]

        def find(name: str, path: str) -> Any:
            return _plain(_search(path, state))

        return answer(recipe, found, find, body, ask, account, today)


def _best(recipe: Recipe, text: str) -> tuple[Any, list[Any]]:
    """Return the page's data and its items: where several bear the name, those that have some."""
    first: Any = None
    for state in _states(text, recipe.state or ""):
        first = state if first is None else first
        items = _search(recipe.items, state)
        if isinstance(items, list) and items:
            return state, items
    return first, []


def _states(text: str, name: str) -> Iterator[Any]:
    """Yield the data of this name: a script with such an attribute, or what is assigned to it."""
    quoted = re.escape(name)
    script = re.compile(
        rf"<script\b[^>]{{0,400}}=\s{{0,5}}[\"']?{quoted}[\"'\s>][^>]{{0,400}}", re.I
    )
    for found in _few(script, text):
        start = text.find(">", found.end()) + 1
        end = _END.search(text, start)
        yield from _loaded(text[start : end.start() if end else len(text)].strip())
    assigned = re.compile(rf"(?<![\w$]){quoted}[\"']?\]?\s{{0,20}}=(?!=)\s{{0,20}}")
    for found in _few(assigned, text):
        yield from _assigned(text, found.end())


def _few(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for _, found in zip(range(TRIES), pattern.finditer(text), strict=False):
        yield found


def _assigned(text: str, start: int) -> Iterator[Any]:
    if parsed := _PARSE.match(text, start):
        # A string of JSON, itself written as a string of JavaScript.
        for inner in _literal(text, parsed.end()):
            yield from _loaded(inner) if isinstance(inner, str) else ()
        return
    yield from _literal(text, start)


def _literal(text: str, start: int) -> Iterator[Any]:
    try:
        yield json.JSONDecoder().raw_decode(text, start)[0]
        return
    except (ValueError, RecursionError):
        pass
    end = _END.search(text, start)
    try:
        # An object of JavaScript that is not quite JSON.
        yield chompjs.parse_js_object(text[start : end.start() if end else len(text)])
    except (ValueError, RecursionError):
        return


def _loaded(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text)
    except (ValueError, RecursionError):
        return


def _search(path: str, data: Any) -> Any:
    try:
        return jmespath.search(path, data)
    except Exception:
        # Its functions raise whatever odd data makes them raise: nothing was found.
        return None


def _read(item: Any, recipe: Recipe) -> Raw:
    return {name: _plain(_search(path, item)) for name, path in recipe.fields.items()}


def _plain(value: Any) -> Any:
    """Return text, a number or None; the texts of a list are its paragraphs."""
    if isinstance(value, list):
        words = [str(one) for one in value if isinstance(one, str | int | float)]
        return "\n".join(words) or None
    return None if isinstance(value, dict) else value
