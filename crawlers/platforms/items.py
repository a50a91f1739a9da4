"""What a recipe finds on a page, as reviews and listings: the same readers as everywhere."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin

from crawlers.extract.items import ExtractedListing, ExtractedReview, PageLinks, Problem
from crawlers.extract.prices import currency_of
from crawlers.extract.states import availability_named
from crawlers.extract.vehicles import year_in
from crawlers.platforms.base import Account, Answer, AnswerError, Ask
from crawlers.platforms.emptiness import is_bare
from crawlers.platforms.fields import dated, line, link, paragraphs, price, review
from crawlers.platforms.recipes import LISTINGS, PAGE, Recipe, read_recipe
from vigie.errors import VigieError

ITEMS_LIMIT = 1000
SYNTAX = "recipe"
_COUNT = re.compile(r"\d{1,3}(?:[\s.,\u00a0\u202f]\d{3})+(?!\d)|\d{1,9}")
Raw = Mapping[str, Any]
# What an expression finds on the whole page, as text or number; its name says what it is for.
Find = Callable[[str, str], Any]


def recipe_of(account: Account) -> Recipe:
    """Return a source's recipe.

    Raises:
        AnswerError: it has none that can be used.
    """
    try:
        return read_recipe(account.options.get("recipe", ""))
    except VigieError:
        raise AnswerError("unreadable") from None


def answer(
    recipe: Recipe,
    found: Sequence[Raw],
    find: Find,
    body: bytes,
    ask: Ask,
    account: Account,
    today: date,
) -> Answer:
    """Return what a recipe found, and where it goes on.

    Args:
        found: each item's values by field, as they stand on the page.
        find: looks the whole page up, for the following page and the count stated.
    """
    kept = found[:ITEMS_LIMIT]
    cut = len(found) > ITEMS_LIMIT
    is_sale = recipe.kind == LISTINGS
    stated = _count(find("count", recipe.count)) if recipe.count else None
    return Answer(
        reviews=() if is_sale else tuple(_review(one, recipe, ask.url, today) for one in kept),
        listings=tuple(_listing(one, ask.url, today) for one in kept) if is_sale else (),
        stated_reviews=None if is_sale else stated,
        stated_zero=not kept and is_bare(body, ask.charset, stated),
        links=PageLinks(next=_next(recipe, bool(kept), find, ask.url, account.url)),
        problems=(Problem(f"too-many-{recipe.kind}", str(ITEMS_LIMIT)),) if cut else (),
    )


def _next(recipe: Recipe, any_here: bool, find: Find, url: str, first: str) -> str | None:
    if recipe.next is None:
        return None
    if PAGE not in recipe.next:
        return _joined(url, find("next", recipe.next))
    if not any_here:
        return None
    before, _, after = recipe.next.partition(PAGE)
    here = re.search(rf"{re.escape(before)}(\d{{1,6}}){re.escape(after)}", url)
    number = int(here.group(1)) + 1 if here else 2
    return _joined(first, recipe.next.replace(PAGE, str(number)))


def _review(raw: Raw, recipe: Recipe, url: str, today: date) -> ExtractedReview:
    given = dict(raw)
    rating = given.pop("rating", None)
    if isinstance(rating, str):
        # "stars-4": the dash of a class is no minus.
        rating = re.sub(r"(?<=[a-zA-Z_])-(?=\d)", " ", rating)
    for name in ("url", "item_url"):
        given[name] = _joined(url, given.get(name))
    scale = {"worst": recipe.worst, "best": recipe.best, "rating": rating}
    return review(today, syntax=SYNTAX, **scale, **given)


def _listing(raw: Raw, url: str, today: date) -> ExtractedListing:
    written = raw.get("price")
    currency = currency_of(raw.get("currency")) or currency_of(written) or "EUR"
    published = dated(raw.get("published"), today)
    short: dict[str, Any] = {
        name: line(raw.get(name))
        for name in ("external_id", "category", "brand", "sku", "place", "seller", "mpn",
                     "model", "fuel", "transmission")
    }  # fmt: skip
    counts: dict[str, Any] = {name: _count(raw.get(name)) for name in ("photos", "mileage_km")}
    named = line(raw.get("availability"))
    return ExtractedListing(
        **short,
        **counts,
        year=year_in(line(raw.get("year"), 40) or ""),
        url=_joined(url, raw.get("url")),
        title=line(raw.get("title"), 500),
        description=paragraphs(raw.get("description")),
        availability=availability_named(named) if named else None,
        **price(written, currency),
        published=published.value if published else None,
        published_precision=published.precision if published else None,
        image=_joined(url, raw.get("image")),
        syntax=SYNTAX,
    )


def _joined(url: str, found: Any) -> str | None:
    text = line(found, 2_000) if isinstance(found, str) else None
    if text is None:
        return None
    try:
        return link(urljoin(url, text))
    except ValueError:
        return None


def _count(found: Any) -> int | None:
    if isinstance(found, int) and not isinstance(found, bool):
        return found if 0 <= found < 10**9 else None
    written = _COUNT.search(found[:200]) if isinstance(found, str) else None
    return int(re.sub(r"\D", "", written.group())) if written else None
