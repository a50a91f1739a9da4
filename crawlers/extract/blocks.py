"""The JSON-LD blocks of a page read off its bytes, when it is plain where each begins and ends.

Most pages say all that is read in JSON-LD: their tree is then parsed only if something asks for it.
Whatever is not plain (a comment or a script left open before, a tag written oddly) is left to the
parser.
"""

import re
from dataclasses import dataclass

_TYPED = re.compile(rb"<script\s[^<>]*\btype\s*=\s*[\"']?application/ld\+json\b[^<>]*>", re.I)
_TRACE = b"ld+json"
# The type written the wrong way round, and what nobody sees: rare enough for the parser.
_ODD_TRACES = (b"json+ld", b"<template")
_PAIRS = ((b"<!--", b"-->"), (b"<script", b"</script"))
_END = b"</script"


@dataclass(frozen=True, slots=True)
class PlainBlocks:
    """The blocks' texts, and the page without them: what its readers may see."""

    texts: list[str]
    rest: bytes


def holds(page: bytes, word: bytes) -> bool:
    """Say whether a page has a word: CPython searches long bytes twice as fast from their end."""
    return page.rfind(word) >= 0


def plain_blocks(utf8: bytes, lowered: bytes) -> PlainBlocks | None:
    """Return the page's blocks; None where only the parser can tell."""
    texts: list[str] = []
    rest: list[bytes] = []
    done = 0
    last = lowered.rfind(_TRACE)
    while done <= last:
        at = lowered.find(_TRACE, done)
        start = lowered.rfind(b"<", done, at)
        tag = _TYPED.match(lowered, start) if start >= 0 else None
        if tag is None or tag.end() < at or not _is_text(lowered, done, start):
            return None
        end = lowered.find(_END, tag.end())
        if end < 0 or lowered.find(b"<!--", tag.end(), end) >= 0:
            return None
        texts.append(utf8[tag.end() : end].decode("utf-8", "replace"))
        rest.append(utf8[done:start])
        done = end + len(_END)
    if any(holds(lowered, trace) for trace in _ODD_TRACES):
        return None
    return PlainBlocks(texts, b"".join([*rest, utf8[done:]]))


def _is_text(lowered: bytes, done: int, start: int) -> bool:
    """Say whether everything that was opened since the last block was closed before this one."""
    for opening, closing in _PAIRS:
        last = lowered.rfind(opening, done, start)
        if last >= 0 and lowered.find(closing, last, start) < 0:
            return False
    return True
