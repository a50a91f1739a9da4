"""Recipes tried on a page for somebody at a browser: read as in a crawl, and nothing stored."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from crawlers import trials
from crawlers.collection import Collection
from crawlers.sources import add_source
from crawlers.trials import take_up
from tests.crawlers import forked
from tests.crawlers.server import Answer
from tests.crawlers.server import Site as WebSite
from tests.factories import make_shop, make_source
from vigie import clock
from vigie.clock import now
from vigie.errors import VigieError
from vigie.settings import Settings
from vigie.store import Permission, RecipeTrial, Review, Site
from vigie.store.recipe_trial import ask_trial, claim_trial, forget_trials
from vigie.store.session import open_engine, session_factory

PAGE = """<!doctype html><html lang="fr"><head><title>Avis</title></head><body>
<ul><li class="avis"><b>Jeanne Dupont</b> <i>4/5</i> <time datetime="2026-03-01">1er mars</time>
<p>Très bien, écrivez à jeanne@example.org.</p></li>
<li class="avis"><b>Paul</b> <i>2/5</i><p>Trop cher.</p></li><li class="avis"><b>Vide</b></li></ul>
<a class="suite" href="?page=2">Suite</a></body></html>"""
RECIPE = {
    "kind": "reviews",
    "items": ".avis",
    "fields": {"author": "b", "rating": "i", "text": "p", "published": "time", "title": "h9"},
    "next": "a.suite",
}


@pytest.fixture
def trial_factory(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sessionmaker[Session]]:
    monkeypatch.setattr(trials, "run_child", forked.run_child)
    engine = open_engine(sqlite_settings)
    yield session_factory(engine)
    engine.dispose()


def tried(
    settings: Settings, factory: sessionmaker[Session], url: str, **recipe: Any
) -> dict[str, Any]:
    with factory.begin() as session:
        trial = ask_trial(session, None, url, json.dumps({**RECIPE, **recipe}))
    assert take_up(settings, factory) == 1
    with factory() as session:
        held = session.get_one(RecipeTrial, trial.id)
        assert held.answered_at is not None
        return held.answer


def test_a_trial_says_what_was_read_and_what_was_not_and_stores_nothing(
    sqlite_settings: Settings, trial_factory: sessionmaker[Session]
) -> None:
    with WebSite({"/avis": Answer(PAGE)}) as web:
        with trial_factory.begin() as session:
            source = add_source(session, sqlite_settings, make_shop(session), web.url("/"))
            site_id = source.site_id
            session.get_one(Site, site_id).min_delay_s = 0.0
        answer = tried(sqlite_settings, trial_factory, web.url("/avis"))
        assert web.paths() == ["/robots.txt", "/.well-known/tdmrep.json", "/avis"]
        nothing = tried(sqlite_settings, trial_factory, web.url("/avis"), items=".autre")
    assert (answer["status"], answer["trouble"]) == (200, None)
    assert (answer["count"], answer["kept"]) == (3, 2)
    assert answer["found"] == {"author": 3, "rating": 2, "text": 2, "published": 1, "title": 0}
    assert answer["next"].endswith("/avis?page=2")
    first = answer["items"][0]
    assert (first["author"], first["rating"], first["published"]) == (
        "Jeanne D.",
        "4/5",
        "1er mars 2026",
    )
    assert "jeanne@" not in str(answer)
    assert (nothing["count"], nothing["found"]["text"]) == (0, 0)
    with trial_factory() as session:
        assert session.scalar(select(func.count()).select_from(Review)) == 0
        # It took its turns at the site, as any crawl does.
        assert session.get_one(Site, site_id).requests_made == 6


def test_what_a_site_forbids_is_not_tried(
    sqlite_settings: Settings, trial_factory: sessionmaker[Session]
) -> None:
    rules = Answer("User-agent: *\nDisallow: /avis", kind="text/plain")
    with WebSite({"/robots.txt": rules, "/avis": Answer(PAGE), "/ici": Answer("", 403)}) as web:
        # A machine of the operator's own that nobody named at the machine itself.
        refused = tried(sqlite_settings, trial_factory, web.url("/avis"))["refused"]
        assert "vigie source add" in refused
        assert web.paths() == []
        with trial_factory.begin() as session:
            add_source(session, sqlite_settings, make_shop(session), web.url("/"))
            session.scalars(select(Site)).one().min_delay_s = 0.0
        assert tried(sqlite_settings, trial_factory, web.url("/avis"))["trouble"] == "robots"
        assert tried(sqlite_settings, trial_factory, web.url("/ici"))["status"] == 403
        with trial_factory.begin() as session:
            session.scalars(select(Site)).one().permission = Permission.NONE
        before = web.paths()
        assert "aucune" in tried(sqlite_settings, trial_factory, web.url("/ici"))["refused"]
        assert web.paths() == before


def test_what_cannot_be_tried_is_said_before_it_is_asked_for(
    sqlite_settings: Settings, trial_factory: sessionmaker[Session]
) -> None:
    doors = Collection(sqlite_settings)
    with trial_factory() as session:
        for url, recipe, said in (
            ("http://169.254.169.254/", RECIPE, "réseau privé"),
            ("http://10.0.0.8/avis", RECIPE, "votre propre réseau"),
            ("file:///etc/passwd", RECIPE, "adresse d’une page"),
            ("https://avis.example/", {**RECIPE, "items": "li["}, "items"),
            ("https://avis.example/", {**RECIPE, "state": "X", "items": "a["}, "items"),
            ("https://avis.example/", {**RECIPE, "next": "x" * 20_000}, "dépasse"),
        ):
            with pytest.raises(VigieError, match=said):
                doors.check_trial(session, url, json.dumps(recipe))
        assert doors.check_trial(session, "https://AVIS.example", json.dumps(RECIPE)) == (
            "https://avis.example/"
        )


def test_trials_are_few_taken_by_one_and_forgotten_after_a_day(
    factory: sessionmaker[Session],
) -> None:
    start = now()
    with factory() as session:
        first, *_ = [ask_trial(session, None, "https://a.example/", "{}") for _ in range(5)]
        with pytest.raises(VigieError, match="attendent déjà"):
            ask_trial(session, None, "https://a.example/", "{}")
        session.commit()
        until = start + timedelta(minutes=5)
        assert [claim_trial(session, first.id, until) for _ in range(2)] == [True, False]
        clock.set_clock(lambda: start + timedelta(minutes=6))
        # Whoever held it is dead.
        assert claim_trial(session, first.id, start + timedelta(minutes=9))
        clock.set_clock(lambda: start + timedelta(days=1, minutes=1))
        forget_trials(session)
        assert session.scalars(select(RecipeTrial)).all() == []


def test_a_site_only_asked_for_a_trial_is_forgotten_with_it(factory: sessionmaker[Session]) -> None:
    start = now()
    with factory() as session:
        used = make_source(session).site
        assert used is not None
        stated = Site(host="stated.example", requests_per_day=5, created_at=start)
        waits = Site(host="waits.example", paused_until=start + timedelta(days=2), created_at=start)
        tried, untried, again = (Site(host=f"{one}.example", created_at=start) for one in "abc")
        session.add_all((stated, waits, tried, untried, again))
        for one in (used, stated, waits, tried, again):
            ask_trial(session, None, f"https://{one.host}/avis", "{}")
        session.commit()
        kept = {used.host, stated.host, waits.host, untried.host, again.host}
        clock.set_clock(lambda: start + timedelta(days=1, minutes=1))
        # Whoever takes this one up asks its site in turn with every other crawl.
        ask_trial(session, None, f"https://{again.host}/avis", "{}")
        forget_trials(session)
        session.commit()
        assert set(session.scalars(select(Site.host))) == kept
