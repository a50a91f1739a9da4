"""What another model's labels mean, in the open: names to stars or polarities, then five stars.

Five labels are one to five stars: "1 star" ... "5 stars", "4 étoiles", "★★★", a bare "2", or from
"very negative" to "very positive". Two or three are polarities: "NEGATIVE", "neu", "positif"...
Names that say nothing ("LABEL_0", "LABEL_1"...: what transformers writes where the author named
nothing) are read from the worst to the best. Any other set of names is refused, not guessed.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sentiment.scorer import LABELS
from vigie.errors import VigieError

Floats = npt.NDArray[np.float64]

STARS = ("1", "2", "3", "4", "5")
MEANINGS: dict[int, tuple[str, ...]] = {2: ("neg", "pos"), 3: LABELS, 5: STARS}
"""The meanings that a set of so many labels has, from the worst to the best."""

LABELS_LISTED = 20
LABEL_CHARS = 60
"""What is read and named of labels; a hostile config may hold thousands, each a book."""

_WORDS: dict[str, tuple[str, ...]] = {
    "neg": ("neg", "negative", "negatif", "bad", "mauvais"),
    "neu": ("neu", "neutral", "neutre", "mixed", "mitige"),
    "pos": ("pos", "positive", "positif", "good", "bon"),
    "1": ("very negative", "tres negatif"),
    "5": ("very positive", "tres positif"),
}
_MEANING_OF = {word: meaning for meaning, words in _WORDS.items() for word in words}
_STAR = re.compile(r"([1-5]) ?(?:stars?|etoiles?|★)?|(★{1,5})")
_UNNAMED = re.compile(r"LABEL_(\d+)")


def meanings_of(labels: Sequence[str], model: str) -> tuple[str, ...]:
    """Return what each label means, in the order of the model's outputs.

    Returns:
        "1" to "5" for five labels, ``neg``, ``neu`` and ``pos`` for fewer; each once.

    Raises:
        VigieError: the labels are not two, three or five, or do not say what they mean.
    """
    expected = MEANINGS.get(len(labels), ())
    if all(_UNNAMED.fullmatch(label) for label in labels):
        found = list(expected)
    else:
        found = [meaning_of(label) for label in labels]
    if found and len(labels) == 5:
        # Said in words, the three in the middle are plain polarities.
        inner = {"neg": "2", "neu": "3", "pos": "4"}
        found = [inner.get(meaning, meaning) for meaning in found]
    if not expected or sorted(found) != sorted(expected):
        named = ", ".join(label[:LABEL_CHARS] for label in labels[:LABELS_LISTED])
        raise VigieError("hub-labels", model=model, count=len(labels), labels=named)
    return tuple(found)


def to_stars(p: Floats, meanings: Sequence[str]) -> Floats:
    """Spread (texts, labels) probabilities over one to five stars: (texts, 5).

    Five labels are only put in order. Fewer give neutral to three stars (nothing, where there is
    no neutral label), and share each side among its two stars by its own probability: a text that
    is negative with probability q has q * q of one star and q * (1 - q) of two. So each class
    keeps exactly the probability that the model gave it, and the surer, the more extreme.
    """
    stars = np.zeros((len(p), 5))
    for column, meaning in enumerate(meanings):
        q = p[:, column]
        if meaning in STARS:
            stars[:, STARS.index(meaning)] = q
        elif meaning == "neu":
            stars[:, 2] = q
        else:
            outer, inner = (0, 1) if meaning == "neg" else (4, 3)
            stars[:, outer] = q * q
            stars[:, inner] = q * (1 - q)
    return stars


def meaning_of(label: str) -> str:
    """Return "1" to "5", ``neg``, ``neu`` or ``pos``; empty where a name means none of them."""
    plain = (
        unicodedata.normalize("NFKD", label[:LABEL_CHARS])
        .casefold()
        .replace("_", " ")
        .replace("-", " ")
    )
    words = " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
    star = _STAR.fullmatch(words)
    if star:
        return star[1] or str(len(star[2]))
    return _MEANING_OF.get(words, "")
