"""Tags with thousands of attributes, which libxml2 takes hours over, found before it parses.

libxml2 compares each attribute of a tag with all those before it: 10,000 different names cost
0.1 s, 100,000 cost 50 s. Tags are found as HTML says (Living Standard, 13.2.5), quotes and raw text
included, in one pass of a possessive pattern: only on long pages, and only where a look at every
80,000th byte does not show that whatever tag may be open there soon ends.
"""

import re

# 40,000 different names, each with what sets it apart, take twice that many bytes or more, so that
# their tag covers a whole stretch; fewer cost less than 2 s.
_STRETCH = 80_000
_ATTRIBUTE_LIMIT = 2_000

_ATTRIBUTE = (
    rb"[ \n\t\r\f/]*+[^ \n\t\r\f/>][^ \n\t\r\f/>=]*+"
    rb"(?:[ \n\t\r\f]*+=[ \n\t\r\f]*+"
    rb"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \n\t\r\f>\"'][^ \n\t\r\f>]*+)?+)?+"
)
_NAME = rb"[a-z][^ \n\t\r\f/>]*+"
_MODEST = rb"(?:" + _ATTRIBUTE + rb"){0,%d}+(?=[ \n\t\r\f/]*+(?:>|\Z))" % _ATTRIBUTE_LIMIT
# What such an element holds is text up to its own end tag. A pattern each: Python 3.11 fails on a
# reference inside a possessive group.
_RAW = (b"script", b"style", b"textarea", b"title", b"iframe", b"noembed", b"noframes", b"xmp")
_RAW_ELEMENTS = b"".join(
    rb"|" + name + rb"(?=[ \n\t\r\f/>])" + _MODEST
    + rb"[^<]*+(?:<(?!/" + name + rb"[ \n\t\r\f/>])[^<]*+)*+"
    for name in _RAW
)  # fmt: skip
_COMMENT = rb"!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z)?)"
_ORDINARY = re.compile(
    rb"(?:[^<]++|<(?:" + _COMMENT + _RAW_ELEMENTS
    + rb"|(?!(?:" + b"|".join(_RAW) + rb")[ \n\t\r\f/>])/?" + _NAME + _MODEST
    + rb"|(?!/?[a-z])))*+",
    re.S | re.I,
)  # fmt: skip
_WHOLE = re.compile(rb"</?" + _NAME + rb"(?:" + _ATTRIBUTE + rb")*+", re.S | re.I)


# The end of an open tag, from each of the states in which a byte may find it: in or before a name,
# before a value, in an unquoted one, in quotes.
_BEFORE_VALUE = (
    rb"(?:[ \n\t\r\f]*+=)?+[ \n\t\r\f]*+"
    rb"(?:\"[^\"]*+\"|'[^']*+'|[^ \n\t\r\f>\"'][^ \n\t\r\f>]*+)?+"
)
_ENDS = tuple(
    re.compile(start + rb"(?:" + _ATTRIBUTE + rb"){0,%d}+[ \n\t\r\f/]*+>" % _ATTRIBUTE_LIMIT)
    for start in (
        rb"",
        _BEFORE_VALUE,
        rb"[^ \n\t\r\f>]*+",
        rb"[^\"]*+\"",
        rb"[^']*+'",
    )
)


def without_endless_tags(utf8: bytes) -> bytes:
    """Return the page, each tag of more than 2,000 attributes cut down to ``<div``."""
    starts = range(0, len(utf8) - _STRETCH + 1, _STRETCH)
    if all(_soon_ends(utf8, start) for start in starts):
        return utf8
    return _cut(utf8)


def _soon_ends(utf8: bytes, start: int) -> bool:
    return all(pattern.match(utf8, start, start + _STRETCH) for pattern in _ENDS)


def _cut(utf8: bytes) -> bytes:
    kept: list[bytes] = []
    start = 0
    while start < len(utf8):
        found = _ORDINARY.match(utf8, start)
        end = found.end() if found else start
        kept.append(utf8[start:end])
        if end < len(utf8):
            whole = _WHOLE.match(utf8, end)
            kept.append(b"<div")
            end = whole.end() if whole else end + 1
        start = end
    return b"".join(kept)
