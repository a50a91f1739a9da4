"""Ratings on any scale, each with its worst and best, and its place between the two."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from crawlers.extract.items import Problem

_NUMBER = r"(\d{1,5}(?:[.,]\d{1,6})?)"
_SLASH = r"(?:/|sur|out\s{1,3}of|étoiles?\s{1,3}sur|stars?\s{1,3}out\s{1,3}of)"
_OUT_OF = re.compile(_NUMBER + r"\s{0,3}" + _SLASH + r"\s{0,3}" + _NUMBER, re.I)
_PERCENT = re.compile(_NUMBER + r"\s{0,3}%")
_STARS = re.compile(r"[★⭐]{1,10}[☆✩]{0,10}")
_FULL = frozenset("★⭐")
_FIRST = re.compile(r"-?" + _NUMBER)
_SCALE_LIMIT = 10_000.0


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating on its scale; ``worst <= value <= best``."""

    value: float
    worst: float
    best: float

    @property
    def normalised(self) -> float:
        """The rating in [0, 1], 1 for the best."""
        return round((self.value - self.worst) / (self.best - self.worst), 6)


def number_in(value: object) -> float | None:
    """Return the number that a rating's part states: 4, "4,5", "5 étoiles"; None without one."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = float(value) if abs(value) < 1e9 else math.inf
        return number if math.isfinite(number) else None
    return _first_number(str(value)[:200])


@lru_cache(maxsize=1024)
def _first_number(text: str) -> float | None:
    found = _FIRST.search(text)
    return float(found.group().replace(",", ".")) if found else None


def read_rating(
    value: object, worst: object = None, best: object = None, usual_best: float | None = None
) -> tuple[Rating | None, Problem | None]:
    """Read a rating as the page states it.

    Args:
        value: a number or a text ("4,5", "9/10", "90 %", "★★★★☆", "4 étoiles sur 5").
        worst: the scale's worst as stated, None where it is not; 1 is then assumed (schema.org),
            0 for percentages or for a value of 0.
        best: the scale's best as stated; 5 is assumed, unless the value contradicts it.
        usual_best: the best that the page states elsewhere for the same thing.

    Returns:
        The rating, or None with the problem when it is outside its scale; (None, None) when there
        is no rating at all.
    """
    number, own_best = _value_and_scale(value)
    if number is None:
        return None, None
    low, high = number_in(worst), number_in(best)
    if low is not None and high is not None and low > high:
        low, high = high, low
    if high is not None and (high <= 0 or high > _SCALE_LIMIT):
        high = None
    if own_best is not None and own_best != high and (high is None or own_best > number):
        # What is written beside the value is about the value: "90 %" is not on 5.
        low, high = (None if high != own_best else low), own_best
    if high is None:
        high = usual_best or _assumed_best(number)
    if low is None or low >= high:
        low = 0.0 if number < 1 or high >= 100 else min(1.0, high / 2)
    if not low <= number <= high:
        return None, Problem("rating-outside-scale", f"{number:g}/{high:g}")
    return Rating(number, low, high), None


def _value_and_scale(value: object) -> tuple[float | None, float | None]:
    """Return the number and the best that the value itself states."""
    if not isinstance(value, str):
        return number_in(value), None
    text = value[:200]
    if text.isdigit():
        return number_in(text), None
    if found := _OUT_OF.search(text):
        best = float(found.group(2).replace(",", "."))
        return float(found.group(1).replace(",", ".")), best if 0 < best <= _SCALE_LIMIT else None
    if found := _PERCENT.search(text):
        return float(found.group(1).replace(",", ".")), 100.0
    if found := _STARS.search(text):
        stars = found.group()
        return float(sum(star in _FULL for star in stars)), float(
            len(stars)
        ) if "☆" in stars else None
    return number_in(text), None


def _assumed_best(number: float) -> float:
    return 10.0 if 5 < number <= 10 else 5.0
