"""The public calls for tenders on a shop's pages."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import make_shop, make_source
from tests.web.conftest import arrive
from vigie import clock
from vigie.store import Source, Tender

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PAGE = "/commerces/garage/marches"


def make_tender(session: Session, source: Source, title: str, **traits: object) -> Tender:
    values: dict[str, object] = {
        "external_id": title[:40],
        "title": title,
        "departements": ["37"],
        "codes": ["270"],
        "descriptors": [],
        "content_hash": "0",
        "first_seen_at": NOW,
        "last_seen_at": NOW,
    }
    tender = Tender(shop_id=source.shop_id, source_id=source.id, **{**values, **traits})
    session.add(tender)
    return tender


def test_tenders_are_listed_by_deadline_and_leave_with_it(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    clock.set_clock(lambda: NOW)
    shop = make_shop(sqlite_session, slug="garage")
    owner = arrive(sqlite_app, sqlite_session, shop)
    assert "ne sont pas encore suivis" in owner.text(PAGE)
    source = make_source(sqlite_session, shop, platform="boamp")
    sqlite_session.commit()
    assert "Aucun marché public en cours" in owner.text(PAGE)
    make_tender(sqlite_session, source, "Sans date")
    make_tender(
        sqlite_session,
        source,
        "Toiture <b>de l’école</b>",
        buyer="Commune de Tours",
        url="https://www.boamp.fr/avis/26-1",
        deadline_at=NOW + timedelta(days=4, hours=2),
    )
    make_tender(sqlite_session, source, "Trop tard", deadline_at=NOW - timedelta(minutes=1))
    make_tender(sqlite_session, source, "Retiré", closed_at=NOW)
    make_tender(sqlite_session, source, "Piégé", url="javascript:alert(1)")
    sqlite_session.commit()
    html, text = owner.get(PAGE).text, owner.text(PAGE)
    assert "Marchés publics 3 en cours Toiture" in text
    assert "Réponse avant le mardi 24 novembre 2026 à 12:00" in text
    assert "Acheteur Commune de Tours Département 37 Métiers 270" in text
    assert "&lt;b&gt;de l’école" in html
    assert 'href="https://www.boamp.fr/avis/26-1"' in html
    assert "javascript:" not in html
    assert "Trop tard" not in text
    assert "Retiré" not in text
    assert arrive(sqlite_app, sqlite_session).get(PAGE).status_code == 404
