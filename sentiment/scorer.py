"""Reading how satisfied a text is: the Scorer protocol, and the embedded model behind it.

scorer = embedded_scorer()
scorer.score(["Rien à redire, travail soigné."])[0].stars
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from vigie.errors import VigieError

Label = Literal["neg", "neu", "pos"]
LABELS: tuple[Label, Label, Label] = ("neg", "neu", "pos")

MODEL_DIR = Path(__file__).parent / "model"
GRAPH = "model.int8.onnx"

WINDOW_TOKENS = 300
"""Longest piece read at once, markers not counted; a longer text is read in several.

Longer than while training (112): whole context was worth more, measured on the texts set apart.
"""

WINDOWS_MAX = 32
"""Most windows read of one text, spread evenly over it: some 38,000 characters are read whole."""

BATCH_TOKENS = 4096
"""Most tokens, padding included, in one pass through the network."""

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


class EmbeddedScorer:
    """The model shipped with Vigie: transformers' tokenizer and one ONNX Runtime session.

    Args:
        folder: the graph, tokenizer, config and SHA256SUMS.
        threads: processor threads; by default, as many as this process may use.

    Raises:
        VigieError: a file is missing or is not the one that was shipped.
    """

    def __init__(self, folder: Path = MODEL_DIR, threads: int | None = None) -> None:
        _verify(folder)
        self._tokenizer = _open_tokenizer(folder)
        self._session = _open_session(folder / GRAPH, threads or len(os.sched_getaffinity(0)))
        self.temperature = float(_own_config(folder)["temperature"])
        self._version = version_of(folder)

    @property
    def version(self) -> str:
        """The name of the weights and the digest of all files that decide a score."""
        return self._version

    def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
        """Return one score a text, in order.

        A text longer than the model's window is read in windows of equal length, whose
        probabilities are averaged; a book-long one (hostile, or by mistake) in some of them,
        from its beginning to its end.

        Raises:
            VigieError: a text is empty, or the batch size is not positive.
        """
        if batch_size < 1:
            raise VigieError("sentiment-batch-size", size=batch_size)
        for place, text in enumerate(texts, start=1):
            if not is_readable(text):
                raise VigieError("sentiment-text-empty", place=place)
        windows, owners = self._windows(texts)
        weighted = self._probabilities(windows, batch_size)
        weighted *= np.array([[len(window)] for window in windows]).reshape(-1, 1)
        sums = np.zeros((len(texts), 5))
        np.add.at(sums, owners, weighted)
        return [to_score(row) for row in sums]

    def _windows(self, texts: Sequence[str]) -> tuple[list[list[int]], list[int]]:
        """Cut every text into windows of token ids; also say which text each belongs to."""
        windows: list[list[int]] = []
        owners: list[int] = []
        if not texts:
            return windows, owners
        encoded = self._tokenizer([text.replace("\0", "") for text in texts])["input_ids"]
        for owner, (first, *ids, last) in enumerate(encoded):
            count = max(1, -(-len(ids) // WINDOW_TOKENS))
            edges = [len(ids) * part // count for part in range(count + 1)]
            for start, end in _spread(list(pairwise(edges))):
                windows.append([first, *ids[start:end], last])
                owners.append(owner)
        return windows, owners

    def _probabilities(self, windows: Sequence[list[int]], batch_size: int) -> Floats:
        """Return (windows, 5), calibrated, in the order given."""
        logits = np.zeros((len(windows), 5))
        for places in _batches([len(window) for window in windows], batch_size):
            longest = max(len(windows[place]) for place in places)
            ids = np.full((len(places), longest), self._tokenizer.pad_token_id, dtype=np.int64)
            mask = np.zeros((len(places), longest), dtype=np.int64)
            for row, place in enumerate(places):
                ids[row, : len(windows[place])] = windows[place]
                mask[row, : len(windows[place])] = 1
            inputs = {"input_ids": ids, "attention_mask": mask}
            logits[places] = self._session.run(["logits"], inputs)[0]
        scaled = logits / self.temperature
        powers = np.exp(scaled - scaled.max(axis=1, keepdims=True, initial=-np.inf))
        result: Floats = powers / powers.sum(axis=1, keepdims=True)
        return result


@lru_cache(maxsize=1)
def embedded_scorer() -> Scorer:
    """Return the model shipped with Vigie, loaded once a process.

    Raises:
        VigieError: its files are missing or damaged.
    """
    return EmbeddedScorer()


def version_of(folder: Path) -> str:
    """Return a model's name and the digest of all files that decide a score, without loading it.

    Raises:
        VigieError: the folder is incomplete or damaged.
    """
    digest = hashlib.sha256(_checksums(folder)).hexdigest()[:8]
    return f"{_own_config(folder)['name']}-{digest}"


def embedded_version() -> str:
    """Return the version of the shipped model, without loading it."""
    return version_of(MODEL_DIR)


def _spread(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(pieces) <= WINDOWS_MAX:
        return pieces
    return [pieces[round(i * (len(pieces) - 1) / (WINDOWS_MAX - 1))] for i in range(WINDOWS_MAX)]


def _batches(lengths: Sequence[int], batch_size: int) -> Iterator[list[int]]:
    """Yield places grouped by length, each group within both bounds."""
    group: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        full = len(group) >= batch_size or (len(group) + 1) * lengths[place] > BATCH_TOKENS
        if group and full:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _checksums(folder: Path) -> bytes:
    try:
        return (folder / "SHA256SUMS").read_bytes()
    except OSError as error:
        raise VigieError("sentiment-model-missing", path=str(error.filename)) from None


def _own_config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    try:
        own: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["vigie"]
    except OSError:
        raise VigieError("sentiment-model-missing", path=str(path)) from None
    except (ValueError, KeyError, TypeError):
        raise VigieError("sentiment-model-damaged", path=str(path)) from None
    return own


def _verify(folder: Path) -> None:
    """Hold every file that SHA256SUMS names to its digest."""
    listed = _checksums(folder).decode("ascii", "replace").splitlines()
    for digest, _, name in (line.partition("  ") for line in listed):
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise VigieError("sentiment-model-missing", path=str(path)) from None
        if found != digest:
            raise VigieError("sentiment-model-damaged", path=str(path))
    if GRAPH not in {line.partition("  ")[2] for line in listed}:
        raise VigieError("sentiment-model-damaged", path=str(folder / "SHA256SUMS"))


def _open_tokenizer(folder: Path) -> Any:
    # transformers announces on stderr that PyTorch is absent, which is how Vigie means it; said
    # in the environment, because the announcement is made while it is imported.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    # Explicit, for the tokenizer otherwise warns on stderr when a process forks after its use.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    # Texts are cut into windows here, so a long one is no cause for a warning.
    tokenizer.model_max_length = 10**9
    return tokenizer


def _open_session(graph: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Waiting threads sleep: spinning costs 40 % more processor time, which pages need meanwhile.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
