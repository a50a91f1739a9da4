"""Two listings compared: attributes that contradict each other veto, the rest is weighed.

Precision comes first: a word that one title has in place of another's counts as much as a word
missing, and what both leave unsaid proves nothing.
"""

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from alerts.detectors.matching.blocking import must_equal
from alerts.detectors.matching.fields import mileages_apart, read_both
from alerts.detectors.matching.identity import (
    both_cars,
    named_alike,
    numbers_by_kind,
    one_car,
    one_tyre,
    same_code,
    shared_codes,
)
from alerts.detectors.matching.title import Attributes, Thing
from alerts.detectors.matching.trades import trade_of
from alerts.detectors.matching.vocabulary import PARTS

# Pairs at this probability and above stand beside each other.
SURE = 0.5
# Of such pairs, the share that is right, on labelled pairs held out (benchmarks/matching.py).
PRECISION = 0.95
VETOED = 0.01
_SAME_WORD = 86.0
# Set on the pairs for tuning: one word swapped for another, or one more that is not known to say
# nothing, is enough to doubt; a number may go unsaid (an engine's litres).
INTERCEPT = 2.0
WEIGHTS = {"shared": 0.5, "swapped": -6.0, "added": -6.0, "unsaid": -1.2, "identifying": 1.0}
WEIGHTS["half-said"] = -6.0
# Of things that bear the same name, what only one title says is how it is sold.
NAMED = WEIGHTS | {"swapped": -4.0, "added": -0.7, "unsaid": -1.5}
# Of cars of one engine, tyres of one size, two words may be two models.
MODEL = NAMED | {"swapped": -6.0, "unsaid": -0.6}
# A word this short behind a name is a variant's ("MS 261 C-M"), whatever else is selling talk.
VARIANT = 2
# Values of which either title's must hold the other's.
_FREE_KINDS = frozenset({"kilometres", "year", "count", "reference"})
# What a seller often leaves out though the thing has it, or what says nothing of the thing.
_MAY_GO_UNSAID = frozenset(
    {"kilometres", "months", "condition", "count", "reference", "doors", "gearbox", "drive"}
    | {"tyre-index", "packed", "year"}
)

# What a model's code leaves open.
_VARIANTS = frozenset({"size", "body", "drive", "end", "side"})


@dataclass(frozen=True, slots=True)
class Match:
    """How probable it is that both offer the same thing, and why, strongest reason first."""

    probability: float
    reasons: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the pair may stand beside each other in a table of prices."""
        return self.probability >= SURE


BOTTLE = frozenset({"750"})
"""What a wine's title means where it tells no volume, in millilitres."""


def same_thing(a: Thing, b: Thing) -> Match:
    """Say how probable it is that a buyer may take one for the other.

    Reasons are codes with what they rest on (``veto:side:droit/gauche``), for a catalogue of
    messages to word. Symmetric; any text is read.
    """
    one, other = read_both(a, b)
    veto = _veto(a, b) or contradiction(one, other)
    if veto:
        return Match(VETOED, (f"veto:{veto}",))
    if a.gtin and a.gtin == b.gtin:
        return Match(0.99, (f"same:gtin:{a.gtin}",))
    reference = _shared_reference(one, other)
    if reference and not _bundle_or_side(one, other):
        return Match(0.98, (f"same:reference:{reference}",))
    found = features(one, other)
    weights = _weights(one, other)
    score = INTERCEPT + sum(weights[name] * value for name, value in found.items())
    reasons = (f"same:{name}:{value:g}" for name, value in found.items() if value)
    return Match(1 / (1 + math.exp(-score)), tuple(reasons))


def _weights(one: Attributes, other: Attributes) -> dict[str, float]:
    if one_car(one, other) or one_tyre(one, other):
        return MODEL
    return NAMED if named_alike(one, other) else WEIGHTS


def _veto(a: Thing, b: Thing) -> str | None:
    """Name what the listings' own fields contradict each other on."""
    pairs = (
        ("gtin", a.gtin, b.gtin),
        ("condition", a.condition, b.condition),
        ("brand", a.brand and a.brand.casefold(), b.brand and b.brand.casefold()),
        ("trade", trade_of(a), trade_of(b)),
    )
    for kind, one, other in pairs:
        if one and other and one != other:
            return f"{kind}:{'/'.join(sorted((one, other)))}"
    apart = mileages_apart(a, b)
    return f"mileage:{apart}" if apart else None


def contradiction(one: Attributes, other: Attributes) -> str | None:
    """Name the attribute on which the titles contradict each other, or None."""
    kinds = ("count", "markers", "parts")
    for kind, mine, theirs in zip(kinds, must_equal(one), must_equal(other), strict=True):
        if mine != theirs:
            return _told(kind, mine ^ theirs)
    for kind in sorted(one.values.keys() & other.values.keys() - _FREE_KINDS):
        if not _nested(one.values[kind], other.values[kind]):
            return _told(kind, one.values[kind] | other.values[kind])
    if told := _numbers_apart(one, other):
        return told
    for kind in ("brands", "car_brands", "models"):
        mine, theirs = getattr(one, kind), getattr(other, kind)
        if not _nested(mine, theirs):
            return _told(kind, mine | theirs)
    if PARTS & ({one.head} & other.extras | {other.head} & one.extras):
        return _told("extra", frozenset({one.head, other.head}))
    if not _codes_agree(one.codes, other.codes):
        return _told("codes", one.codes | other.codes)
    references = [title.values.get("reference", frozenset()) for title in (one, other)]
    alike = references[0] & references[1] or _shared_reference(one, other)
    if all(references) and not alike:
        return _told("reference", references[0] | references[1])
    return _years_apart(one, other)


