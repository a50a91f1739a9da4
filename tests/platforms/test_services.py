"""Sources of every service through the real spider: a child process, the twins on loopback.

One batch holds them all. The story of a town is played once: a first reading, the same day again,
a month later, reviews deleted, and back.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crawlers import run
from crawlers.platforms import PLATFORMS
from crawlers.run import CrawlResult, run_batch
from crawlers.sources import add_source
from ops.demo.sites import Town
from ops.demo.twins import PLACES
from ops.demo.twins.server import TwinServer
from ops.demo.twins.service import KEY, SERVICES, Service
from tests.crawlers import forked
from tests.crawlers.conftest import Crawling, crawling, shop_crawl
from vigie import vault
from vigie.clock import now
from vigie.errors import VigieError
from vigie.settings import load_settings
from vigie.store import (
    Crawl,
    Credential,
    Health,
    Outcome,
    Review,
    ReviewState,
    Shop,
    Site,
    Source,
)
from vigie.store.session import open_engine
from vigie.store.upgrade import upgrade

__all__ = ["shop_crawl"]
TODAY, BEFORE = date(2026, 11, 20), date(2026, 10, 16)
SHOP = "garage-du-pont-vieux"
REVIEWED = tuple(name for name in PLACES if "reviews" in PLATFORMS[name].kinds)
WITH_A_TOTAL = ("google", "etsy")
REPLY = "Revenez nous voir, nous referons le travail."
STEPS = ("first", "again", "later", "deleted", "deleted again", "restored")


def _add(
    crawling: Crawling, name: str, base_url: str, key: str | None = KEY, more: str = ""
) -> int:
    with crawling.factory.begin() as session:
        source = add_source(
            session,
            crawling.settings,
            session.get_one(Shop, crawling.shop_id),
            f"{base_url}{PLACES[name](SHOP)}{more}",
            platform=name,
            base_url=base_url,
        )
        session.get_one(Site, source.site_id).min_delay_s = 0.0
        for need in PLATFORMS[name].needs if key is not None else ():
            if need.secret:
                sealed = vault.Vault(crawling.settings).seal(key or "")
                secret = Credential(
                    source_id=source.id, name=need.name, sealed=sealed, set_at=now()
                )
                session.add(secret)
        return source.id


@dataclass
class Story:
    """What each step of the story gave, by platform."""

    crawling: Crawling
    ids: dict[str, int]
    results: dict[str, dict[str, CrawlResult]] = field(default_factory=dict)
    asked: dict[str, Counter[str]] = field(default_factory=dict)
    gone: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def crawl(self, step: str, twins: TwinServer) -> None:
        before = twins.asked.copy()
        names = {source_id: name for name, source_id in self.ids.items()}
        results = run_batch(self.crawling.settings, list(names))
        self.results[step] = {names[one.source_id]: one for one in results}
        self.asked[step] = twins.asked - before
        with self.crawling.factory() as session:
            self.gone[step] = {name: _gone(session, self.ids[name]) for name in REVIEWED}


def _gone(session: Session, source_id: int) -> set[str]:
    gone = select(Review.external_id).where(
        Review.source_id == source_id, Review.state == ReviewState.GONE
    )
    return set(session.scalars(gone))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    patch = pytest.MonkeyPatch()
    patch.setattr(run, "run_child", forked.run_child)
    folder = tmp_path_factory.mktemp("services")
    settings = load_settings(data_dir=folder, contact="tests@example.org")
    engine = open_engine(settings)
    upgrade(engine)
    service = Service(Town(TODAY, BEFORE), a_page=20)
    with TwinServer(service) as twins:
        yield _played(crawling(settings, engine), twins)
    patch.undo()
    engine.dispose()


def _played(crawling: Crawling, twins: TwinServer) -> Story:
    long = {"max_pages": 50, "source_timeout_s": 30}
    crawling.settings = crawling.settings.model_copy(update=long)
    story = Story(crawling, {name: _add(crawling, name, twins.url) for name in PLACES})
    service = twins.service
    story.crawl("first", twins)
    story.crawl("again", twins)
    young, old = (service.reviews(SHOP)[place].reference for place in (2, 51))
    service.town.day = TODAY
    service.edited = {young: TODAY, old: TODAY}
    service.answered = {young: REPLY}
    story.crawl("later", twins)
    # Not the oldest: without a total, those may have slipped off the end of a list.
    service.deleted = {one.reference for one in service.reviews(SHOP)[30:33]}
    for step in STEPS[3:]:
        if step == "restored":
            service.deleted = set()
        with crawling.factory.begin() as session:
            # Without a total, only a full reading tells.
            others = [story.ids[name] for name in REVIEWED if name not in WITH_A_TOTAL]
            session.execute(update(Source).where(Source.id.in_(others)).values(full_at=None))
        story.crawl(step, twins)
    return story


@pytest.mark.parametrize("name", PLACES)
def test_a_service_is_read_whole_then_asked_for_its_news_alone(story: Story, name: str) -> None:
    first, again, later = (story.results[step][name] for step in STEPS[:3])
    assert (first.outcome, again.outcome, again.new) == (Outcome.OK, Outcome.UNCHANGED, 0)
    if name in REVIEWED:
        assert first.new == first.reviews > 80
        assert later.new == 12
        assert (first.pages > 4 and again.pages <= later.pages <= 2) or name == "avis_verifies"
    else:
        assert (first.new, first.listings, later.changed) == (5, 5, 3)
        # What was sold meanwhile is missed twice: it has ended.
        assert (story.results["deleted"][name].changed, later.listings) == (1, 4)


def test_no_more_is_asked_than_is_told(story: Story) -> None:
    for step in STEPS:
        pages = {name: result.pages for name, result in story.results[step].items()}
        # Reviews and offers are two sources of one service.
        pages["etsy"] += pages.pop("etsy_listings")
        assert dict(story.asked[step]) == pages


@pytest.mark.parametrize("name", REVIEWED)
def test_an_edit_and_a_reply_keep_what_was_said_before(story: Story, name: str) -> None:
    with story.crawling.factory() as session:
        reviews = session.scalars(select(Review).where(Review.source_id == story.ids[name])).all()
        changed = [one for one in reviews if one.versions]
        assert len(changed) == 2
        assert all("Modifié depuis" in one.text for one in changed)
        assert not any(
            "Modifié depuis" in version.text for one in changed for version in one.versions
        )
        replies = [one.reply_text for one in changed if one.reply_text == REPLY]
    assert len(replies) == (name in ("google", "trustpilot", "avis_verifies"))
    # In the order of changes the older one comes up at once, elsewhere with a full reading.
    assert story.results["later"][name].changed == 1 + (name in ("google", "avis_verifies"))


@pytest.mark.parametrize("name", REVIEWED)
def test_a_deleted_review_is_gone_and_comes_back(story: Story, name: str) -> None:
    # Google says of each that it is deleted; the others only stop showing it.
    assert [len(story.gone[step][name]) for step in STEPS] == (
        [0, 0, 0, 3, 3, 0] if name == "google" else [0, 0, 0, 0, 3, 0]
    )


def test_no_key_is_in_the_evidence(story: Story) -> None:
    with story.crawling.factory() as session:
        assert KEY not in str(session.scalars(select(Crawl.evidence)).all())
        health = session.scalars(select(Source.health)).all()
    assert set(health) == {Health.HEALTHY}


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "run_child", forked.run_child)


@pytest.mark.usefixtures("_quick")
def test_a_key_that_opens_nothing_blocks_its_source_and_says_the_remedy(
    shop_crawl: Crawling,
) -> None:
    keyed = [name for name in PLACES if any(need.secret for need in PLATFORMS[name].needs)]
    with TwinServer(Service(Town(TODAY, TODAY))) as twins:
        names = {_add(shop_crawl, name, twins.url, "une autre"): name for name in keyed}
        missing = _add(shop_crawl, "trustpilot", twins.url, None, "?sans-cle")
        results = {one.source_id: one for one in shop_crawl.crawl([*names, missing])}
        asked = dict(twins.asked)
    assert {one.outcome for one in results.values()} == {Outcome.BLOCKED}
    said = {name: results[source_id].sentence for source_id, name in names.items()}
    # A grant that is over is another matter than a key that is wrong.
    assert all("révoqué" in said.pop(name) for name in ("google", "facebook"))
    assert all("vérifiez la clé" in sentence for sentence in said.values())
    assert "vigie credentials set" in results[missing].sentence.replace("\u00a0", " ")
    assert set(asked.values()) == {1, 2}
    with shop_crawl.factory() as session:
        assert set(session.scalars(select(Source.health))) == {Health.BLOCKED}


@pytest.mark.usefixtures("_quick")
def test_a_service_that_turns_away_is_left_alone_for_as_long_as_it_asks(
    shop_crawl: Crawling,
) -> None:
    closed = Town(TODAY, TODAY)
    closed.board.on(SERVICES, "down")
    with (
        TwinServer(Service(Town(TODAY, TODAY), most=0, retry_after_s=1800)) as busy,
        TwinServer(Service(closed)) as down,
    ):
        ids = [_add(shop_crawl, "google", busy.url), _add(shop_crawl, "ebay", down.url)]
        results = shop_crawl.crawl(ids)
        assert dict(busy.asked) == {"google": 2}
    assert {one.outcome for one in results} == {Outcome.UNREACHABLE}
    assert "plus tard" in results[0].sentence
    assert "503" in results[1].sentence
    with shop_crawl.factory() as session:
        sources = [session.get_one(Source, source_id) for source_id in ids]
        assert {source.health for source in sources} == {Health.LATE}
        until = sources[0].site.paused_until if sources[0].site else None
        assert until is not None
        assert 1700 < (until - now()).total_seconds() <= 1800
        assert sources[0].next_run_at is not None
        assert sources[0].next_run_at >= until


def test_a_twin_is_only_of_the_operators_own_network(shop_crawl: Crawling) -> None:
    with pytest.raises(VigieError, match="--base-url"):
        _add(shop_crawl, "trustpilot", "https://pages.example")


def test_secrets_are_sealed_anew_and_an_old_key_is_dropped(
    shop_crawl: Crawling, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _add(shop_crawl, "trustpilot", "http://127.0.0.1:9")
    key_file = shop_crawl.settings.data_dir / vault.FILE_NAME
    before = key_file.read_text()
    with shop_crawl.factory() as session:
        sealed = {one.sealed for one in session.scalars(select(Credential))}
        assert not any(KEY in one for one in sealed)
        assert vault.rotate(session, shop_crawl.settings) == len(sealed)
        opened = vault.Vault(shop_crawl.settings)
        assert {opened.open(one.sealed) for one in session.scalars(select(Credential))} == {KEY}
    assert key_file.read_text() != before
    assert key_file.stat().st_mode & 0o077 == 0
    with pytest.raises(VigieError, match="autre clé"):
        opened.open(next(iter(sealed)))
    assert KEY not in caplog.text
