"""What names one thing: a maker's code, a car with its engine, a tyre with its index.

Where two listings share such a name, what only one of them says besides is how it is sold, or what
it is equipped with. Without one, every word may be what makes the thing another.
"""

import re

from alerts.detectors.matching.title import Attributes

LEAST_CODE, LEAST_FIGURES, LEAST_PACKED = 4, 2, 5
# Numbers of a car's title, by what they may be: from this on horses, then a model (3008).
LEAST_HORSES = 45
_MODEL = re.compile(r"[2-9]0\d|\d{4,}")


def named_alike(one: Attributes, other: Attributes) -> bool:
    """Say whether both bear the same name of one thing."""
    return any(alike(one, other) for alike in (_one_code, one_car, one_tyre))


def is_car(title: Attributes) -> bool:
    """Say whether it offers a car, of which numbers are litres, horses and a generation."""
    return bool(title.car_brands) and not title.parts


def both_cars(one: Attributes, other: Attributes) -> bool:
    """Say whether both offer a car; of one, the maker may go unsaid ("208 hdi 75")."""
    return (is_car(one) or is_car(other)) and not (one.parts or other.parts)


def numbers_by_kind(title: Attributes) -> dict[str, frozenset[str]]:
    """Return the numbers of a car's title by what they may be."""
    kinds: dict[str, set[str]] = {}
    for number in title.numbers:
        kinds.setdefault(_kind(number), set()).add(number)
    return {kind: frozenset(numbers) for kind, numbers in kinds.items()}


def _kind(number: str) -> str:
    if not number.isdigit():
        return "litres"
    if _MODEL.fullmatch(number):
        return "model"
    return "horses" if int(number) >= LEAST_HORSES else "generation"


def _one_code(one: Attributes, other: Attributes) -> bool:
    """A long code is one maker's alone."""
    return any(
        len(code) >= LEAST_CODE and sum(map(str.isdigit, code)) >= LEAST_FIGURES
        for code in shared_codes(one, other)
    )


def shared_codes(one: Attributes, other: Attributes) -> frozenset[str]:
    """Return the codes of both; makers add letters to one for its packing: DDF484, DDF484RTJ."""
    return frozenset(
        min(mine, theirs, key=len)
        for mine in one.codes
        for theirs in other.codes
        if same_code(mine, theirs)
    )


def same_code(one: str, other: str) -> bool:
    """Say whether two codes are one, but for letters at the end of one of them."""
    short, long = sorted((one, other), key=len)
    return short == long or (
        len(short) >= LEAST_PACKED and long.startswith(short) and long[len(short) :].isalpha()
    )


def one_car(one: Attributes, other: Attributes) -> bool:
    """Say whether both are cars that share a model or a word of it, and their horses."""
    if not both_cars(one, other):
        return False
    mine, theirs = numbers_by_kind(one), numbers_by_kind(other)
    horses = mine.get("horses", frozenset()) & theirs.get("horses", frozenset())
    model = mine.get("model", frozenset()) & theirs.get("model", frozenset())
    known = one.models | mine.get("model", frozenset())
    if known or other.models or "model" in theirs:
        return bool(horses and (model or one.models & other.models))
    return bool(horses and (one.codes | one.content) & (other.codes | other.content))


def one_tyre(one: Attributes, other: Attributes) -> bool:
    """Say whether both are tyres of one size and index that share a word of their name."""
    tyres = one.values.get("tyre", frozenset()) & other.values.get("tyre", frozenset())
    index = one.values.get("tyre-index", frozenset()) & other.values.get("tyre-index", frozenset())
    name = (one.content | one.codes) & (other.content | other.codes)
    return bool(tyres and index and name)
