"""A service's JSON, read without trusting any of it: what is absent or odd is None, never an error.

Every platform reads its answers through these doors, so that cleaning, bounds, scales and dates are
those of the pages.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.extract.dates import Dated, read_date
from crawlers.extract.items import ExtractedReview
from crawlers.extract.numbers import count_of
from crawlers.extract.prices import cents, read_price
from crawlers.extract.ratings import read_rating
from crawlers.extract.text import LINE_LIMIT, URL_LIMIT, body, one_line
from crawlers.platforms.base import AnswerError

SYNTAX = "api"
Json = Mapping[str, Any]


def decode(answer: bytes) -> Any:
    """Return the JSON of an answer.

    Raises:
        AnswerError: unreadable, for bytes that are no JSON.
    """
    try:
        return json.loads(answer, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        raise AnswerError("unreadable") from None


def at(node: Any, *path: str) -> Any:
    """Return what stands at the end of a path of names, None where a step is missing."""
    for name in path:
        if not isinstance(node, dict):
            return None
        node = node.get(name)
    return node


def rows(value: Any) -> list[Json]:
    """Return the objects of a list, whatever else is in it; nothing for what is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def line(value: Any, limit: int = LINE_LIMIT) -> str | None:
    """Return a name, a number used as identifier or a word, on one line."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)[:limit]
    return one_line(value, limit) if isinstance(value, str) else None


def lines(value: Any) -> tuple[str, ...]:
    """Return the words of a list; a single one may stand alone, as some services write it."""
    every = value if isinstance(value, list) else [value]
    return tuple(word for word in map(line, every) if word)


def unfolded(value: Any) -> Any:
    """Return what a text holds where it is the JSON of a list; None where it is a broken one."""
    if not isinstance(value, str) or not value.lstrip().startswith("["):
        return value
    try:
        return json.loads(value[:20_000], parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def paragraphs(value: Any) -> str | None:
    """Return a text with its line breaks."""
    return body(value) if isinstance(value, str) else None


def count(value: Any) -> int | None:
    """Return a count, None when it is none."""
    return count_of(value) if isinstance(value, int | str) else None


def link(value: Any) -> str | None:
    """Return an http(s) address that is not too long."""
    text = line(value, URL_LIMIT + 1)
    if (
        text is None
        or len(text) > URL_LIMIT
        or not text.lower().startswith(("https://", "http://"))
        or not host_and_path(text)[0]
    ):
        return None
    return text


def dated(value: Any, today: date | None) -> Dated | None:
    """Return a date as the pages' reader gives it: ISO text, day, moment, or Unix seconds."""
    if isinstance(value, float) and isfinite(value):
        value = int(value)
    return read_date(value, today)[0] if isinstance(value, int | str) else None


def utc(value: Any) -> Any:
    """Return a moment with its zone where the service writes UTC without saying so."""
    bare = isinstance(value, str) and len(value) > 10 and value[-1:].isdigit()
    return f"{value}Z" if bare and "+" not in value and "-" not in value[10:] else value


def price(value: Any, currency: Any) -> dict[str, Any]:
    """Return a listing's ``price``, ``price_cents`` and ``currency``."""
    found = read_price(value)[0] if isinstance(value, int | float | str) else None
    return {
        "price": found.text if found else None,
        "price_cents": cents(found.amount) if found else None,
        "currency": line(currency, 3),
    }


def review(
    today: date, *, worst: float | None = 1, best: float | None = 5, **given: Any
) -> ExtractedReview:
    """Return a review from a service's values as they came.

    Args:
        today: later dates are none.
        worst: the worst and the best of the service's scale; None where the value tells them.
        given: the fields of ExtractedReview; ``published``, ``experienced``, ``edited`` and
            ``reply_date`` as dates of any form, ``rating`` as a number or its text. An edit at the
            moment of publication is none.
    """
    values: dict[str, Any] = {"syntax": given.pop("syntax", SYNTAX)}
    for name in ("external_id", "title", "author", "item_name"):
        values[name] = line(given.pop(name, None), LINE_LIMIT if name != "title" else 500)
    for name in ("text", "reply_text"):
        values[name] = paragraphs(given.pop(name, None))
    for name in ("url", "item_url"):
        values[name] = link(given.pop(name, None))
    values["language"] = line(given.pop("language", None), 32)
    moments = {
        name: dated(given.pop(name, None), today)
        for name in ("published", "experienced", "edited", "reply_date")
    }
    if moments["edited"] == moments["published"]:
        moments["edited"] = None
    for name, moment in moments.items():
        values[name] = moment.value if moment else None
        values[f"{name}_precision"] = moment.precision if moment else None
    return ExtractedReview(**values, **_rated(given.pop("rating", None), worst, best), **given)


def _rated(value: Any, worst: float | None, best: float | None) -> dict[str, Any]:
    found = read_rating(value, worst, best)[0] if isinstance(value, int | float | str) else None
    if found is None:
        return {}
    return {
        "rating": found.value,
        "rating_worst": found.worst,
        "rating_best": found.best,
        "rating_normalised": found.normalised,
    }


def with_query(url: str, **params: str | int) -> str:
    """Return an address with these parameters set, the others kept."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query |= {name: str(value) for name, value in params.items()}
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def query_of(url: Any) -> dict[str, str]:
    """Return the parameters of an address; none for what is no address."""
    if not isinstance(url, str) or len(url) > 4 * URL_LIMIT:
        return {}
    try:
        return dict(parse_qsl(urlsplit(url).query))
    except ValueError:
        return {}


def host_and_path(url: str) -> tuple[str, str]:
    """Return an address's host, without "www.", and its path; empty for what is no address."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""


def words(value: str | None) -> tuple[str, ...]:
    """Return the parts of an option such as "75, 92"."""
    return tuple(part for part in (value or "").replace(",", " ").split() if part)


def first_of(node: Json, names: Iterable[str]) -> Any:
    """Return the first of these fields that holds something."""
    return next((node[name] for name in names if node.get(name) not in (None, "")), None)
