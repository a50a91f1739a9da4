"""The texts that teach the second head anew, on an encoder that stays as it is."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sentiment.training.augment import without_accents
from sentiment.training.data import TRADES, Example, read_clauses, read_reviews, read_trades
from sentiment.training.joining import is_joinable, joined
from sentiment.training.marks import read_marks
from sentiment.training.natural import NATURAL, natural_examples

CONTENT_TEXTS = 1000
"""Contented reviews, in which nothing is urgent."""

WEIGHTS = {NATURAL: 2.0, TRADES: 1.0}
"""How often a review of such a source is drawn, beside one that nobody labelled."""

URGENT_WEIGHT = 1.5
"""How much more often a collected review that is urgent is drawn."""

FRESH = "labelled_aspects.jsonl"
"""What the encoder never learned from: there it reads as it will read others' texts."""

FRESH_WEIGHT, FRESH_CHANGED_WEIGHT = 3.0, 1.5
TYPED_WEIGHT, CLAUSE_WEIGHT = 0.6, 0.5

Weighed = list[tuple[Example, float]]
"""Texts, and how often each is drawn beside the others."""


def urgency_texts(extra: Path, data: Path, seed: int) -> Weighed:
    """Return the training texts whose urgencies are known, some also as people type them."""
    reviews, rng = read_reviews(data), random.Random(seed)
    labelled = [*natural_examples(reviews), *read_trades(extra)]
    labelled = [
        e for e in labelled if e.part == "train" and e.marks and e.marks.urgencies is not None
    ]
    content = [e for e in reviews if e.part == "train" and e.marks and len(e.text) < 260]
    rng.shuffle(content)
    texts = [*labelled, *_typed(labelled, rng), *content[:CONTENT_TEXTS]]
    return [(text, _urgency_weight(text)) for text in texts]


def aspect_texts(extra: Path, clauses: Path, seed: int) -> Weighed:
    """Return the training texts whose aspects are known, some also joined two by two or typed."""
    rng = random.Random(seed)
    fresh_texts = {text for text, *_ in read_marks(extra / FRESH)}
    written = [example for example in read_trades(extra) if example.part == "train"]
    labelled = [e for e in written if e.marks and e.marks.aspects is not None]
    fresh = [e for e in labelled if e.text in fresh_texts]
    former = [e for e in labelled if e.text not in fresh_texts]
    changed = [*_typed(fresh, rng), *_joined(fresh, fresh, rng), *_joined(fresh, former, rng)]
    return [
        *((text, FRESH_WEIGHT) for text in fresh),
        *((text, FRESH_CHANGED_WEIGHT) for text in changed),
        *((text, 1.0) for text in (*former, *_joined(former, former, rng))),
        *((text, TYPED_WEIGHT) for text in _typed(former, rng)),
        *((text, CLAUSE_WEIGHT) for text in read_clauses(clauses) if text.part == "train"),
    ]


def _typed(examples: Sequence[Example], rng: random.Random) -> list[Example]:
    ways = (str.lower, without_accents)
    return [replace(example, text=rng.choice(ways)(example.text)) for example in examples]


def _joined(
    examples: Sequence[Example], others: Sequence[Example], rng: random.Random
) -> list[Example]:
    """Return each example that can be joined with another drawn from the others, once."""
    partners = [other for other in others if is_joinable(other)]
    pairs = [
        (example, joined(example, rng.choice(partners), rng))
        for example in examples
        if partners and is_joinable(example)
    ]
    return [both for example, both in pairs if both.text != example.text]


def _urgency_weight(example: Example) -> float:
    urgent = example.source == NATURAL and example.marks and example.marks.urgencies
    return WEIGHTS.get(example.source, 0.5) * (URGENT_WEIGHT if urgent else 1)
