"""From the logits of a text's tokens to its aspects and urgencies, with the words they rest on."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sentiment.clauses import split_clauses
from sentiment.marks import ASPECT_MARKS, ASPECTS, POLARITY_MARKS, URGENCIES, URGENCY_MARKS
from sentiment.reading import Aspect, Urgency, UrgencyKind
from sentiment.scorer import LABELS

Logits = npt.NDArray[np.float32]
Offsets = Sequence[tuple[int, int]]

SPAN_DROP = 3.0
"""A neighbour belongs to the words while its logit is no further below the greatest one's."""

SPAN_GAP = 2
"""Tokens that may lie between two that belong to the words."""

_WORD = re.compile(r"[\w€%]+(?:['’-]\w+)*")


def find_marks(
    text: str, offsets: Offsets, logits: Logits, thresholds: Mapping[str, float]
) -> tuple[tuple[Aspect, ...], tuple[Urgency, ...]]:
    """Return a text's aspects, each name once a clause, and its urgencies, each kind once.

    Args:
        text: the text.
        offsets: (tokens,) each token's (start, end), in the order of the text.
        logits: (tokens, marks).
        thresholds: by aspect and kind, the least logit of its greatest token.
    """
    starts, ends = [start for start, _ in offsets], [end for _, end in offsets]
    aspects: list[Aspect] = []
    best: dict[UrgencyKind, tuple[float, Urgency]] = {}
    for clause in split_clauses(text):
        first, after = bisect_right(ends, clause[0]), bisect_left(starts, clause[1])
        if first >= after:
            continue
        own = logits[first:after]
        for place, name in enumerate(ASPECTS):
            scores = own[:, ASPECT_MARKS][:, place]
            if scores.max() >= thresholds[name]:
                start, end = _words(text, offsets, first, scores, clause)
                aspects.append(Aspect(name, LABELS[_polarity(own, scores)], start, end))
        for place, kind in enumerate(URGENCIES):
            scores = own[:, URGENCY_MARKS][:, place]
            highest = float(scores.max())
            if highest >= thresholds[kind] and highest > best.get(kind, (-np.inf,))[0]:
                start, end = _words(text, offsets, first, scores, clause)
                best[kind] = highest, Urgency(kind, start, end)
    urgencies = sorted((found for _, found in best.values()), key=lambda one: one.start)
    return tuple(aspects), tuple(urgencies)


def _polarity(logits: Logits, scores: Logits) -> int:
    """Return the place in LABELS of the polarity read where the aspect is strongest."""
    powers = np.exp(scores - scores.max())
    pooled = (powers / powers.sum()) @ logits[:, POLARITY_MARKS]
    return int(pooled.argmax())


def _words(
    text: str, offsets: Offsets, first: int, scores: Logits, bounds: tuple[int, int]
) -> tuple[int, int]:
    """Return (start, end) of the whole words about the greatest score, within the bounds."""
    top = int(scores.argmax())
    belongs = scores >= scores[top] - SPAN_DROP
    low = high = top
    while near := [p for p in range(max(0, low - 1 - SPAN_GAP), low) if belongs[p]]:
        low = near[0]
    while near := [p for p in range(high + 1, min(len(scores), high + 2 + SPAN_GAP)) if belongs[p]]:
        high = near[-1]
    start, end = offsets[first + low][0], offsets[first + high][1]
    for word in _WORD.finditer(text, *bounds):
        if word.start() < end and word.end() > start:
            start, end = min(start, word.start()), max(end, word.end())
    start, end = max(start, bounds[0]), min(end, bounds[1])
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
