"""Places among shops, with what the doubt about their indices allows."""

from collections.abc import Sequence
from math import sqrt

from vigie.brief.levels import Z_95
from vigie.mirror.facts import Index, Rank


def rank_of(own: Index, others: Sequence[Index]) -> Rank:
    """Return a shop's place beside these others; equals share the better place.

    ``best`` and ``worst`` leave out the shops that are clearly better, or clearly worse: those
    from which the 95 % interval of the difference leaves zero out.
    """
    better = sum(other.value > own.value for other in others)
    clearly_better = sum(_is_clear(other, own) for other in others)
    clearly_worse = sum(_is_clear(own, other) for other in others)
    among = len(others) + 1
    return Rank(better + 1, among, clearly_better + 1, among - clearly_worse)


def _is_clear(above: Index, below: Index) -> bool:
    return above.value - below.value > Z_95 * sqrt(above.variance + below.variance)
