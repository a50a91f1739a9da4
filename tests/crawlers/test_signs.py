"""What a page without items says: nothing yet, or a wall."""

import pytest

from crawlers.signs import states_zero, wall
from crawlers.troubles import Trouble


@pytest.mark.parametrize(
    "text",
    [
        "0 avis",
        "Aucun avis pour le moment.",
        "Pas encore d’avis",
        "Pas encore d'avis",
        "Soyez le premier à donner votre avis !",
        "Aucune annonce ne correspond à votre recherche",
        "0 annonce",
        "0\u00a0résultats",
    ],
)
def test_a_stated_zero_is_recognised(text: str) -> None:
    assert states_zero("Garage du Pont", text, b"")


@pytest.mark.parametrize(
    "text",
    [
        "10 avis",
        "1 000 avis",
        "4,0 avis",
        "Bienvenue",
        "",
        "128 avis : 5 étoiles 120 avis, 1 étoile 0 avis",
        "Aucun avis négatif parmi nos 35 avis",
        "Votre panier ne contient pas d’articles : 0 produit",
    ],
)
def test_nothing_else_is_taken_for_a_zero(text: str) -> None:
    assert not states_zero(None, text, b"")


def test_a_word_for_none_counts_only_before_what_is_counted() -> None:
    assert states_zero(None, "There are no reviews for this product.", b"")
    assert not states_zero(None, "This time there is no review repository.", b"")


def test_an_empty_item_list_states_its_zero() -> None:
    assert states_zero(None, "", b'{"@type": "ItemList", "numberOfItems": 0}')
    assert not states_zero(None, "", b'{"@type": "ItemList", "numberOfItems": 10}')


@pytest.mark.parametrize(
    ("title", "text", "body", "trouble"),
    [
        ("Just a moment...", "", b"", Trouble.CAPTCHA),
        (None, "Prouvez que vous n’êtes pas un robot", b"", Trouble.CAPTCHA),
        (None, "", b'<script src="https://geo.captcha-delivery.com/x.js">', Trouble.CAPTCHA),
        ("Connexion", "", b'<input type="password">', Trouble.LOGIN),
        ("Garage du Pont", "Vidange et freins", b"", None),
        ("Connexion internet par la fibre", "", b"", None),
        ("Histoire du mot robot", "vous n’êtes pas un robot " * 200, b"", None),
        (
            "Nos prêts",
            "Comparez nos prêts. " * 90,
            b'<script src="/_Incapsula_Resource?a=1">',
            None,
        ),
        ("Access to this page has been denied", "Press & Hold", b"", Trouble.CAPTCHA),
        (None, "Avec nos partenaires, des cookies. Accepter & Fermer", b"", Trouble.CONSENT),
        ("Nous écrire", "Nos horaires et nos adresses. " * 40 + "CAPTCHA", b"", None),
        ("Accueil", "Se connecter " + "Nos services. " * 70, b'<input type="password">', None),
    ],
)
def test_a_wall_is_told_from_a_page(
    title: str | None, text: str, body: bytes, trouble: Trouble | None
) -> None:
    assert wall(title, text, body) is trouble
