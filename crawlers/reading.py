"""From a response to what it holds, or to why it holds nothing."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from crawlers.extract import PageLinks
from crawlers.extract.items import ExtractedListing, ExtractedReview, Problem
from crawlers.passes import PageRead
from crawlers.platforms.base import Answer, AnswerError, Ask
from crawlers.readers import Reader
from crawlers.rows import Row
from crawlers.signs import is_article, wall
from crawlers.troubles import Trouble

logger = logging.getLogger(__name__)
UNAVAILABLE = 503
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
    links: PageLinks = field(default_factory=PageLinks)
    stated_reviews: int | None = None
    stated_ratings: int | None = None
    stated_zero: bool = False
    problems: Sequence[Problem] = ()
    # Of a service: what to ask next, which reviews are deleted, and how long to wait.
    next: Ask | None = None
    gone: Sequence[str] = ()
    by_change: bool = False
    retry_after_s: float | None = None
    # Its markup calls the page an article.
    is_article: bool = False
    # Its items as they are stored, once they were asked for.
    rows: tuple[list[Row], list[Row]] | None = None

    def refused(self, trouble: Trouble) -> "Reading":
        """Return this page as one that is not what was asked for: nothing of it counts."""
        return Reading(replace(self.page, reviews=0, listings=0, trouble=trouble))


def read_response(response: Response, reader: Reader, ask: Ask, today: date) -> Reading:
    """Read a response; whatever it is, the answer is a Reading, with its trouble if any."""
    page = PageRead(reader.shown(response.url), status=response.status, bytes=len(response.body))
    if reader.is_service:
        return _answer_of_service(page, response, reader, ask, today)
    if not 200 <= response.status < 300:
        page.trouble = Trouble.HTTP
        if response.status == UNAVAILABLE and wall(None, "", response.body):
            page.trouble = Trouble.CAPTCHA
        return Reading(page)
    if response.body and not isinstance(response, TextResponse):
        page.trouble = Trouble.NOT_A_PAGE
        return Reading(page)
    content_type = response.headers.get(b"Content-Type") or b""
    charset = http_content_type_encoding(content_type.decode("latin-1"))
    asked = replace(ask, url=response.url, charset=charset)
    reading = _read(page, response, reader, asked, today)
    reading.is_article = reading.page.trouble is None and is_article(response.body)
    return reading


def _answer_of_service(
    page: PageRead, response: Response, reader: Reader, ask: Ask, today: date
) -> Reading:
    """Read what a service says; its errors have words of their own, else their status tells."""
    if response.status >= 500 or 300 <= response.status < 400:
        page.trouble = Trouble.HTTP
        return Reading(page)
    reading = _read(page, response, reader, ask, today)
    is_fine = 200 <= response.status < 300 or reading.gone
    if not is_fine and page.trouble in (None, Trouble.UNREADABLE):
        kind = _BY_STATUS.get(response.status)
        return reading.refused(_BY_KIND[kind] if kind else Trouble.HTTP)
    page.leads_on = reading.next is not None and not reading.reviews and not reading.listings
    return reading


def _read(page: PageRead, response: Response, reader: Reader, ask: Ask, today: date) -> Reading:
    try:
        answer = reader.platform.read(response.body, ask, reader.account, today)
    except AnswerError as error:
        page.trouble = _BY_KIND.get(error.kind) or Trouble(error.kind)
        return Reading(page, retry_after_s=error.retry_after_s)
    except Exception:
        # A page must never take the other sources down: this one is noted as unreadable.
        logger.exception("the reader failed on %s", page.url)
        page.trouble = Trouble.UNREADABLE
        return Reading(page)
    page.reviews, page.listings = len(answer.reviews), len(answer.listings)
    return Reading(page, **_kept(answer))


def _kept(answer: Answer) -> dict[str, Any]:
    names = ("reviews", "listings", "links", "stated_reviews", "stated_ratings", "stated_zero",
             "problems", "next", "gone", "by_change")  # fmt: skip
    return {name: getattr(answer, name) for name in names}
