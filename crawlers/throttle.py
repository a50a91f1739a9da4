"""Politeness: a site slows us down, and nothing makes us faster than its least delay."""

from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

SLOT = "download_slot"


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle with a least delay for each site.

    A site whose operator set no delay (their own, the demo's) is not slowed down.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._usual_s: float = crawler.settings.getfloat("DOWNLOAD_DELAY")

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        config = _slots(self.crawler).get(str(request.meta.get(SLOT)), {})
        least_s = float(config.get("delay", self._usual_s))
        if not least_s:
            return
        # AutoThrottle knows one least delay for all sites: it is told this one's.
        self.mindelay = least_s
        super()._response_downloaded(response, request, spider)
        _, slot = self._get_slot(request, spider)
        if slot is not None:
            slot.delay = max(slot.delay, least_s)


def delay_of(crawler: Crawler, request: Request) -> float:
    """Return the delay that is kept now between two requests to a request's site, in seconds."""
    assert crawler.engine is not None  # noqa: S101  # A request is under way.
    key = str(request.meta.get(SLOT))
    slot = crawler.engine.downloader.slots.get(key)
    return float(_slots(crawler).get(key, {}).get("delay", 0.0) if slot is None else slot.delay)


def raise_delay(crawler: Crawler, request: Request, delay_s: float) -> None:
    """Raise the least delay of a request's site to what the site asks for."""
    key = request.meta[SLOT]
    config = _slots(crawler).setdefault(key, {})
    config["delay"] = max(config.get("delay", 0.0), delay_s)
    assert crawler.engine is not None  # noqa: S101  # A request is under way.
    slot = crawler.engine.downloader.slots.get(key)
    if slot is not None:
        slot.delay = max(slot.delay, delay_s)


def _slots(crawler: Crawler) -> dict[str, Any]:
    """Return the delays by site that the downloader itself reads."""
    assert crawler.engine is not None  # noqa: S101  # A request is under way.
    slots: dict[str, Any] = crawler.engine.downloader.per_slot_settings
    return slots
