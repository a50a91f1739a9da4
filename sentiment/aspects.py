"""What a review speaks of: each aspect with its polarity and the clause it rests on.

Aspects are found by a lexicon, clause by clause; the polarity is what the model reads in the
clause, so "accueil charmant mais prix délirants" is one of each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sentiment.lexicon import PATTERNS, fold
from sentiment.scorer import Label, Scorer, SentimentScore, is_readable, to_score

REVIEW_SHARE = 0.25
"""Weight of the whole review beside its clause: a bare "le prix" is read in its light."""

CLAUSE_CHARS_MIN = 12
"""A shorter piece says too little by itself, and stays with the one before it."""

ASIDE_CHARS = 6
"""A piece as short as ", lui," only interrupts its clause, which goes on after it."""

_BREAK = re.compile(
    r"(?<=[.!?…;\n])\s+|(?<=[^\d])[,:](?=\s)|\s[-–—]\s|[()]|\s\+\s"
    r"|\s(?=(?:mais|par contre|en revanche|sauf que?|cependant|toutefois|malgre|neanmoins"
    r"|pourtant|dommage|hormis|a part|meme si|bien que|alors que|excepte|seul bemol"
    r"|petit bemol|au detriment)\b)"
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect that a text speaks of.

    Attributes:
        name: one of ``sentiment.lexicon.ASPECTS``.
        polarity: ``neg``, ``neu`` or ``pos``.
        start: first character of the clause in the text.
        end: the character after its last.
    """

    name: str
    polarity: Label
    start: int
    end: int


def split_clauses(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each clause, blanks and separators trimmed off."""
    folded = fold(text)
    edges = [0, *(match.start() for match in _BREAK.finditer(folded)), len(text)]
    spans: list[tuple[int, int]] = []
    aside = False
    for start, end in pairwise(edges):
        start, end = _trimmed(text, start, end)
        if start >= end:
            continue
        short = end - start < CLAUSE_CHARS_MIN
        if spans and (short or aside) and not _ends_sentence(text, spans[-1][1]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        aside = end - start < ASIDE_CHARS
    return spans


def mentioned(clause: str) -> list[str]:
    """Return the names of the aspects that a clause speaks of."""
    folded = fold(clause)
    return [name for name, pattern in PATTERNS.items() if pattern.search(folded)]


def find_aspects(
    texts: Sequence[str], scorer: Scorer, scores: Sequence[SentimentScore]
) -> list[list[Aspect]]:
    """Return the aspects of each text, in order, each name once a clause.

    Args:
        texts: readable texts.
        scorer: reads the clauses, those of all the texts together.
        scores: the texts' own scores, which stand for a text of one clause.
    """
    finds = [list(_finds(text)) for text in texts]
    pieces = [
        text[start:end]
        for text, found in zip(texts, finds, strict=True)
        for start, end, _ in found
        if not _is_all(text, start, end)
    ]
    clause_scores = iter(scorer.score(pieces) if pieces else [])
    result = []
    for text, found, whole in zip(texts, finds, scores, strict=True):
        aspects = []
        for start, end, names in found:
            alone = _is_all(text, start, end)
            read = whole if alone else _in_light(next(clause_scores), whole)
            aspects += [Aspect(name, read.label, start, end) for name in names]
        result.append(aspects)
    return result


def _finds(text: str) -> Iterator[tuple[int, int, list[str]]]:
    for start, end in split_clauses(text):
        names = mentioned(text[start:end])
        if names and is_readable(text[start:end]):
            yield start, end, names


def _in_light(clause: SentimentScore, whole: SentimentScore) -> SentimentScore:
    pairs = zip(clause.stars_p, whole.stars_p, strict=True)
    return to_score([(1 - REVIEW_SHARE) * own + REVIEW_SHARE * all_ for own, all_ in pairs])


def _is_all(text: str, start: int, end: int) -> bool:
    return not (text[:start].strip() or text[end:].strip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",:()-–—+"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",:()"):
        end -= 1
    return start, end


def _ends_sentence(text: str, end: int) -> bool:
    return text[end - 1] in ".!?…;"
