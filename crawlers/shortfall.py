"""A stated count that is never met: "128 avis", of which 90 have a text to read. Pure."""

from dataclasses import dataclass
from math import exp, lgamma, log, log1p

# Three full passes that read all that is known, and miss the stated count each time.
PASSES_UNTIL_BORNE_OUT = 3
LEVEL = 0.01


@dataclass(frozen=True, slots=True)
class Stated:
    """How many reviews a whole pass was told of, and how many it read."""

    stated: int
    read: int


def borne_out(passes: int) -> bool:
    """Say whether so many passes in a row make a difference the source's own."""
    return passes >= PASSES_UNTIL_BORNE_OUT


def explained(before: Stated, current: Stated) -> bool:
    """Say whether the difference grew as it may: of what came in, about the usual share is read.

    A page that states 300 after 128, and shows no more than it did, hides something new. Exact
    one-sided binomial test at 1 %: of ``n`` more stated, ``k`` more were read, where the share
    read was ``p``.
    """
    n, k = current.stated - before.stated, current.read - before.read
    if n <= 0:
        return current.stated - current.read <= before.stated - before.read
    if k >= n:
        return True
    if k < 0 or before.read >= before.stated:
        # Everything was read until now.
        return False
    p = before.read / before.stated
    return p <= 0 or sum(_chance(n, i, p) for i in range(k + 1)) >= LEVEL


def _chance(n: int, k: int, p: float) -> float:
    """Return the chance of exactly ``k`` of ``n``; by logarithms, for ``n`` may be large."""
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(p) + (n - k) * log1p(-p))
