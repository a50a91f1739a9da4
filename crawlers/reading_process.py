"""Pages are read in a process beside the crawl: one that never ends stops neither other sources.

The crawl goes on fetching and storing meanwhile. The process dies by its own alarm or bound of
memory where a page holds it, however deep in a library; the page is noted as unreadable and the
next one gets a new process.
"""

import asyncio
import os
import resource
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from crawlers.passes import PageRead
from crawlers.platforms.base import Ask
from crawlers.readers import Reader
from crawlers.reading import Fetched, Reading, read_fetched
from crawlers.troubles import Trouble

PAGE_LIMIT_S = 20.0
MEMORY_LIMIT_BYTES = 2 << 30
# Forked: what the crawl has imported is not imported again, nor held in memory twice.
_context = get_context("fork")


class ReadingProcess:
    """One process that reads one page after another; ``close`` ends it."""

    def __init__(self, key: bytes, limit_s: float = PAGE_LIMIT_S) -> None:
        self._key = key
        self._limit_s = limit_s
        # Whoever waits for the process is one thread, so that pages take turns.
        self._waiting = ThreadPoolExecutor(max_workers=1)
        self._start()

    async def read(self, fetched: Fetched, reader: Reader, ask: Ask, today: date) -> Reading:
        """Read a page; whatever it is, the answer is a Reading, with its trouble if any."""
        job = (fetched, reader, ask, today)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._waiting, self._ask, job)
        except (EOFError, ConnectionError):
            page = PageRead(reader.shown(fetched.url), fetched.status, len(fetched.body))
            page.trouble = Trouble.UNREADABLE
            return Reading(page)

    def close(self) -> None:
        """End the process."""
        self._waiting.shutdown()
        self._pipe.close()
        self._process.join()

    def _ask(self, job: tuple[Any, ...]) -> Reading:
        try:
            self._pipe.send(job)
            reading: Reading = self._pipe.recv()
        except (EOFError, ConnectionError):
            self._pipe.close()
            self._process.join()
            self._start()
            raise
        return reading

    def _start(self) -> None:
        self._pipe, its = _context.Pipe()
        self._process = _context.Process(target=_serve, args=(its, self._key, self._limit_s))
        self._process.start()
        its.close()


def _serve(pipe: Connection, key: bytes, limit_s: float) -> None:
    """Read the pages that come, until there is nobody to ask."""
    # Neither the crawl's sockets nor its database are this process's; nor is its end of the pipe,
    # which would keep this one waiting for ever once the crawl is dead.
    os.closerange(3, pipe.fileno())
    os.closerange(pipe.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    while True:
        try:
            fetched, reader, ask, today = pipe.recv()
        except EOFError:
            os._exit(0)
        signal.setitimer(signal.ITIMER_REAL, limit_s)
        reading = read_fetched(fetched, reader, ask, today, key)
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send(reading)
