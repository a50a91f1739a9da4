"""Pages a second of the whole crawl, beside the same spider with an empty callback.

    python -m benchmarks.crawl [ROUNDS]

Eight sites of fifty pages of 150 kB, twenty reviews each, are read in turns by a child process
that fetches, extracts and stores, and by one whose callback does nothing but ask for the next page:
guard, robots.txt, reservations, turns and memory are the same. The child's own time counts, from
its first request to its last close. "New" stores every review; "known" meets them all again.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.http import Response
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.crawl_sites import Pages, page_of, watched
from crawlers import child, processes, run
from crawlers.passes import PageRead, Pass, Step, Task
from crawlers.spiders.sources import SourceSpider
from vigie.settings import Settings
from vigie.store import Source

SITES, PAGES, ROUNDS = 8, 50, 3


class TimedSpider(SourceSpider):
    """Says on stdout how many seconds it took, from its first request to its end."""

    async def start(self) -> AsyncIterator[Request]:
        """Begin, and start the clock."""
        self._began_s = time.perf_counter()
        async for request in super().start():
            yield request

    def closed(self, reason: str) -> None:
        """Tell the time; Scrapy calls it at the end."""
        took = {"seconds": time.perf_counter() - self._began_s}
        self.desk._out.write(json.dumps(took) + "\n")


class EmptySpider(TimedSpider):
    """Asks for the same pages in the same way, and reads none."""

    async def parse(self, response: Response) -> AsyncIterator[Request]:
        """Ask for the next page."""
        done: Pass = response.meta["pass"]
        step: Step = response.meta["step"]
        for request in self._after(done, lambda: self._skip(done, step, response)):
            yield request

    def _skip(self, done: Pass, step: Step, response: Response) -> None:
        folder, _, number = response.url.rpartition("/")
        done.pages.append(PageRead(response.url, response.status, len(response.body)))
        if int(number) < PAGES:
            done.queue.append(Step(f"{folder}/{int(number) + 1}", step.depth + 1))


def _run_child(
    kind: str,
    seconds: list[float],
    settings: Settings,
    tasks: Sequence[Task],
    limit_s: float,
    on_event: Callable[[dict[str, Any]], None],
) -> bool:
    command = [sys.executable, "-m", "benchmarks.crawl", "--child", kind]
    job = processes.job_of(settings, tasks)
    done = subprocess.run(
        command, input=job, stdout=subprocess.PIPE, check=True, timeout=limit_s, text=True
    )
    *events, took = done.stdout.splitlines()
    for event in events:
        on_event(json.loads(event))
    seconds.append(json.loads(took)["seconds"])
    return True


def _child(kind: str) -> None:
    spider = EmptySpider if kind == "empty" else TimedSpider
    child.SourceSpider = spider  # type: ignore[attr-defined]  # The same, timed.
    child.main()


def main(rounds: int) -> None:
    """Print pages a second for each kind, the median of the rounds, and their ratio."""
    rates: dict[str, list[float]] = {"empty": [], "new": [], "known": []}
    for _ in range(rounds):
        sites = {f"s{n}": _made(f"s{n}") for n in range(SITES)}
        with watched(sites) as (settings, factory, ids):
            bounds = {"max_pages": 100, "max_depth": 100, "source_timeout_s": 300}
            settings = settings.model_copy(update=bounds)
            for kind in rates:
                rates[kind].append(_rate(kind, settings, factory, ids))
    print(f"{SITES} sites of {PAGES} pages of 150 kB, {rounds} rounds, pages a second (median)")
    empty = statistics.median(rates["empty"])
    for kind, measured in rates.items():
        rate = statistics.median(measured)
        ratios = statistics.median(
            one / other for one, other in zip(measured, rates["empty"], strict=True)
        )
        print(f"{kind:6} {rate:7.1f}   {rate / empty:5.2f} of empty (round by round {ratios:.2f})")


def _made(name: str) -> Pages:
    """Make a site's pages beforehand: what they cost is not the crawl's."""
    made = {number: page_of(name, number, PAGES) for number in range(1, PAGES + 1)}
    return made.get


def _rate(
    kind: str, settings: Settings, factory: sessionmaker[Session], ids: Sequence[int]
) -> float:
    with factory.begin() as session:
        # Every page is read, the known ones too.
        session.execute(update(Source).values(full_at=None))
    seconds: list[float] = []
    run.run_child = partial(_run_child, kind, seconds)  # type: ignore[attr-defined]
    results = run.run_batch(settings, ids)
    assert [result.pages for result in results] == [PAGES] * SITES, results
    new = sum(result.new for result in results)
    assert new == (20 * PAGES * SITES if kind == "new" else 0), new
    return PAGES * SITES / sum(seconds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
