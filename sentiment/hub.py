"""Any other sequence-classification model as a Scorer (``VIGIE_MODEL``, with the [hub] extra).

HubScorer("cmarkea/distilcamembert-base-sentiment").score(["Très bon accueil."])[0].stars
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sentiment.hub_files import first_line, locate, read_config, version_of
from sentiment.hub_labels import meanings_of, to_stars
from sentiment.scorer import SentimentScore, refuse_unreadable, to_score
from sentiment.windows import WINDOW_TOKENS, WINDOWS_MAX, batches, padded
from vigie.errors import VigieError

CHARS_MAX = 200_000
"""Characters read of one text: no review is a book, and windows are cut before they are chosen."""

Floats = npt.NDArray[np.float64]


class HubScorer:
    """A sequence-classification model of two, three or five labels, in fp32 on the processor.

    Args:
        name: a folder in transformers' layout, or a name on the Hugging Face hub.

    Attributes:
        labels: what the model calls its outputs.
        meanings: what each is read as (``sentiment.hub_labels``).

    Raises:
        VigieError: the model cannot be found, fetched, opened or understood.
    """

    def __init__(self, name: str) -> None:
        folder = locate(name)
        config = read_config(folder, name)
        self.labels = _labels(config, name)
        self.meanings = meanings_of(self.labels, name)
        self._version = version_of(folder, name)
        self._tokenizer, self._model = _opened(folder, name)
        self._window_tokens = _window_tokens(self._tokenizer, config, name)

    @property
    def version(self) -> str:
        """The model's name and the digest of its files, at most 64 characters."""
        return self._version

    def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
        """Return one score a text, in order; a long text is read in windows, then averaged.

        Raises:
            VigieError: a text is empty, or the batch size is not positive.
        """
        refuse_unreadable(texts, batch_size)
        if not texts:
            return []
        windows, owners = self._windows(texts)
        sizes = np.array([len(window) for window in windows])
        sums = np.zeros((len(texts), len(self.labels)))
        np.add.at(sums, owners, self._probabilities(windows, batch_size) * sizes[:, None])
        p = sums / sums.sum(axis=1, keepdims=True)
        return [to_score(row) for row in to_stars(p, self.meanings)]

    def _windows(self, texts: Sequence[str]) -> tuple[list[list[int]], list[int]]:
        """Return windows of token ids with their markers, and which text each belongs to."""
        windows: list[list[int]] = []
        owners: list[int] = []
        for owner, text in enumerate(texts):
            pieces = self._tokenizer(
                text[:CHARS_MAX].replace("\0", " "),
                truncation=True,
                max_length=self._window_tokens,
                return_overflowing_tokens=True,
            )["input_ids"]
            places = np.linspace(0, len(pieces) - 1, min(len(pieces), WINDOWS_MAX)).round()
            windows += [pieces[int(place)] for place in places]
            owners += [owner] * len(places)
        return windows, owners

    def _probabilities(self, windows: Sequence[list[int]], batch_size: int) -> Floats:
        """Return (windows, labels) in the order given."""
        import torch

        result = np.empty((len(windows), len(self.labels)))
        # Without a token to pad with, texts of several lengths cannot be read together.
        most = batch_size if self._tokenizer.pad_token_id is not None else 1
        for places in batches([len(window) for window in windows], most):
            rows = [windows[place] for place in places]
            ids, mask = map(torch.from_numpy, padded(rows, self._tokenizer.pad_token_id or 0))
            with torch.inference_mode():
                logits = self._model(input_ids=ids, attention_mask=mask).logits
            result[places] = torch.softmax(logits.double(), dim=-1).numpy()
        return result


def hub_version(name: str) -> str:
    """Return the version that ``HubScorer(name)`` has, without loading its weights.

    Raises:
        VigieError: the model cannot be found or fetched.
    """
    return version_of(locate(name), name)


def label_meanings(name: str) -> dict[str, str]:
    """Return what each label of a model is read as, without loading its weights.

    Raises:
        VigieError: the model cannot be found, fetched or understood.
    """
    labels = _labels(read_config(locate(name), name), name)
    return dict(zip(labels, meanings_of(labels, name), strict=True))


def _labels(config: dict[str, Any], name: str) -> tuple[str, ...]:
    kinds = config.get("architectures")
    kinds = [str(kind) for kind in kinds] if isinstance(kinds, list) else []
    if not any(kind.endswith("ForSequenceClassification") for kind in kinds):
        raise VigieError("hub-kind", model=name, kind=", ".join(kinds)[:200] or "?")
    if config.get("problem_type") in ("regression", "multi_label_classification"):
        raise VigieError("hub-kind", model=name, kind=config["problem_type"])
    # transformers writes no names where its own defaults hold, which are two.
    named = config.get("id2label", {"0": "LABEL_0", "1": "LABEL_1"})
    if not isinstance(named, dict):
        raise VigieError("hub-damaged", model=name, reason="id2label")
    return tuple(str(named.get(str(place), "?")) for place in range(len(named)))


def _opened(folder: Path, name: str) -> tuple[Any, Any]:
    """Open the tokenizer and the network: from the disk, safetensors only, none of their code."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from transformers import AutoModelForSequenceClassification, AutoTokenizer
    from transformers.utils import logging

    # Loading draws a progress bar, and tells of every weight it finds odd; what matters is below.
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    import torch

    safe = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, **safe)
        model, report = AutoModelForSequenceClassification.from_pretrained(
            folder, use_safetensors=True, dtype=torch.float32, output_loading_info=True, **safe
        )
    except Exception as error:
        # A hostile or cut file fails anywhere in the libraries, with any of their errors.
        raise VigieError("hub-damaged", model=name, reason=first_line(error)) from None
    if not tokenizer.is_fast:
        raise VigieError("hub-no-tokenizer", model=name)
    if report["missing_keys"]:
        missing = ", ".join(sorted(report["missing_keys"]))[:200]
        raise VigieError("hub-damaged", model=name, reason=missing)
    return tokenizer, model.eval()


def _window_tokens(tokenizer: Any, config: dict[str, Any], name: str) -> int:
    """Return the longest window, markers included, that the model can read."""
    positions = config.get("max_position_embeddings")
    markers = tokenizer.num_special_tokens_to_add()
    # RoBERTa and its kin number their positions from two.
    most = positions - 2 if isinstance(positions, int) else WINDOW_TOKENS + markers
    tokens = int(min(WINDOW_TOKENS + markers, most, tokenizer.model_max_length))
    if tokens <= markers:
        raise VigieError("hub-damaged", model=name, reason="max_position_embeddings")
    return tokens
