"""Reading reviews, ratings, listings and businesses from a page: pure functions.

Bytes in, dataclasses out: ``read_page`` parses a page once with lxml, reads JSON-LD, microdata,
RDFa and microformats into one kind of node, ties those together, then reads what Vigie needs.
"""

from crawlers.extract.items import (
    AggregateRating,
    Business,
    ExtractedListing,
    ExtractedReview,
    ExtractError,
    Page,
    PageLinks,
    Problem,
)
from crawlers.extract.page import MAX_PAGE_BYTES, read_page

__all__ = [
    "MAX_PAGE_BYTES",
    "AggregateRating",
    "Business",
    "ExtractError",
    "ExtractedListing",
    "ExtractedReview",
    "Page",
    "PageLinks",
    "Problem",
    "read_page",
]
