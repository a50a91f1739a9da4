"""RSS and Atom: listings, or reviews where the entries carry ratings (feedparser)."""

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser

from crawlers.extract.items import ExtractedListing, ExtractedReview, PageLinks, Problem
from crawlers.extract.prices import currency_of, priced_in
from crawlers.extract.text import from_markup
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.fields import (
    dated,
    first_of,
    host_and_path,
    line,
    link,
    paragraphs,
    price,
    review,
    rows,
)
from crawlers.platforms.recipes import LISTINGS, REVIEWS
from vigie.store.site import Permission

# The parser takes about ten microseconds a byte of what was made to hurt.
FEED_LIMIT = 1_000_000
ENTRIES_LIMIT = 1000
SYNTAX = "feed"
_ADDRESS = re.compile(r"(?:^|/)(?:feed|rss|atom)(?:\.(?:xml|php))?/?$|\.(?:rss|atom)$", re.I)
_OPENING = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)\b", re.I)
_STARS = re.compile(r"[★⭐]{1,5}[☆✩]{0,5}")
_RATING = re.compile(r"(?:^|_)(?:rating|stars|note)(?:_?value)?$")
_IN_TITLE = re.compile(r"\b\d(?:[.,]\d)?\s?(?:/|sur)\s?(?:5|10)\b")
_PRICES = ("g_sale_price", "g_price", "price", "prix")


class Feed:
    """A feed's entries: reviews or listings, as the operator or the entries themselves say."""

    name = "feed"
    kinds = frozenset((REVIEWS, LISTINGS))
    base_url = ""
    needs = (Need("kind", secret=False, optional=True),)
    permission = Permission.UNSTATED

    def recognises(self, url: str) -> bool:
        """The usual names of feeds."""
        return _ADDRESS.search(host_and_path(url)[1]) is not None

    def first(self, account: Account) -> Ask:
        """Ask for the feed."""
        return Ask(account.url, {"Accept": "application/rss+xml, application/atom+xml, */*;q=0.5"})

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one feed, or one page of it (RFC 5005)."""
        feed, every = _parsed(body)
        cut = len(every) > ENTRIES_LIMIT
        kept = every[:ENTRIES_LIMIT]
        kind = account.options.get("kind") or (
            REVIEWS if any(_rating(one) for one in kept) else LISTINGS
        )
        is_sale = kind != REVIEWS
        return Answer(
            reviews=() if is_sale else tuple(_review(one, ask.url, today) for one in kept),
            listings=tuple(_listing(one, ask.url, today) for one in kept) if is_sale else (),
            # A feed without entries says that there is nothing.
            stated_zero=not every,
            links=PageLinks(next=_next(feed, ask.url)),
            problems=(Problem(f"too-many-{kind}", str(ENTRIES_LIMIT)),) if cut else (),
        )


def _parsed(body: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    if len(body) > FEED_LIMIT:
        raise AnswerError("too-large")
    if not _OPENING.search(body[:4000].replace(b"\x00", b"")):
        raise AnswerError("unreadable")
    try:
        # As a file: a text that looks like an address or a path would be opened.
        found = feedparser.parse(BytesIO(body), sanitize_html=False)
        return found.feed, rows(list(found.entries))
    except Exception:
        # Its parsers raise whatever a hostile document makes them raise.
        raise AnswerError("unreadable") from None


def _review(entry: Mapping[str, Any], url: str, today: date) -> ExtractedReview:
    title = _words(entry.get("title"))
    rating = _rating(entry)
    return review(
        today,
        worst=None,
        best=None,
        syntax=SYNTAX,
        external_id=_identity(entry),
        url=_link(entry, url),
        title=_STARS.sub("", title).strip(" -–—:") if title else None,
        text=_text(entry),
        author=line(entry.get("author")),
        rating=rating,
        published=_date(entry, ("published", "created", "updated")),
        edited=_date(entry, ("updated",)),
    )


def _listing(entry: Mapping[str, Any], url: str, today: date) -> ExtractedListing:
    title, text = _words(entry.get("title")), _text(entry)
    written = line(first_of(entry, _PRICES))
    if written is None:
        shown = priced_in(title or "") or priced_in((text or "")[:2000])
        written, currency = (shown.text, shown.currency) if shown else (None, None)
    else:
        currency = currency_of(written)
    published = dated(_date(entry, ("published", "updated")), today)
    images = rows(entry.get("media_content")) + rows(entry.get("enclosures"))
    return ExtractedListing(
        external_id=_identity(entry),
        url=_link(entry, url),
        title=line(title, 500),
        description=paragraphs(text),
        category=line(entry.get("category")),
        brand=line(entry.get("g_brand")),
        **price(written, currency or ("EUR" if written else None)),
        published=published.value if published else None,
        published_precision=published.precision if published else None,
        image=next(
            (found for one in images if (found := link(first_of(one, ("url", "href"))))), None
        ),
        seller=line(entry.get("author")),
        syntax=SYNTAX,
    )


def _identity(entry: Mapping[str, Any]) -> str | None:
    return line(first_of(entry, ("g_id", "id")), 2_000)


def _rating(entry: Mapping[str, Any]) -> str | None:
    for name, value in entry.items():
        if _RATING.search(name) and (found := line(value)) and any(map(str.isdigit, found)):
            return found
    title = _words(entry.get("title")) or ""
    found_in = _STARS.search(title) or _IN_TITLE.search(title)
    return found_in.group() if found_in else None


def _words(value: Any) -> str | None:
    return line(from_markup(value[:4_000]), 500) if isinstance(value, str) else None


def _text(entry: Mapping[str, Any]) -> str | None:
    content = rows(entry.get("content"))
    text = first_of(content[0], ("value",)) if content else entry.get("summary")
    return from_markup(text[:80_000]) if isinstance(text, str) else None


def _date(entry: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """Return the first of these dates in ISO, whichever way the feed writes it."""
    # Its own lookup stands one date for another.
    held = dict(entry.items())
    for name in names:
        parsed = held.get(f"{name}_parsed")
        if parsed is not None:
            year, month, day, hour, minute, second, *_ = parsed
            return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}Z"
    return line(first_of(held, names))


def _link(entry: Mapping[str, Any], url: str) -> str | None:
    pages = [one.get("href") for one in rows(entry.get("links")) if one.get("rel") == "alternate"]
    # An identifier is a link where it is written as one.
    return _joined(url, pages[0]) if pages else link(entry.get("link"))


def _next(feed: Mapping[str, Any], url: str) -> str | None:
    following = (one for one in rows(feed.get("links")) if one.get("rel") == "next")
    return next((_joined(url, one.get("href")) for one in following), None)


def _joined(url: str, found: Any) -> str | None:
    try:
        return link(urljoin(url, found)) if isinstance(found, str) else None
    except ValueError:
        return None
