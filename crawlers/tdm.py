"""Whether a page is reserved from text and data mining. Pure.

The three ways of the TDM Reservation Protocol (W3C community group, final report of 10 May 2024):
``/.well-known/tdmrep.json``, the header ``tdm-reservation``, the HTML meta of that name; and
"noai" in ``X-Robots-Tag`` or the robots meta. A statement that cannot be read states nothing, as
the protocol has it.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.etree import LxmlError

from crawlers.extract.blocks import holds

READ_BYTES = 512 * 1024
RULES_LIMIT = 10_000
_AGENT = "vigie"
_HINTS = (b"tdm-reservation", b"noai")
# (pattern of paths, reserved).
Rule = tuple[str, bool]


def read_tdmrep(body: bytes) -> list[Rule]:
    """Return the rules of a ``tdmrep.json``, in its order."""
    try:
        read = json.loads(body[:READ_BYTES])
    except (ValueError, RecursionError):
        return []
    entries = read if isinstance(read, list) else [read]
    return [rule for entry in entries[:RULES_LIMIT] if (rule := _rule(entry)) is not None]


def is_reserved(rules: Sequence[Rule], url: str) -> bool:
    """Say whether a page is reserved: by the first rule whose location it matches."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for location, reserved in rules:
        if _matches(location, path) or _matches(unquote(location), unquote(path)):
            return reserved
    return False


def header_reserves(tdm: Iterable[bytes], x_robots: Iterable[bytes]) -> bool:
    """Say whether the values of ``tdm-reservation`` and ``X-Robots-Tag`` reserve a page."""
    return any(value.strip() == b"1" for value in tdm) or any(
        _says_noai(value.decode("latin-1")) for value in x_robots
    )


def meta_reserves(body: bytes) -> bool:
    """Say whether an HTML page reserves itself."""
    lowered = body.lower()
    if not any(holds(lowered, hint) for hint in _HINTS):
        return False
    try:
        root = lxml.html.fromstring(body)
    except (LxmlError, ValueError):
        return False
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name == "tdm-reservation" and content == "1":
            return True
        if name in ("robots", _AGENT) and _says_noai(content):
            return True
    return False


def _rule(entry: Any) -> Rule | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("location"), str):
        return None
    reservation = str(entry.get("tdm-reservation", ""))
    if reservation not in ("0", "1"):
        return None
    return entry["location"], reservation == "1"


def _matches(location: str, path: str) -> bool:
    """Compare as robots.txt does: from the start, ``*`` is anything, a last ``$`` the end."""
    if "://" in location:
        location = "/" + location.partition("://")[2].partition("/")[2]
    first, *others = location.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    # Part by part, so that no pattern costs more than its length times the path's.
    for part in others:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    if not location.endswith("$"):
        return True
    last = others[-1] if others else first
    return path.endswith(last) if others else path == first


def _says_noai(value: str) -> bool:
    """Say whether directives have "noai", for everyone or for us ("vigie: noai")."""
    for directive in value.lower().split(","):
        agent, _, word = directive.rpartition(":")
        if word.strip() == "noai" and agent.strip() in ("", "*", _AGENT):
            return True
    return False
