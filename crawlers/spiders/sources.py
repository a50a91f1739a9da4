"""The spider: a batch of sources, each a bounded pass by its platform."""

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from time import monotonic

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from sqlalchemy.exc import DatabaseError
from twisted.python.failure import Failure

from crawlers.addresses import split_web_url
from crawlers.asking import request_for
from crawlers.desk import Desk
from crawlers.doubts import Doubt, probe_url, same_page, told_apart
from crawlers.failures import trouble_of
from crawlers.memory import MEMORY, NOT_MODIFIED, UNCONDITIONAL, Links, validators_of
from crawlers.outcomes import BLOCKED_STATUS
from crawlers.pagination import links_of
from crawlers.passes import Bound, PageRead, Pass, Step, Task
from crawlers.platforms.base import Ask
from crawlers.readers import NoAccessError
from crawlers.reading import Reading, read_response
from crawlers.troubles import ENOUGH, Trouble

DOUBT = "vigie_doubt"
TOO_MANY_REQUESTS = 429


class SourceSpider(Spider):
    """Reads sources site by site: one chain of pages a site, sixteen sites at once."""

    name = "sources"

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
        page = PageRead(done.shown(request.url), trouble=trouble_of(error))

        def note() -> None:
            if isinstance(error, DatabaseError):
                # The budget and the memory of pages are asked on the way out.
                raise error
            self._note(done, page)

        yield from self._after(done, note)

    def probed(self, response: Response) -> Iterator[Request]:
        """Take the answer for an address that cannot exist, then read the page it stands beside."""
        done: Pass = response.meta["pass"]
        yield from self._after(done, lambda: self._settle(done, response.meta[DOUBT], response))

    def unprobed(self, failure: Failure) -> Iterator[Request]:
        """Read a doubtful page as it is: no answer is no reason to reject it."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it.
        done: Pass = request.meta["pass"]

        def settle() -> None:
            if isinstance(failure.value, DatabaseError):
                raise failure.value
            self._settle(done, request.meta[DOUBT], None)

        yield from self._after(done, settle)

    def _after(self, done: Pass, work: Callable[[], Request | None]) -> Iterator[Request]:
        try:
            asked = work()
            if asked is None:
                yield from self._go_on(done)
            else:
                yield asked
        except DatabaseError as error:
            self.desk.give_up(error)
            raise CloseSpider("store") from None

    def _read(self, done: Pass, step: Step, response: Response) -> Request | None:
        done.queued.add(response.url)
        memory = response.meta.get(MEMORY)
        if response.status == NOT_MODIFIED and memory is not None:
            page, repeated = self.desk.see_again(done, memory, response.url)
            self._count(done, step, page, memory.held["links"], repeated)
            return None
        reading = self._reading(done, step, response)
        if not done.is_service and not done.pages and reading.page.trouble is None:
            strange = self.desk.doubts(done, reading)
            if strange is not None:
                doubt = Doubt(step, response, reading, strange)
                trouble = told_apart(doubt, done)
                if trouble is None:
                    return self._probe(done, doubt)
                reading = reading.refused(trouble)
        self._store(done, step, response, reading)
        return None

    def _reading(self, done: Pass, step: Step, response: Response) -> Reading:
        assert done.reader is not None  # noqa: S101  # It made the request.
        ask = step.ask or Ask(step.url)
        reading = read_response(response, done.reader, ask, self.desk.today)
        if reading.page.trouble is Trouble.QUOTA and response.status != TOO_MANY_REQUESTS:
            # Some services say so in words only, which the gate does not read.
            self.desk.turns.back_off(done.task.site_id, TOO_MANY_REQUESTS, reading.retry_after_s)
        return reading

    def _probe(self, done: Pass, doubt: Doubt) -> Request:
        request = self._request(done, Step(probe_url(done.task.url)), self.desk.timeout_s)
        # It must cost one request at most.
        meta = request.meta | {DOUBT: doubt, "dont_retry": True, UNCONDITIONAL: True}
        return request.replace(callback=self.probed, errback=self.unprobed, meta=meta)

    def _settle(self, done: Pass, doubt: Doubt, response: Response | None) -> None:
        reading = doubt.reading
        if response is not None:
            probed = self._reading(done, Step(response.url), response)
            same = 200 <= response.status < 300 and same_page(
                reading, doubt.response.body, probed, response.body
            )
            done.rules["probe"] = {"url": response.url, "status": response.status, "same": same}
            if same:
                reading = reading.refused(Trouble.ANYTHING)
        self._store(done, doubt.step, doubt.response, reading)

    def _store(self, done: Pass, step: Step, response: Response, reading: Reading) -> None:
        page = reading.page
        if done.is_service:
            repeated = self.desk.store(done, reading)
            self._note(done, page)
            self._follow(done, step, reading.next, repeated)
            return
        links = [] if page.trouble else links_of(reading.links, response, done.task.site)
        repeated = self.desk.store(done, reading, validators_of(response), links)
        self._count(done, step, page, links, repeated)

    def _follow(self, done: Pass, step: Step, following: Ask | None, repeated: bool) -> None:
        """Ask a service on; it says itself where its last page is."""
        if following is None:
            return
        if repeated or following.url in done.queued:
            done.bound = Bound.REPEATS
            return
        done.queued.add(following.url)
        done.queue.append(Step(following.url, step.depth + 1, True, following))

    def _count(self, done: Pass, step: Step, page: PageRead, links: Links, repeated: bool) -> None:
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
        if done.deadline_s is None:
            # The time in the queue of a slow site is not the source's own.
            done.deadline_s = monotonic() + self.desk.settings.source_timeout_s
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
            self.desk.tell_start(done)
            yield from self._after(done, lambda: self._open(done))

    def _open(self, done: Pass) -> Request | None:
        """Return a source's first request; what keeps it from being asked is noted as its page."""
        task = done.task
        try:
            done.reader = self.desk.reader(task)
        except NoAccessError as error:
            self._note(done, PageRead(task.url, trouble=error.trouble))
            return None
        ask = done.reader.platform.first(done.reader.account)
        done.queued.add(ask.url)
        if split_web_url(ask.url) is None:
            # Scrapy itself fails on some of what the guard refuses.
            self._note(done, PageRead(task.url, trouble=Trouble.FORBIDDEN_ADDRESS))
            return None
        return self._request(done, Step(ask.url, ask=ask), self.desk.timeout_s)

    def _request(self, done: Pass, step: Step, left_s: float) -> Request:
        timeout_s = max(1.0, min(left_s, self.desk.timeout_s))
        request = request_for(done, step, timeout_s)
        return request.replace(callback=self.parse, errback=self.failed)
