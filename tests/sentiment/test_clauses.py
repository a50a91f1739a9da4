from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sentiment.clauses import fold, split_clauses, split_sentences


def clauses(text: str) -> list[str]:
    return [text[start:end] for start, end in split_clauses(text)]


def test_a_review_is_cut_where_its_tone_can_turn() -> None:
    assert clauses("Accueil charmant, mais prix délirants. Travail soigné par contre !") == [
        "Accueil charmant",
        "mais prix délirants.",
        "Travail soigné",
        "par contre !",
    ]
    assert clauses("Facture de 1,5 k€ : c’est trop") == ["Facture de 1,5 k€ : c’est trop"]
    assert clauses("L’accueil, lui, est glacial") == ["L’accueil, lui, est glacial"]


@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("ab ,.!:;()\n-–mais l’œ€1"), max_size=120))
def test_clauses_are_ordered_pieces_of_the_text(text: str) -> None:
    spans = split_clauses(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)


def test_a_text_is_cut_after_what_ends_a_sentence() -> None:
    text = "Bien ! Très bien...\nÀ 9.30 h, prêt"
    assert [text[start:end].strip() for start, end in split_sentences(text)] == [
        "Bien !",
        "Très bien...",
        "À 9.30 h, prêt",
    ]


@given(st.text(alphabet=st.sampled_from("ab .!?…\n"), max_size=80))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    pieces = "".join(text[start:end] for start, end in split_sentences(text))
    assert "".join(pieces.split()) == "".join(text.split())
