"""Adaptive cadences from what is stored: how often, when next, and why."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import inf
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import SOME_MOMENT, make_review, make_shop, make_source
from vigie import clock
from vigie.cadence.recompute import recompute
from vigie.cadence.rule import DAY_S, CadenceKind, next_runs, requests_per_day
from vigie.cadence.words import reason
from vigie.settings import Settings
from vigie.store import Crawl, Health, Outcome, Reach, Source
from vigie.store.session import open_engine, session_factory
from vigie.store.source import has_outdated_cadence, set_cadence

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen() -> None:
    clock.set_clock(lambda: SOME_MOMENT)


@pytest.fixture
def sqlite_factory(sqlite_settings: Settings) -> Iterator[sessionmaker[Session]]:
    engine = open_engine(sqlite_settings)
    yield session_factory(engine)
    engine.dispose()


def _source(session: Session, every_d: float, **traits: Any) -> Source:
    """A source read each week, with a review each so many days; none for infinity."""
    defaults = {"cadence_kind": "adaptive", "created_at": SOME_MOMENT - 100 * DAY}
    source = make_source(session, **{**defaults, **traits})
    for week in range(12):
        _read(session, source, SOME_MOMENT - DAY / 24 - 7 * week * DAY, reviews_seen=9)
    for number in range(int(90 / every_d)):
        when = SOME_MOMENT - (number + 0.5) * every_d * DAY
        make_review(session, source, published_at=when)
    return source


def _read(session: Session, source: Source, at: datetime, **values: Any) -> None:
    defaults = {"pages": 1, "outcome": Outcome.OK}
    times = {"started_at": at, "finished_at": at}
    session.add(Crawl(source_id=source.id, **times, **{**defaults, **values}))


def test_a_cadence_follows_the_news_and_says_why(factory: sessionmaker[Session]) -> None:
    with factory.begin() as session:
        busy, steady, silent = (_source(session, every_d) for every_d in (0.25, 7 / 3, inf))
        make_source(session, cadence_kind="adaptive", paused=True)
        listings = make_source(session, cadence_kind="adaptive", created_at=SOME_MOMENT - 90 * DAY)
        for number in range(80):
            at = SOME_MOMENT - number * DAY
            _read(session, listings, at, listings_seen=5, items_changed=int(number % 5 == 0))
    with factory() as session:
        assert has_outdated_cadence(session, SOME_MOMENT)
    made = recompute(factory, DAY_S)
    assert (made.sources, made.changed, recompute(factory, DAY_S).changed) == (4, 4, 0)
    assert made.delay_s < made.even_delay_s == pytest.approx(DAY_S / 2)
    with factory() as session:
        assert not has_outdated_cadence(session, SOME_MOMENT)
        assert has_outdated_cadence(session, SOME_MOMENT + DAY)
        rows = [session.get_one(Source, one.id) for one in (busy, steady, silent, listings)]
    assert rows[0].cadence_s < rows[1].cadence_s < rows[2].cadence_s == 7 * DAY_S
    assert sum(requests_per_day(row) for row in rows) == pytest.approx(4, rel=0.02)
    said = [reason(row) for row in rows]
    assert said[0].startswith("environ 4 avis par jour : lu toutes les ")
    assert said[1].startswith("environ 3 avis par semaine : lu ")
    assert said[2].endswith(
        "par an : lu tous les 7 jours, car rien ne reste plus de 7 jours sans être lu"
    )
    assert said[3].startswith("les annonces changent environ 2 fois par semaine")


def test_a_site_is_not_asked_for_more_than_it_permits(
    sqlite_factory: sessionmaker[Session],
) -> None:
    with sqlite_factory.begin() as session:
        first = _source(session, 2.0)
        assert first.site is not None
        first.site.requests_per_day = 4
        others = [_source(session, 2.0, site_id=first.site_id) for _ in range(9)]
        fixed = _source(session, 2.0, site_id=first.site_id, cadence_kind="interval")
    recompute(sqlite_factory, DAY_S / 4)
    with sqlite_factory() as session:
        rows = [session.get_one(Source, one.id) for one in (first, *others)]
        assert session.get_one(Source, fixed.id).cadence_s == DAY_S
    asked = sum(requests_per_day(row) for row in rows) + 1
    assert asked == pytest.approx(0.9 * 4, rel=0.01)
    assert "dans la limite des requêtes permises" in reason(rows[0])


def test_full_passes_are_paid_first(sqlite_factory: sessionmaker[Session]) -> None:
    with sqlite_factory.begin() as session:
        source = make_source(session, cadence_kind="adaptive", full_cadence_s=7 * 86_400)
        assert source.site is not None
        source.site.requests_per_day = 10
        for number in range(14):
            whole = number % 7 == 6
            _read(
                session,
                source,
                SOME_MOMENT - number * DAY,
                reviews_seen=9,
                pages=36 if whole else 1,
                reach=Reach.WHOLE if whole else Reach.KNOWN,
            )
    recompute(sqlite_factory, DAY_S / 24)
    with sqlite_factory() as session:
        # Nine tenths of ten, less 35 pages in a week, leave four a day.
        assert session.get_one(Source, source.id).cadence_s == 6 * 3600


def test_reviews_without_a_date_are_news_when_they_were_not_there_at_first(
    factory: sessionmaker[Session],
) -> None:
    with factory.begin() as session:
        source = _source(session, inf)
        for number in range(40):
            # Thirty that were there, then one in ten days.
            at = SOME_MOMENT - (100 if number < 30 else 10 * (number - 29)) * DAY
            make_review(session, source, published_at=at, first_seen_at=at + DAY / 10_000)
    recompute(factory, DAY_S)
    with factory() as session:
        assert reason(session.get_one(Source, source.id)).startswith("environ 3 avis par mois")


def test_a_new_source_leans_on_its_like_and_says_so(sqlite_factory: sessionmaker[Session]) -> None:
    with sqlite_factory.begin() as session:
        shop = make_shop(session)
        for number in range(6):
            _source(session, 3.0, shop=shop, url=f"https://un.example/{number}")
        new = make_source(session, shop, cadence_kind="adaptive", next_run_at=SOME_MOMENT)
    recompute(sqlite_factory, DAY_S)
    with sqlite_factory() as session:
        said = reason(session.get_one(Source, new.id))
    assert "avis par semaine" in said
    assert "d’après des sources semblables" in said


def test_a_source_that_was_never_read_is_read_at_once(
    sqlite_factory: sessionmaker[Session],
) -> None:
    with sqlite_factory.begin() as session:
        for health in (Health.NEW, Health.HEALTHY):
            _source(session, inf, health=health, next_run_at=SOME_MOMENT)
        _source(session, 0.25)
    recompute(sqlite_factory, DAY_S)
    with sqlite_factory() as session:
        new, read = (session.get_one(Source, number) for number in (1, 2))
        assert new.next_run_at == SOME_MOMENT
        assert read.next_run_at is not None
        assert read.next_run_at == SOME_MOMENT - DAY + timedelta(seconds=read.cadence_s)
        assert min(new.cadence_s, read.cadence_s) > DAY_S


def test_the_next_run_follows_the_kind_of_cadence(sqlite_factory: sessionmaker[Session]) -> None:
    # SOME_MOMENT is a Monday, 10 o'clock in Paris.
    with sqlite_factory.begin() as session:
        source = make_source(session, cadence_s=6 * 3600, next_run_at=SOME_MOMENT + DAY / 8)
        set_cadence(source, 12 * 3600)
        assert next_runs(source, 2, SOME_MOMENT) == [
            SOME_MOMENT + 9 * DAY / 24,
            SOME_MOMENT + 21 * DAY / 24,
        ]
        set_cadence(source, 7 * 86_400, CadenceKind.CRON, "30 9 * * 1")
        assert next_runs(source, 2, SOME_MOMENT) == [
            SOME_MOMENT + 7 * DAY - DAY / 48,
            SOME_MOMENT + 14 * DAY - DAY / 48,
        ]
        # What is overdue is read at once, and the clock goes on from there.
        assert next_runs(source, 2, SOME_MOMENT + 8 * DAY) == [
            SOME_MOMENT + 8 * DAY,
            SOME_MOMENT + 14 * DAY - DAY / 48,
        ]
        source.next_run_at = None
        assert next_runs(source, 2, SOME_MOMENT) == []
