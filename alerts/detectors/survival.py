"""How long listings stay for sale, those still for sale counted for what they tell.

The product-limit estimate of E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
observations", J. Am. Stat. Assoc. 53 (1958).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stay:
    """A listing's days for sale; ``ended`` is False where it still was when last seen."""

    days: float
    ended: bool


def still_for_sale(stays: Sequence[Stay]) -> list[tuple[float, float]]:
    """Return (day, share still for sale just after it) at each day on which one ended."""
    curve: list[tuple[float, float]] = []
    share = 1.0
    for day in sorted({stay.days for stay in stays if stay.ended}):
        at_risk = sum(stay.days >= day for stay in stays)
        ended = sum(stay.ended and stay.days == day for stay in stays)
        share *= 1 - ended / at_risk
        curve.append((day, share))
    return curve


def days_until(stays: Sequence[Stay], gone: float) -> float | None:
    """Return the first day by which this share had ended; None where that was not yet seen."""
    return next((day for day, share in still_for_sale(stays) if share <= 1 - gone), None)
