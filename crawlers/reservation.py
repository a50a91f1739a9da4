"""Keeping to what a site reserves from text and data mining; there is no switch to ignore it."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from crawlers.guard import ROBOTS, RULES, SERVICE, RefusedError
from crawlers.tdm import Rule, header_reserves, is_reserved, meta_reserves, read_tdmrep
from crawlers.troubles import Trouble
from crawlers.wellknown import Once, fetch_rules, root_of

FILE = "/.well-known/tdmrep.json"


class Reservation:
    """Downloader middleware: a page that is reserved is not asked for, or not read."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: Once[list[Rule]] = Once()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Reservation":
        """Make one, as Scrapy asks for it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request through unless the site's file reserves its path.

        Raises:
            RefusedError: it does.
        """
        if request.meta.get(ROBOTS) or request.meta.get(SERVICE):
            return
        root = root_of(request)
        rules = await self._rules.get(root, lambda: self._ask(root, request))
        if is_reserved(rules, request.url):
            _refuse(request, Trouble.TDM_FILE)
        request.meta.setdefault(RULES, {}).setdefault("tdm", "none")

    def process_response(self, request: Request, response: Response) -> Response:
        """Let a response through unless it reserves itself.

        Raises:
            RefusedError: it does.
        """
        if request.meta.get(ROBOTS) or request.meta.get(SERVICE):
            return response
        headers = response.headers
        if header_reserves(headers.getlist("tdm-reservation"), headers.getlist("X-Robots-Tag")):
            _refuse(request, Trouble.TDM_HEADER)
        if isinstance(response, TextResponse) and meta_reserves(response.body):
            _refuse(request, Trouble.TDM_META)
        return response

    async def _ask(self, root: str, request: Request) -> list[Rule]:
        try:
            response = await fetch_rules(self._crawler, root + FILE, request)
        except IgnoreRequest:
            # A refusal of ours (the guard, the budget) is one of the page that follows, too.
            raise
        except Exception:
            # A reservation must be stated to count; the page itself will tell what is wrong.
            return []
        return read_tdmrep(response.body) if response.status == 200 else []


def _refuse(request: Request, trouble: Trouble) -> None:
    request.meta.setdefault(RULES, {})["tdm"] = str(trouble)
    raise RefusedError(trouble)
