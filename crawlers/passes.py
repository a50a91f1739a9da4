"""What is known of one pass over one source, while it runs."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from crawlers.coverage import Coverage, Loss
from crawlers.incremental import Order
from crawlers.ingest import Counts
from crawlers.platforms.base import Ask, Listed
from crawlers.platforms.sitemap import SITEMAP
from crawlers.readers import Reader
from crawlers.troubles import Trouble


class Bound(StrEnum):
    """Why a pass stopped before the last page."""

    PAGES = "pages"
    DEPTH = "depth"
    TIME = "time"
    REPEATS = "repeats"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Task:
    """One source to read: what the child process is told of it.

    ``site`` is ``host`` or ``host:port``; ``delay_s`` is between two requests to it. ``reviews``
    and ``listings`` are how many of this source are stored as present.
    """

    source_id: int
    shop_id: int
    crawl_id: int
    url: str
    site: str
    delay_s: float
    private_allowed: bool
    reviews: int
    listings: int
    site_id: int = 0
    # How many requests may be under way at the site.
    concurrency: int = 1
    # Whether every page is read, or only up to the newest known review.
    full: bool = True
    # How many more reviews the page stated than were known, when every page was last read.
    shortfall: int | None = None
    # Whether a browser opens its pages, which only scripts fill.
    browser: bool = False
    # How many items its first page showed at the last crawl that went well; None: there was none.
    shown: int | None = None


@dataclass(slots=True)
class PageRead:
    """One page of a pass."""

    url: str
    status: int | None = None
    bytes: int = 0
    reviews: int = 0
    listings: int = 0
    tenders: int = 0
    trouble: Trouble | None = None
    # It gave nothing itself, and led to what does (a token), or said that a review is gone.
    leads_on: bool = False

    @property
    def items(self) -> int:
        """How many things it shows."""
        return self.reviews + self.listings + self.tenders

    def evidence(self) -> dict[str, Any]:
        """Return it as kept in ``Crawl.evidence``."""
        plain = {
            "url": self.url[:500],
            "status": self.status,
            "bytes": self.bytes,
            "reviews": self.reviews,
            "listings": self.listings,
        }
        plain |= {"tenders": self.tenders} if self.tenders else {}
        return plain | ({"trouble": str(self.trouble)} if self.trouble else {})


@dataclass(frozen=True, slots=True)
class Step:
    """A page to read: how many links from the first one, and whether "next" led to it.

    ``ask`` is the request that a service wants.
    """

    url: str
    depth: int = 0
    by_next: bool = False
    ask: Ask | None = None
    is_map: bool = False


@dataclass(slots=True)
class Pass:
    """The bookkeeping of a pass; ``queue`` holds what is to be read, nearest first."""

    task: Task
    # Seconds on the monotonic clock.
    started_s: float
    deadline_s: float | None = None
    reader: Reader | None = None
    queue: deque[Step] = field(default_factory=deque)
    queued: set[str] = field(default_factory=set)
    pages: list[PageRead] = field(default_factory=list)
    review_ids: set[str] = field(default_factory=set)
    listing_ids: set[str] = field(default_factory=set)
    tender_ids: set[str] = field(default_factory=set)
    # What the pages state of their number of reviews, and of all ratings, with or without text.
    stated_reviews: int | None = None
    stated_ratings: int | None = None
    # A page says in words or figures that there is nothing yet.
    stated_zero: bool = False
    # What tells whether the rest need not be read: the order of the reviews, and whether the last
    # page ends with a known one; ``caught_up`` when pages were left unread for it.
    order: Order = field(default_factory=Order)
    at_known: bool = False
    caught_up: bool = False
    # The known reviews that no page showed were asked for, one by one.
    looked_up: bool = False
    # The date of the oldest review read.
    oldest_at: datetime | None = None
    # The stated count exceeds what is read by what many passes bore out.
    settled: bool = False
    coverage: Coverage = field(default_factory=dict)
    lost: list[Loss] = field(default_factory=list)
    # The coverage of earlier crawls, once it was asked for.
    usual: list[Coverage] | None = None
    # Pages that gave nothing but what earlier ones had.
    repeats: int = 0
    # Of a source that is a sitemap: the pages that it lists, how many sitemaps led to them, and how
    # many pages need not be asked for.
    listed: list[Listed] = field(default_factory=list)
    maps: int = 0
    unasked: int = 0
    # Those of them that held something when they were last read.
    filled: set[str] = field(default_factory=set)
    bound: Bound | None = None
    # What the site's robots.txt, its TDM reservation and its refusals said.
    rules: dict[str, Any] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    # What the reader dropped, by (code, detail).
    problems: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        """Whether a service is asked, not pages of the web."""
        return self.reader is not None and self.reader.is_service

    @property
    def is_list(self) -> bool:
        """Whether its pages are those that a sitemap lists: each stands for itself."""
        return self.reader is not None and self.reader.platform.name == SITEMAP

    def shown(self, url: str) -> str:
        """Return an address as evidence may keep it."""
        return url if self.reader is None else self.reader.shown(url)

    @property
    def items(self) -> int:
        """How many different reviews, listings and tenders were read."""
        return len(self.review_ids) + len(self.listing_ids) + len(self.tender_ids)

    def note_dates(self, dates: Iterable[datetime]) -> None:
        """Take the dates of the reviews just read."""
        self.oldest_at = min((self.oldest_at, *dates) if self.oldest_at else dates, default=None)

    @property
    def is_whole(self) -> bool:
        """Whether every linked page was read and gave something (the last one may be empty)."""
        if self.bound is not None or self.caught_up or not self.items:
            return False
        inner = self.pages[:-1] or self.pages
        return not any(page.trouble for page in self.pages) and all(
            page.items or page.leads_on for page in inner
        )

    @property
    def stated(self) -> int | None:
        """The number of reviews stated; that of all ratings where it is the only one."""
        return self.stated_ratings if self.stated_reviews is None else self.stated_reviews
