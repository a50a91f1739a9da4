"""What a person writes, read as values to set: the form's fields and the command's options."""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite

from vigie.cadence.rule import CadenceKind
from vigie.errors import VigieError
from vigie.tuning.edits import CADENCE, CLOSES, CRON, KIND, OPENS, Values

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


def interval(text: str) -> Values:
    """Return a fixed interval, written in hours, as a source's columns.

    Raises:
        VigieError: it is none, or out of bounds.
    """
    return {KIND: CadenceKind.INTERVAL.value, CRON: None, CADENCE: read_every(text)}


def by_cron(text: str, moment: datetime) -> Values:
    """Return an expression of five fields as a source's columns.

    Raises:
        VigieError: it is none, never comes, or comes too often.
    """
    # The import costs what others need not pay.
    from vigie.cadence.cron import read_cron

    cron, mean_s = read_cron(text, moment)
    return {KIND: CadenceKind.CRON.value, CRON: cron, CADENCE: mean_s}


def adaptive() -> Values:
    """Return "as its news comes" as a source's columns; the interval in force stays until then."""
    return {KIND: CadenceKind.ADAPTIVE.value, CRON: None}


def one_cadence(given: Sequence[Values]) -> Values:
    """Return the cadence asked for; nothing where none is.

    Raises:
        VigieError: more than one is.
    """
    if len(given) > 1:
        raise VigieError("tuning-error-cadences")
    return given[0] if given else {}


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
