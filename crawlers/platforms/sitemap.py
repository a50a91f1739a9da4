"""A sitemap (https://www.sitemaps.org/protocol.html) as the way to a site's pages.

An index leads to other sitemaps, robots.txt to the first ones; each page that is listed is then
read for its structured data, and stands for itself.
"""

import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.etree import LxmlError
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap, sitemap_urls_from_robots

from crawlers.extract import PageLinks
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Listed, Need
from crawlers.platforms.fields import host_and_path, line, words
from crawlers.platforms.structured import StructuredData
from vigie.store.site import Permission

SITEMAP = "sitemap"
GZIP = b"\x1f\x8b\x08"
# The protocol's own bounds.
LARGEST = 50_000_000
ENTRIES_LIMIT = 50_000
ROBOTS = "/robots.txt"
_HEAD = 4_000
_ENDINGS = (".xml", ".xml.gz")


class SiteMap:
    """The pages that a site lists, read for their structured data."""

    name = SITEMAP
    kinds = frozenset(("reviews", "listings"))
    base_url = ""
    needs = (Need("pages", secret=False, optional=True),)
    permission = Permission.UNSTATED

    def __init__(self) -> None:
        self._page = StructuredData()

    def recognises(self, url: str) -> bool:
        """A file that calls itself a sitemap."""
        name = host_and_path(url)[1].lower().rpartition("/")[2]
        return "sitemap" in name and name.endswith(_ENDINGS)

    def first(self, account: Account) -> Ask:
        """Ask for the sitemap; where a site's root is given, for what its robots.txt names."""
        path = urlsplit(account.url).path
        return Ask(urljoin(account.url, ROBOTS) if path in ("", "/") else account.url)

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read a sitemap, an index, robots.txt, or one of the pages."""
        if urlsplit(ask.url).path == ROBOTS:
            maps = tuple(sitemap_urls_from_robots(body[: _HEAD * 100], ask.url))
            maps = maps or (urljoin(ask.url, "/sitemap.xml"),)
            return Answer(listed=tuple(Listed(url, is_map=True) for url in maps))
        if body.startswith(GZIP):
            body = _unpacked(body)
        if b"<urlset" in body[:_HEAD] or b"<sitemapindex" in body[:_HEAD]:
            return Answer(listed=tuple(_entries(body, words(account.options.get("pages")))))
        answer = self._page.read(body, ask, account, today)
        # What a page says of its number of reviews is not said of the source.
        return replace(
            answer,
            stated_reviews=None,
            stated_ratings=None,
            stated_zero=False,
            links=PageLinks(next=answer.links.next, canonical=answer.links.canonical),
        )


def _unpacked(body: bytes) -> bytes:
    try:
        return gunzip(body, max_size=LARGEST)
    except ValueError:
        raise AnswerError("too-large") from None
    except (OSError, EOFError, struct.error):
        raise AnswerError("unreadable") from None


def _entries(body: bytes, wanted: tuple[str, ...]) -> Iterator[Listed]:
    try:
        found = Sitemap(body)
        is_map = found.type == "sitemapindex"
        for entry in islice(found, ENTRIES_LIMIT):
            url = entry["loc"]
            if is_map or not wanted or any(part in url for part in wanted):
                yield Listed(url, line(entry.get("lastmod"), 40), is_map)
    except (LxmlError, StopIteration):
        raise AnswerError("unreadable") from None
