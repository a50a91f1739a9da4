"""A reader without a model, for what surrounds it."""

from collections.abc import Sequence

from sentiment.reading import Aspect, Mixed, Reading, Urgency
from sentiment.scorer import to_score


class FakeReader:
    """Reads "nul" as one star and all else as five, and remembers what it read.

    "prix" is an aspect and "freins" an urgency; "mais" parts a praise from a complaint; a text
    that begins with "?" is in no known language.
    """

    def __init__(self, version: str = "essai-1") -> None:
        self.version = version
        self.texts: list[str] = []
        self.calls: list[int] = []

    def read(self, texts: Sequence[str], batch_size: int = 32) -> list[Reading]:
        self.texts += texts
        self.calls.append(len(texts))
        return [_read(text) for text in texts]


def _read(text: str) -> Reading:
    if text.startswith("?"):
        return Reading("und", None, None, (), ())
    unhappy = "nul" in text.lower()
    score = to_score([1, 0, 0, 0, 0] if unhappy else [0, 0, 0, 0, 1])
    place = text.find("mais")
    return Reading(
        "en" if text.startswith("Great") else "fr",
        score,
        None if place < 0 else Mixed((0, place), (place, len(text))),
        tuple(Aspect("prix", score.label, *span) for span in _spans(text, "prix")),
        tuple(Urgency("securite", *span) for span in _spans(text, "freins")),
    )


def _spans(text: str, word: str) -> list[tuple[int, int]]:
    start = text.find(word)
    return [] if start < 0 else [(start, start + len(word))]
