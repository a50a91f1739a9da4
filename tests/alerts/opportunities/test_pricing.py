"""A shop's price beside its market's: told with its arithmetic, once, while it holds."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from alerts.opportunities import shops_due
from tests.alerts.opportunities.market import NOW, Town, plain
from vigie import clock
from vigie.alert_text import alert_headline, alert_sentence, alert_todo
from vigie.brief import weekly_brief
from vigie.clock import today
from vigie.french import has_text
from vigie.opportunity_text import KINDS
from vigie.store import AlertState, Closing, Listing, Severity

RIVALS = {"Tilleuls": 79, "Beaulieu": 82, "Saint-Martin": 85, "Rapid’Auto": 88, "Loire Auto": 90}


def _oil_change(town: Town, euros: float) -> Listing:
    own = town.sells("Garage du Pont", "Vidange et filtre à huile", euros)
    for name, price in RIVALS.items():
        town.sells(name, "Vidange + filtre à huile", price)
    town.sells("Escroc", "Vidange et filtre à huile", 5)
    town.sells("Ailleurs", "Vidange et filtre à huile", 40, place="Marseille 13001")
    return own


def test_a_dear_listing_is_told_once_with_the_quartiles_and_what_they_rest_on(
    factory: sessionmaker[Session],
) -> None:
    clock.set_clock(lambda: NOW)
    town = Town(factory)
    own = _oil_change(town, 109)
    assert [town.detect(), town.detect()] == [1, 0]
    (alert,) = town.alerts("price-position")
    assert (alert.severity, alert.state) == (Severity.WARNING, AlertState.OPEN)
    facts = alert.facts
    assert (facts["sellers"], facts["compared"], facts["left_out"]) == (5, 5, 1)
    assert (facts["listing_id"], facts["median_cents"]) == (own.id, 8500)
    assert facts["expires_on"] == "2026-12-04"
    assert facts["sure"] == pytest.approx(31 / 32, abs=1e-3)
    assert "au-dessus du marché" in alert_headline(alert)
    sentence = plain(alert_sentence(alert))
    assert "109 € pour « Vidange et filtre à huile », les autres le plus souvent de" in sentence
    assert "5 annonces comparables de 5 vendeurs), soit 28 % de plus" in sentence
    assert "de 82 € à 88 € (" in sentence
    assert "leur prix médian, 85 €. Chances que ce constat soit juste : 97 %." in sentence
    town.session.close()


def test_a_cheap_listing_is_told_with_what_to_do_in_the_weeks_brief(town: Town) -> None:
    _oil_change(town, 60)
    town.detect()
    (alert,) = town.alerts("price-position")
    assert alert.severity == Severity.INFO
    brief = weekly_brief(town.session, town.client, today())
    assert [line.sentence for line in brief.alerts] == [alert_sentence(alert)]
    assert brief.todo[0] == alert_todo(alert)
    assert "monter vers 85 €" in plain(brief.todo[0])


def test_a_price_within_the_market_is_not_told_and_one_that_comes_back_is_over(town: Town) -> None:
    own = _oil_change(town, 109)
    town.detect()
    town.moves(own, 0, price_cents=8600)
    assert town.detect() == 0
    (alert,) = town.alerts("price-position")
    assert (alert.state, alert.closed_because) == (AlertState.CLOSED, Closing.OVER)


def test_used_and_new_are_two_markets(town: Town) -> None:
    own = _oil_change(town, 109)
    own.condition = "UsedCondition"
    assert town.detect() == 0


def test_a_market_is_read_once_a_day_and_at_once_for_a_new_client(town: Town) -> None:
    _oil_change(town, 86)
    town.session.commit()
    assert shops_due(town.factory) == [town.client.id]
    town.detect()
    assert shops_due(town.factory) == []
    clock.set_clock(lambda: NOW + timedelta(days=1))
    assert shops_due(town.factory) == [town.client.id]


def test_a_rival_alone_is_told_nothing(town: Town) -> None:
    _oil_change(town, 86)
    town.sells("Cher", "Vidange et filtre à huile", 140)
    assert town.detect() == 0


def test_of_many_dear_listings_the_five_that_cost_most_are_told(town: Town) -> None:
    sizes = [f"1{height}5/65 R15 91H" for height in range(4, 10)]
    for place, size in enumerate(sizes):
        euros = 50 + 10 * place
        tyre = {"category": "Pneus", "title": f"Pneu Michelin Primacy {size}"}
        town.sells("Garage du Pont", **tyre, euros=2 * euros)
        for name in RIVALS:
            town.sells(name, **tyre, euros=euros)
    assert [town.detect(), town.detect()] == [5, 0]
    told = {alert.facts["median_cents"] for alert in town.alerts("price-position")}
    assert told == {6000, 7000, 8000, 9000, 10000}


def test_on_a_list_of_several_sellers_only_what_bears_the_shops_name_is_its_own(
    town: Town,
) -> None:
    for name, euros in {**RIVALS, "GARAGE DU PONT": 109, "Particulier": 140}.items():
        town.sells("Garage du Pont", "Vidange et filtre à huile", euros, seller=name)
    town.detect()
    (alert,) = town.alerts("price-position")
    assert (alert.facts["price_cents"], alert.facts["sellers"]) == (10900, 5)


def test_every_kind_has_a_headline_a_sentence_and_something_to_do() -> None:
    texts = {f"alert-{kind}{part}" for kind in KINDS for part in ("", "-headline", "-todo")}
    assert {text for text in texts if not has_text(text)} == set()
