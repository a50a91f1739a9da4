"""Each platform against its twin: items a second, and what news cost in requests.

    python -m benchmarks.platforms [REVIEWS]

Every service shows REVIEWS reviews or offers of a shop on loopback, in pages of its own size. The
real spider reads them in a child process, without delay between requests. A full pass stores them
all; then come DAYS days with NEWS new reviews each, read incrementally, tokens counted. Offers have
no order by date: every run reads all.
"""

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import update
from sqlalchemy.orm import Session

from benchmarks.crawl_sites import NAMES, WORDS
from crawlers.platforms import PLATFORMS
from crawlers.run import CrawlResult, run_batch
from crawlers.sources import add_source
from ops.demo.catalogue import SHIFT_SHOP
from ops.demo.goods import Goods
from ops.demo.history import TownReview
from ops.demo.sites import Town
from ops.demo.twins import PLACES
from ops.demo.twins.server import TwinServer
from ops.demo.twins.service import KEY, SITE, Service
from tests.factories import make_shop
from vigie.settings import Settings, load_settings
from vigie.store import Site, Source
from vigie.store.credential import keep_credential
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade
from vigie.vault import Vault

REVIEWS, DAYS, NEWS = 2_000, 10, 3
TODAY = date(2026, 11, 1)
Results = Mapping[str, CrawlResult]


class BusyTown(Town):
    """A town of one shop with a long past, NEWS reviews a day."""

    def __init__(self, reviews: int) -> None:
        start = TODAY - timedelta(days=DAYS)
        self._long = [
            _review(number, start - timedelta(days=number // NEWS))
            for number in range(-DAYS * NEWS, reviews)
        ]
        super().__init__(TODAY, start)

    def reviews(self, site: str, shop: str) -> list[TownReview]:
        """Return them all, newest first."""
        return [one for one in self._long if one.published <= self.day]


class BusyService(Service):
    """Offers as many goods as there are reviews."""

    def goods(self, seller: str) -> list[tuple[Goods, float]]:
        """Return them all."""
        count = len(self.town.reviews(SITE, seller))
        return [
            (Goods(f"pv-{n}", seller, f"Pièce {n}", "Pièces", ((400, 20.0),)), 20.0 + n % 300)
            for n in range(count)
        ]


def _review(number: int, published: date) -> TownReview:
    chosen = Random(number)
    return TownReview(
        # No ending that the twins take for a corrected or a hidden one.
        reference=sha256(str(number).encode()).hexdigest()[:9] + "7",
        shop=SHIFT_SHOP,
        site=SITE,
        author=f"{chosen.choice(NAMES)} {chosen.choice(NAMES)}",
        stars=chosen.randint(1, 5),
        text=" ".join(chosen.choices(WORDS, k=40)),
        published=published,
    )


def _settle(session: Session, settings: Settings, url: str) -> dict[int, str]:
    vault, sources = Vault(settings), {}
    for name, place in PLACES.items():
        shop = make_shop(session)
        source = add_source(
            session, settings, shop, url + place(SHIFT_SHOP), platform=name, base_url=url
        )
        for need in PLATFORMS[name].needs:
            if need.secret:
                keep_credential(session, source, need.name, vault.seal(KEY))
        sources[source.id] = name
    session.execute(update(Site).values(min_delay_s=0.0))
    # Only the days' own runs count: none of them is due to read everything.
    session.execute(update(Source).values(full_cadence_s=400 * 86_400))
    return sources


def _run(settings: Settings, sources: Mapping[int, str]) -> Results:
    return {sources[one.source_id]: one for one in run_batch(settings, list(sources))}


def main(reviews: int) -> None:
    """Print, for each platform, the full pass and the days after it."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="vigie-platforms-"))
        settings = load_settings(data_dir=Path(folder) / "data", contact="benchmark@example.org")
        settings = settings.model_copy(update={"max_pages": 1_000, "source_timeout_s": 300})
        settings.data_dir.mkdir()
        engine = open_engine(settings)
        stack.callback(engine.dispose)
        upgrade(engine)
        town = BusyTown(reviews)
        twins = stack.enter_context(TwinServer(BusyService(town)))
        with session_factory(engine).begin() as session:
            sources = _settle(session, settings, twins.url)
        full, days = _run(settings, sources), []
        for _ in range(DAYS):
            town.day += timedelta(days=1)
            days.append(_run(settings, sources))
    print(f"{reviews} items a service, then {DAYS} days with {NEWS} new ones each")
    print(
        f"{'':14} {'items/s':>8} {'requests':>9} {'a day':>6} {'per new item':>13} {'if full':>8}"
    )
    for name, first in full.items():
        _show(name, first, [day[name] for day in days], reviews)


def _show(name: str, first: CrawlResult, days: list[CrawlResult], reviews: int) -> None:
    assert first.new == reviews, (name, first)
    assert [day.new for day in days] == [NEWS] * DAYS, (name, days)
    asked = sum(day.pages for day in days)
    print(
        f"{name:14} {first.new / first.seconds:8.0f} {first.pages:9} {asked / DAYS:6.1f}"
        f" {asked / (DAYS * NEWS):13.2f} {first.pages / NEWS:8.2f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else REVIEWS)
