import random

from hypothesis import given
from hypothesis import strategies as st

from sentiment.training.augment import (
    as_people_type,
    repeated_letters,
    sms_spelling,
    without_accents,
    without_punctuation,
)

REVIEW = "Très déçu : c’est la troisième fois que l’on attend, et toujours pas de rendez-vous !"


def test_accents_go_and_letters_stay() -> None:
    assert without_accents("Éléonore a reçu l’œuvre à Noël") == "Eleonore a recu l’œuvre a Noel"


def test_some_or_all_of_the_punctuation_goes() -> None:
    seen = {without_punctuation("Bon, mais cher. Bof !", random.Random(n)) for n in range(40)}
    assert "Bon mais cher Bof " in seen
    assert len(seen) > 1


def test_a_letter_is_stretched() -> None:
    stretched = repeated_letters("trop nul", random.Random(2))
    assert len(stretched) > len("trop nul")
    assert repeated_letters("xyz", random.Random(2)) == "xyz"


def test_plain_words_become_messages() -> None:
    seen = {sms_spelling("c'est toujours pour beaucoup", random.Random(n)) for n in range(40)}
    assert any("bcp" in text for text in seen)
    assert any("tjs" in text or "tjrs" in text for text in seen)


def test_most_texts_are_left_as_they_are_and_many_change() -> None:
    rng = random.Random(4)
    changed = sum(as_people_type(REVIEW, rng) != REVIEW for _ in range(1000))
    assert 350 < changed < 450


def test_the_same_generator_gives_the_same_slips() -> None:
    one = [as_people_type(REVIEW, random.Random(9), share=1) for _ in range(5)]
    assert len(set(one)) == 1


@given(st.text(max_size=100), st.integers(0, 1000))
def test_any_text_can_be_typed(text: str, seed: int) -> None:
    typed = as_people_type(text, random.Random(seed), share=1)
    assert bool(typed.strip()) or not text.strip(" .,;:!?…\n\t") or len(text) < 5
