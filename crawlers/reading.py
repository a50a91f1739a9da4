"""From a response to what it holds, or to why it holds nothing."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from crawlers.coverage import Coverage, coverage_of
from crawlers.extract import PageLinks
from crawlers.extract.items import ExtractedListing, ExtractedReview, Problem
from crawlers.passes import PageRead
from crawlers.platforms.base import Answer, AnswerError, Ask, Listed, Tender
from crawlers.platforms.sitemap import GZIP, SITEMAP
from crawlers.readers import Reader
from crawlers.rows import Row, days, listing_row, review_row
from crawlers.signs import wall
from crawlers.tenders import tender_row
from crawlers.troubles import Trouble
from vigie import clock

logger = logging.getLogger(__name__)
UNAVAILABLE = 503
# What the reader notes where it left items of a page out.
CUT_SHORT = "too-many-"
_BY_KIND = {
    "refused": Trouble.ACCESS_REFUSED,
    "expired": Trouble.ACCESS_EXPIRED,
    "quota": Trouble.QUOTA,
    "gone": Trouble.UNKNOWN_THERE,
}
# What a service's status says where its answer does not.
_BY_STATUS = {401: "refused", 403: "refused", 404: "gone", 410: "gone", 429: "quota"}


@dataclass(slots=True)
class Reading:
    """What one page gave; ``stated_*`` is what it says of all reviews, on every page."""

    page: PageRead
    reviews: Sequence[ExtractedReview] = ()
    listings: Sequence[ExtractedListing] = ()
    tenders: Sequence[Tender] = ()
    links: PageLinks = field(default_factory=PageLinks)
    listed: Sequence[Listed] = ()
    stated_reviews: int | None = None
    stated_ratings: int | None = None
    stated_zero: bool = False
    problems: Sequence[Problem] = ()
    # Of a service: what to ask next, which reviews are deleted, and how long to wait.
    next: Ask | None = None
    gone: Sequence[str] = ()
    by_change: bool = False
    retry_after_s: float | None = None
    # The day of each review, and which fields the items had; then the items as they are stored,
    # each once.
    days: Sequence[date | None] = ()
    coverage: Coverage = field(default_factory=dict)
    review_rows: Sequence[Row] = ()
    listing_rows: Sequence[Row] = ()
    tender_rows: Sequence[Row] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the page was read to its end, and holds something or says that it does not."""
        if any(problem.code.startswith(CUT_SHORT) for problem in self.problems):
            return False
        return bool(self.page.reviews or self.page.listings or self.stated_zero)

    def as_stored(self) -> "Reading":
        """Return this page without its items as they were read: only as they are stored."""
        return replace(self, reviews=(), listings=(), tenders=())

    def held(self, links: Iterable[tuple[str, bool]]) -> dict[str, Any]:
        """Return what ``PageMemory.held`` keeps of this page and of the links it shows."""
        return {
            "reviews": [row.external_id for row in self.review_rows],
            "listings": [row.external_id for row in self.listing_rows],
            "links": [list(link) for link in links],
            "stated_reviews": self.stated_reviews,
            "stated_ratings": self.stated_ratings,
            "stated_zero": self.stated_zero,
        }

    def refused(self, trouble: Trouble) -> "Reading":
        """Return this page as one that is not what was asked for: nothing of it counts."""
        return Reading(replace(self.page, reviews=0, listings=0, tenders=0, trouble=trouble))


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response, as far as reading it takes."""

    url: str
    status: int
    body: bytes = field(repr=False)
    # Whether it says or looks to be text, and in which charset, where its header names one.
    is_text: bool = True
    charset: str | None = None


def fetched_of(response: Response) -> Fetched:
    """Return what is read of a response."""
    content_type = response.headers.get(b"Content-Type") or b""
    return Fetched(
        response.url,
        response.status,
        response.body,
        isinstance(response, TextResponse),
        http_content_type_encoding(content_type.decode("latin-1")),
    )


def read_fetched(fetched: Fetched, reader: Reader, ask: Ask, today: date, key: bytes) -> Reading:
    """Read a response; whatever it is, the answer is a Reading, with its trouble if any.

    Args:
        ask: what it answers.
        today: the day in France, from which relative dates count.
        key: the key of pseudonyms.
    """
    page = PageRead(reader.shown(fetched.url), status=fetched.status, bytes=len(fetched.body))
    if reader.is_service:
        reading = _answer_of_service(page, fetched, reader, ask, today)
    else:
        reading = _page(page, fetched, reader, ask, today)
    seen_at = clock.now()
    reading.days = list(days(reading.reviews, reading.by_change))
    reading.coverage = coverage_of(reading.reviews, reading.listings)
    reading.review_rows = _rows(review_row(item, key, seen_at) for item in reading.reviews)
    reading.listing_rows = _rows(listing_row(item, seen_at) for item in reading.listings)
    reading.tender_rows = _rows(map(tender_row, reading.tenders))
    return reading


def _page(page: PageRead, fetched: Fetched, reader: Reader, ask: Ask, today: date) -> Reading:
    if not 200 <= fetched.status < 300:
        page.trouble = Trouble.HTTP
        if fetched.status == UNAVAILABLE and wall(None, "", fetched.body):
            page.trouble = Trouble.CAPTCHA
        return Reading(page)
    is_packed = reader.platform.name == SITEMAP and fetched.body.startswith(GZIP)
    if fetched.body and not fetched.is_text and not is_packed:
        page.trouble = Trouble.NOT_A_PAGE
        return Reading(page)
    asked = replace(ask, url=fetched.url, charset=fetched.charset)
    return _read(page, fetched.body, reader, asked, today)


def _answer_of_service(
    page: PageRead, fetched: Fetched, reader: Reader, ask: Ask, today: date
) -> Reading:
    """Read what a service says; its errors have words of their own, else their status tells."""
    if fetched.status >= 500 or 300 <= fetched.status < 400:
        page.trouble = Trouble.HTTP
        return Reading(page)
    reading = _read(page, fetched.body, reader, ask, today)
    is_fine = 200 <= fetched.status < 300 or reading.gone
    if not is_fine and page.trouble in (None, Trouble.UNREADABLE):
        kind = _BY_STATUS.get(fetched.status)
        return reading.refused(_BY_KIND[kind] if kind else Trouble.HTTP)
    is_answered = reading.next is not None or bool(reading.gone)
    page.leads_on = is_answered and not page.items
    return reading


def _read(page: PageRead, body: bytes, reader: Reader, ask: Ask, today: date) -> Reading:
    try:
        answer = reader.platform.read(body, ask, reader.account, today)
    except AnswerError as error:
        page.trouble = _BY_KIND.get(error.kind) or Trouble(error.kind)
        return Reading(page, retry_after_s=error.retry_after_s)
    except Exception:
        # A page must never take the other sources down: this one is noted as unreadable.
        logger.exception("the reader failed on %s", page.url)
        page.trouble = Trouble.UNREADABLE
        return Reading(page)
    page.reviews, page.listings = len(answer.reviews), len(answer.listings)
    page.tenders = len(answer.tenders)
    page.leads_on = bool(answer.listed)
    return Reading(page, **_kept(answer))


def _kept(answer: Answer) -> dict[str, Any]:
    names = ("reviews", "listings", "tenders", "links", "listed", "stated_reviews",
             "stated_ratings", "stated_zero", "problems", "next", "gone",
             "by_change")  # fmt: skip
    return {name: getattr(answer, name) for name in names}


def _rows(read: Iterable[Row | None]) -> list[Row]:
    by_id = {row.external_id: row for row in read if row is not None}
    return list(by_id.values())
