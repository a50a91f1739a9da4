"""Conditional requests: what a page held when it was last read, and what a 304 stands for.

The validators (RFC 9110, 8.8 and 13) are kept per source and page, with the identifiers of what the
page held: "not modified" means that all of it was seen again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from crawlers.guard import ROBOTS
from vigie.store import Listing, PageMemory, Review, ReviewState
from vigie.store.upsert import insert_for

MEMORY = "vigie_memory"
# The meta key of a request that wants the page itself in any case.
UNCONDITIONAL = "vigie_unconditional"
# More than a page of people holds; the identifiers are asked for in one query.
ITEMS_LIMIT = 1000
ETAG_LIMIT, DATE_LIMIT, URL_LIMIT = 255, 64, 2048
HTTP_OK, NOT_MODIFIED = 200, 304
_HEADERS = ("If-None-Match", "If-Modified-Since")
_WHOLE = (ROBOTS, UNCONDITIONAL, "redirect_urls")
Links = Sequence[tuple[str, bool]]
# Asked before each page, and put together once.
_MEMORY = select(PageMemory).where(
    PageMemory.source_id == bindparam("source_id"),
    PageMemory.url == bindparam("url"),
    PageMemory.reader == bindparam("reader"),
)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server says a page can be told by."""

    url: str
    etag: str | None
    last_modified: str | None


@cache
def reader_version() -> str:
    """Return what reads: what another version read is read anew. Looked up once, not a page."""
    return version("vigie")


class Conditional:
    """Downloader middleware: asks only for what has changed since the page was last read."""

    def __init__(self, crawler: Crawler) -> None:
        self._desk = getattr(crawler.spider, "desk", None)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one, as Scrapy asks for it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Add the validators of the page, where all that it held is still known.

        Raises:
            DatabaseError: the store cannot be used.
        """
        request.meta.pop(MEMORY, None)
        for name in _HEADERS:
            # A redirect carries the headers of another page along.
            request.headers.pop(name, None)
        if self._desk is None or any(map(request.meta.get, _WHOLE)):
            return
        memory = self._desk.recall(request.meta["pass"], request.url)
        if memory is None:
            return
        request.meta[MEMORY] = memory
        for name, value in zip(_HEADERS, (memory.etag, memory.last_modified), strict=True):
            if value:
                request.headers[name] = value


def validators_of(response: Response, listed: bool = False) -> Validators | None:
    """Return the validators of a page that may be remembered, None for any other.

    Args:
        listed: a sitemap lists it, and tells instead when it changes.
    """
    request = response.request
    if request is None or response.status != HTTP_OK or request.meta.get("redirect_urls"):
        return None
    etag = _header(response, "ETag", ETAG_LIMIT)
    last_modified = _header(response, "Last-Modified", DATE_LIMIT)
    no_store = b"no-store" in (response.headers.get("Cache-Control") or b"").lower()
    if no_store or not (etag or last_modified or listed) or len(request.url) > URL_LIMIT:
        return None
    return Validators(request.url, etag, last_modified)


def remember(
    session: Session,
    source_id: int,
    validators: Validators,
    held: dict[str, Any],
    read_at: datetime,
) -> None:
    """Keep what a page holds; the caller commits."""
    if len(held["reviews"]) + len(held["listings"]) > ITEMS_LIMIT:
        return
    values = {
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "reader": reader_version(),
        "read_at": read_at,
        "held": held,
    }
    session.execute(
        insert_for(session, PageMemory)
        .values(source_id=source_id, url=validators.url, **values)
        .on_conflict_do_update(index_elements=["source_id", "url"], set_=values)
    )


def recall(session: Session, source_id: int, url: str) -> PageMemory | None:
    """Return what a page held, if this version read it and all of it is still there."""
    asked = {"source_id": source_id, "url": url, "reader": reader_version()}
    memory = session.scalar(_MEMORY, asked)
    if memory is None:
        return None
    reviews, listings = memory.held["reviews"], memory.held["listings"]
    present = select(func.count()).where(
        Review.source_id == source_id,
        Review.external_id.in_(reviews),
        Review.state == ReviewState.PRESENT,
    )
    offered = select(func.count()).where(
        Listing.source_id == source_id,
        Listing.external_id.in_(listings),
        Listing.ended_at.is_(None),
    )
    counts = (session.scalar(present), session.scalar(offered))
    return memory if counts == (len(reviews), len(listings)) else None


def see_again(session: Session, memory: PageMemory, seen_at: datetime) -> None:
    """Note that all that a page held was seen; the caller commits."""
    session.execute(update(PageMemory).where(PageMemory.id == memory.id).values(read_at=seen_at))
    for model, ids in ((Review, memory.held["reviews"]), (Listing, memory.held["listings"])):
        session.execute(
            update(model)
            .where(model.source_id == memory.source_id, model.external_id.in_(ids))
            .values(last_seen_at=seen_at, missed_passes=0)
            .execution_options(synchronize_session=False)
        )


def forget(session: Session, source_id: int) -> None:
    """Have all pages of a source read whole the next time; the caller commits."""
    session.execute(delete(PageMemory).where(PageMemory.source_id == source_id))


def _header(response: Response, name: str, limit: int) -> str | None:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return value if 0 < len(value) <= limit and value.isprintable() else None
