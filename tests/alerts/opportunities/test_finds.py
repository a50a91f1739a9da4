"""What could be sold, bought, refreshed or shown elsewhere."""

from tests.alerts.opportunities.market import Town, plain
from vigie.alert_text import alert_headline, alert_sentence, alert_todo
from vigie.store import AlertState

PARTS = {"category": "Pièces détachées", "condition": "UsedCondition"}
SELLERS = ("Tilleuls", "Beaulieu", "Loire Auto", "Rapid’Auto", "Saint-Martin")


def test_an_own_listing_older_than_nine_in_ten_that_went_is_told_with_what_it_lacks(
    town: Town,
) -> None:
    title = "Alternateur Clio 3 1.5 dCi"
    for number in range(24):
        days = 60 + number
        town.sells(
            SELLERS[number % 5], title, 90, days=days, ended=50, description="Testé.", **PARTS
        )
    town.sells("Garage du Pont", title, 95, days=20, **PARTS)
    old = town.sells("Garage du Pont", title, 95, days=120, **PARTS)
    town.detect()
    (alert,) = town.alerts("stale")
    facts = alert.facts
    assert (facts["listing_id"], facts["age_days"], facts["lacks"]) == (old.id, 120, "description")
    assert facts["limit_days"] < 35
    assert "en vente depuis 120 jours" in alert_headline(alert)
    assert "décrivez-le" in alert_todo(alert)


def test_a_listing_with_fewer_photos_than_those_that_went_from_its_marketplace_is_told_so(
    town: Town,
) -> None:
    title = "Alternateur Clio 3 1.5 dCi"
    for number in range(24):
        town.sells(
            SELLERS[number % 5], title, 90, days=60 + number, ended=50, photos=5 + number % 3,
            **PARTS,
        )  # fmt: skip
    town.sells("Garage du Pont", title, 95, days=120, photos=1, **PARTS)
    town.detect()
    (alert,) = town.alerts("stale")
    sentence = plain(alert_sentence(alert))
    assert "Celles qui sont parties montraient 6 photos, la vôtre 1." in sentence
    assert "ajoutez des photos, puis publiez" in alert_todo(alert)


def test_what_goes_fast_and_few_offer_is_a_gap_unless_the_shop_sells_it(town: Town) -> None:
    slow = [f"Démarreur {m} 1.5 dCi" for m in ("Clio", "Megane", "Scenic", "Twingo", "Kangoo")]
    for number in range(25):
        town.sells(SELLERS[number % 5], slow[number // 5], 70, days=200, ended=20, **PARTS)
    for number in range(8):
        seller = SELLERS[number % 4]
        town.sells(seller, "Turbo Peugeot 308 1.6 HDi", 300, days=60, ended=55, **PARTS)
    town.sells("Garage du Pont", "Alternateur Clio 3 1.5 dCi", 95, **PARTS)
    town.detect()
    (alert,) = town.alerts("gap")
    assert "Turbo Peugeot 308" in alert_headline(alert)
    sentence = plain(alert_sentence(alert))
    assert "8 annonces comparables sont parties en un an, la moitié en 5 jours" in sentence
    assert "plus personne n’en propose aujourd’hui" in sentence
    town.sells("Garage du Pont", "Turbo 308 1.6 HDi Peugeot", 320, **PARTS)
    assert town.detect() == 0


def test_an_offer_far_below_its_market_is_a_bargain_for_who_resells_used_things(
    town: Town,
) -> None:
    title = "Boîte de vitesses Peugeot 207 1.4 HDi"
    for number, seller in enumerate(SELLERS):
        town.sells(seller, title, 280 + 10 * number, **PARTS)
    cheap = town.sells("Pressé", title, 150, days=2, **PARTS)
    town.sells("Garage du Pont", "Alternateur Clio 3 1.5 dCi", 95)
    assert town.detect() == 0
    town.sells("Garage du Pont", "Démarreur Clio 3 1.5 dCi", 60, **PARTS)
    town.detect()
    (alert,) = town.alerts("bargain")
    assert (alert.facts["listing_id"], alert.facts["doubtful"]) == (cheap.id, "no")
    assert "Reste 150 € pour la remise en état" in plain(alert_sentence(alert))


def test_a_marketplace_abroad_where_rivals_sell_the_same_is_a_missing_channel(town: Town) -> None:
    title, there = "Plaquettes de frein avant Clio 3", "laden.example.de"
    new = {"category": "Pièces détachées", "condition": "NewCondition"}
    town.sells("Garage du Pont", title, 40, **new)
    town.sells("Tilleuls", title, 38, site=there, **new)
    assert town.detect() == 0
    town.sells("Beaulieu", "Kit embrayage Clio 3", 150, site=there, **new)
    town.detect()
    (alert,) = town.alerts("missing-channel")
    headline = plain(alert_headline(alert))
    assert headline == "2 concurrents vendent sur laden.example.de (Allemagne), pas vous"
    assert "une de ces choses, vous la vendez déjà" in plain(alert_sentence(alert))
    town.sells("Garage du Pont", "Démarreur Clio 3", 60, site=there, **new)
    town.detect()
    assert alert.state == AlertState.CLOSED
