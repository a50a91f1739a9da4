"""Reading how satisfied a text is: the Scorer protocol, and the embedded model behind it.

scorer = embedded_scorer()
scorer.score(["Rien à redire, travail soigné."])[0].stars
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from sentiment.model_files import (
    GRAPH,
    MODEL_DIR,
    open_session,
    open_tokenizer,
    own_config,
    verify,
    version_of,
)
from sentiment.windows import Window, batches, cut, padded
from vigie.errors import VigieError

Label = Literal["neg", "neu", "pos"]
LABELS: tuple[Label, Label, Label] = ("neg", "neu", "pos")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SentimentScore:
    """What the model reads in one text.

    Attributes:
        stars_p: probabilities of one to five stars; they sum to 1.
        stars: expected stars, 1.0 to 5.0.
        p_neg: probability of one or two stars.
        p_neu: probability of three stars.
        p_pos: probability of four or five stars.
        label: the likeliest of ``neg``, ``neu``, ``pos``.
    """

    stars_p: tuple[float, float, float, float, float]
    stars: float
    p_neg: float
    p_neu: float
    p_pos: float
    label: Label


class Scorer(Protocol):
    """Anything that reads texts; ``version`` is stored with every score."""

    @property
    def version(self) -> str:
        """Name and digest of the weights, at most 64 characters."""

    def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
        """Return one score a text, in order; every text must be readable (``is_readable``)."""


def is_readable(text: str) -> bool:
    """Say whether a text has anything to read: some character that is neither blank nor NUL."""
    return bool(text.replace("\0", "").strip())


def refuse_unreadable(texts: Sequence[str], batch_size: int) -> None:
    """Hold what a scorer is asked to its bounds.

    Raises:
        VigieError: a text is empty, or the batch size is not positive.
    """
    if batch_size < 1:
        raise VigieError("sentiment-batch-size", size=batch_size)
    for place, text in enumerate(texts, start=1):
        if not is_readable(text):
            raise VigieError("sentiment-text-empty", place=place)


def to_score(probabilities: npt.ArrayLike) -> SentimentScore:
    """Make a score from five star probabilities (any positive weights; they are normalised)."""
    p = np.asarray(probabilities, dtype=np.float64)
    p = p / p.sum()
    sums = (float(p[0] + p[1]), float(p[2]), float(p[3] + p[4]))
    p1, p2, p3, p4, p5 = (float(value) for value in p)
    return SentimentScore(
        (p1, p2, p3, p4, p5),
        float(p @ np.arange(1, 6)),
        *sums,
        LABELS[int(np.argmax(sums))],
    )


@dataclass(frozen=True, slots=True)
class TextPass:
    """What one pass through the network gives for one text.

    Attributes:
        score: how satisfied the text is.
        offsets: (start, end) of each token read, in the order of the text.
        marks: (tokens, ``len(sentiment.marks.MARKS)``) logits.
    """

    score: SentimentScore
    offsets: list[tuple[int, int]]
    marks: npt.NDArray[np.float32]


class EmbeddedScorer:
    """The model shipped with Vigie: its tokenizer and one ONNX Runtime session.

    Args:
        folder: the graph, tokenizer, config and SHA256SUMS.
        threads: processor threads; by default, as many as this process may use.

    Raises:
        VigieError: a file is missing or is not the one that was shipped.
    """

    def __init__(self, folder: Path = MODEL_DIR, threads: int | None = None) -> None:
        verify(folder)
        self._tokenizer = open_tokenizer(folder)
        self._session = open_session(folder / GRAPH, threads or len(os.sched_getaffinity(0)))
        own = own_config(folder)
        self._pad_id = int(own["pad_token_id"])
        self.temperature = float(own["temperature"])
        self._offsets = np.array(own["star_offsets"], dtype=np.float64)
        self.thresholds: dict[str, float] = own["thresholds"]
        self._version = version_of(folder)

    @property
    def version(self) -> str:
        """The name of the weights and the digest of all files that decide a score."""
        return self._version

    def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
        """Return one score a text, in order (see ``passes``)."""
        return [one.score for one in self.passes(texts, batch_size)]

    def passes(self, texts: Sequence[str], batch_size: int = 32) -> list[TextPass]:
        """Return what the network gives for each text, in order.

        A text longer than the model's window is read in windows of equal length, whose
        probabilities are averaged; a book-long one (hostile, or by mistake) in some of them,
        from its beginning to its end.

        Raises:
            VigieError: a text is empty, or the batch size is not positive.
        """
        refuse_unreadable(texts, batch_size)
        windows = cut(self._tokenizer, texts)
        stars, marks = self._read(windows, batch_size)
        stars *= np.array([[len(window.ids)] for window in windows]).reshape(-1, 1)
        sums = np.zeros((len(texts), 5))
        np.add.at(sums, [window.owner for window in windows], stars)
        pieces: list[list[int]] = [[] for _ in texts]
        for place, window in enumerate(windows):
            pieces[window.owner].append(place)
        return [
            TextPass(
                to_score(row),
                [pair for place in places for pair in windows[place].offsets],
                np.concatenate([marks[place] for place in places]),
            )
            for row, places in zip(sums, pieces, strict=True)
        ]

    def _read(
        self, windows: Sequence[Window], batch_size: int
    ) -> tuple[Floats, list[npt.NDArray[np.float32]]]:
        """Return (windows, 5) calibrated probabilities, and each window's (tokens, marks)."""
        logits = np.zeros((len(windows), 5))
        marks: list[npt.NDArray[np.float32]] = [np.empty(0, np.float32)] * len(windows)
        for places in batches([len(window.ids) for window in windows], batch_size):
            ids, mask = padded([windows[place].ids for place in places], self._pad_id)
            inputs = {"input_ids": ids, "attention_mask": mask}
            logits[places], found = self._session.run(["logits", "marks"], inputs)
            for row, place in enumerate(places):
                # Copied, for a slice would keep its whole batch in memory.
                marks[place] = found[row, 1 : 1 + len(windows[place].offsets)].copy()
        scaled = logits / self.temperature + self._offsets
        powers = np.exp(scaled - scaled.max(axis=1, keepdims=True, initial=-np.inf))
        result: Floats = powers / powers.sum(axis=1, keepdims=True)
        return result, marks


@lru_cache(maxsize=1)
def embedded_scorer() -> EmbeddedScorer:
    """Return the model shipped with Vigie, loaded once a process.

    Raises:
        VigieError: its files are missing or damaged.
    """
    return EmbeddedScorer()
