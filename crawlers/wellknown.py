"""Files in which a site states its rules, asked once for each of its roots."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawlers.guard import PRIVATE, ROBOTS, RULES, SITE, SITE_ID

_KEPT = (SITE, PRIVATE, SITE_ID, RULES, "download_slot", "download_timeout")
Rules = TypeVar("Rules")


class Once(Generic[Rules]):
    """Answers by root ("https://avis.example"): two that ask at once wait for one answer.

    An answer that failed is asked for again by whoever comes later.
    """

    def __init__(self) -> None:
        self._asked: dict[str, asyncio.Future[Rules]] = {}

    async def get(self, root: str, ask: Callable[[], Awaitable[Rules]]) -> Rules:
        """Return the answer for a root; ``ask`` finds it where it is not known."""
        if root not in self._asked:
            self._asked[root] = asyncio.ensure_future(ask())
        asked = self._asked[root]
        try:
            return await asked
        except BaseException:
            if self._asked.get(root) is asked:
                del self._asked[root]
            raise


def root_of(request: Request) -> str:
    """Return the scheme, host and port of a request."""
    scheme, _, rest = request.url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


async def fetch_rules(crawler: Crawler, url: str, request: Request) -> Response:
    """Ask for a file of rules in the name of a request: guarded and counted like any other."""
    kept = {key: request.meta[key] for key in _KEPT if key in request.meta}
    question = Request(
        url, meta={"dont_obey_robotstxt": True, ROBOTS: True, **kept}, callback=NO_CALLBACK
    )
    assert crawler.engine is not None  # noqa: S101  # A request is under way.
    return await crawler.engine.download_async(question)
