"""A review that praises and complains: neutral, with both quoted as the reason."""

from collections.abc import Sequence

from sentiment.reading import Aspect, Mixed
from sentiment.scorer import SentimentScore

SURE = 0.5
"""A score this sure of one side is not overruled by a complaint in passing, or a kind word: as high
as it may be without more errors on texts set apart (docs/model.md)."""


def find_mixed(score: SentimentScore, aspects: Sequence[Aspect]) -> Mixed | None:
    """Return the first praise and complaint of a text that is truly of two minds, else None."""
    if max(score.p_neg, score.p_pos) >= SURE:
        return None
    first = {aspect.polarity: (aspect.start, aspect.end) for aspect in reversed(aspects)}
    if "pos" not in first or "neg" not in first or first["pos"] == first["neg"]:
        return None
    return Mixed(first["pos"], first["neg"])
