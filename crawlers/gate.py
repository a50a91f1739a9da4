"""The gate: no request leaves before its turn at the site, which all processes share."""

import asyncio
from time import monotonic
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.guard import ROBOTS, RULES, SITE_ID, RefusedError
from crawlers.manners import SHORT_WAIT_S, WAIT_LIMIT_S, Wait
from crawlers.retry_after import retry_after_s
from crawlers.throttle import delay_of
from crawlers.troubles import Trouble
from crawlers.turns import Turn, Turns
from vigie.clock import now

TURN = "vigie_turn"
POLL_S = 0.1
TOO_MANY_REQUESTS = 429
_TROUBLES = {
    Wait.PAUSED: Trouble.PAUSED,
    Wait.HOURS: Trouble.HOURS,
    Wait.BUDGET: Trouble.BUDGET,
    Wait.DELAY: Trouble.BUSY,
    Wait.BUSY: Trouble.BUSY,
}


class Gate:
    """Downloader middleware, the last before the network.

    A spider without a store (one page, for a person) has no turns to take.
    """

    def __init__(self, crawler: Crawler, turns: Turns | None) -> None:
        self._crawler = crawler
        self._turns = turns

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one, as Scrapy asks for it."""
        desk = getattr(crawler.spider, "desk", None)
        return cls(crawler, None if desk is None else desk.turns)

    async def process_request(self, request: Request) -> None:
        """Wait for the request's turn.

        Raises:
            RefusedError: it does not come soon.
            DatabaseError: the store cannot be used.
        """
        site_id = request.meta.get(SITE_ID)
        if self._turns is None or not site_id:
            return
        latest_s = monotonic() + WAIT_LIMIT_S
        timeout_s = float(request.meta["download_timeout"])
        while True:
            got = self._turns.take(site_id, delay_of(self._crawler, request), timeout_s)
            if isinstance(got, Turn):
                request.meta[TURN] = got
                return
            is_ours = got.why in (Wait.DELAY, Wait.BUSY)
            if (not is_ours and got.for_s > SHORT_WAIT_S) or monotonic() + got.for_s > latest_s:
                raise RefusedError(_TROUBLES[got.why])
            await asyncio.sleep(max(got.for_s, POLL_S))

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the turn back; leave the site alone for a while where it asks for it."""
        turn = request.meta.pop(TURN, None)
        if self._turns is None or turn is None:
            return response
        failed = response.status >= 500 or response.status == TOO_MANY_REQUESTS
        # A site whose pages fail may well have its files of rules.
        self._turns.give_back(turn, fine=not failed and not request.meta.get(ROBOTS))
        if failed:
            asked = response.headers.get("Retry-After")
            until = self._turns.back_off(turn.site_id, response.status, retry_after_s(asked, now()))
            request.meta.setdefault(RULES, {})["pause"] = {
                "status": response.status,
                "retry_after": (asked or b"").decode("latin-1")[:64],
                "until": until.isoformat(timespec="seconds"),
            }
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Give the turn back: no answer came."""
        turn = request.meta.pop(TURN, None)
        if self._turns is not None and turn is not None:
            self._turns.give_back(turn)
