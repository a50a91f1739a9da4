import random

from hypothesis import given
from hypothesis import strategies as st

from sentiment.labelled_file import polarity_of
from sentiment.training.data import STARS, TRADES, Example
from sentiment.training.joining import is_joinable, joined
from sentiment.training.marks import Marks


def example(text: str, star: int, *aspects: tuple[str, str, str]) -> Example:
    marks = Marks(aspects, ())  # type: ignore[arg-type]  # The polarities are literal.
    return Example(text, frozenset({star}), polarity_of(star), TRADES, "train", marks)


WELCOME = example("Accueil charmant.", 5, ("accueil", "pos", "Accueil charmant"))
PRICE = example("Prix délirants !", 1, ("prix", "neg", "Prix délirants"))
RUDE = example("Accueil glacial.", 1, ("accueil", "neg", "Accueil glacial"))


@given(st.integers())
def test_a_joined_text_keeps_the_words_of_both(seed: int) -> None:
    both = joined(WELCOME, PRICE, random.Random(seed))
    assert both.marks is not None
    assert both.marks.aspects is not None
    assert [name for name, *_ in both.marks.aspects] == ["accueil", "prix"]
    assert all(words in both.text for *_, words in both.marks.aspects)
    assert both.stars == STARS


@given(st.integers())
def test_an_aspect_is_never_contradicted_by_another_text(seed: int) -> None:
    assert joined(WELCOME, RUDE, random.Random(seed)) == WELCOME


def test_only_texts_with_all_their_aspects_known_are_joined() -> None:
    assert is_joinable(WELCOME)
    assert not is_joinable(Example("Bien.", frozenset({4}), "pos", TRADES, "train"))
    assert not is_joinable(example("très long " * 40, 3))
