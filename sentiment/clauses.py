"""A review cut where its tone can turn: sentences, and clauses joined by "mais", "par contre"."""

import re
import unicodedata
from itertools import pairwise

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

_SENTENCE_BREAK = re.compile(r"(?<=[.!?…])\s+|\n\s*")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence that is not empty."""
    edges = [0, *(match.end() for match in _SENTENCE_BREAK.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(edges) if text[start:end].strip()]


def fold(text: str) -> str:
    """Return the text in lower case and without accents, of the same length."""
    return "".join(map(_fold_character, text))


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


def _fold_character(character: str) -> str:
    if character in "’‘ʼ":
        return "'"
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFD", character)[0].lower()
    return plain[0] if plain else character


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",:()-–—+"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",:()"):
        end -= 1
    return start, end


def _ends_sentence(text: str, end: int) -> bool:
    return text[end - 1] in ".!?…;"
