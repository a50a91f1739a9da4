"""Rivals that run out, leave or cut prices, told beside what the shop sells too."""

from tests.alerts.opportunities.market import Town, plain
from vigie.alert_text import alert_headline, alert_sentence, alert_todo
from vigie.store import Severity

OIL = "Vidange et filtre à huile"


def test_a_rival_that_ran_out_is_told_with_how_many_still_sell_it(town: Town) -> None:
    town.sells("Garage du Pont", OIL, 89)
    out = town.sells("Tilleuls", OIL, 79, availability="InStock")
    long_out = town.sells("Beaulieu", OIL, 79, availability="InStock")
    town.sells("Loire Auto", OIL, 85)
    town.moves(long_out, 25, availability="OutOfStock")
    town.moves(out, 4, availability="OutOfStock")
    assert [town.detect(), town.detect()] == [1, 0]
    (alert,) = town.alerts("rival-out-of-stock")
    assert alert.facts["listing_ids"] == [out.id]
    sentence = plain(alert_sentence(alert))
    assert sentence.startswith(f"Tilleuls n’a plus en stock ce que vous vendez sous « {OIL} »")
    assert "depuis le 16 novembre 2026 ; un seul concurrent suivi en propose encore" in sentence


def test_a_rival_that_took_its_listing_down_is_told_but_a_used_thing_was_sold(town: Town) -> None:
    town.sells("Garage du Pont", OIL, 89)
    used = {"condition": "UsedCondition", "category": "Pièces détachées"}
    town.sells("Garage du Pont", "Démarreur Clio 3", 60, **used)
    gone = town.sells("Tilleuls", OIL, 79, ended=3)
    town.sells("Tilleuls", "Démarreur Clio III", 60, ended=3, **used)
    town.sells("Tilleuls", "Pose de plaquettes de frein avant", 80)
    town.detect()
    (alert,) = town.alerts("rival-gone")
    assert alert.facts["listing_ids"] == [gone.id]
    assert "plus aucun concurrent suivi n’en propose" in alert_sentence(alert)


def test_a_rival_that_left_a_marketplace_is_told(town: Town) -> None:
    town.sells("Garage du Pont", OIL, 89)
    for number in range(6):
        town.sells("Tilleuls", f"Pneu été 205/55 R1{number} 91V", 60, ended=2 + number)
    town.detect()
    (alert,) = town.alerts("rival-gone")
    assert "Tilleuls ne vend plus rien sur marche.example" in alert_headline(alert)
    assert alert.facts["sure"] > 0.9


def test_two_rivals_that_cut_the_same_thing_are_a_price_war_and_one_is_not(town: Town) -> None:
    town.sells("Garage du Pont", OIL, 89)
    first = town.sells("Tilleuls", OIL, 85)
    second = town.sells("Beaulieu", OIL, 88)
    town.sells("Loire Auto", OIL, 90)
    town.moves(first, 10, price_cents=7900)
    assert town.detect() == 0
    town.moves(second, 2, price_cents=7490)
    town.detect()
    (alert,) = town.alerts("price-war")
    assert alert.severity == Severity.WARNING
    assert "2 concurrents sur 3 ont baissé leur prix" in plain(alert_sentence(alert))
    assert "Beaulieu de 88 € à 74,90 €, Tilleuls de 85 € à 79 €" in plain(alert_sentence(alert))
    assert "Vous demandez 89 €." in plain(alert_sentence(alert))
    assert "prix plancher" in alert_todo(alert)
