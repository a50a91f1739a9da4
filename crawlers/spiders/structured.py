"""The spider for pages with structured data: a batch of sources, each a bounded pass."""

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from time import monotonic

from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from sqlalchemy.exc import DatabaseError
from twisted.python.failure import Failure

from crawlers.addresses import split_web_url
from crawlers.desk import Desk
from crawlers.guard import PRIVATE, RULES, SITE, SITE_ID, RefusedError
from crawlers.memory import MEMORY, NOT_MODIFIED, Links, validators_of
from crawlers.outcomes import BLOCKED_STATUS
from crawlers.pagination import links_of
from crawlers.passes import Bound, PageRead, Pass, Step, Task
from crawlers.reading import read_response
from crawlers.troubles import ENOUGH, Trouble

_TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (CannotResolveHostError, Trouble.DNS),
    (DownloadConnectionRefusedError, Trouble.REFUSED),
    (DownloadTimeoutError, Trouble.TIMEOUT),
    (DownloadCancelledError, Trouble.TOO_LARGE),
)


class StructuredSpider(Spider):
    """Reads sources site by site: one chain of pages a site, sixteen sites at once."""

    name = "structured"

    def __init__(self, tasks: Sequence[Task], desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        # Sources of one site wait for each other, so that each has its whole time.
        self._waiting: dict[str, deque[Task]] = {}
        for task in tasks:
            self._waiting.setdefault(task.site, deque()).append(task)

    async def start(self) -> AsyncIterator[Request]:
        """Begin the first source of each site."""
        for site, tasks in self._waiting.items():
            for _ in range(tasks[0].concurrency):
                for request in self._begin_next(site):
                    yield request

    def parse(self, response: Response) -> Iterator[Request]:
        """Read a page, then ask for the next one of its source."""
        done: Pass = response.meta["pass"]
        step: Step = response.meta["step"]
        yield from self._after(done, lambda: self._read(done, step, response))

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Note why a page could not be fetched, then go on with its source."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it.
        done: Pass = request.meta["pass"]
        error = failure.value or TimeoutError()
        page = PageRead(request.url, trouble=trouble_of(error))

        def note() -> None:
            if isinstance(error, DatabaseError):
                # The budget and the memory of pages are asked on the way out.
                raise error
            self._note(done, page)

        yield from self._after(done, note)

    def _after(self, done: Pass, work: Callable[[], None]) -> Iterator[Request]:
        try:
            if done.deadline_s is None:
                # The time in the queue of a slow site is not the source's own.
                done.deadline_s = monotonic() + self.desk.settings.source_timeout_s
            work()
            yield from self._go_on(done)
        except DatabaseError as error:
            self.desk.give_up(error)
            raise CloseSpider("store") from None

    def _read(self, done: Pass, step: Step, response: Response) -> None:
        done.queued.add(response.url)
        memory = response.meta.get(MEMORY)
        links: Links
        if response.status == NOT_MODIFIED and memory is not None:
            page, repeated = self.desk.see_again(done, memory, response.url)
            links = memory.held["links"]
        else:
            reading = read_response(response, self.desk.today)
            page = reading.page
            links = [] if page.trouble else links_of(reading.links, response, done.task.site)
            repeated = self.desk.store(done, reading, validators_of(response), links)
        self._note(done, page)
        if page.trouble is not None:
            return
        if not repeated:
            self._queue(done, step, links)
        elif step.by_next or done.repeats:
            # Once, a numbered link may be another name of the first page.
            done.bound = Bound.REPEATS
            done.queue.clear()
        done.repeats += repeated

    def _queue(self, done: Pass, step: Step, links: Links) -> None:
        for url, by_next in links:
            if url in done.queued:
                continue
            if step.depth >= self.desk.settings.max_depth:
                done.bound = Bound.DEPTH
                return
            done.queued.add(url)
            done.queue.append(Step(url, step.depth + 1, by_next))

    def _note(self, done: Pass, page: PageRead) -> None:
        done.pages.append(page)
        if page.trouble in ENOUGH or page.status in BLOCKED_STATUS:
            # Asking for more after a refusal is no manners.
            done.queue.clear()
        self.desk.tell_page(done)

    def _go_on(self, done: Pass) -> Iterator[Request]:
        assert done.deadline_s is not None  # noqa: S101  # Set with the first page.
        left_s = done.deadline_s - monotonic()
        if done.queue and done.at_known:
            done.caught_up = True
            done.queue.clear()
        if done.queue and left_s <= 0:
            done.bound = Bound.TIME
        elif done.queue and len(done.pages) >= self.desk.settings.max_pages:
            done.bound = Bound.PAGES
        elif done.queue:
            yield self._request(done, done.queue.popleft(), left_s)
            return
        self.desk.close(done)
        yield from self._begin_next(done.task.site)

    def _begin_next(self, site: str) -> Iterator[Request]:
        if self._waiting[site]:
            task = self._waiting[site].popleft()
            done = Pass(task, monotonic())
            done.queued.add(task.url)
            self.desk.tell_start(done)
            if split_web_url(task.url) is None:
                # Scrapy itself fails on some of what the guard refuses.
                page = PageRead(task.url, trouble=Trouble.FORBIDDEN_ADDRESS)
                yield from self._after(done, lambda: self._note(done, page))
                return
            yield self._request(done, Step(task.url), self.desk.timeout_s)

    def _request(self, done: Pass, step: Step, left_s: float) -> Request:
        return Request(
            step.url,
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,
            meta={
                "pass": done,
                "step": step,
                "download_slot": done.task.site,
                "download_timeout": max(1.0, min(left_s, self.desk.timeout_s)),
                SITE: done.task.site,
                SITE_ID: done.task.site_id,
                PRIVATE: done.task.private_allowed,
                RULES: done.rules,
            },
        )


def trouble_of(error: BaseException) -> Trouble:
    """Return why a request failed, from what Scrapy raised."""
    if isinstance(error, RefusedError):
        return error.trouble
    for kind, trouble in _TROUBLES:
        if isinstance(error, kind):
            return trouble
    if isinstance(error, IgnoreRequest):
        # Scrapy's own two: too many redirects, or a body that swells when it is decompressed.
        return Trouble.REDIRECTS if "redirect" in str(error) else Trouble.TOO_LARGE
    return Trouble.BROKEN_OFF
