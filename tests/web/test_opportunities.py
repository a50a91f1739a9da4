"""Listing opportunities on the pages: told, shown with what they rest on, never run."""

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from alerts.digest import brief_text
from tests.alerts.opportunities.market import Town
from tests.web.conftest import arrive
from vigie.brief import weekly_brief
from vigie.clock import today

HOSTILE = "<script>alert(1)</script> {vidange} et filtre à huile"


def test_a_hostile_title_is_shown_as_text_beside_the_prices_that_the_alert_rests_on(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    town = Town(sessionmaker(sqlite_session.get_bind(), expire_on_commit=False))
    own = town.sells("Garage du Pont", HOSTILE, 109)
    for number in range(5):
        town.sells(f"Rival {number}", HOSTILE, 80 + number)
    town.detect()
    (alert,) = town.alerts("price-position")
    owner = arrive(sqlite_app, sqlite_session, town.client)
    for page in (f"/commerces/{town.client.slug}", f"/alertes/{alert.id}"):
        html = owner.get(page).text
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html
    told = owner.text(f"/alertes/{alert.id}")
    assert "5 annonces comparables de 5 vendeurs" in told.replace("\u202f", " ")
    assert "84,00 €" in told
    assert "descendez vers 83 €" in told
    mail = brief_text(weekly_brief(town.session, town.client, today()))
    assert own.title in " ".join(mail.split())
    town.session.close()
