"""Customers' words as a quote: whole sentences where they are short, safe to print anywhere."""

import re

from vigie.brief.facts import Quote
from vigie.brief.readings import Reading

QUOTE_TO, AUTHOR_TO = 160, 40
ZERO_WIDTH_JOINER = "\u200d"
SENTENCE_END = re.compile(r"[.!?…]+[\"”»)\s]*\s|\n+")
INNER_QUOTES = re.compile(r"«\s*([^«»]*?)\s*»")


def quote_of(reading: Reading, start: int = 0, end: int | None = None) -> Quote:
    """Return a review's words from ``start`` to ``end`` (all by default) as a quote."""
    words = reading.text if end is None else sentence_around(reading.text, start, end)
    author = shorten(reading.author, AUTHOR_TO) if reading.author else None
    return Quote(quotable(words), author or None, reading.source, reading.day)


def quotable(words: str) -> str:
    """Return a customer's words as they stand between guillemets: one line, short, printable."""
    return shorten(_inner(words))


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds a clause, which alone may miss its "but"; if it is short."""
    breaks = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    first = max(place for place in breaks if place <= start)
    last = min(place for place in breaks if place >= end)
    sentence = text[first:last].strip()
    return sentence if len(sentence) <= QUOTE_TO else text[start:end].strip()


def shorten(text: str, longest: int = QUOTE_TO) -> str:
    """Cut a text at a word, with the mark of a cut; drop what prints nothing."""
    flat = " ".join(_printable(text).split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _printable(text: str) -> str:
    # A bidirectional override or an escape would reach beyond the quote; a joiner makes an emoji.
    return "".join(c for c in text if c.isprintable() or c.isspace() or c == ZERO_WIDTH_JOINER)


def _inner(text: str) -> str:
    """Make room for the guillemets around: those within become “ ”, a lone one goes."""
    return re.sub(r"[«»]\s*", "", INNER_QUOTES.sub(r"“\1”", text))
