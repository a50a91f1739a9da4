"""What a person marked in a text: its aspects and urgencies, with the words that carry them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sentiment.scorer import Label


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one text.

    Attributes:
        aspects: (name, polarity, words); no words where only the sentence is known; None where
            nobody looked for them.
        urgencies: (kind, words); None where nobody looked for them.
    """

    aspects: tuple[tuple[str, Label, str], ...] | None
    urgencies: tuple[tuple[str, str], ...] | None


def read_marks(path: Path) -> Iterator[tuple[str, float, Marks]]:
    """Yield (text, stars, marks) from JSON Lines.

    Each line is ``{"text", "stars", "aspects": [[name, polarity, words]], "urgent": [[kind,
    words]]}``, the words copied from the text.
    """
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            aspects = tuple((name, polarity, words) for name, polarity, words in row["aspects"])
            urgencies = tuple((kind, words) for kind, words in row["urgent"])
            yield row["text"], float(row["stars"]), Marks(aspects, urgencies)
