"""Ratings that are drawn: stars as classes, images, characters or a width, words in attributes."""

import re
from collections.abc import Iterator
from itertools import islice

from crawlers.extract.ratings import Rating, read_rating
from crawlers.extract.tree import Element

# Forms show stars to choose from, which are nobody's rating yet.
_CHOICES = frozenset(("input", "label", "option", "select", "button", "form", "textarea"))
_MARK = re.compile(r"star|rating|\bnote|etoile|score|bubble|bulle|rate", re.I)
# Out of a best that scales have: "02/12/2024" and "1 sur 3 personnes" are no ratings.
STATED = re.compile(
    r"(?<![\d/.,])\d{1,3}(?:[.,]\d{1,2})?\s{0,3}(?:/|sur|de|out of|of|étoiles? sur|stars? out of)"
    r"\s{0,3}(?:5|6|10|20|100)(?:[.,]0)?(?![\d/.,]\d|\d|/|\s(?:personne|client|internaute|people))"
    r"|\d(?:[.,]\d{1,2})?\s{0,3}(?:étoiles?|stars?\b)"
    r"|(?:note|notation|évaluation|satisfaction|score)\b\D{0,20}\d{1,3}\s{0,3}%",
    re.I,
)
_MACHINE = ("data-rating", "data-score", "data-note", "data-stars", "data-value", "data-rate",
            "data-rating-value", "data-rateit-value")  # fmt: skip
_WIDTH = re.compile(r"(?:^|;|\s)width:\s{0,3}(\d{1,3}(?:\.\d{1,4})?)%")
_NUMBERED = re.compile(
    r"(?:stars?|rating|note|etoiles?|score|bubble)[-_]{0,2}(\d{1,3})(?:[-_.](\d))?(?![\w-])", re.I
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "une": 1, "deux": 2, "trois": 3,
           "quatre": 4, "cinq": 5}  # fmt: skip
_COUNTED = re.compile(
    r"(?:^|[\s_-])(one|two|three|four|five|une|deux|trois|quatre|cinq)[-_]?(?:stars?|etoiles?)\b"
    r"|(?:rating|stars?|etoiles?)[-_](one|two|three|four|five|une|deux|trois|quatre|cinq)\b",
    re.I,
)
_STAR = re.compile(r"star|etoile|étoile|[★☆⭐✩✭]|(?:^|\s)\*(?:$|\s)", re.I)
_EMPTY = re.compile(
    r"(?:^|[^a-z])(?:o|empty|off|gr[ea]y|vides?|border|outlined?|line|blank|inactive|disabled"
    r"|unfilled|unchecked|far|fa-regular|fal)(?:$|[^a-z])|[☆✩]",
    re.I,
)
_HALF = re.compile(r"half|demi|moiti", re.I)
_FULL = re.compile(
    r"(?:^|[^a-z])(?:on|full|fill|filled|active|checked|selected|pleines?|gold|yellow|fas|fa-solid"
    r"|colou?red|highlighted|lit)(?:$|[^a-z])",
    re.I,
)
# Icon sets whose plain star is a full one.
_SOLID = re.compile(r"(?:^|\s)(?:fa|glyphicon|icon|ion|mdi|la|ti|fi)-star(?:$|\s)|[★⭐*]", re.I)


def drawn_rating(elements: list[Element]) -> Rating | None:
    """Return the first rating that an item's own elements draw rather than write."""
    shown = [one for one in elements if _is_shown(one)]
    for read in (_labelled, _measured):
        for element in shown:
            if rating := read(element):
                return rating
    for element in shown:
        if len(element) > 1 and (rating := _row(element)):
            return rating
    return None


def _is_shown(element: Element) -> bool:
    if element.tag in _CHOICES:
        return False
    parent = element.getparent()
    return parent is None or parent.tag not in ("form", "label")


