"""robots.txt as RFC 9309 has it, with its crawl-delay; there is no switch to ignore it."""

from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from crawlers.guard import ROBOTS, RULES, SERVICE, RefusedError
from crawlers.throttle import raise_delay
from crawlers.troubles import Trouble
from crawlers.wellknown import Once, fetch_rules, root_of

# What robots.txt files call us.
AGENT = "Vigie"
# RFC 9309, 2.5: at least 500 KiB are read.
READ_BYTES = 512 * 1024
# A site that asks for more between two pages is read a page a minute.
LONGEST_DELAY_S = 60.0
TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class _Rules:
    parser: RobotParser | None
    delay_s: float | None = None


class Robots:
    """Downloader middleware: asks robots.txt before the first page of each host."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: Once[_Rules] = Once()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Robots":
        """Make one, as Scrapy asks for it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request through if the rules of its host allow it.

        Raises:
            RefusedError: they do not, or they cannot be had.
        """
        if request.meta.get(ROBOTS) or request.meta.get(SERVICE):
            return
        said = request.meta.setdefault(RULES, {})
        root = root_of(request)
        try:
            rules = await self._rules.get(root, lambda: self._ask(root, request))
        except RefusedError as error:
            if error.trouble is Trouble.ROBOTS_DOWN:
                said["robots"] = "unreachable"
            raise
        if rules.delay_s:
            said["robots_delay_s"] = rules.delay_s
            raise_delay(self._crawler, request, rules.delay_s)
        if rules.parser is not None and not rules.parser.allowed(request.url, AGENT):
            said["robots"] = "disallowed"
            raise RefusedError(Trouble.ROBOTS)
        said.setdefault("robots", "allowed")

    async def _ask(self, root: str, request: Request) -> _Rules:
        return self._parse(await fetch_rules(self._crawler, f"{root}/robots.txt", request))

    def _parse(self, response: Response) -> _Rules:
        if response.status >= 500 or response.status == TOO_MANY_REQUESTS:
            # RFC 9309, 2.3.1.4: a robots.txt that cannot be reached forbids everything.
            raise RefusedError(Trouble.ROBOTS_DOWN)
        if response.status != 200:
            return _Rules(None)
        parser = ProtegoRobotParser(response.body[:READ_BYTES], self._crawler.spider)
        delay_s = parser.crawl_delay(AGENT)
        return _Rules(parser, min(float(delay_s), LONGEST_DELAY_S) if delay_s else None)
