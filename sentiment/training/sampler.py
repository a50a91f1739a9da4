"""Balanced draws of training texts, typed as people type, some of them two reviews in one.

Pure: no torch, so that it is tested without the training extra.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sentiment.training.augment import as_people_type
from sentiment.training.data import Example
from sentiment.training.joining import JOINED_SHARE, is_joinable, joined

CLASS_SHARES: dict[str, float] = {"neg": 0.42, "neu": 0.20, "pos": 0.38}
"""How often each polarity is drawn: neutral more often than it occurs, for it is learnt last."""

POOL_BATCHES = 32
"""Batches drawn together and then cut by length, so that each has little padding."""


class Sampler:
    """Draws training texts, balanced by source and class, typed as people type.

    The draw of a step depends on the seed and the step alone, so a resumed run goes on exactly
    as if it had not stopped.

    Args:
        examples: texts to draw from; only those of part ``train`` are drawn.
        batch_size: texts in a batch.
        seed: the seed of every draw.
        shares: the part of the draws that goes to a source; the others share what is left.
    """

    def __init__(
        self,
        examples: Iterable[Example],
        batch_size: int,
        seed: int,
        shares: Mapping[str, float] | None = None,
    ) -> None:
        self.batch_size = batch_size
        self.seed = seed
        self.cells: dict[tuple[str, str], list[Example]] = defaultdict(list)
        for example in examples:
            if example.part == "train":
                self.cells[example.source, example.polarity].append(example)
        self.joinable = [
            example for cell in self.cells.values() for example in cell if is_joinable(example)
        ]
        self.weights = _cell_weights(self.cells, shares or {})

    def batches(self, first_step: int) -> Iterator[list[Example]]:
        """Yield batches without end, from the given step on."""
        pool_index, skipped = divmod(first_step, POOL_BATCHES)
        while True:
            yield from self._pool(pool_index)[skipped:]
            pool_index, skipped = pool_index + 1, 0

    def _pool(self, index: int) -> list[list[Example]]:
        rng = random.Random(f"{self.seed}-{index}")
        keys = list(self.weights)
        drawn = rng.choices(keys, list(self.weights.values()), k=self.batch_size * POOL_BATCHES)
        examples = [self._draw(key, rng) for key in drawn]
        examples.sort(key=lambda example: len(example.text))
        size = self.batch_size
        pool = [examples[start : start + size] for start in range(0, len(examples), size)]
        rng.shuffle(pool)
        return pool

    def _draw(self, key: tuple[str, str], rng: random.Random) -> Example:
        example = rng.choice(self.cells[key])
        if self.joinable and is_joinable(example) and rng.random() < JOINED_SHARE:
            example = joined(example, rng.choice(self.joinable), rng)
        return replace(example, text=as_people_type(example.text, rng))


def _cell_weights(
    cells: Mapping[tuple[str, str], Sequence[Example]], shares: Mapping[str, float]
) -> dict[tuple[str, str], float]:
    """Weigh each (source, polarity): classes by CLASS_SHARES, sources by the root of their size.

    The root lets a small source be heard without repeating its few texts too often.
    """
    weights: dict[tuple[str, str], float] = {}
    for polarity, share in CLASS_SHARES.items():
        roots = {key: len(texts) ** 0.5 for key, texts in cells.items() if key[1] == polarity}
        given = {key: shares[key[0]] for key in roots if key[0] in shares}
        left = 1 - sum(given.values())
        others = sum(root for key, root in roots.items() if key not in given)
        for key, root in roots.items():
            weights[key] = share * given.get(key, left * root / others if others else 0.0)
    return weights
