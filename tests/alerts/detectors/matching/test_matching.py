"""Precision on labelled pairs, and what holds for any two titles."""

from hypothesis import given
from hypothesis import strategies as st

from alerts.detectors.matching import PRECISION, Index, Thing, same_thing
from benchmarks.matching import (
    HELD_OUT,
    NATURAL,
    NATURAL_HELD_OUT,
    SELLERS,
    TUNING,
    pairs,
    precision_and_recall,
)


def test_of_the_pairs_for_tuning_told_as_the_same_49_in_50_are() -> None:
    precision, recall = precision_and_recall(pairs(TUNING))
    assert precision >= 0.98
    assert recall >= 0.85


def test_of_the_pairs_held_out_told_as_the_same_as_many_are_as_alerts_say() -> None:
    precision, recall = precision_and_recall(pairs(HELD_OUT))
    assert precision >= PRECISION
    assert recall >= 0.5


def test_of_what_sellers_write_with_its_fields_a_third_is_told_and_that_is_right() -> None:
    precision, recall = precision_and_recall(pairs(NATURAL) + pairs(NATURAL_HELD_OUT))
    assert precision >= PRECISION
    assert recall >= 0.3


def test_of_negatives_made_to_be_hard_for_codes_cars_and_tyres_few_are_told_as_the_same() -> None:
    precision, recall = precision_and_recall(pairs(SELLERS))
    assert precision >= 0.85
    assert recall >= 0.3


def test_beside_a_shared_code_selling_words_say_nothing_and_another_thing_in_front_does() -> None:
    mower = Thing("Tondeuse Honda HRX476")
    assert same_thing(mower, Thing("Tondeuse thermique honda hrx 476 facture, faible usage")).sure
    for other in ("Lame tondeuse Honda HRX476", "Tondeuse Honda HRX476 + remorque", "Honda HRX536"):
        assert not same_thing(mower, Thing(other)).sure, other


def test_cars_of_one_engine_compare_whatever_their_equipment_but_not_another_body() -> None:
    car = Thing("Peugeot 308 1.6 HDi 115 Allure 2016")
    assert same_thing(car, Thing("308 II HDI 115 allure gps camera", brand="Peugeot")).sure
    for other in ("308 SW HDi 115", "308 HDi 92", "208 HDi 115", "308 HDi 115 boitier papillon"):
        assert not same_thing(car, Thing(f"Peugeot {other}")).sure, other


def test_left_and_right_are_told_apart_with_the_reason() -> None:
    left, right = Thing("Rétroviseur gauche Peugeot 208"), Thing("Rétroviseur droit Peugeot 208")
    assert same_thing(left, right).reasons == ("veto:side:droit/gauche",)


def test_what_the_fields_say_counts_as_what_the_title_says() -> None:
    title = "Renault Clio IV 1.5 dCi 90"
    told = Thing(title, year=2016, mileage_km=85_000, fuel="Diesel", transmission="Manuelle")
    like = Thing(title, year=2015, mileage_km=110_000, fuel="Gazole", transmission="Boîte manuelle")
    assert same_thing(told, like).sure
    # What only one of them says is no difference.
    assert same_thing(told, Thing(title)).sure
    other = {
        "veto:mileage:85000/190000": Thing(title, mileage_km=190_000),
        "veto:year:2012/2016": Thing(f"{title} 2012"),
        "veto:gearbox:automatique/manuelle": Thing(title, transmission="Automatic"),
    }
    assert [same_thing(told, thing).reasons for thing in other.values()] == [(r,) for r in other]


def test_one_part_number_is_one_part_however_the_title_words_it() -> None:
    one = Thing("Disques de frein avant Golf 7", mpn="1K0 615 301 AA")
    assert same_thing(one, Thing("Disques avant pour Golf VII", mpn="1K0615301AA")).sure
    assert same_thing(one, Thing("Disques avant Golf 7 1K0615301AA")).sure
    assert not same_thing(one, Thing(one.title, mpn="1K0615301M")).sure


def test_only_listings_of_one_trade_that_share_a_word_are_compared() -> None:
    things = [
        Thing("Alternateur Clio 3", category="Pièces détachées"),
        Thing("Alternateur Clio III", category="Pièces auto"),
        Thing("Clio 3 2010", category="Voitures"),
        Thing("Brioche", category="Boulangerie"),
    ]
    index = Index(things)
    assert [index.beside(place) for place in range(4)] == [[1], [0], [], []]


@given(st.text(), st.text())
def test_any_two_titles_are_compared_the_same_both_ways(one: str, other: str) -> None:
    there, back = (
        same_thing(Thing(one), Thing(other)).probability,
        same_thing(Thing(other), Thing(one)).probability,
    )
    assert there == back
    assert 0 <= there <= 1
