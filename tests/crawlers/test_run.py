"""Batches on each database, over time, and when the child process does not end well."""

import sys
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from sqlalchemy import Engine, select

from crawlers import run
from crawlers.lease import Lease
from tests.crawlers.conftest import Crawling, crawling
from tests.crawlers.server import Answer, Handler, Site, page, review
from vigie import clock
from vigie.errors import VigieError
from vigie.settings import Settings
from vigie.store import Crawl, Outcome, Review, ReviewState, ReviewVersion, Source
from vigie.store.source import claim_source, due_source_ids

FIRST_DAY = datetime(2026, 4, 1, tzinfo=UTC)


def test_crawling_again_sees_edits_and_what_is_gone(shop_crawl: Crawling) -> None:
    visits = [
        (page([review(1), review(2, "Bien.")], stated=2), Outcome.OK, (2, 0)),
        (page([review(2, "Très bien.")], stated=1), Outcome.OK, (0, 1)),
        (page([review(2, "Très bien.")], stated=1), Outcome.OK, (0, 1)),
        (page([review(2, "Très bien.")], stated=1), Outcome.UNCHANGED, (0, 0)),
    ]
    with Site() as site:
        source = shop_crawl.add(site.url("/avis"))
        for day, (shown, outcome, counts) in enumerate(visits):
            _freeze(FIRST_DAY + timedelta(days=day))
            site.pages["/avis"] = shown
            (result,) = shop_crawl.crawl([source])
            assert (result.outcome, (result.new, result.changed)) == (outcome, counts), day
    with shop_crawl.factory() as session:
        states = {row.text: row.state for row in session.scalars(select(Review))}
        versions = session.scalars(select(ReviewVersion.text)).all()
    assert states.pop("Très bien.") is ReviewState.PRESENT
    assert list(states.values()) == [ReviewState.GONE]
    assert versions == ["Bien."]


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_crawl_lives_at_its_parents_time_on_postgresql_too(
    settings: Settings, engine: Engine
) -> None:
    crawl = crawling(settings, engine)
    _freeze(FIRST_DAY)
    with Site({"/avis": page([review(1)], stated=1)}) as site:
        (result,) = crawl.crawl([crawl.add(site.url("/avis"))])
    assert (result.outcome, result.new) == (Outcome.OK, 1)
    with crawl.factory() as session:
        first_seen = session.scalars(select(Review.first_seen_at)).one()
    assert timedelta(0) <= first_seen - FIRST_DAY < timedelta(minutes=2)


def _freeze(moment: datetime) -> None:
    clock.set_clock(lambda: moment)


def test_a_batch_that_takes_too_long_is_stopped_and_its_sources_are_free(
    shop_crawl: Crawling, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_: str) -> Answer:
        sleep(20)
        return Answer()

    monkeypatch.setattr(run, "_limit_s", lambda *_: 1.0)
    with Site({"/avis": slow}) as site:
        (result,) = shop_crawl.crawl([shop_crawl.add(site.url("/avis"))])
    assert result.outcome in (Outcome.UNREACHABLE, Outcome.BROKEN)
    assert "arrêtée" in result.sentence
    _assert_free(shop_crawl)


def test_a_child_that_dies_leaves_an_outcome_for_each_source(
    shop_crawl: Crawling, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    ids = [shop_crawl.add(f"http://127.0.0.1:9/avis/{number}") for number in range(2)]
    results = shop_crawl.crawl(ids)
    assert [result.outcome for result in results] == [Outcome.BROKEN] * 2
    assert "interrompue" in results[0].sentence
    assert "status 1" in caplog.text
    _assert_free(shop_crawl)


def _assert_free(crawl: Crawling) -> None:
    with crawl.factory() as session:
        assert session.scalars(select(Source.claimed_until)).all().count(None) == len(
            session.scalars(select(Source)).all()
        )
        assert all(outcome is not None for outcome in session.scalars(select(Crawl.outcome)))


def test_a_source_that_another_process_holds_is_left_to_it(shop_crawl: Crawling) -> None:
    source = shop_crawl.add("http://127.0.0.1:9/avis")
    with shop_crawl.factory() as session:
        claim_source(session, source, "another", clock.now() + timedelta(hours=1))
    assert shop_crawl.crawl([source]) == []
    with shop_crawl.factory() as session:
        assert session.get_one(Source, source).claimed_by == "another"
        assert session.scalars(select(Crawl)).all() == []


def test_no_crawl_leaves_without_a_contact_address(shop_crawl: Crawling) -> None:
    shop_crawl.settings = shop_crawl.settings.model_copy(update={"contact": " \n"})
    with pytest.raises(VigieError, match="VIGIE_CONTACT"):
        shop_crawl.crawl([1])


def test_an_import_is_no_page_to_read(shop_crawl: Crawling) -> None:
    source = shop_crawl.add("http://127.0.0.1:9/avis")
    with shop_crawl.factory.begin() as session:
        session.get_one(Source, source).site_id = None
    with pytest.raises(VigieError, match="import"):
        shop_crawl.crawl([source])


def test_the_longer_of_our_delay_and_the_sites_own_is_kept(shop_crawl: Crawling) -> None:
    robots = Answer("User-agent: *\nCrawl-delay: 1\n", kind="text/plain")
    pages: dict[str, Answer | Handler] = {"/a": page([review(1)]), "/b": page([review(2)])}
    with Site(pages) as ours, Site({"/robots.txt": robots, **pages}) as theirs:
        ids = [shop_crawl.add(ours.url(path), delay_s=0.4) for path in ("/a", "/b")]
        ids += [shop_crawl.add(theirs.url(path), delay_s=0.1) for path in ("/a", "/b")]
        seconds = [result.seconds for result in shop_crawl.crawl(ids)]
    # robots.txt, then two pages, one after the other.
    assert seconds[0] + seconds[1] >= 0.8
    assert seconds[2] + seconds[3] >= 2.0


def test_claims_are_renewed_while_a_batch_runs_and_end_soon_after_its_death(
    shop_crawl: Crawling,
) -> None:
    _freeze(FIRST_DAY)
    source = shop_crawl.add("http://127.0.0.1:9/avis")
    with Lease(shop_crawl.factory) as lease, shop_crawl.factory() as session:
        assert lease.claim(session, source)
        _freeze(FIRST_DAY + timedelta(minutes=5))
        lease.renew()
    with shop_crawl.factory() as session:
        assert due_source_ids(session, FIRST_DAY + timedelta(minutes=14)) == []
        assert due_source_ids(session, FIRST_DAY + timedelta(minutes=16)) == [source]