def _numbers_apart(one: Attributes, other: Attributes) -> str | None:
    """Of two cars litres stand beside litres, horses beside horses; else all numbers are alike."""
    if not both_cars(one, other):
        nested = _nested(one.numbers, other.numbers)
        return None if nested else _told("numbers", one.numbers | other.numbers)
    mine, theirs = numbers_by_kind(one), numbers_by_kind(other)
    for kind in sorted(mine.keys() & theirs.keys()):
        if not _nested(mine[kind], theirs[kind]):
            return _told("numbers", mine[kind] | theirs[kind])
    return None


def _told(kind: str, values: frozenset[str]) -> str:
    return f"{kind}:{'/'.join(sorted(values))}"


def _nested(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _codes_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Makers add letters to a model's code for the way it is packed: DDF484, DDF484RTJ."""
    if len(one) > len(other):
        one, other = other, one
    return all(any(same_code(code, theirs) for theirs in other) for code in one)


def _shared_reference(one: Attributes, other: Attributes) -> str | None:
    for mine in sorted(one.values.get("reference", ())):
        for theirs in sorted(other.values.get("reference", ())):
            short, long = sorted((mine, theirs), key=len)
            added = long[len(short) :]
            # Letters, or a long ending, tell the way it is packed; a figure tells another part.
            told = added.isalpha() or len(added) != 1
            if len(short) >= 6 and long.startswith(short) and told:
                return short
    return None


def _bundle_or_side(one: Attributes, other: Attributes) -> bool:
    """Say whether one title alone tells of a side, or of what comes with the part."""
    bundled = (one.extras - other.content) | (other.extras - one.content)
    return bool(bundled) or any(
        (kind in one.values) != (kind in other.values) for kind in ("side", "end")
    )


def _years_apart(one: Attributes, other: Attributes) -> str | None:
    """Cars of years that follow each other compare; wines and all else do not."""
    mine, theirs = one.values.get("year"), other.values.get("year")
    if not mine or not theirs:
        return None
    apart = min(abs(int(a) - int(b)) for a in mine for b in theirs)
    return _told("year", mine | theirs) if apart > (1 if both_cars(one, other) else 0) else None


def features(one: Attributes, other: Attributes) -> dict[str, float]:
    """Count what the titles share, have in place of each other, and have alone."""
    mine = set(one.content | one.codes | one.models)
    theirs = set(other.content | other.codes | other.models)
    shared = mine & theirs
    mine, theirs = mine - shared, theirs - shared
    near = 0
    for word in sorted(mine):
        twin = next((w for w in sorted(theirs) if _near(word, w) or _one_code(word, w)), None)
        if twin is not None:
            mine.discard(word)
            theirs.discard(twin)
            near += 1
    kinds = one.values.keys() & other.values.keys()
    # What leads one title alone is another thing ("Lame Honda HRX476"); what follows, a bundle.
    another = (one.lead in mine) + (other.lead in theirs) + bool(mine & one.extras)
    another += bool(theirs & other.extras)
    another += sum(len(w) <= VARIANT or w.startswith("sans") for w in mine ^ theirs)
    return {
        "shared": math.log1p(
            len(shared | (one.numbers & other.numbers))
            + near
            + len(one.parts)
            + len(one.brands & other.brands)
        ),
        "swapped": float(min(len(mine), len(theirs))),
        "added": float(abs(len(mine) - len(theirs))),
        "unsaid": float(len(one.numbers ^ other.numbers)),
        "half-said": float(_half_said(one, other) + another),
        "identifying": float(
            min(3, len(kinds) + len(one.numbers & other.numbers) + len(shared_codes(one, other)))
        ),
    }


def _half_said(one: Attributes, other: Attributes) -> int:
    """Count what one title says of the thing and the other leaves open; a model's code says all."""
    kinds = one.values.keys() ^ other.values.keys()
    if shared_codes(one, other):
        return len(kinds & _VARIANTS)
    kinds -= _MAY_GO_UNSAID
    if one.brands & other.brands or one.car_brands & other.car_brands:
        kinds -= {"colour"}
    if both_cars(one, other):
        kinds |= {"drive"} & (one.values.keys() ^ other.values.keys())
    if one.values.get("tyre") and one.content & other.content:
        # A tyre's name tells its season.
        kinds -= {"season", "size", "length"}
    if one.parts:
        # A window winder may be told electric or not.
        fuels = one.values.get("fuel", frozenset()) | other.values.get("fuel", frozenset())
        kinds -= {"fuel"} if fuels == {"electrique"} else set()
    if one.values.get("volume", BOTTLE) == other.values.get("volume", BOTTLE):
        kinds -= {"volume"}
    numbers = bool(one.numbers) != bool(other.numbers)
    brands = bool(one.brands) != bool(other.brands)
    return len(kinds) + numbers + brands


def _one_code(one: str, other: str) -> bool:
    return not (one.isalpha() or other.isalpha()) and same_code(one, other)


def _near(one: str, other: str) -> bool:
    """Words of five letters and more may be a slip of the keyboard apart; codes may not."""
    if min(len(one), len(other)) < 5 or not (one.isalpha() and other.isalpha()):
        return False
    return fuzz.ratio(one, other) >= _SAME_WORD
