"""How probable it is that at least so many of several even chances come true."""

import math


def at_least(least: int, tries: int, each: float) -> float:
    """Return the chance that ``least`` or more of ``tries`` come true, ``each`` of them alike."""
    return float(
        sum(
            math.comb(tries, n) * each**n * (1 - each) ** (tries - n)
            for n in range(max(0, least), tries + 1)
        )
    )


def sign_test(one_side: int, of: int) -> float:
    """Return one less the chance that even odds put so many, or more, on one side.

    J. Arbuthnot, Phil. Trans. 27 (1710).
    """
    return 1 - at_least(one_side, of, 0.5)
