from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.aspects import find_aspects, mentioned, split_clauses
from sentiment.lexicon import ASPECTS, fold
from sentiment.scorer import EmbeddedScorer, SentimentScore, to_score
from vigie.french import has_text


def clauses(text: str) -> list[str]:
    return [text[start:end] for start, end in split_clauses(text)]


def found(text: str, scorer: EmbeddedScorer) -> dict[str, str]:
    (aspects,) = find_aspects([text], scorer, scorer.score([text]))
    return {aspect.name: aspect.polarity for aspect in aspects}


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("La dame à l’accueil est adorable", "accueil"),
        ("personne ne décroche", "accueil"),
        ("Vraiment trop cher", "prix"),
        ("LES TARIFS SONT ÉLEVÉS", "prix"),
        ("Deux heures de retard", "delai"),
        ("reparation en trois semaines", "delai"),
        ("Travail bâclé", "qualite"),
        ("la fuite est revenue", "qualite"),
        ("Un garagiste honnête", "honnetete"),
        ("c’est de l’arnaque", "honnetete"),
        ("Il a tout expliqué", "conseil"),
        ("nous a très bien conseillés", "conseil"),
        ("Des locaux d’une saleté", "proprete"),
        ("chantier laissé propre", "proprete"),
        ("le pain est délicieux", "produit"),
        ("colis jamais arrivé", "livraison"),
        ("ma commande a été livrée", "livraison"),
        ("le S.A.V ne répond pas", "sav"),
        ("toujours pas remboursé", "sav"),
    ],
)
def test_an_aspect_is_found_by_its_words(text: str, aspect: str) -> None:
    assert aspect in mentioned(text)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("mes propres outils, mon propre véhicule", "proprete"),
        ("je m’attendais à mieux", "delai"),
        ("conforme à mes attentes", "delai"),
        ("je vous conseille ce garage", "conseil"),
        ("un bon rapport qualité-prix", "qualite"),
        ("service après-vente joignable", "accueil"),
        ("un livre passionnant", "livraison"),
        ("une expérience décevante", "prix"),
        ("les invités ont aimé", "delai"),
    ],
)
def test_a_word_with_another_meaning_is_left_alone(text: str, aspect: str) -> None:
    assert aspect not in mentioned(text)


def test_a_review_is_cut_where_its_tone_can_turn() -> None:
    assert clauses("Accueil charmant, mais prix délirants. Travail soigné par contre !") == [
        "Accueil charmant",
        "mais prix délirants.",
        "Travail soigné",
        "par contre !",
    ]
    assert clauses("Facture de 1,5 k€ : c’est trop") == ["Facture de 1,5 k€ : c’est trop"]
    assert clauses("L’accueil, lui, est glacial") == ["L’accueil, lui, est glacial"]


def test_each_aspect_has_its_own_tone(shipped: EmbeddedScorer) -> None:
    text = "Le personnel est adorable et souriant. Par contre les prix sont du vol, une honte."
    assert found(text, shipped) == {"accueil": "pos", "prix": "neg"}


def test_the_span_quotes_the_words(shipped: EmbeddedScorer) -> None:
    text = "Bonjour à tous. Travail bâclé ! Ne venez pas."
    (aspects,) = find_aspects([text], shipped, shipped.score([text]))
    quality = next(aspect for aspect in aspects if aspect.name == "qualite")
    assert text[quality.start : quality.end] == "Travail bâclé !"
    assert quality.polarity == "neg"


def test_a_review_of_one_clause_keeps_its_own_reading() -> None:
    class Unused:
        version = "aucun"

        def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
            raise AssertionError(f"read again: {texts}")

    whole = to_score([0, 0, 0, 0, 1])
    ((aspect,),) = find_aspects(["Prix corrects"], Unused(), [whole])
    assert (aspect.name, aspect.polarity) == ("prix", "pos")


def test_reviews_keep_their_order_and_their_own_aspects(shipped: EmbeddedScorer) -> None:
    texts = ["Rien à dire", "Prix élevés", "Bof", "Accueil très agréable, livraison rapide"]
    aspects = find_aspects(texts, shipped, shipped.score(texts))
    assert [{aspect.name for aspect in of_text} for of_text in aspects] == [
        set(),
        {"prix"},
        set(),
        {"accueil", "livraison", "delai"},
    ]


def test_every_aspect_has_a_french_name() -> None:
    assert all(has_text(f"aspect-{name}") for name in ASPECTS)
    assert all(has_text(f"polarity-{polarity}") for polarity in ("neg", "neu", "pos"))


@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("ab ,.!:;()\n-–mais l’œ€1"), max_size=120))
def test_clauses_are_ordered_pieces_of_the_text(text: str) -> None:
    spans = split_clauses(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
