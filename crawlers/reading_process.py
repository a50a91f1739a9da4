"""Pages are read in a process beside the crawl: one that never ends stops neither other sources.

The crawl goes on fetching and storing meanwhile; the next page waits at the process's door, so that
it never idles. The process dies by its own alarm or bound of memory where a page holds it, however
deep in a library; the page is noted as unreadable and the next one gets a new process.
"""

import asyncio
import os
import pickle
import resource
import signal
import socket
from collections import deque
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from typing import Any

from crawlers.passes import PageRead
from crawlers.platforms.base import Ask
from crawlers.readers import Reader
from crawlers.reading import Fetched, Reading, read_fetched
from crawlers.troubles import Trouble

PAGE_LIMIT_S = 20.0
MEMORY_LIMIT_BYTES = 2 << 30
# The page that is read, and the one that is read next.
AHEAD = 2
BUFFER_BYTES = 1 << 20
# Each message is its length, then a pickle: both ends are ours.
LENGTH_BYTES = 8
# Forked: what the crawl has imported is not imported again, nor held in memory twice.
_context = get_context("fork")


@dataclass(slots=True)
class _Job:
    message: bytes
    is_over: bool = False
    # None once it is over: its process died of it.
    reading: Reading | None = None


class ReadingProcess:
    """One process that reads one page after another; ``close`` ends it."""

    def __init__(self, key: bytes, limit_s: float = PAGE_LIMIT_S) -> None:
        self._key = key
        self._limit_s = limit_s
        self._ahead = asyncio.Semaphore(AHEAD)
        self._sending, self._receiving = asyncio.Lock(), asyncio.Lock()
        # What was sent and is not answered yet, in that order.
        self._jobs: deque[_Job] = deque()
        self._start()

    async def read(
        self, fetched: Fetched, reader: Reader, ask: Ask, today: date, as_read: bool = False
    ) -> Reading:
        """Read a page; whatever it is, the answer is a Reading, with its trouble if any.

        Args:
            as_read: its items are wanted as they were read, too, not only as they are stored.
        """
        job = _Job(_message((fetched, reader, ask, today, as_read)))
        async with self._ahead:
            async with self._sending:
                self._jobs.append(job)
                await self._send(job)
            while not job.is_over:
                # One of those who wait takes the answers, for whomever they are.
                async with self._receiving:
                    if not job.is_over:
                        await self._take_answer()
        if job.reading is not None:
            return job.reading
        page = PageRead(reader.shown(fetched.url), fetched.status, len(fetched.body))
        page.trouble = Trouble.UNREADABLE
        return Reading(page)

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        self._process.join()

    async def _send(self, job: _Job) -> None:
        try:
            await asyncio.get_running_loop().sock_sendall(self._socket, job.message)
        except ConnectionError:
            # Whoever waits for an answer finds that the process is dead, and sends it again.
            return

    async def _take_answer(self) -> None:
        answer: Reading | None = None
        try:
            length = int.from_bytes(await self._receive(LENGTH_BYTES), "big")
            answer = pickle.loads(await self._receive(length))  # noqa: S301  # Our own process.
        except (EOFError, ConnectionError):
            async with self._sending:
                self._answer(None)
                self.close()
                self._start()
                # Fewer than ``AHEAD``, so one: none is answered while it is sent.
                for job in self._jobs:
                    await self._send(job)
        else:
            self._answer(answer)

    def _answer(self, reading: Reading | None) -> None:
        job = self._jobs.popleft()
        job.is_over, job.reading = True, reading

    async def _receive(self, length: int) -> bytes:
        parts = bytearray()
        while len(parts) < length:
            part = await asyncio.get_running_loop().sock_recv(
                self._socket, min(BUFFER_BYTES, length - len(parts))
            )
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def _start(self) -> None:
        self._socket, its = socket.socketpair()
        self._socket.setblocking(False)
        for end in (self._socket, its):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        self._process = _context.Process(target=_serve, args=(its, self._key, self._limit_s))
        self._process.start()
        its.close()


def _message(content: Any) -> bytes:
    pickled = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    return len(pickled).to_bytes(LENGTH_BYTES, "big") + pickled


def _serve(its: socket.socket, key: bytes, limit_s: float) -> None:
    """Read the pages that come, until there is nobody to ask."""
    # Neither the crawl's sockets nor its database are this process's; nor is its end of the pipe,
    # which would keep this one waiting for ever once the crawl is dead.
    os.closerange(3, its.fileno())
    os.closerange(its.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    jobs = its.makefile("rb")
    while True:
        length = jobs.read(LENGTH_BYTES)
        job = jobs.read(int.from_bytes(length, "big"))
        if not job:
            os._exit(0)
        fetched, reader, ask, today, as_read = pickle.loads(job)  # noqa: S301  # Our own crawl's.
        signal.setitimer(signal.ITIMER_REAL, limit_s)
        reading = read_fetched(fetched, reader, ask, today, key)
        signal.setitimer(signal.ITIMER_REAL, 0)
        its.sendall(_message(reading if as_read else reading.as_stored()))
