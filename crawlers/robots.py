"""robots.txt as RFC 9309 has it, with its crawl-delay; there is no switch to ignore it."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from crawlers.guard import PRIVATE, ROBOTS, SITE, RefusedError
from crawlers.passes import Trouble
from crawlers.throttle import raise_delay

# What robots.txt files call us.
AGENT = "Vigie"
# RFC 9309, 2.5: at least 500 KiB are read.
READ_BYTES = 512 * 1024
# A site that asks for more between two pages is read a page a minute.
LONGEST_DELAY_S = 60.0
TOO_MANY_REQUESTS = 429


class Robots(RobotsTxtMiddleware):
    """Downloader middleware: asks robots.txt before the first page of each host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, RobotParser | None] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, None when it has none."""
        scheme, _, rest = request.url.partition("://")
        root = f"{scheme}://{rest.partition('/')[0]}"
        if root not in self._rules:
            self._rules[root] = self._parse(await self._fetch(root, request), request)
        return self._rules[root]

    async def _fetch(self, root: str, request: Request) -> Response:
        kept = {key: request.meta[key] for key in (SITE, PRIVATE, "download_slot")}
        timeout = {"download_timeout": request.meta["download_timeout"]}
        question = Request(
            f"{root}/robots.txt",
            meta={"dont_obey_robotstxt": True, ROBOTS: True, **kept, **timeout},
            callback=NO_CALLBACK,
        )
        assert self.crawler.engine is not None  # noqa: S101  # A request is under way.
        return await self.crawler.engine.download_async(question)

    def _parse(self, response: Response, request: Request) -> RobotParser | None:
        if response.status >= 500 or response.status == TOO_MANY_REQUESTS:
            # RFC 9309, 2.3.1.4: a robots.txt that cannot be reached forbids everything.
            raise RefusedError(Trouble.ROBOTS_DOWN)
        if response.status != 200:
            return None
        rules = ProtegoRobotParser(response.body[:READ_BYTES], self.crawler.spider)
        delay_s = rules.crawl_delay(AGENT)
        if delay_s:
            raise_delay(self.crawler, request, min(float(delay_s), LONGEST_DELAY_S))
        return rules

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request through if the rules allow it.

        Raises:
            RefusedError: they do not.
        """
        if rp is not None and not rp.allowed(request.url, AGENT):
            raise RefusedError(Trouble.ROBOTS)
