"""What people look for, told to who sells it, and kept out of the market of what is offered."""

import pytest

from alerts.detectors.wanted import sought_in
from tests.alerts.opportunities.market import Town, plain
from vigie.alert_text import alert_headline, alert_sentence

PARTS = {"category": "Pièces détachées", "condition": None}
ASKED = "Cherche alternateur Clio 3 1.5 dCi"


def test_an_ad_that_looks_for_what_the_shop_sells_is_told_with_its_budget(town: Town) -> None:
    own = town.sells("Garage du Pont", "Alternateur Clio 3 1.5 dCi", 95, **PARTS)
    ad = town.sells("Marie", ASKED, 60, days=3, place="13001 Marseille", **PARTS)
    town.sells("Paul", "Cherche démarreur Clio 3 1.5 dCi", 60, days=3, place="13001", **PARTS)
    town.sells("Luc", ASKED, 60, days=40, **PARTS)
    town.sells("Garage du Pont", ASKED, None, days=3, **PARTS)
    town.detect()
    (alert,) = town.alerts("wanted-ad")
    assert alert.facts["listing_ids"] == [ad.id, own.id]
    assert plain(alert_headline(alert)) == "Quelqu’un cherche : « alternateur Clio 3 1.5 dCi »"
    sentence = plain(alert_sentence(alert))
    assert "Sur marche.example, quelqu’un cherche" in sentence
    assert "Budget annoncé : 60 €. Vous vendez « Alternateur Clio 3 1.5 dCi »." in sentence


def test_ads_of_the_trade_count_in_the_shops_area_whatever_their_page_names(town: Town) -> None:
    near = town.sells("Garage du Pont", "Pneus d’hiver pour Kangoo", None, days=2,
                      site="recherches.example", place="37000 Tours")  # fmt: skip
    town.sells("Garage du Pont", "Pneus d’hiver pour Kangoo", None, days=2,
               site="recherches.example", place="13001 Marseille")  # fmt: skip
    town.sells("Garage du Pont", "Canapé d’angle", None, days=2, site="recherches.example")
    town.detect()
    (alert,) = town.alerts("wanted-ad")
    assert alert.facts["listing_ids"] == [near.id]
    assert "dans votre secteur" in alert_sentence(alert)


def test_what_is_looked_for_is_no_offer_on_the_market(town: Town) -> None:
    town.sells("Garage du Pont", "Alternateur Clio 3 1.5 dCi", 95, **PARTS)
    for number in range(8):
        town.sells(f"Vendeur {number}", f"{ASKED}", 40, days=60, **PARTS)
    town.detect()
    assert town.alerts("price-position") == []


@pytest.mark.parametrize(
    ("title", "sought"),
    [
        ("Je recherche : boîte de vitesses 207", "boîte de vitesses 207"),
        ("URGENT cherche plombier", "plombier"),
        ("J’achète voiture en panne", "voiture en panne"),
        ("Recherche de fuite sans casse", None),
        ("Chercheuse d’or, figurine", None),
        ("Cherche", None),
    ],
)
def test_a_title_says_whether_it_looks_for_something(title: str, sought: str | None) -> None:
    assert sought_in(title) == sought
