"""Settings that crawl fast, and sources of a shop."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from crawlers import run
from crawlers.run import CrawlEvent, CrawlResult, run_batch
from crawlers.sources import add_source
from tests.crawlers import forked
from tests.factories import make_shop
from vigie.settings import Settings
from vigie.store import Permission, Shop, Site
from vigie.store.session import open_engine, session_factory


@dataclass
class Crawling:
    """A shop whose sources a test adds and crawls."""

    settings: Settings
    factory: sessionmaker[Session]
    shop_id: int

    def add(
        self, url: str, delay_s: float = 0.0, permission: Permission = Permission.WRITTEN
    ) -> int:
        with self.factory.begin() as session:
            shop = session.get_one(Shop, self.shop_id)
            source = add_source(session, self.settings, shop, url, permission=permission)
            session.query(Site).filter(Site.id == source.site_id).update(
                {Site.min_delay_s: delay_s}
            )
            return source.id

    def crawl(
        self, ids: Sequence[int], on_event: Callable[[CrawlEvent], None] | None = None
    ) -> list[CrawlResult]:
        return run_batch(self.settings, ids, on_event)


def crawling(settings: Settings, engine: Engine) -> Crawling:
    factory = session_factory(engine)
    with factory.begin() as session:
        shop_id = make_shop(session).id
    # Bounds that a test can reach.
    quick = {"max_body_mb": 1, "max_pages": 6, "max_depth": 5, "source_timeout_s": 3}
    return Crawling(settings.model_copy(update=quick), factory, shop_id)


@pytest.fixture
def shop_crawl(sqlite_settings: Settings) -> Iterator[Crawling]:
    engine = open_engine(sqlite_settings)
    yield crawling(sqlite_settings, engine)
    engine.dispose()


@pytest.fixture
def quick_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each child forked from one that has imported everything already."""
    monkeypatch.setattr(run, "run_child", forked.run_child)


@pytest.fixture
def sqlite_session(sqlite_settings: Settings) -> Iterator[Session]:
    engine = open_engine(sqlite_settings)
    with session_factory(engine)() as session:
        yield session
    engine.dispose()
