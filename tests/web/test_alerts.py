from datetime import date, timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import SOME_MOMENT, make_review, make_shop, make_source
from tests.web.conftest import arrive
from vigie.clock import today
from vigie.french import french_date
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


def test_an_alert_is_snoozed_until_a_day_closed_and_taken_back(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = make_shop(sqlite_session)
    alert = make_alert(sqlite_session, shop)
    owner = arrive(sqlite_app, sqlite_session, shop)
    page = f"/alertes/{alert.id}"
    day = today() + timedelta(days=40)

    told = owner.follow(owner.post(f"{page}/reporter", duree="date", date=day.isoformat()))
    assert f"L’alerte reviendra le {french_date(day)}. Annuler" in told
    assert (state_of(sqlite_session, alert), alert.snoozed_until) == (AlertState.SNOOZED, day)
    told = owner.follow(owner.post(f"{page}/clore", retour=page))
    assert "L’alerte est close. Annuler" in told
    assert "a clos l’alerte" in told
    told = owner.follow(owner.post(f"{page}/annuler"))
    assert f"Reportée au {french_date(day)}" in told
    assert (state_of(sqlite_session, alert), alert.snoozed_until) == (AlertState.SNOOZED, day)
    # What was taken back is not taken back further.
    assert "Impossible d’annuler" in owner.follow(owner.post(f"{page}/annuler"))
    assert "Close" not in owner.text(f"/commerces/{shop.slug}/alertes")


def test_a_day_that_was_filled_in_wins_over_what_is_ticked(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = make_shop(sqlite_session)
    alert = make_alert(sqlite_session, shop)
    owner, day = arrive(sqlite_app, sqlite_session, shop), today() + timedelta(days=30)
    owner.post(f"/alertes/{alert.id}/reporter", duree="1s", date=day.isoformat())
    assert (state_of(sqlite_session, alert), alert.snoozed_until) == (AlertState.SNOOZED, day)


def test_a_reminder_without_a_day_asks_for_one(sqlite_app: Flask, sqlite_session: Session) -> None:
    shop = make_shop(sqlite_session)
    alert = make_alert(sqlite_session, shop)
    owner = arrive(sqlite_app, sqlite_session, shop)
    told = owner.follow(owner.post(f"/alertes/{alert.id}/reporter", duree="date", date=""))
    assert "Choisissez une date dans le calendrier" in told
    assert state_of(sqlite_session, alert) is AlertState.OPEN


def test_an_alert_that_was_seen_is_not_nothing(app: Flask, session: Session) -> None:
    source = make_source(session)
    shop = source.shop
    for _ in range(50):
        make_review(session, source)
    alert = make_alert(session, shop, state=AlertState.ACKNOWLEDGED)
    make_alert(session, shop, state=AlertState.SNOOZED, snoozed_until=today() + timedelta(days=9))
    make_alert(session, shop, state=AlertState.CLOSED)
    owner = arrive(app, session, shop)
    page = f"/commerces/{shop.slug}"
    assert "2 alertes déjà vues" in owner.text("/")
    told = owner.text(page)
    assert "2 alertes déjà vues ou reportées ne sont pas closes. Les revoir" in told
    assert "rien ne sort de l’ordinaire" not in told
    assert f'href="{page}/alertes"' in owner.get(page).text
    owner.post(f"/alertes/{alert.id}/rouvrir", retour=page)
    assert "1 alerte Pas" in owner.text("/")


def test_a_day_that_is_none_or_past_snoozes_nothing(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = make_shop(sqlite_session)
    alert = make_alert(sqlite_session, shop)
    owner = arrive(sqlite_app, sqlite_session, shop)
    for day, refusal in (("demain", "ne se lit pas"), ("2020-01-01", "ne convient pas")):
        response = owner.post(f"/alertes/{alert.id}/reporter", duree="date", date=day)
        assert refusal in owner.follow(response)
    assert state_of(sqlite_session, alert) is AlertState.OPEN


def test_only_those_of_the_shop_see_an_alert_or_move_it(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    alert = make_alert(sqlite_session, make_shop(sqlite_session))
    outsider = arrive(sqlite_app, sqlite_session, make_shop(sqlite_session))
    assert outsider.get(f"/alertes/{alert.id}").status_code == 404
    assert outsider.get(f"/commerces/{alert.shop.slug}/alertes").status_code == 404
    for verb in ("vue", "rouvrir", "clore", "reporter", "annuler", "utilite"):
        sent = outsider.post(f"/alertes/{alert.id}/{verb}", duree="1s", reponse="oui")
        assert sent.status_code == 404, verb
    assert outsider.get("/alertes/justesse").status_code == 403
    assert state_of(sqlite_session, alert) is AlertState.OPEN


def test_what_people_found_of_alerts_is_measured_for_operators(
    app: Flask, session: Session
) -> None:
    shop = make_shop(session)
    alerts = [make_alert(session, shop) for _ in range(3)]
    owner = arrive(app, session, shop)
    for alert, answer in zip(alerts, ("oui", "oui", "non"), strict=True):
        owner.post(f"/alertes/{alert.id}/utilite", reponse=answer)
    told = owner.follow(owner.post(f"/alertes/{alerts[1].id}/utilite", reponse="non"))
    assert "Merci, votre réponse est notée." in told
    operator = arrive(app, session, operator=True)
    # One of three: Wilson's interval at 95 % is 6 % to 79 %.
    assert "La note change 3 3 33 % 6 % – 79 %" in operator.text("/alertes/justesse")
    owner.post(f"/alertes/{alerts[2].id}/utilite", reponse="retirer")
    assert "La note change 3 2 50 % " in operator.text("/alertes/justesse")


def test_an_alert_shows_the_reviews_it_rests_on_as_plain_text(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    source = make_source(sqlite_session)
    review = make_review(sqlite_session, source, text="<b>Frein</b> lâché", url="javascript:x")
    facts = {"direction": "down", "before": 4.5, "after": 3.2, "since": "2026-02-02", "n_after": 9}
    shop = sqlite_session.get_one(Shop, source.shop_id)
    alert = make_alert(sqlite_session, shop, facts={**facts, "review_ids": [review.id]})
    owner = arrive(sqlite_app, sqlite_session, shop)
    page = owner.get(f"/alertes/{alert.id}").text
    assert "&lt;b&gt;Frein&lt;/b&gt; lâché" in page
    assert "javascript:" not in page
    assert "Un exemple sur 9 avis." in page
    assert f'<a href="/commerces/{shop.slug}/avis">' in page
