"""Which of many findings hold, when one in ten of those that are called sure may be chance."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

RATE = 0.1
"""The share of findings called sure that may be chance, in the mean."""

T = TypeVar("T", bound=Hashable)


def discoveries(chances: Mapping[T, float], tested: int, rate: float = RATE) -> set[T]:
    """Return the findings that hold at a false discovery rate.

    Source: Benjamini and Hochberg, "Controlling the false discovery rate" (Journal of the Royal
    Statistical Society B 1995), which holds for findings that are independent, as shops with
    customers of their own nearly are.

    Args:
        chances: the probability of each finding by chance alone; where nothing was found, none.
        tested: how many were looked at, those included where nothing was found.
        rate: the share of the findings returned that may be chance.

    >>> sorted(discoveries({"a": 0.0005, "b": 0.001, "c": 0.03}, tested=100))
    ['a', 'b']
    """
    ordered = sorted(chances.items(), key=lambda one: one[1])
    held = 0
    for count, (_, chance) in enumerate(ordered, 1):
        if chance <= rate * count / tested:
            held = count
    return {finding for finding, _ in ordered[:held]}
