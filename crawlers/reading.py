"""From a response to what it holds, or to why it holds nothing."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from scrapy.http import Response, TextResponse
from w3lib.encoding import http_content_type_encoding

from crawlers.extract import AggregateRating, ExtractError, Page, PageLinks, read_page
from crawlers.extract.items import ExtractedListing, ExtractedReview, Problem
from crawlers.extract.tree import text_of
from crawlers.passes import PageRead
from crawlers.rows import Row
from crawlers.signs import is_article, says_absent, states_zero, wall
from crawlers.troubles import Trouble

logger = logging.getLogger(__name__)
UNAVAILABLE = 503


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
    # Its markup calls the page an article.
    is_article: bool = False
    # Its items as they are stored, once they were asked for.
    rows: tuple[list[Row], list[Row]] | None = None

    def refused(self, trouble: Trouble) -> "Reading":
        """Return this page as one that is not what was asked for: nothing of it counts."""
        return Reading(replace(self.page, reviews=0, listings=0, trouble=trouble))


def read_response(response: Response, today: date) -> Reading:
    """Read a response; whatever it is, the answer is a Reading, with its trouble if any."""
    page = PageRead(response.url, status=response.status, bytes=len(response.body))
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
    try:
        found = read_page(response.body, response.url, charset, today)
    except ExtractError:
        page.trouble = Trouble.TOO_LARGE
        return Reading(page)
    except Exception:
        # A page must never take the other sources down: this one is noted as unreadable.
        logger.exception("the reader failed on %s", response.url)
        page.trouble = Trouble.UNREADABLE
        return Reading(page)
    return _reading(page, found, response.body)


def _reading(page: PageRead, found: Page, body: bytes) -> Reading:
    text = None
    if not found.reviews and not found.listings:
        text = "" if found.root is None else text_of(found.root)
    if says_absent(body, text):
        page.trouble = Trouble.ABSENT
        return Reading(page)
    page.reviews, page.listings = len(found.reviews), len(found.listings)
    reading = Reading(page, found.reviews, found.listings, found.links, problems=found.problems)
    rating = main_rating(found)
    if rating is not None:
        reading.stated_reviews, reading.stated_ratings = rating.review_count, rating.rating_count
    reading.is_article = is_article(body)
    if text is not None:
        reading.stated_zero = _counts_zero(rating) or states_zero(found.title, text, body)
        if not reading.stated_zero and not reading.stated_reviews:
            page.trouble = wall(found.title, text, body)
        if page.trouble is None and is_article(body, surely=reading.stated_zero):
            page.trouble = Trouble.ARTICLE
    return reading


def main_rating(found: Page) -> AggregateRating | None:
    """Return the aggregate rating of what the page's reviews are about.

    A list of products, each with its own rating, states no count of its own.
    """
    counted = [
        rating
        for rating in found.ratings
        if rating.review_count is not None or rating.rating_count is not None
    ]
    if not counted:
        return None
    names = Counter(review.item_name for review in found.reviews if review.item_name)
    for name, _ in names.most_common(1):
        for rating in counted:
            if rating.item_name == name:
                return rating
    if found.reviews or (len(counted) == 1 and len(found.listings) <= 1):
        return counted[0]
    return None


def _counts_zero(rating: AggregateRating | None) -> bool:
    if rating is None:
        return False
    return rating.review_count == 0 or (rating.review_count is None and rating.rating_count == 0)
