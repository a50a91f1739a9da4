"""From the logits of a text's tokens to its aspects and urgencies, with the words they rest on."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sentiment.clauses import split_clauses, split_sentences
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
    """Return a text's aspects, each name once a sentence, and its urgencies, each kind once.

    A sentence's tone about an aspect is read off all of its tokens, weighed by how much they speak
    of it: more often right than clause by clause (docs/model.md). The words stay within a clause.

    Args:
        text: the text.
        offsets: (tokens,) each token's (start, end), in the order of the text.
        logits: (tokens, marks).
        thresholds: by aspect and kind, the least logit of its greatest token.
    """
    starts, ends = [start for start, _ in offsets], [end for _, end in offsets]
    clauses = split_clauses(text)
    aspects: list[Aspect] = []
    best: dict[UrgencyKind, tuple[float, Urgency]] = {}
    for sentence in split_sentences(text):
        first, after = bisect_right(ends, sentence[0]), bisect_left(starts, sentence[1])
        if first >= after:
            continue
        own, tokens = logits[first:after], offsets[first:after]
        for place, name in enumerate(ASPECTS):
            scores = own[:, ASPECT_MARKS][:, place]
            if scores.max() >= thresholds[name]:
                start, end = _words(text, tokens, scores, clauses)
                aspects.append(Aspect(name, LABELS[_polarity(own, scores)], start, end))
        for place, kind in enumerate(URGENCIES):
            scores = own[:, URGENCY_MARKS][:, place]
            highest = float(scores.max())
            if highest >= thresholds[kind] and highest > best.get(kind, (-np.inf,))[0]:
                start, end = _words(text, tokens, scores, clauses)
                best[kind] = highest, Urgency(kind, start, end)
    urgencies = sorted((found for _, found in best.values()), key=lambda one: one.start)
    return tuple(aspects), tuple(urgencies)


def _polarity(logits: Logits, scores: Logits) -> int:
    """Return the place in LABELS of the polarity read where the aspect is strongest."""
    powers = np.exp(scores - scores.max())
    pooled = (powers / powers.sum()) @ logits[:, POLARITY_MARKS]
    return int(pooled.argmax())


def _words(
    text: str, offsets: Offsets, scores: Logits, clauses: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Return (start, end) of the whole words about the greatest score, within its clause."""
    top = int(scores.argmax())
    bounds = _clause_of(offsets[top], clauses)
    inside = [bounds[0] < end and start < bounds[1] for start, end in offsets]
    belongs = (scores >= scores[top] - SPAN_DROP) & np.array(inside)
    low = high = top
    while near := [p for p in range(max(0, low - 1 - SPAN_GAP), low) if belongs[p]]:
        low = near[0]
    while near := [p for p in range(high + 1, min(len(scores), high + 2 + SPAN_GAP)) if belongs[p]]:
        high = near[-1]
    start, end = offsets[low][0], offsets[high][1]
    for word in _WORD.finditer(text, *bounds):
        if word.start() < end and word.end() > start:
            start, end = min(start, word.start()), max(end, word.end())
    start, end = max(start, bounds[0]), min(end, bounds[1])
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _clause_of(token: tuple[int, int], clauses: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the clause that a token lies in; a mark between two clauses is one by itself."""
    place = bisect_right(clauses, token[0], key=lambda clause: clause[0]) - 1
    for clause in clauses[max(0, place) : place + 2]:
        if clause[0] < token[1] and token[0] < clause[1]:
            return clause
    return token
