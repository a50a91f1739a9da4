from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_shop, make_source
from tests.web.conftest import Person, arrive
from vigie import clock
from vigie.cadence.rule import CadenceKind
from vigie.store import AuditEntry, Crawl, Health, Outcome, Source
from vigie.store.health_change import change_health
from vigie.store.source import set_cadence

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def make_crawl(session: Session, source: Source, hours_ago: float, outcome: Outcome) -> Crawl:
    started = NOW - timedelta(hours=hours_ago)
    crawl = Crawl(
        source_id=source.id,
        started_at=started,
        finished_at=started + timedelta(seconds=7.4),
        outcome=outcome,
        pages=1,
        reviews_seen=12,
        items_new=3,
        evidence={"pages": [{"url": source.url, "status": 200, "bytes": 48_211, "reviews": 12}]},
    )
    session.add(crawl)
    session.flush()
    return crawl


@pytest.fixture
def source(session: Session) -> Source:
    clock.set_clock(lambda: NOW)
    source = make_source(session, label="Avis du Coin", next_run_at=NOW + timedelta(hours=5))
    make_crawl(session, source, 30, Outcome.BROKEN)
    make_crawl(session, source, 3, Outcome.OK)
    return source


@pytest.fixture
def operator(app: Flask, session: Session, source: Source) -> Person:
    assert source.id
    return arrive(app, session, operator=True)


def test_a_source_tells_how_its_last_crawl_went_and_when_it_goes_again(
    operator: Person, source: Source
) -> None:
    for text in (operator.text("/sources"), operator.text(f"/sources/{source.id}")):
        assert "Dernière lecture Lue, il y a 2 heures 12 avis, 0 annonce ; 3 nouveautés" in text
        assert "Prochaine lecture dans 5 heures" in text
        assert "Cadence Chaque jour" in text
        assert "Permission de lecture Non précisée" in text
        assert "vigie site set" in text
    log = operator.text(f"/sources/{source.id}")
    assert "20 mars 2026 à 10:00 lue" in log
    assert "19 mars 2026 à 07:00 illisible" in log
    assert source.url in log


def test_an_adaptive_cadence_says_why_it_is_so(
    operator: Person, source: Source, session: Session
) -> None:
    set_cadence(source, 43 * 3600, CadenceKind.ADAPTIVE)
    session.commit()
    assert "n’est pas encore calculé" in operator.text(f"/sources/{source.id}")
    source.rate_of, source.rate_per_day, source.rate_own_share = "reviews", 0.43, 0.9
    session.commit()
    for page in ("/sources", f"/sources/{source.id}"):
        assert "environ 3 avis par semaine : lu tous les 2 jours" in operator.text(page)


def test_pausing_says_so_and_can_be_taken_back(
    operator: Person, source: Source, session: Session
) -> None:
    told = operator.follow(operator.post(f"/sources/{source.id}/pause", retour="/sources"))
    assert "Avis du Coin est en pause. Annuler" in told
    assert "aucune, en pause" in told
    session.refresh(source)
    assert source.paused
    told = operator.follow(operator.post(f"/sources/{source.id}/reprise", retour="/sources"))
    assert "Avis du Coin est de nouveau lue." in told
    session.refresh(source)
    assert not source.paused
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["sign-in", "source-pause", "source-resume"]


def test_run_now_asks_by_a_row(operator: Person, source: Source, session: Session) -> None:
    told = operator.follow(operator.post(f"/sources/{source.id}/lire", retour="/sources"))
    assert "elle commence dans la minute" in told
    session.refresh(source)
    assert source.run_requested_at == NOW


def test_sources_in_trouble_come_first_and_can_be_picked(
    operator: Person, source: Source, session: Session
) -> None:
    shop = make_shop(session, name="Aaa")
    make_source(session, shop, label="Site fermé", health=Health.BLOCKED, health_since=NOW)
    session.commit()
    assert source.label
    text = operator.text("/sources")
    assert text.index("Site fermé") < text.index("Avis du Coin")
    assert "bloquée depuis le 20 mars" in text
    only = operator.text("/sources?sante=blocked")
    assert "Avis du Coin" not in only
    assert "Aucune source ne correspond" in operator.text("/sources?q=zzz")
    assert operator.get("/sources?sante=autre&page=-4").status_code == 200


def test_a_source_shows_its_changes_of_health_with_their_reasons(
    operator: Person, source: Source, session: Session
) -> None:
    assert "n’a pas encore changé" in operator.text(f"/sources/{source.id}")
    evidence = {"reason": "crawl-status-blocked", "args": {"status": 403}}
    change_health(session, source, Health.BLOCKED, NOW, evidence)
    session.commit()
    text = operator.text(f"/sources/{source.id}")
    assert "20 mars 2026 à 13:00 nouvelle → bloquée Le site refuse la lecture" in text
    assert "vérifiez que vous avez l’accord du site" in text


def test_an_import_has_no_cadence_to_change(operator: Person, session: Session) -> None:
    source = make_source(session, label="Import", site_id=None, url="import:avis", next_run_at=None)
    session.commit()
    html = operator.get(f"/sources/{source.id}").text
    assert "à la demande seulement" in html
    assert "Lire maintenant" not in html


def test_an_unknown_source_is_not_found(operator: Person) -> None:
    assert operator.get("/sources/999999").status_code == 404
    assert operator.post("/sources/999999/pause").status_code == 404
