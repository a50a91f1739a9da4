"""What a listing's own fields say of its thing, in the values that titles are read into."""

import math
import re
from dataclasses import replace
from functools import lru_cache

from alerts.detectors.matching.quantities import Values
from alerts.detectors.matching.title import Attributes, Thing, fold, joined_as, read_title

# A part number shorter than this, or without a figure, names more than one part.
LEAST_REFERENCE = 5
# Used cars compare when one has not run more than half as much again, and this beside.
TIMES, BESIDE_KM = 1.5, 30_000
_WORDS = {
    "fuel": (
        ("hybride", re.compile(r"hybrid")),
        ("electrique", re.compile(r"ele[ck]tri")),
        ("diesel", re.compile(r"diesel|gazole|gas ?oil")),
        ("gpl", re.compile(r"\b(?:gpl|lpg)\b")),
        ("essence", re.compile(r"essence|petrol|gasoline|benzin|sans plomb|\bsp ?9[58]")),
    ),
    "gearbox": (
        ("automatique", re.compile(r"auto|robot|\b(?:bva|cvt|dsg|edc|eat\d?)\b")),
        ("manuelle", re.compile(r"manu|mecanique|schalt|\bbvm\d?\b")),
    ),
}


def read_both(a: Thing, b: Thing) -> tuple[Attributes, Attributes]:
    """Read two titles, each completed by its fields where the other says something of that kind.

    A seller who fills in a form says more than one who writes a title: what only one of them says
    of the thing is no difference.
    """
    one, other = read_title(joined_as(a.title, b.title)), read_title(joined_as(b.title, a.title))
    mine, theirs = read_fields(a), read_fields(b)
    return (
        _completed(one, mine, other.values.keys() | theirs.keys()),
        _completed(other, theirs, one.values.keys() | mine.keys()),
    )


def read_fields(thing: Thing) -> Values:
    """Return the part number, year, fuel and gearbox that the fields name, by the titles' kinds."""
    found = {
        "reference": _reference(thing.mpn or ""),
        "year": str(thing.year) if thing.year else None,
        "fuel": _named("fuel", thing.fuel or ""),
        "gearbox": _named("gearbox", thing.transmission or ""),
    }
    return {kind: frozenset({value}) for kind, value in found.items() if value}


def mileages_apart(a: Thing, b: Thing) -> str | None:
    """Return both mileages where one is so much more that the cars' prices do not compare."""
    if a.mileage_km is None or b.mileage_km is None:
        return None
    less, more = sorted((a.mileage_km, b.mileage_km))
    return f"{less}/{more}" if more > less * TIMES + BESIDE_KM else None


def said_in_fields(thing: Thing) -> tuple[object, ...]:
    """Return what the fields say, mileages by bands within which all compare."""
    km = thing.mileage_km
    band = None if km is None else int(math.log(1 + km / BESIDE_KM, TIMES))
    return frozenset(read_fields(thing).items()), band


def _completed(title: Attributes, fields: Values, kinds: frozenset[str] | set[str]) -> Attributes:
    added = {kind: fields[kind] for kind in fields.keys() & kinds - title.values.keys()}
    return replace(title, values={**title.values, **added}) if added else title


def _reference(written: str) -> str | None:
    reference = "".join(char for char in fold(written) if char.isalnum())
    has_figure = any(char.isdigit() for char in reference)
    return reference if len(reference) >= LEAST_REFERENCE and has_figure else None


@lru_cache(maxsize=1_000)
def _named(kind: str, written: str) -> str | None:
    text = fold(written)
    return next((name for name, words in _WORDS[kind] if words.search(text)), None)
