"""The reader: a text's language, how satisfied it is, what it speaks of, what cannot wait.

How satisfied it is may come from another model (``VIGIE_MODEL``); the rest is the embedded one's.
"""

from collections.abc import Sequence
from functools import lru_cache

from sentiment.language import language_of
from sentiment.marked import find_marks
from sentiment.mixed import find_mixed
from sentiment.model_files import embedded_version
from sentiment.reading import Reading
from sentiment.scorer import EmbeddedScorer, Scorer, SentimentScore, TextPass, embedded_scorer
from vigie.languages import UNKNOWN_LANGUAGE
from vigie.settings import Settings


class Reader:
    """Reads texts.

    Args:
        embedded: the model shipped with Vigie.
        other: reads how satisfied a text is in its place.
    """

    def __init__(self, embedded: EmbeddedScorer, other: Scorer | None = None) -> None:
        self._embedded = embedded
        self._other = other

    @property
    def version(self) -> str:
        """The version of the model that scores, at most 64 characters."""
        return (self._other or self._embedded).version

    def read(self, texts: Sequence[str], batch_size: int = 32) -> list[Reading]:
        """Return one reading a text, in order; every text must be readable (``is_readable``).

        Raises:
            VigieError: a text is empty, or the batch size is not positive.
        """
        passes = self._embedded.passes(texts, batch_size)
        others = self._other.score(texts, batch_size) if self._other else None
        scores = others or [one.score for one in passes]
        return [
            self._reading(text, one, score)
            for text, one, score in zip(texts, passes, scores, strict=True)
        ]

    def _reading(self, text: str, one: TextPass, score: SentimentScore) -> Reading:
        language = language_of(text)
        if language == UNKNOWN_LANGUAGE:
            return Reading(language, None, None, (), ())
        aspects, urgencies = find_marks(text, one.offsets, one.marks, self._embedded.thresholds)
        return Reading(language, score, find_mixed(score, aspects), aspects, urgencies)


def reader_version(settings: Settings) -> str:
    """Return the version of the reader that the settings name, without loading its weights.

    Raises:
        VigieError: the model is missing, damaged or unknown.
    """
    if not settings.model:
        return embedded_version()
    from sentiment.hub import hub_version

    return hub_version(settings.model)


def open_reader(settings: Settings) -> Reader:
    """Return the reader that the settings name, loaded once a process.

    Raises:
        VigieError: the model is missing, damaged, unknown, or cannot be read by Vigie.
    """
    return _reader_of(settings.model)


@lru_cache(maxsize=2)
def _reader_of(name: str) -> Reader:
    if not name:
        return Reader(embedded_scorer())
    from sentiment.hub import HubScorer

    return Reader(embedded_scorer(), HubScorer(name))
