"""The spider of a trial: one page, read by a recipe, of which nothing is stored."""

from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.asking import request_for
from crawlers.desk import Desk
from crawlers.failures import trouble_of
from crawlers.memory import UNCONDITIONAL
from crawlers.passes import PageRead, Pass, Step, Task
from crawlers.platforms import PLATFORMS
from crawlers.platforms.base import Account, Ask
from crawlers.platforms.recipes import read_recipe
from crawlers.readers import Reader
from crawlers.reading import Reading, fetched_of
from crawlers.spiders.sources import Read
from crawlers.trials import answer_of


class TrialSpider(Spider):
    """Asks for one page under the manners of every crawl, and tells what a recipe reads on it."""

    name = "trial"

    def __init__(self, task: Task, recipe: str, desk: Desk, read: Read) -> None:
        super().__init__()
        self.desk = desk
        self._recipe = read_recipe(recipe)
        self._read_page = read
        platform = PLATFORMS["recipe" if self._recipe.state is None else "embedded"]
        reader = Reader(platform, Account(task.url, "", {}, {"recipe": recipe}))
        self._pass = Pass(task, 0.0, reader=reader)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the page."""
        step = Step(self._pass.task.url)
        request = request_for(self._pass, step, self.desk.timeout_s)
        # What is remembered of pages is of sources; this is none.
        meta = request.meta | {UNCONDITIONAL: True}
        yield request.replace(callback=self.parse, errback=self.failed, meta=meta)

    async def parse(self, response: Response) -> None:
        """Read the page."""
        reader = self._pass.reader
        assert reader is not None  # noqa: S101  # It was made with the spider.
        fetched, ask = fetched_of(response), Ask(response.url)
        reading = await self._read_page(fetched, reader, ask, self.desk.today, True)
        self.desk.tell_trial(answer_of(reading, self._recipe))

    def failed(self, failure: Failure) -> None:
        """Tell why the page could not be had."""
        trouble = trouble_of(failure.value or TimeoutError())
        reading = Reading(PageRead(self._pass.task.url, trouble=trouble))
        self.desk.tell_trial(answer_of(reading, self._recipe))
