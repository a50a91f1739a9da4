"""Texts cut into windows of tokens that a model can read, and windows grouped to read together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

WINDOW_TOKENS = 300
"""Longest piece read at once, markers not counted; a longer text is read in several.

Longer than while training (112): whole context was worth more, measured on the texts set apart.
"""

WINDOWS_MAX = 32
"""Most windows read of one text, spread evenly over it: some 38,000 characters are read whole."""

BATCH_TOKENS = 4096
"""Most tokens, padding included, in one pass through the network."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a text.

    Attributes:
        owner: place of its text among those that were cut.
        ids: token ids, with the markers before and after.
        offsets: (start, end) in the text of each token that is not a marker.
    """

    owner: int
    ids: list[int]
    offsets: list[tuple[int, int]]


def cut(
    tokenizer: Tokenizer, texts: Sequence[str], window_tokens: int = WINDOW_TOKENS
) -> list[Window]:
    """Cut every text into windows of equal length, in order; a book-long one into some of them."""
    if not texts:
        return []
    # A NUL becomes a blank, so that every character keeps its place.
    clean = [text.replace("\0", " ") for text in texts]
    windows = []
    for owner, encoded in enumerate(tokenizer.encode_batch(clean)):
        first, *inner, last = encoded.ids
        offsets = encoded.offsets[1:-1]
        count = max(1, -(-len(inner) // window_tokens))
        edges = [len(inner) * part // count for part in range(count + 1)]
        for start, end in _spread(list(pairwise(edges))):
            windows.append(Window(owner, [first, *inner[start:end], last], offsets[start:end]))
    return windows


def batches(lengths: Sequence[int], batch_size: int) -> Iterator[list[int]]:
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


def padded(rows: Sequence[Sequence[int]], pad_id: int) -> tuple[Ints, Ints]:
    """Return token ids and attention mask, each (rows, longest)."""
    longest = max(map(len, rows))
    ids = np.full((len(rows), longest), pad_id, dtype=np.int64)
    mask = np.zeros((len(rows), longest), dtype=np.int64)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return ids, mask


def _spread(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(pieces) <= WINDOWS_MAX:
        return pieces
    return [pieces[round(i * (len(pieces) - 1) / (WINDOWS_MAX - 1))] for i in range(WINDOWS_MAX)]
