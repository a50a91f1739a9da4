"""Public tenders, from the town's BOAMP to their rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from crawlers import run
from crawlers.ingest import Place
from crawlers.platforms.base import Tender as Read
from crawlers.run import CrawlResult
from crawlers.sources import add_source
from crawlers.tenders import ingest_tenders, miss_unseen_tenders, tender_row
from ops.demo.sites import Town
from ops.demo.twins import boamp
from ops.demo.twins.service import Service
from tests.crawlers.conftest import Crawling, shop_crawl
from tests.crawlers.in_process import child_on
from tests.crawlers.server import Answer
from tests.factories import make_source
from vigie.errors import VigieError
from vigie.store import Outcome, Shop, Source, Tender
from vigie.store.tender import open_tenders

__all__ = ["shop_crawl"]
TODAY = date(2026, 11, 20)
URL = "https://www.boamp.fr/pages/recherche/"


def _add(crawling: Crawling, base_url: str | None = None, url: str = URL, **options: str) -> int:
    with crawling.factory.begin() as session:
        shop = session.get_one(Shop, crawling.shop_id)
        source = add_source(
            session, crawling.settings, shop, url, options=options, base_url=base_url
        )
        assert source.site is not None
        source.site.min_delay_s = 0.0
        return source.id


def test_tenders_are_kept_seen_again_changed_and_closed(
    shop_crawl: Crawling, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [one for one in boamp.CALLS if one.departement == "37" and one.trade[0] == "270"]
    school, boilers = calls
    school = replace(school, title="École : écrire à m.durand@mairie.example ou 06 12 34 56 78")
    # The département is the shop's own, by its postcode.
    source_id = _add(shop_crawl, "http://127.0.0.1:9", trades="270")
    app = Flask(__name__)
    app.register_blueprint(boamp.twin(Service(Town(TODAY, TODAY), a_page=1)))

    def answered(path: str) -> Answer:
        response = app.test_client().get(path)
        return Answer(response.get_data(as_text=True), response.status_code)

    def crawl(*shown: object) -> CrawlResult:
        monkeypatch.setattr(boamp, "CALLS", shown)
        return shop_crawl.crawl([source_id])[0]

    monkeypatch.setattr(run, "run_child", child_on(answered))
    first = crawl(school, boilers)
    assert (first.outcome, first.new, first.changed) == (Outcome.OK, 2, 0)
    assert first.sentence.startswith("2 marchés publics lus sur 2 pages")
    again = crawl(school, boilers)
    assert (again.outcome, again.new, again.changed) == (Outcome.UNCHANGED, 0, 0)
    later = crawl(school, replace(boilers, days_left=40))
    assert (later.new, later.changed) == (0, 1)
    # Its deadline was not over: one reading may have missed it, two did not.
    assert crawl(school).changed == 0
    assert crawl(school).changed == 1
    assert crawl().outcome is Outcome.EMPTY
    with shop_crawl.factory() as session:
        kept = {one.external_id: one for one in session.scalars(select(Tender))}
        one, other = kept[school.reference], kept[boilers.reference]
        assert "durand" not in one.title
        assert "06 12" not in one.title
        assert (one.codes, one.departements, one.buyer) == (["270"], ["37"], school.buyer)
        assert one.deadline_at == datetime(2026, 12, 2, 11, tzinfo=UTC)
        assert one.published_on == TODAY - timedelta(days=school.published_days_ago)
        assert other.changed_at is not None
        assert other.closed_at is not None
        day = datetime(2026, 11, 20, tzinfo=UTC)
        assert open_tenders(session, one.shop_id, day) == [one]
        assert open_tenders(session, one.shop_id, day + timedelta(days=30)) == []
        assert session.get_one(Source, source_id).options["departements"] == "37"


def test_a_search_of_the_boamp_is_taken_as_it_is_and_odd_codes_are_refused(
    shop_crawl: Crawling,
) -> None:
    search = f"{URL}?refine.code_departement=2A&refine.descripteur_code=270"
    with shop_crawl.factory() as session:
        assert not session.get_one(Source, _add(shop_crawl, url=search)).options
    with pytest.raises(VigieError, match="plomberie"):
        _add(shop_crawl, trades="plomberie")
    with shop_crawl.factory.begin() as session:
        session.get_one(Shop, shop_crawl.shop_id).postcode = None
    with pytest.raises(VigieError, match="departements=37"):
        _add(shop_crawl)


def test_both_databases_keep_close_and_reopen_a_tender(factory: sessionmaker[Session]) -> None:
    day = datetime(2026, 11, 20, 8, tzinfo=UTC)
    row = tender_row(Read(external_id="26-1", title="Toiture", deadline="2026-11-20", codes=("1",)))
    assert row is not None
    assert [
        one.values["deadline_at"]
        for given in ("9999-12-31", "0001-01-01T00:00:00Z", "bientôt")
        if (one := tender_row(Read(external_id="1", title="x", deadline=given)))
    ] == [None, None, None]
    with factory.begin() as session:
        source = make_source(session)
        place = Place(source.id, source.shop_id)
        assert ingest_tenders(session, place, [row, row], day).new == 1
        # The whole of its last day counts, in France.
        assert len(open_tenders(session, place.shop_id, day + timedelta(hours=14))) == 1
        assert miss_unseen_tenders(session, place, day + timedelta(days=2)) == 1
        assert open_tenders(session, place.shop_id, day) == []
        assert ingest_tenders(session, place, [row], day).changed == 1
        assert [one.codes for one in open_tenders(session, place.shop_id, day)] == [["1"]]
