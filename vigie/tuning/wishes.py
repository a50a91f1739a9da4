"""What a person writes, read as values to set: the form's fields and the command's options."""

from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from vigie.cadence.rule import CadenceKind
from vigie.errors import VigieError
from vigie.hours import read_hours
from vigie.tuning.edits import (
    BUDGET,
    CADENCE,
    CLOSES,
    CRON,
    FULL,
    KIND,
    OPENS,
    PAUSED,
    Run,
    Values,
    Wanted,
)

HOUR_S, DAY_S = 3_600, 86_400
LEAST_H, MOST_H = 0.25, 24.0 * 31
MOST_BUDGET = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wrote or picked; what is empty or None is left as it is."""

    # Hours between two runs; or five fields; or as often as news comes.
    every: str = ""
    cron: str = ""
    follow: bool = False
    full_every_d: float | None = None
    paused: bool | None = None
    run: Run | None = None
    # Of the sources' sites: requests a day, or no bound at all; and when they may be read.
    budget: str = ""
    no_budget: bool = False
    hours: str = ""


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


def _interval(text: str) -> Values:
    """Return a fixed interval, written in hours, as a source's columns.

    Raises:
        VigieError: it is none, or out of bounds.
    """
    return {KIND: CadenceKind.INTERVAL.value, CRON: None, CADENCE: read_every(text)}


def _by_cron(text: str, moment: datetime) -> Values:
    """Return an expression of five fields as a source's columns.

    Raises:
        VigieError: it is none, never comes, or comes too often.
    """
    # The import costs what others need not pay.
    from vigie.cadence.cron import read_cron

    cron, mean_s = read_cron(text, moment)
    return {KIND: CadenceKind.CRON.value, CRON: cron, CADENCE: mean_s}


def _adaptive() -> Values:
    """Return "as its news comes" as a source's columns; the interval in force stays until then."""
    return {KIND: CadenceKind.ADAPTIVE.value, CRON: None}


def read_cadence(every: str, cron: str, follow: bool, moment: datetime) -> Values:
    """Return the cadence asked for as a source's columns; nothing where none is.

    Raises:
        VigieError: it is none, or more than one is asked for.
    """
    given: list[Values] = []
    if every:
        given.append(_interval(every))
    if cron:
        given.append(_by_cron(cron, moment))
    if follow:
        given.append(_adaptive())
    if len(given) > 1:
        raise VigieError("tuning-error-cadences")
    return given[0] if given else {}


def read_wish(asked: Asked, moment: datetime) -> Wanted:
    """Return what a person asks for, as columns to set.

    Raises:
        VigieError: something written is not what it should be.
    """
    source = dict(read_cadence(asked.every, asked.cron, asked.follow, moment))
    if asked.full_every_d is not None:
        source[FULL] = round(asked.full_every_d * DAY_S)
    if asked.paused is not None:
        source[PAUSED] = asked.paused
    site: dict[str, Any] = {}
    if asked.no_budget:
        site[BUDGET] = None
    elif asked.budget:
        site[BUDGET] = read_budget(asked.budget)
    if asked.hours:
        site |= hours_values(asked.hours)
    return Wanted(source, site, asked.run)


def hours_values(text: str) -> Values:
    """Return a site's hours, "8-20", as its columns.

    Raises:
        VigieError: they are none.
    """
    opens, closes = read_hours(text)
    return {OPENS: opens, CLOSES: closes}


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
