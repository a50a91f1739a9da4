"""Pages read in a process beside the crawl, some of which never end."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import sleep

import pytest

from crawlers.platforms.base import Account, Answer, Ask
from crawlers.platforms.structured import StructuredData
from crawlers.readers import Reader
from crawlers.reading import Fetched, Reading
from crawlers.reading_process import ReadingProcess
from crawlers.troubles import Trouble

PAGE = b"""<script type="application/ld+json">{"@type": "Review", "reviewBody": "Bon accueil.",
"author": "Marie Durand", "reviewRating": 5, "itemReviewed": {"@type": "AutoRepair"}}</script>"""


@dataclass
class Trap(StructuredData):
    """Does to its process what a page could make a library do."""

    kind: str

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        if self.kind == "never ends":
            sleep(60)
        elif self.kind == "takes all memory":
            list(range(10**10))
        os._exit(1)


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    process = ReadingProcess(b"key", limit_s=0.3)
    yield process
    process.close()


def read(process: ReadingProcess, platform: StructuredData) -> Reading:
    return asyncio.run(asked(process, platform))


async def asked(process: ReadingProcess, platform: StructuredData) -> Reading:
    url = "https://avis.example/page"
    reader = Reader(platform, Account(url, "", {}, {}))
    # More than a socket holds.
    fetched = Fetched(url, 200, PAGE + b" " * 2_000_000)
    return await process.read(fetched, reader, Ask(url), date(2026, 11, 23))


@pytest.mark.parametrize("kind", ["never ends", "takes all memory", "dies"])
def test_a_page_that_holds_its_reader_is_unreadable_and_the_next_one_is_read(
    process: ReadingProcess, kind: str
) -> None:
    held = read(process, Trap(kind))
    after = read(process, StructuredData())

    assert (held.page.trouble, held.page.status) == (Trouble.UNREADABLE, 200)
    assert [row.values["text"] for row in after.review_rows] == ["Bon accueil."]


def test_pages_that_wait_behind_one_that_holds_its_reader_are_read_by_the_next(
    process: ReadingProcess,
) -> None:
    async def read_all() -> list[Reading]:
        platforms = [StructuredData(), Trap("dies"), *[StructuredData()] * 5, Trap("dies")]
        return list(await asyncio.gather(*(asked(process, one) for one in platforms)))

    readings = asyncio.run(read_all())

    assert [bool(one.page.trouble) for one in readings] == [False, True, *[False] * 5, True]
    assert all(one.review_rows and not one.reviews for one in readings if not one.page.trouble)


def test_the_reader_ends_with_its_crawl(process: ReadingProcess) -> None:
    process._socket.close()
    process._process.join(5)

    assert process._process.exitcode == 0
    # The fixture closes one that runs.
    process._start()
