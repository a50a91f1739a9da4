"""What a person writes, read as values to set: the form's fields and the command's options."""

from math import isfinite

from vigie.errors import VigieError
from vigie.tuning.edits import CLOSES, OPENS, Values

HOUR_S = 3600
LEAST_H, MOST_H = 0.25, 24.0 * 31
MOST_BUDGET = 1_000_000


def read_every(text: str) -> int:
    """Return an interval written in hours, "12" or "1,5", in seconds.

    Raises:
        VigieError: it is none, or out of bounds.
    """
    try:
        hours = float(text.strip().replace(",", "."))
    except ValueError:
        hours = float("nan")
    if not (isfinite(hours) and LEAST_H <= hours <= MOST_H):
        raise VigieError("tuning-error-every", given=text[:30], least="0,25", most=str(int(MOST_H)))
    return round(hours * HOUR_S)


def read_budget(text: str) -> int:
    """Return a number of requests a day.

    Raises:
        VigieError: it is none, or out of bounds.
    """
    written = "".join(text.split())
    is_number = written.isascii() and written.isdigit() and len(written) < 9
    if not is_number or not 1 <= int(written) <= MOST_BUDGET:
        raise VigieError("tuning-error-budget", given=text[:30], most=str(MOST_BUDGET))
    return int(written)


def hours_values(window: tuple[int | None, int | None]) -> Values:
    """Return a site's hours as its columns."""
    return {OPENS: window[0], CLOSES: window[1]}
