"""Calls for tenders of the shop's trade and area, told while they can be answered."""

from datetime import timedelta
from typing import Any

from tests.alerts.opportunities.market import NOW, Town, plain
from tests.factories import make_source
from vigie import clock
from vigie.alert_text import alert_headline, alert_sentence
from vigie.store import AlertState, Severity, Tender

CARS = {"codes": ["383"], "descriptors": ["Véhicules"], "departements": ["37"]}


def _call(town: Town, title: str, days: int, **traits: Any) -> Tender:
    source = make_source(town.session, town.client, platform="boamp", options={"trades": "383"})
    values = {
        "title": title,
        "external_id": f"26-{source.id}",
        "buyer": "Ville de Tours",
        "deadline_at": NOW + timedelta(days=days),
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "content_hash": "x",
        **CARS,
    }
    tender = Tender(shop_id=town.client.id, source_id=source.id, **{**values, **traits})
    town.session.add(tender)
    town.session.flush()
    return tender


def test_a_call_of_the_trade_and_the_area_is_told_until_its_deadline(town: Town) -> None:
    call = _call(town, "Entretien des véhicules de service", 20)
    _call(town, "Entretien des véhicules de service", 20, departements=["13"])
    _call(town, "Fourniture de pain", 20, codes=["261"], descriptors=["Produits alimentaires"])
    _call(town, "Achat de pneumatiques", 1)
    town.detect()
    (alert,) = town.alerts("wanted")
    assert (alert.facts["tender_id"], alert.facts["expires_on"]) == (call.id, "2026-12-10")
    assert alert.facts["signs"] == ["title", "trade", "area"]
    assert plain(alert_headline(alert)) == "Appel d’offres : « Entretien des véhicules de service »"
    assert "Ville de Tours cherche un professionnel" in alert_sentence(alert)
    assert "réponse avant le 10 décembre 2026, dans 20 jours" in plain(alert_sentence(alert))


def test_a_call_that_closes_is_over_and_one_near_its_end_is_pressing(town: Town) -> None:
    call = _call(town, "Réparation de véhicules", 20)
    town.detect()
    clock.set_clock(lambda: NOW + timedelta(days=15))
    town.detect()
    (alert,) = town.alerts("wanted")
    assert alert.severity == Severity.WARNING
    call.closed_at = NOW
    town.detect()
    assert alert.state == AlertState.CLOSED
