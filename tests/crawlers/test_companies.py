"""Shops found in the register of businesses: its twin answers, and what it may answer instead."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from crawlers.companies.numbers import is_siret
from crawlers.companies.register import Ask, company_of, find
from crawlers.companies.trades import trade_of
from crawlers.fetch import ServiceAnswer
from ops.demo.sites import Town
from ops.demo.twins import companies
from ops.demo.twins.server import TwinServer
from ops.demo.twins.service import SERVICES, Service
from tests.crawlers.test_tenders import TODAY
from vigie.errors import VigieError
from vigie.settings import Settings, load_settings

SETTINGS = load_settings(contact="tests@example.org")
GARAGE, *_, CLOSED = companies.BUSINESSES
# What the register writes of a business and of a place of its.
_NAMES = {
    "results", "total_results", "erreur", "siren", "siret", "siege", "matching_etablissements",
    "nom_complet", "nom_raison_sociale", "liste_enseignes", "nom_commercial", "adresse",
    "code_postal", "libelle_commune", "activite_principale", "etat_administratif", "latitude",
    "longitude", "date_creation", "date_fermeture",
}  # fmt: skip


def _twin(**limits: Any) -> Ask:
    app = Flask(__name__)
    app.register_blueprint(companies.twin(Service(Town(TODAY, TODAY), **limits)))

    def ask(settings: Settings, url: str) -> ServiceAnswer:
        response = app.test_client().get(url)
        return ServiceAnswer(response.status_code, response.get_data())

    return ask


def _says(data: Any, status: int = 200) -> Ask:
    return lambda settings, url: ServiceAnswer(status, json.dumps(data).encode())


def test_a_shop_is_found_by_name_and_by_number_as_people_write_it() -> None:
    ask = _twin()
    assert [one.siret for one in find(SETTINGS, "  garage  pont ", "37990", ask=ask).companies] == [
        GARAGE.siret
    ]
    assert find(SETTINGS, "garage pont", "35000", ask=ask).companies == ()
    one = company_of(SETTINGS, f"{GARAGE.siret[:9]} {GARAGE.siret[9:]}", ask=ask)
    assert (one.name, one.address) == ("Garage du Pont Vieux", "4 Quai du Pont-Vieux")
    assert (one.postcode, one.city) == ("37990", "Saint-Aubin-sur-Loire")
    assert trade_of(one.naf) == "garage"
    assert one.latitude is not None
    assert one.founded_on is not None


def test_a_place_that_is_none_is_told_in_words() -> None:
    ask = _twin()
    for siret, words in (
        ("12345678900012", "se contrôlent"),
        ("73282932000074", "ne connaît pas"),
        (CLOSED.siret, "fermé depuis le 30 juin 2021"),
    ):
        with pytest.raises(VigieError, match=words):
            company_of(SETTINGS, siret, ask=ask)
    for words, postcode in (("ab", None), ("garage", "3500")):
        with pytest.raises(VigieError):
            find(SETTINGS, words, postcode, ask=ask)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (_twin(most=0), "attendez"),
        (_says({}, 503), "503"),
        (_says({"erreur": "code_naf non valide"}, 400), "code_naf non valide"),
        (_says(["tout", "autre", "chose"]), "n’est pas celle"),
    ],
)
def test_what_keeps_the_register_from_answering_is_told(ask: Ask, words: str) -> None:
    with pytest.raises(VigieError, match=words):
        find(SETTINGS, "garage", ask=ask)


def test_without_network_the_register_is_named_and_the_way_without_it(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    settings = {"VIGIE_DATA_DIR": str(tmp_path), "VIGIE_CONTACT": "tests@example.org"}
    # One question a process: Twisted's reactor runs once.
    asked = subprocess.run(
        [sys.executable, "-m", "ops", "shop", "find", "garage", "--base-url", nowhere],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1
    assert asked.stderr.startswith("Le registre des entreprises (127.0.0.1:9)")
    assert "vigie shop add" in asked.stderr
    assert "source" not in asked.stderr


def test_odd_answers_are_read_as_far_as_they_go() -> None:
    signs = [None, 7.5, "L'ATELIER DE JEAN\x1b[2J"]
    place = {"siret": GARAGE.siret, "latitude": "[ND]", "adresse": "[ND] 35000 RENNES",
             "liste_enseignes": signs, "date_creation": 12}  # fmt: skip
    odd = [None, {"siege": None}, {"siege": {"siret": "123"}}, {"siege": place}]
    (one,) = find(SETTINGS, "atelier", ask=_says({"results": odd})).companies
    assert one.name == "L'Atelier de Jean[2J"
    assert (one.address, one.latitude, one.founded_on, one.is_open) == (None, None, None, True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(_NAMES)), inner, max_size=6)
    ),
    max_leaves=20,
)


@hypothesis.settings(max_examples=100)
@given(odd=JSON)
def test_no_odd_answer_of_the_register_is_more_than_told(odd: Any) -> None:
    for answer in (odd, {"results": [odd, {"siege": odd}, {"matching_etablissements": [odd]}]}):
        with suppress(VigieError):
            assert all(
                is_siret(one.siret) for one in find(SETTINGS, "x y", ask=_says(answer)).companies
            )


def test_the_numbers_of_la_poste_have_a_rule_of_their_own() -> None:
    # Its seat, one of its post offices, one that is none, and another business's.
    numbers = ("35600000000048", "35600000049837", "35600000049838", "73282932000074")
    assert [is_siret(number) for number in numbers] == [True, True, False, True]


@pytest.mark.parametrize(
    ("then", "status", "said"),
    [("back", 0, "Garage des Tilleuls"), ("down", 1, "en panne (réponse 503)")],
)
def test_the_command_asks_again_where_the_register_says_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str, status: int, said: str
) -> None:
    service = Service(Town(TODAY, TODAY))

    def is_over_limit() -> bool:
        monkeypatch.undo()
        if then == "down":
            service.town.board.on(SERVICES, "down")
        return True

    monkeypatch.setattr(service, "is_over_limit", is_over_limit)
    settings = {"VIGIE_DATA_DIR": str(tmp_path), "VIGIE_CONTACT": "tests@example.org"}
    with TwinServer(service) as twins:
        words = ["shop", "find", "tilleuls", "--base-url", twins.url]
        done = subprocess.run(
            [sys.executable, "-m", "ops", *words],
            env=os.environ | settings | {"COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == status, done.stderr
    # The last answer counts, not the one before it.
    assert said in (done.stdout + done.stderr).replace("\xa0", " ")
    assert twins.asked["companies"] == 2
