"""From the logits of a text's tokens to its aspects and urgencies, with the words they rest on."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sentiment.clauses import split_clauses
from sentiment.marks import ASPECT_MARKS, ASPECTS, MARKS, POLARITY_MARKS, URGENCIES
from sentiment.reading import Aspect, Urgency
from sentiment.scorer import LABELS

Logits = npt.NDArray[np.float32]
Offsets = Sequence[tuple[int, int]]

SPAN_DROP = 3.0
"""A neighbour belongs to the words while its logit is no further below the greatest one's."""

SPAN_GAP = 2
"""Tokens that may lie between two that belong to the words."""

_WORD = re.compile(r"[\w€%]+(?:['’-]\w+)*")


def find_aspects(
    text: str, offsets: Offsets, logits: Logits, thresholds: Mapping[str, float]
) -> tuple[Aspect, ...]:
    """Return the aspects of a text, each name once a clause.

    Args:
        text: the text.
        offsets: (tokens,) each token's (start, end).
        logits: (tokens, marks).
        thresholds: by aspect, the least logit of its greatest token.
    """
    found = []
    for clause in split_clauses(text):
        within = _tokens_within(offsets, *clause)
        if not within:
            continue
        own = logits[within.start : within.stop]
        for place, name in enumerate(ASPECTS):
            scores = own[:, ASPECT_MARKS][:, place]
            if scores.max() >= thresholds[name]:
                start, end = _words(text, offsets, within.start, scores, clause)
                found.append(Aspect(name, LABELS[_polarity(own, scores)], start, end))
    return tuple(found)


def find_urgencies(
    text: str, offsets: Offsets, logits: Logits, thresholds: Mapping[str, float]
) -> tuple[Urgency, ...]:
    """Return the urgencies of a text, each kind once (arguments as ``find_aspects``)."""
    clauses = [(clause, _tokens_within(offsets, *clause)) for clause in split_clauses(text)]
    best: dict[str, tuple[float, Urgency]] = {}
    for clause, within in clauses:
        own = logits[within.start : within.stop]
        for kind in URGENCIES if within else ():
            scores = own[:, MARKS.index(kind)]
            highest = float(scores.max())
            if highest >= thresholds[kind] and highest > best.get(kind, (-np.inf,))[0]:
                start, end = _words(text, offsets, within.start, scores, clause)
                best[kind] = highest, Urgency(kind, start, end)
    return tuple(sorted((found for _, found in best.values()), key=lambda one: one.start))


def _tokens_within(offsets: Offsets, start: int, end: int) -> range:
    places = [place for place, (first, last) in enumerate(offsets) if first < end and last > start]
    return range(places[0], places[-1] + 1) if places else range(0)


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