def _labelled(element: Element) -> Rating | None:
    """Read "4 étoiles sur 5" in an attribute made for people who do not see."""
    attributes = element.attrib
    for name in ("aria-label", "title", "alt", "data-original-title"):
        value = attributes.get(name)
        if value and len(value) < 80 and STATED.search(value):
            return read_rating(value)[0]
    if element.tag == "meter" and "value" in attributes:
        return read_rating(attributes["value"], attributes.get("min"), attributes.get("max"))[0]
    return None


def _measured(element: Element) -> Rating | None:
    """Read a number meant for scripts and style sheets."""
    attributes = element.attrib
    own = attributes.get("class") or ""
    if not _MARK.search(own):
        parent = element.getparent()
        around = parent.get("class") if parent is not None else None
        return _wide(attributes.get("style")) if around and _MARK.search(around) else None
    for name in _MACHINE:
        if value := attributes.get(name):
            return read_rating(value)[0]
    if rating := _wide(attributes.get("style")):
        return rating
    if found := _COUNTED.search(own):
        return read_rating(_COUNTS[(found.group(1) or found.group(2)).casefold()], None, 5)[0]
    found = _NUMBERED.search(own)
    return _numbered(found) if found else None


def _wide(style: str | None) -> Rating | None:
    found = _WIDTH.search(style) if style else None
    return _in_five(float(found.group(1)) / 20) if found else None


def _numbered(found: re.Match[str]) -> Rating | None:
    number = int(found.group(1))
    if found.group(2):
        return _in_five(number + int(found.group(2)) / 10)
    if number <= 5:
        return _in_five(number)
    # "stars-45" is four and a half, "rating-80" a percentage.
    return _in_five(number / 10 if number <= 50 else number / 20) if number >= 10 else None


def _in_five(value: float) -> Rating | None:
    return read_rating(round(value, 2), None, 5)[0] if 0 < value <= 5 else None


def _row(parent: Element) -> Rating | None:
    """Count the full stars among the five that stand side by side."""
    signs = list(_signs(parent))
    if not 2 <= len(signs) <= 5:
        return None
    full = [bool(_FULL.search(sign)) and not _EMPTY.search(sign) for sign in signs]
    half = [bool(_HALF.search(sign)) for sign in signs]
    empty = [bool(_EMPTY.search(sign)) and not _HALF.search(sign) for sign in signs]
    if not any(full):
        # Where nothing says full, a plain star is full when others are empty or its set says so.
        solid = all(_SOLID.search(sign) for sign in signs)
        if not (solid or any(empty)):
            return None
        full = [not (hollow or split) for hollow, split in zip(empty, half, strict=True)]
    drawn = [one or split for one, split in zip(full, half, strict=True)]
    # Fewer than five are the full ones of a page that draws no others.
    if len(signs) < 5 and not all(drawn):
        return None
    return _in_five(sum(full) + sum(half) / 2 - sum(map(_both, full, half)))


def _both(full: bool, half: bool) -> int:
    return int(full and half)


def _signs(parent: Element) -> Iterator[str]:
    """Yield what tells each star of a row: class names, image name, glyph."""
    for child in islice(parent, 20):
        if not isinstance(child.tag, str) or child.tag in _CHOICES:
            continue
        marked = child
        if len(child) == 1 and isinstance(child[0].tag, str) and not (child.text or "").strip():
            # An icon in its own box.
            marked = child[0]
        sign = " ".join(filter(None, (_sign(child), _sign(marked) if marked is not child else "")))
        if _STAR.search(sign):
            yield sign


def _sign(element: Element) -> str:
    attributes = element.attrib
    image = attributes.get("src") or attributes.get("data-src") or ""
    glyph = (element.text or "").strip()
    parts = [attributes.get("class"), image.rsplit("/", 1)[-1][:80], attributes.get("alt")]
    if element.tag == "svg" and len(element):
        use = next(element.iter("{*}use", "use"), None)
        if use is not None:
            parts.append((use.get("href") or use.get("xlink:href") or "")[:80])
    if len(glyph) <= 12:
        parts.append(glyph)
    return " ".join(part for part in parts if part)
