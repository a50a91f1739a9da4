"""The child's work in this process, on pages that a test makes: quick, and without a network."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import date
from io import StringIO
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse

from crawlers.desk import Desk
from crawlers.passes import Task
from crawlers.platforms.base import Ask
from crawlers.pseudonyms import pseudonym_key
from crawlers.readers import Reader
from crawlers.reading import Fetched, Reading, read_fetched
from crawlers.spiders.sources import SourceSpider
from tests.crawlers.server import Answer
from vigie.settings import Settings
from vigie.store.session import open_engine, session_factory


def child_on(answer: Callable[[str], Answer]) -> Callable[..., bool]:
    """Return what stands for ``run_child``: the spider and its desk, fed with these pages."""

    def run_child(
        settings: Settings,
        tasks: Sequence[Task],
        limit_s: float,
        on_event: Callable[[dict[str, Any]], None],
    ) -> bool:
        engine, out = open_engine(settings), StringIO()
        desk = Desk(settings, engine, session_factory(engine), out)
        key = pseudonym_key(settings)

        async def read(
            fetched: Fetched, reader: Reader, ask: Ask, today: date, as_read: bool
        ) -> Reading:
            reading = read_fetched(fetched, reader, ask, today, key)
            return reading if as_read else reading.as_stored()

        spider = SourceSpider(tasks, desk, read)
        asyncio.run(_crawl(spider, tasks, answer))
        engine.dispose()
        for line in out.getvalue().splitlines():
            on_event(json.loads(line))
        return True

    return run_child


async def _crawl(
    spider: SourceSpider, tasks: Sequence[Task], answer: Callable[[str], Answer]
) -> None:
    asked = [request for task in tasks for request in spider._begin_next(task.site)]
    while asked:
        request = asked.pop(0)
        assert request.callback is not None
        asked += [following async for following in request.callback(_fetched(request, answer))]


def _fetched(request: Request, answer: Callable[[str], Answer]) -> HtmlResponse:
    path = "/" + request.url.split("/", 3)[3]
    # What is asked for to see whether a site gives one page for every address.
    made = Answer("absent", 404) if "/page-absente-" in path else answer(path)
    body = made.body.encode() if isinstance(made.body, str) else made.body
    return HtmlResponse(
        request.url, status=made.status, body=body, encoding="utf-8", request=request
    )
