"""Web pages without structured data, read with the operator's CSS selectors (BeautifulSoup)."""

import warnings
from collections.abc import Iterable
from datetime import date
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from crawlers.extract.charset import to_utf8
from crawlers.extract.text import from_markup
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.items import ITEMS_LIMIT, Raw, answer, recipe_of
from crawlers.platforms.recipes import Recipe, selector_of
from vigie.store.site import Permission

MARKUP_LIMIT = 80_000
# What tells more than the words of such an element, and where a rating hides.
_TELLING = {"time": "datetime", "meta": "content", "data": "value", "img": "src"}
_ADDRESSES = frozenset(("url", "item_url", "next"))
_BESIDE = ("aria-label", "title", "alt", "data-rating")


class PageRecipe:
    """Reviews or listings, as the operator says where they stand."""

    name = "recipe"
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
        try:
            page = _parsed(body, ask.charset)
            items = page.select(recipe.items, limit=ITEMS_LIMIT + 1)
            found = [_read(item, recipe) for item in items]
            return answer(
                recipe, found, lambda name, expression: _value(page, name, expression),
                body, ask, account, today,
            )  # fmt: skip
        except (ParserRejectedMarkup, RecursionError):
            raise AnswerError("unreadable") from None


def _parsed(body: bytes, charset: str | None) -> BeautifulSoup:
    with warnings.catch_warnings():
        # It guesses at what a page might be instead; it is read as a page all the same.
        warnings.simplefilter("ignore")
        return BeautifulSoup(to_utf8(body, charset), "lxml", from_encoding="utf-8")


def _read(item: Tag, recipe: Recipe) -> Raw:
    return {name: _value(item, name, expression) for name, expression in recipe.fields.items()}


def _value(place: Tag, name: str, expression: str) -> str | int | None:
    selector = selector_of(expression)
    if selector.counts:
        return len(place.select(selector.css, limit=ITEMS_LIMIT)) or None
    found = place.select_one(selector.css) if selector.css else place
    if found is None:
        return None
    if selector.attribute is not None:
        return _attribute(found, selector.attribute)
    if name in _ADDRESSES:
        return _attribute(found, "href") or _attribute(found, "content")
    telling = _attribute(found, _TELLING.get(found.name, ""))
    shown = telling or from_markup(found.decode_contents()[:MARKUP_LIMIT]).strip()
    if name == "rating" and not any(map(str.isdigit, shown)) and not set(shown) & set("★⭐"):
        return _first(_attribute(found, beside) for beside in _BESIDE) or shown
    return shown or None


def _attribute(element: Tag, name: str) -> str | None:
    value: Any = element.get(name) if name else None
    return " ".join(value) if isinstance(value, list) else value


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
