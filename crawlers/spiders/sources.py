"""The spider: a batch of sources, each a bounded pass by its platform."""

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import date
from time import monotonic

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from sqlalchemy.exc import DatabaseError
from twisted.python.failure import Failure

from crawlers.addresses import split_web_url
from crawlers.asking import request_for
from crawlers.browser import PAGES_A_RUN
from crawlers.desk import Desk
from crawlers.doubts import Doubt, probe_url, same_page, told_apart
from crawlers.failures import trouble_of
from crawlers.memory import MEMORY, NOT_MODIFIED, UNCONDITIONAL, Links, validators_of
from crawlers.outcomes import BLOCKED_STATUS
from crawlers.pagination import links_of
from crawlers.passes import Bound, PageRead, Pass, Step, Task
from crawlers.platforms.base import Ask, LooksUp
from crawlers.readers import NoAccessError, Reader
from crawlers.reading import Fetched, Reading, fetched_of
from crawlers.troubles import ENOUGH, Trouble

DOUBT = "vigie_doubt"
TOO_MANY_REQUESTS = 429
# Beyond so many missing at once, it is no matter of single reviews.
LOOK_UPS = 20
# Reads a page, here or in another process; the last one says whether its items are wanted as they
# were read, too.
Read = Callable[[Fetched, Reader, Ask, date, bool], Awaitable[Reading]]


class SourceSpider(Spider):
    """Reads sources site by site: one chain of pages a site, sixteen sites at once."""

    name = "sources"

    def __init__(self, tasks: Sequence[Task], desk: Desk, read: Read) -> None:
        super().__init__()
        self.desk = desk
        self._read_page = read
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

    async def parse(self, response: Response) -> AsyncIterator[Request]:
        """Read a page, then ask for the next one of its source."""
        done: Pass = response.meta["pass"]
        step: Step = response.meta["step"]
        done.queued.add(response.url)
        if response.status == NOT_MODIFIED and response.meta.get(MEMORY) is not None:
            requests = self._after(done, lambda: self._see_again(done, step, response))
        else:
            reading = await self._reading(done, step, response)
            requests = self._after(done, lambda: self._take(done, step, response, reading))
        for request in requests:
            yield request

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

    async def probed(self, response: Response) -> AsyncIterator[Request]:
        """Take the answer for an address that cannot exist, then read the page it stands beside."""
        done: Pass = response.meta["pass"]
        reading = await self._reading(done, Step(response.url), response)

        def settle() -> None:
            self._heed(done, reading)
            self._settle(done, response.meta[DOUBT], response, reading)

        for request in self._after(done, settle):
            yield request

    def unprobed(self, failure: Failure) -> Iterator[Request]:
        """Read a doubtful page as it is: no answer is no reason to reject it."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it.
        done: Pass = request.meta["pass"]

        def settle() -> None:
            if isinstance(failure.value, DatabaseError):
                raise failure.value
            doubt: Doubt = request.meta[DOUBT]
            self._store(done, doubt.step, doubt.response, doubt.reading)

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

    def _see_again(self, done: Pass, step: Step, response: Response) -> None:
        memory = response.meta[MEMORY]
        page, repeated = self.desk.see_again(done, memory, response.url)
        self._count(done, step, page, memory.held["links"], repeated)

    def _take(self, done: Pass, step: Step, response: Response, reading: Reading) -> Request | None:
        self._heed(done, reading)
        is_first = not done.is_service and not done.pages and not reading.listed
        if is_first and reading.page.trouble is None:
            strange = self.desk.doubts(done, reading)
            if strange is not None:
                doubt = Doubt(step, response, reading, strange)
                trouble = told_apart(doubt, done)
                if trouble is None:
                    return self._probe(done, doubt)
                reading = reading.refused(trouble)
        self._store(done, step, response, reading)
        return None

    async def _reading(self, done: Pass, step: Step, response: Response) -> Reading:
        assert done.reader is not None  # noqa: S101  # It made the request.
        ask = step.ask or Ask(step.url)
        # A first page may have to be compared with another.
        as_read = not done.pages
        return await self._read_page(
            fetched_of(response), done.reader, ask, self.desk.today, as_read
        )

    def _heed(self, done: Pass, reading: Reading) -> None:
        page = reading.page
        in_words = page.status != TOO_MANY_REQUESTS or reading.retry_after_s is not None
        if page.trouble is Trouble.QUOTA and in_words:
            # Some services say so, or for how long, in words only: the gate does not read them.
            self.desk.turns.back_off(done.task.site_id, TOO_MANY_REQUESTS, reading.retry_after_s)

    def _probe(self, done: Pass, doubt: Doubt) -> Request:
        request = self._request(done, Step(probe_url(done.task.url)), self.desk.timeout_s)
        # It must cost one request at most.
        meta = request.meta | {DOUBT: doubt, "dont_retry": True, UNCONDITIONAL: True}
        return request.replace(callback=self.probed, errback=self.unprobed, meta=meta)

    def _settle(self, done: Pass, doubt: Doubt, response: Response, probed: Reading) -> None:
        reading = doubt.reading
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
        if reading.listed:
            self._note(done, page)
            self.desk.list_pages(done, step, reading.listed)
            return
        validators = None if page.trouble else validators_of(response, done.is_list)
        repeated = self.desk.store(done, reading, validators, links)
        # Pages that a site lists may well repeat its best reviews.
        self._count(done, step, page, links, repeated and not done.is_list)

    def _follow(self, done: Pass, step: Step, following: Ask | None, repeated: bool) -> None:
        """Ask a service on; it says itself where its last page is."""
        if following is None:
            self._look_up(done, step)
            return
        if repeated or following.url in done.queued:
            done.bound = Bound.REPEATS
            return
        done.queued.add(following.url)
        done.queue.append(Step(following.url, step.depth + 1, True, following))

    def _look_up(self, done: Pass, step: Step) -> None:
        """Ask for the known reviews that no page showed: the service says which are deleted."""
        reader, ask = done.reader, step.ask
        if reader is None or ask is None or not isinstance(reader.platform, LooksUp):
            return
        if done.looked_up or done.at_known or not done.is_whole:
            return
        done.looked_up = True
        for external_id in self.desk.unseen(done, LOOK_UPS):
            one = reader.platform.one(external_id, ask)
            done.queued.add(one.url)
            done.queue.append(Step(one.url, step.depth, True, one))

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
        elif done.queue and len(done.pages) >= self._most_pages(done):
            done.bound = Bound.PAGES
        elif done.queue:
            yield self._request(done, done.queue.popleft(), left_s)
            return
        self.desk.close(done)
        yield from self._begin_next(done.task.site)

    def _most_pages(self, done: Pass) -> int:
        most = self.desk.settings.max_pages
        return min(most, PAGES_A_RUN) if done.task.browser else most

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
