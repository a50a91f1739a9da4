"""Running a batch of sources: each is claimed, read in a child process, and judged."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from crawlers.addresses import site_of, split_web_url
from crawlers.closing import close_crawl
from crawlers.incremental import full_is_due
from crawlers.lease import Lease
from crawlers.manners import WAIT_LIMIT_S
from crawlers.passes import Task
from crawlers.platforms import is_service
from crawlers.processes import run_child
from crawlers.settings import SITES_AT_ONCE, request_timeout_s, user_agent
from crawlers.turns import postponed
from vigie.clock import now
from vigie.errors import VigieError
from vigie.evidence import evidence_sentence
from vigie.settings import Settings
from vigie.store import Crawl, Listing, Outcome, Permission, Review, ReviewState, Source
from vigie.store.session import open_engine, session_factory, store_errors
from vigie.store.source import source_by_id

BATCH_SIZE = 50
# What starting a child and closing its crawls may take.
MARGIN_S = 60.0
# For its rules and its first page, a source may have to wait for turns at its site.
TURNS_S = 3 * WAIT_LIMIT_S
# Robots.txt and the first page, each asked twice at most, come before a source's own time.
REQUESTS_BEFORE = 4

READ_WELL = (Outcome.OK, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.PARTIAL)

Factory = sessionmaker[Session]


@dataclass(frozen=True, slots=True)
class CrawlEvent:
    """How far a source is; ``finished`` is true once for each source."""

    source_id: int
    label: str
    pages: int
    reviews: int
    listings: int
    finished: bool


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """How the crawl of a source ended; ``sentence`` is its evidence in French."""

    source_id: int
    crawl_id: int
    outcome: Outcome
    sentence: str
    reviews: int
    listings: int
    new: int
    changed: int
    pages: int
    seconds: float


OnEvent = Callable[[CrawlEvent], None]


def run_batch(
    settings: Settings, source_ids: Sequence[int], on_event: OnEvent | None = None
) -> list[CrawlResult]:
    """Crawl sources, each to exactly one outcome; one that another process holds is left to it.

    Args:
        on_event: told of each page and each end, in this process.

    Raises:
        VigieError: no contact address is set, a source is an import, or the store cannot be used.
            Every source is then free again, and what was read until then is kept.
    """
    user_agent(settings)
    engine = open_engine(settings)
    factory = session_factory(engine)
    tell = on_event or (lambda _: None)
    unique = list(dict.fromkeys(source_ids))
    try:
        with store_errors(engine):
            _refuse_imports(factory, unique)
            return [
                result
                for start in range(0, len(unique), BATCH_SIZE)
                for result in _Batch(settings, factory, tell).run(unique[start:][:BATCH_SIZE])
            ]
    finally:
        engine.dispose()


class _Batch:
    """One batch: as many children as it takes until each source has an outcome."""

    def __init__(self, settings: Settings, factory: Factory, tell: OnEvent) -> None:
        self._settings = settings
        self._factory = factory
        self._tell = tell
        self._labels: dict[int, str] = {}
        self._crawls: dict[int, int] = {}
        self._started: set[int] = set()
        self._finished: dict[int, float] = {}
        # What is said of sources without an outcome when the children are done.
        self._left_over = ("crawl-interrupted", Outcome.BROKEN)

    def run(self, source_ids: Sequence[int]) -> list[CrawlResult]:
        """Claim, crawl, and return the results of the sources that could be claimed."""
        with Lease(self._factory) as lease:
            try:
                self._crawl(self._claim(lease, source_ids))
            finally:
                reason, outcome = self._left_over
                for source_id in self._crawls.keys() - self._finished.keys():
                    self._close(source_id, outcome, reason)
        return [self._result(source_id) for source_id in source_ids if source_id in self._crawls]

    def _crawl(self, waiting: list[Task]) -> None:
        while waiting:
            before = len(self._started)
            if not run_child(
                self._settings, waiting, _limit_s(self._settings, waiting), self._hear
            ):
                self._left_over = ("crawl-overtime", Outcome.UNREACHABLE)
            # A page that kills its child takes down only what was being read.
            waiting = [task for task in waiting if task.source_id not in self._started]
            if len(self._started) == before:
                return

    def _claim(self, lease: Lease, source_ids: Sequence[int]) -> list[Task]:
        tasks = []
        for source_id in source_ids:
            with self._factory() as session:
                if lease.claim(session, source_id) and not postponed(session, source_id):
                    tasks.append(self._open(session, source_id))
                    session.commit()
        refused = self._refused(tasks)
        return [task for task in tasks if task.source_id not in refused]

    def _open(self, session: Session, source_id: int) -> Task:
        source = source_by_id(session, source_id)
        _close_left_over(session, source_id)
        crawl = Crawl(source_id=source_id, started_at=now(), evidence={})
        session.add(crawl)
        session.flush()
        self._labels[source_id] = source.label
        self._crawls[source_id] = crawl.id
        return _task(session, self._settings, source, crawl.id)

    def _refused(self, tasks: Sequence[Task]) -> set[int]:
        """Close the crawls of sites that the operator has no permission to read."""
        with self._factory() as session:
            refused = [
                task.source_id
                for task in tasks
                if (site := source_by_id(session, task.source_id).site) is not None
                and site.permission is Permission.NONE
            ]
        for source_id in refused:
            self._close(source_id, Outcome.DISALLOWED, "crawl-no-permission")
        return set(refused)

    def _close(self, source_id: int, outcome: Outcome, reason: str) -> None:
        evidence = {"reason": reason, "args": {}, "pages": []}
        with self._factory.begin() as session:
            close_crawl(session, self._crawls[source_id], outcome, evidence)
        self._hear({"event": "finished", "source_id": source_id, "seconds": 0.0})

    def _hear(self, event: dict[str, Any]) -> None:
        source_id, kind = event["source_id"], event["event"]
        self._started.add(source_id)
        if kind == "finished":
            self._finished[source_id] = event["seconds"]
        self._tell(
            CrawlEvent(
                source_id,
                self._labels[source_id],
                event.get("pages", 0),
                event.get("reviews", 0),
                event.get("listings", 0),
                kind == "finished",
            )
        )

    def _result(self, source_id: int) -> CrawlResult:
        with self._factory() as session:
            crawl = session.get_one(Crawl, self._crawls[source_id])
            assert crawl.outcome is not None  # noqa: S101  # Every crawl was closed above.
            return CrawlResult(
                source_id,
                crawl.id,
                crawl.outcome,
                evidence_sentence(crawl.evidence),
                crawl.reviews_seen,
                crawl.listings_seen,
                crawl.items_new,
                crawl.items_changed,
                crawl.pages,
                self._finished[source_id],
            )


def _refuse_imports(factory: Factory, source_ids: Sequence[int]) -> None:
    with factory() as session:
        for source_id in source_ids:
            source = source_by_id(session, source_id)
            if source.site_id is None:
                raise VigieError("crawl-error-import", source=str(source_id), label=source.label)


def _close_left_over(session: Session, source_id: int) -> None:
    """Judge the crawls that a process that was killed left open."""
    session.execute(
        update(Crawl)
        .where(Crawl.source_id == source_id, Crawl.outcome.is_(None))
        .values(
            outcome=Outcome.BROKEN,
            finished_at=now(),
            evidence={"reason": "crawl-interrupted", "args": {}, "pages": []},
        )
    )


def _task(session: Session, settings: Settings, source: Source, crawl_id: int) -> Task:
    parts = split_web_url(source.url)
    site = source.site
    assert site is not None  # noqa: S101  # Imports were refused before.
    reviews = select(func.count()).where(
        Review.source_id == source.id, Review.state == ReviewState.PRESENT
    )
    listings = select(func.count()).where(
        Listing.source_id == source.id, Listing.ended_at.is_(None)
    )
    return Task(
        source_id=source.id,
        shop_id=source.shop_id,
        crawl_id=crawl_id,
        url=source.url,
        site=site.host if parts is None or is_service(source.platform) else site_of(parts),
        delay_s=settings.crawl_delay_s if site.min_delay_s is None else site.min_delay_s,
        private_allowed=site.private_allowed,
        site_id=site.id,
        concurrency=site.concurrency or 1,
        reviews=session.scalar(reviews) or 0,
        listings=session.scalar(listings) or 0,
        full=full_is_due(source, now()),
        shortfall=source.shortfall,
        shown=_shown(session, source.id),
        browser=bool(source.options.get("browser")) and not is_service(source.platform),
    )


def _shown(session: Session, source_id: int) -> int | None:
    """Return how many items a source's first page showed when it was last read well."""
    query = (
        select(Crawl.evidence)
        .where(Crawl.source_id == source_id, Crawl.outcome.in_(READ_WELL))
        .order_by(Crawl.id.desc())
        .limit(1)
    )
    pages = (session.scalar(query) or {}).get("pages")
    return pages[0]["reviews"] + pages[0]["listings"] if pages else None


def _limit_s(settings: Settings, tasks: Sequence[Task]) -> float:
    """Return how long a batch may take when every source takes all its time."""
    by_site = Counter(task.site for task in tasks)
    each_s = settings.source_timeout_s + REQUESTS_BEFORE * request_timeout_s(settings)
    return MARGIN_S + TURNS_S + each_s * max(*by_site.values(), -(-len(by_site) // SITES_AT_ONCE))
