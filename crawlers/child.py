"""The child process of a batch: ``python -m crawlers.child``.

It reads its job from stdin, one JSON object, and tells what happens on stdout, one a line. It
does nothing else than crawl: the parent kills it when it takes too long.
"""

import gc
import json
import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawlers.desk import Desk
from crawlers.passes import Task
from crawlers.pseudonyms import pseudonym_key
from crawlers.reading_process import ReadingProcess
from crawlers.settings import scrapy_settings
from crawlers.spiders.sources import SourceSpider
from crawlers.spiders.trial import TrialSpider
from vigie import clock
from vigie.settings import Settings
from vigie.store.session import open_engine, session_factory

STORE_FAILED = 3


def main() -> int:
    """Run the job on stdin; return the exit status."""
    job: dict[str, Any] = json.load(sys.stdin)
    settings = Settings(**job["settings"])
    tasks = [Task(**task) for task in job["tasks"]]
    _follow_clock(job["clock_offset_s"])
    # Whatever a library prints must not mix with the events.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # What was imported stays: the collector need not go through it again, for every few pages.
    gc.freeze()
    # Forked before there are threads and connections.
    reading = ReadingProcess(pseudonym_key(settings))
    engine = open_engine(settings)
    desk = Desk(settings, engine, session_factory(engine), out)
    process = AsyncCrawlerProcess(scrapy_settings(settings, tasks))
    if "recipe" in job:
        process.crawl(
            TrialSpider, task=tasks[0], recipe=job["recipe"], desk=desk, read=reading.read
        )
    else:
        process.crawl(SourceSpider, tasks=tasks, desk=desk, read=reading.read)
    process.start()
    reading.close()
    engine.dispose()
    if desk.failure is None:
        return 0
    failure = {"message_id": desk.failure.message_id, "args": desk.failure.args_by_name}
    out.write(json.dumps({"event": "failure", **failure}) + "\n")
    out.flush()
    return STORE_FAILED


def _follow_clock(offset_s: float) -> None:
    """Live at the parent's time, which tests and the demo move."""
    clock.set_clock(lambda: datetime.fromtimestamp(time.time() + offset_s, UTC))


if __name__ == "__main__":
    sys.exit(main())
