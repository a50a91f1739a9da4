"""What one listing's history of prices and stock says: a cut, a thing that ran out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

# A smaller step is rounding, or a fee that moved.
LEAST_CUT = 0.03
OUT = frozenset({"OutOfStock", "SoldOut", "Discontinued"})


@dataclass(frozen=True, slots=True)
class Step:
    """What a listing showed from a day on; None where it gave no price or no state of stock."""

    day: date
    price_cents: int | None
    availability: str | None


@dataclass(frozen=True, slots=True)
class Cut:
    """A price lowered, and the day on which the last step down was seen."""

    before_cents: int
    after_cents: int
    day: date


def cut_since(steps: Sequence[Step], since: date) -> Cut | None:
    """Return how far the price came down from ``since`` on; None where it is not clearly lower.

    The price at first is the one in force on that day, or the first one seen after it.
    """
    priced = [step for step in steps if step.price_cents is not None]
    earlier = [step for step in priced if step.day < since]
    lately = [*earlier[-1:], *(step for step in priced if step.day >= since)]
    if len(lately) < 2:
        return None
    before, after = lately[0].price_cents or 0, lately[-1].price_cents or 0
    if after > before * (1 - LEAST_CUT):
        return None
    falls = [b.day for a, b in pairwise(lately) if (b.price_cents or 0) < (a.price_cents or 0)]
    return Cut(before, after, falls[-1])


def ran_out(steps: Sequence[Step]) -> date | None:
    """Return since when it is out of stock; None where it is not, or was when first seen."""
    since: date | None = None
    for sooner, later in pairwise(steps):
        if later.availability not in OUT:
            since = None
        elif sooner.availability not in OUT:
            since = later.day
    return since
