"""Collected reviews in which a person looked for urgencies: what customers write, not we.

Only the labels lie in the repository (``data/natural``), by a digest of their text, since the texts
are others'. Each line is ``{"key", "urgent": [[kind, start, end]]}``, the characters counted in the
collected text; the test's also say for how many such reviews each stands (``weight``; 0 for those
added because some model told them).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sentiment.reading import UrgencyKind
from sentiment.training.data import Example, Part, bucket, key_of
from sentiment.training.marks import Marks

NATURAL = "natural"
"""The source name of the collected reviews whose urgencies a person marked."""

FOLDER = Path(__file__).parent / "data" / "natural"

CHOOSE_BELOW, TEST_BELOW = 20, 40
"""Buckets of a text that is set apart to choose by, then of one that is only ever a test."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person marked in one text.

    Attributes:
        urgencies: (kind, start, end).
        weight: how many reviews like it there are for each that was drawn.
    """

    urgencies: tuple[tuple[UrgencyKind, int, int], ...]
    weight: float


def part_of(text: str) -> Part:
    """Return whether a text may teach urgencies; the stars' parts are others."""
    place = bucket(text)
    return "choose" if place < CHOOSE_BELOW else "test" if place < TEST_BELOW else "train"


def read_labels(folder: Path = FOLDER) -> dict[str, Labels]:
    """Read the labels by the key of their text."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.jsonl"))]
    return {
        row["key"]: Labels(
            tuple((kind, start, end) for kind, start, end in row["urgent"]), row.get("weight", 1)
        )
        for row in (json.loads(line) for text in texts for line in text.splitlines())
    }


def natural_examples(
    reviews: Iterable[Example], labels: Mapping[str, Labels] | None = None
) -> list[Example]:
    """Return the labelled ones among the collected reviews, once each, with their urgencies."""
    labels = read_labels() if labels is None else labels
    found = {
        key: replace(
            review,
            source=NATURAL,
            part=part_of(review.text),
            marks=_marks(review.text, labels[key]),
        )
        for review in reviews
        if (key := key_of(review.text)) in labels
    }
    return list(found.values())


def _marks(text: str, labels: Labels) -> Marks:
    return Marks(None, tuple((kind, text[start:end]) for kind, start, end in labels.urgencies))
