"""JSON as people break it: comments, trailing commas, raw newlines, entities, cut short.

Each step is linear in the length of the text. The first attempt that reads wins, so that a sound
block costs one ``json.loads``.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import chompjs

DEPTH_LIMIT = 60
# Longer than any real block; what is longer is read when sound, not mended.
MENDED_LIMIT = 1_000_000
_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda name: None)
# What pages wrap a block in: XML and HTML comments, sometimes hidden from scripts.
_OPENINGS = ("<!--", "<![CDATA[", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */")
_CLOSINGS = ("//-->", "// -->", "-->", "/*]]>*/", "/* ]]> */", "//]]>", "// ]]>", "]]>", ";")
_BAD_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|["\\/bfnrt]|.|$)', re.S)
_SPACE = re.compile(r"[\s;,]*")
# A string without an end runs to the end of the text: looking for it again would take hours.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\Z)'
_MARK = re.compile(_STRING + r"|[{}\[\]]", re.S)
_MARK_OR_COMMA = re.compile(_STRING + r"|[{}\[\],]", re.S)
_TOKEN = re.compile(_STRING + r'|[^"]+', re.S)
_NO_VALUE = re.compile(r":(?=\s*[,}\]])")
_VALUE_END = re.compile(r"[}\]\w]\s*$")
# A quote that ends a JSON string is followed by what JSON allows there.
_STRING_END = re.compile(r'"(?=\s*(?:[:}\]]|,\s*(?:["{\[}\]\dtfn-]|$)|$))')


class UnreadableJsonError(ValueError):
    """Nothing made sense of it; the argument is the problem's code."""


def read_json(text: str) -> list[Any]:
    """Return the values in a JSON-LD block: usually one, several when concatenated.

    Raises:
        UnreadableJsonError: ``json-broken``, when no attempt reads anything.
    """
    text = text.strip().lstrip("\ufeff")
    if not text:
        return []
    for attempt in _ATTEMPTS if len(text) <= MENDED_LIMIT else _CHEAP_ATTEMPTS:
        try:
            values = list(attempt(text))
        except RecursionError:
            # The nesting is cut once, then read as any other block.
            if (cut := cut_depth(text)) != text:
                return read_json(cut)
            break
        except (ValueError, MemoryError):
            continue
        if values:
            return values
    raise UnreadableJsonError("json-broken")


def _strictly(text: str) -> Iterator[Any]:
    yield _DECODER.decode(text)


def _unwrapped(text: str) -> Iterator[Any]:
    text = _unwrap(text)
    position = 0
    while position < len(text):
        value, position = _DECODER.raw_decode(text, position)
        yield value
        position = _after_space(text, position)


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _unwrap(text: str) -> str:
    for _ in range(4):
        for opening in _OPENINGS:
            text = text.removeprefix(opening).lstrip()
        for closing in _CLOSINGS:
            text = text.removesuffix(closing).rstrip()
    return text


def _without_entities(text: str) -> Iterator[Any]:
    if "&quot;" not in text and "&#" not in text[:200]:
        raise ValueError(text[:20])
    yield from _unwrapped(html.unescape(text))


def _with_escapes_mended(text: str) -> Iterator[Any]:
    yield from _unwrapped(_BAD_ESCAPE.sub(_mended, text))


def _mended(found: re.Match[str]) -> str:
    escape = found.group(1)
    if len(escape) == 5 or escape in ("\\", '"', "/", "b", "f", "n", "r", "t"):
        return found.group()
    return str(escape)


def _by_chompjs(text: str) -> Iterator[Any]:
    text = _unwrap(text)
    if not text.startswith(("{", "[")) and "{" not in text:
        raise ValueError(text[:20])
    yield from chompjs.parse_js_objects(text, loader_kwargs={"strict": False})


def _with_gaps_filled(text: str) -> Iterator[Any]:
    yield from _unwrapped(fill_gaps(_unwrap(text)))


def _with_quotes_mended(text: str) -> Iterator[Any]:
    yield from _unwrapped(mend_quotes(_unwrap(text)))


def _completed(text: str) -> Iterator[Any]:
    yield from _unwrapped(complete(_unwrap(text)))


_ATTEMPTS: tuple[Callable[[str], Iterator[Any]], ...] = (
    _strictly,
    _unwrapped,
    _without_entities,
    _with_escapes_mended,
    _with_gaps_filled,
    _by_chompjs,
    _with_quotes_mended,
    _completed,
)


_CHEAP_ATTEMPTS = _ATTEMPTS[:2]


def fill_gaps(text: str) -> str:
    """Write the commas and values that are missing: ``"a": , "b": 1 "c": 2``."""
    parts: list[str] = []
    before = ""
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token[0] != '"':
            token = _NO_VALUE.sub(":null", token.replace("\u00a0", " "))
        elif before and (before[0] == '"' or before.isspace() or _VALUE_END.search(before[-50:])):
            parts.append(",")
        before = token if parts or token.strip() else ""
        parts.append(token)
    return "".join(parts)


def mend_quotes(text: str) -> str:
    """Escape the quotes inside strings: ``"text": "dit "bravo" et part"``."""
    parts: list[str] = []
    position = 0
    while (start := text.find('"', position)) >= 0:
        found = _STRING_END.search(text, start + 1)
        if found is None:
            break
        inner = text[start + 1 : found.start()].replace('\\"', '"').replace('"', '\\"')
        parts += text[position:start], '"', inner, '"'
        position = found.end()
    parts.append(text[position:])
    return "".join(parts)


def complete(text: str) -> str:
    """Close what a truncated block left open, dropping its last, incomplete member."""
    stack: list[str] = []
    cut, closers = 0, ""
    position = 0
    for found in _MARK_OR_COMMA.finditer(text):
        mark = found.group()
        if mark in "{[":
            stack.append("}" if mark == "{" else "]")
            cut, closers = found.end(), _closing(stack)
        elif mark in "}]":
            if stack:
                stack.pop()
            cut, closers = found.end(), _closing(stack)
        elif mark == ",":
            cut, closers = found.start(), _closing(stack)
        position = found.end()
    if not stack or not position:
        raise ValueError("complete already")
    return text[:cut] + closers


def _closing(stack: list[str]) -> str:
    # Only blocks that nest reasonably are worth completing.
    if len(stack) > DEPTH_LIMIT:
        raise ValueError("too deep")
    return "".join(reversed(stack))


def cut_depth(text: str) -> str:
    """Replace by null whatever nests deeper than ``DEPTH_LIMIT``."""
    parts: list[str] = []
    depth = kept = 0
    for found in _MARK.finditer(text):
        mark = found.group()
        if mark in "{[":
            depth += 1
            if depth == DEPTH_LIMIT + 1:
                parts.append(text[kept : found.start()] + "null")
                kept = len(text)
        elif mark in "}]":
            depth -= 1
            if depth == DEPTH_LIMIT:
                kept = found.end()
    parts.append(text[kept:] if depth < DEPTH_LIMIT + 1 else "")
    return "".join(parts)
