from datetime import date
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import SOME_MOMENT, make_shop
from tests.web.conftest import arrive
from vigie.store import Alert, AlertState, AuditEntry, Severity, Shop

_numbers = count(1)


def make_alert(session: Session, shop: Shop, **traits: Any) -> Alert:
    values = {
        "shop_id": shop.id,
        "key": f"{shop.id}:{next(_numbers)}",
        "kind": "rating-shift",
        "subject": "note",
        "changed_on": date(2026, 2, 2),
        "severity": Severity.URGENT,
        "facts": {
            "direction": "down",
            "before": 4.5,
            "after": 3.2,
            "since": "2026-02-02",
            "n_after": 34,
        },
        "detected_at": SOME_MOMENT,
    }
    alert = Alert(**{**values, **traits})
    session.add(alert)
    session.flush()
    return alert


def state_of(session: Session, alert: Alert) -> AlertState:
    session.refresh(alert)
    return alert.state


def test_an_open_alert_is_told_acknowledged_and_taken_back(app: Flask, session: Session) -> None:
    shop = make_shop(session)
    alert = make_alert(session, shop)
    owner = arrive(app, session, shop)
    page = f"/commerces/{shop.slug}"

    assert "1 alerte" in owner.text("/")
    assert "4,5 étoiles avant, 3,2 depuis le 2 février 2026" in owner.text(page)
    told = owner.follow(owner.post(f"/alertes/{alert.id}/vue", retour=page))
    assert "L’alerte est notée comme vue. Annuler" in told
    assert "3,2" not in told
    assert state_of(session, alert) is AlertState.ACKNOWLEDGED
    assert alert.state_changed_by_id is not None

    told = owner.follow(owner.post(f"/alertes/{alert.id}/rouvrir", retour=page))
    assert "3,2" in told
    assert state_of(session, alert) is AlertState.OPEN
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["sign-in", "alert-acknowledged", "alert-open"]


def test_acknowledging_twice_is_recorded_once(sqlite_app: Flask, sqlite_session: Session) -> None:
    shop = make_shop(sqlite_session)
    alert = make_alert(sqlite_session, shop)
    owner = arrive(sqlite_app, sqlite_session, shop)
    for _ in range(2):
        assert owner.post(f"/alertes/{alert.id}/vue").status_code == 303
    query = select(AuditEntry).where(AuditEntry.action == "alert-acknowledged")
    assert len(sqlite_session.scalars(query).all()) == 1


def test_a_form_without_its_token_changes_nothing(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = make_shop(sqlite_session)
    alert = make_alert(sqlite_session, shop)
    owner = arrive(sqlite_app, sqlite_session, shop)
    response = owner.client.post(f"/alertes/{alert.id}/vue")
    assert response.status_code == 400
    assert "Formulaire expiré" in response.text
    assert state_of(sqlite_session, alert) is AlertState.OPEN


def test_the_way_back_stays_on_the_site(sqlite_app: Flask, sqlite_session: Session) -> None:
    shop = make_shop(sqlite_session)
    owner = arrive(sqlite_app, sqlite_session, shop)
    for evil in ("https://ailleurs.example", "//ailleurs.example", "/\\ailleurs.example", ""):
        alert = make_alert(sqlite_session, shop)
        sqlite_session.commit()
        response = owner.post(f"/alertes/{alert.id}/vue", retour=evil)
        assert response.headers["Location"] == f"/commerces/{shop.slug}"
