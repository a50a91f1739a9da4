import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from sentiment.marked import find_marks
from sentiment.marks import ASPECTS, MARKS, URGENCIES

THRESHOLDS = dict.fromkeys((*ASPECTS, *URGENCIES), 0.0)


def words_of(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+", text)]


def logits_for(text: str, marks: Mapping[str, Mapping[str, float]]) -> npt.NDArray[np.float32]:
    """Return logits of -5 but for the words and marks given."""
    logits = np.full((len(words_of(text)), len(MARKS)), -5.0, dtype=np.float32)
    for place, (start, end) in enumerate(words_of(text)):
        for mark, value in marks.get(text[start:end], {}).items():
            logits[place, MARKS.index(mark)] = value
    return logits


def test_each_clause_has_its_own_aspects_polarity_and_words() -> None:
    text = "Accueil vraiment charmant, mais les prix sont délirants"
    logits = logits_for(
        text,
        {
            "Accueil": {"accueil": 3, "pos": 2},
            "charmant": {"accueil": 4, "pos": 5},
            "prix": {"prix": 4, "neg": 3},
            "délirants": {"prix": 2, "neg": 5},
        },
    )
    found = find_marks(text, words_of(text), logits, THRESHOLDS)[0]
    assert [(a.name, a.polarity, text[a.start : a.end]) for a in found] == [
        ("accueil", "pos", "Accueil vraiment charmant"),
        ("prix", "neg", "prix sont délirants"),
    ]


def test_a_sentence_tells_an_aspect_once_with_the_tone_of_all_its_words() -> None:
    text = "Accueil tardif, mais un accueil royal, royal. Accueil nul"
    logits = logits_for(
        text,
        {
            "Accueil": {"accueil": 3, "neg": 2},
            "accueil": {"accueil": 4, "pos": 2},
            "royal": {"accueil": 4, "pos": 5},
            "nul": {"accueil": 4, "neg": 5},
        },
    )
    found = find_marks(text, words_of(text), logits, THRESHOLDS)[0]
    assert [(a.polarity, text[a.start : a.end]) for a in found] == [
        ("pos", "accueil royal, royal"),
        ("neg", "Accueil nul"),
    ]


def test_an_aspect_below_its_threshold_is_not_told() -> None:
    text = "Le prix, bon"
    logits = logits_for(text, {"prix": {"prix": 1.0, "neu": 1.0}})
    assert find_marks(text, words_of(text), logits, THRESHOLDS | {"prix": 1.5})[0] == ()
    assert len(find_marks(text, words_of(text), logits, THRESHOLDS)[0]) == 1


def test_an_urgency_is_told_once_with_its_words() -> None:
    text = "Une roue mal serrée. Oui, une roue."
    logits = logits_for(text, {"roue": {"securite": 4.0}, "serrée": {"securite": 3.5}})
    (found,) = find_marks(text, words_of(text), logits, THRESHOLDS)[1]
    assert (found.kind, text[found.start : found.end]) == ("securite", "roue mal serrée")


def test_the_words_are_whole_even_where_a_token_is_a_piece_of_one() -> None:
    text = "C'est malhonnête !"
    logits = np.full((2, len(MARKS)), -5.0, dtype=np.float32)
    logits[1, MARKS.index("honnetete")] = 3.0
    logits[1, MARKS.index("neg")] = 3.0
    (found,) = find_marks(text, [(2, 5), (9, 13)], logits, THRESHOLDS)[0]
    assert text[found.start : found.end] == "malhonnête"


def test_a_text_without_tokens_has_no_marks() -> None:
    nothing = np.empty((0, len(MARKS)), dtype=np.float32)
    assert find_marks("…", [], nothing, THRESHOLDS)[0] == ()
    assert find_marks("…", [], nothing, THRESHOLDS)[1] == ()


@given(st.text(max_size=80), st.integers(0, 2**32 - 1))
def test_marks_are_words_of_the_text_whatever_the_logits(text: str, seed: int) -> None:
    offsets = words_of(text)
    logits = np.random.default_rng(seed).normal(0, 4, (len(offsets), len(MARKS)))
    aspects = find_marks(text, offsets, logits.astype(np.float32), THRESHOLDS)[0]
    urgencies = find_marks(text, offsets, logits.astype(np.float32), THRESHOLDS)[1]
    spans = [(a.start, a.end) for a in aspects] + [(u.start, u.end) for u in urgencies]
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
    assert len({urgency.kind for urgency in urgencies}) == len(urgencies)
