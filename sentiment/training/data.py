"""The texts that teach the model: reading, splitting, targets.

Pure: no torch, so that it is tested without the training extra. A text's part (train, choose,
test) depends on a hash of the text alone, so it never changes when rows are added.
"""

import csv
import gzip
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TextIO

from sentiment.labelled_file import polarity_of
from sentiment.scorer import LABELS, Label
from sentiment.training.absa import read_labelled
from sentiment.training.marks import Marks, read_marks

Part = Literal["train", "choose", "test"]

STARS = frozenset(range(1, 6))

STARS_OF: dict[str, frozenset[int]] = {
    "neg": frozenset({1, 2}),
    "neu": frozenset({3}),
    "pos": frozenset({4, 5}),
}
"""The stars that each polarity stands for."""

TRADES = "trades"
"""The source name of the sentences written for Vigie."""

CLAUSES = "clauses"
"""The source name of the sentences labelled by aspect that others collected."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what its writer gave it.

    Attributes:
        stars: the stars that would be right, a non-empty subset of {1..5}: one where a whole
            number was given, two for a half star, all of a polarity's where only that is known.
        source: where the text came from; sampling is balanced over it.
        part: ``train``, ``choose`` (to pick between models) or ``test`` (reported once).
        marks: the aspects and urgencies in it, where a person labelled them.
    """

    text: str
    stars: frozenset[int]
    polarity: Label
    source: str
    part: Part
    marks: Marks | None = None


def stars_allowed(stars: float | None, polarity: Label) -> frozenset[int]:
    """Return the whole stars that agree with a given rating and polarity.

    A half star allows both its neighbours; the polarity decides where they disagree (3.5 is
    neutral, so 3). Half a star, or none, is one.
    """
    if stars is None:
        return STARS_OF[polarity]
    near = {max(1, int(stars)), max(1, min(5, int(stars + 0.5)))}
    return (frozenset(near) & STARS_OF[polarity]) or STARS_OF[polarity]


def key_of(text: str) -> str:
    """Return 16 hexadecimal digits that depend on the text's letters alone."""
    letters = " ".join(text.casefold().split()).encode()
    return hashlib.blake2b(letters, digest_size=8).hexdigest()


def bucket(text: str, buckets: int = 100) -> int:
    """Return a number in [0, buckets) that depends on the text's letters alone."""
    return int(key_of(text), 16) % buckets


def read_reviews(path: Path) -> list[Example]:
    """Read ``text, stars, polarity, source, domain, split``, plain or gzipped.

    The validation split becomes ``test``; 4 % of the train split is held back as ``choose``.
    """
    with _open(path) as lines:
        return [_review(row) for row in csv.DictReader(lines)]


def read_trades(folder: Path | None) -> list[Example]:
    """Read what was written for Vigie.

    ``*.csv`` hold ``text, stars, trade``: a fifth is test, a tenth choose, the rest train.
    ``*.jsonl`` also hold the aspects and urgencies, by hand (``sentiment.training.marks``): all
    of a ``test_*.jsonl`` is test, and of another three tenths are choose, the rest train.
    """
    if folder is None:
        return []
    examples = []
    for path in sorted(folder.glob("*.csv")):
        with _open(path) as lines:
            examples += [_trade(row["text"], float(row["stars"])) for row in csv.DictReader(lines)]
    for path in sorted(folder.glob("*.jsonl")):
        for text, stars, marks in read_marks(path):
            example = replace(_trade(text, stars), marks=marks)
            apart: Part = "choose" if example.part == "test" else example.part
            examples.append(
                replace(example, part="test" if path.name.startswith("test_") else apart)
            )
    return examples


def read_clauses(path: Path | None, split: str = "train") -> list[Example]:
    """Read aspect-labelled sentences (French part of M-ABSA).

    They are short and about things, which collected reviews rarely are. Where its aspects all
    have one polarity, a sentence has that one; else any number of stars would be right.
    """
    return [_clause(row.text, row.marks) for row in read_labelled(path, split)] if path else []


def _clause(text: str, marks: Marks) -> Example:
    given = {polarity for _, polarity, _ in marks.aspects or ()}
    polarity: Label = next(iter(given)) if len(given) == 1 else "neu"
    stars = STARS_OF[polarity] if len(given) == 1 else STARS
    part: Part = "choose" if bucket(text) < 4 else "train"
    return Example(text, stars, polarity, CLAUSES, part, marks)


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _review(row: dict[str, str]) -> Example:
    polarity = _polarity(row["polarity"])
    stars = float(row["stars"]) if row["stars"] else None
    part: Part = "test" if row["split"] == "validation" else "train"
    if part == "train" and bucket(row["text"]) < 4:
        part = "choose"
    # Who is content threatens nobody: nothing is urgent there, without anyone having looked.
    marks = Marks(None, ()) if polarity == "pos" else None
    allowed = stars_allowed(stars, polarity)
    return Example(row["text"], allowed, polarity, row["source"], part, marks)


def _trade(text: str, stars: float) -> Example:
    polarity = polarity_of(stars)
    place = bucket(text)
    part: Part = "test" if place < 20 else "choose" if place < 30 else "train"
    return Example(text, stars_allowed(stars, polarity), polarity, TRADES, part)


def _polarity(name: str) -> Label:
    for known in LABELS:
        if name == known:
            return known
    raise ValueError(f"polarity {name!r} is none of neg, neu, pos")
