"""The one rule of when a source is read next, whatever its kind of cadence. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Protocol

HOUR_S, DAY_S = 3_600.0, 86_400.0
# Nothing waits longer for its news to be seen, as far as the sites permit.
CEILING_D = 7.0
RUNS_A_FULL_PASS = 4


class CadenceKind(StrEnum):
    """What decides when a source is read."""

    INTERVAL = "interval"
    CRON = "cron"
    # The interval follows what the source is seen to bring; computed anew each day.
    ADAPTIVE = "adaptive"


class Timed(Protocol):
    """What the clock needs to know of a source.

    ``cadence_s`` is the interval in force: set, computed, or the mean of what ``cron`` says.
    """

    @property
    def cadence_kind(self) -> CadenceKind:
        """What decides."""

    @property
    def cron(self) -> str | None:
        """Five fields, for ``CRON`` only."""

    @property
    def cadence_s(self) -> int:
        """Seconds between two runs."""

    @property
    def next_run_at(self) -> datetime | None:
        """When it is due; None: never by the clock."""


def run_after(timed: Timed, moment: datetime) -> datetime:
    """Return when a source that was read at a moment is read next, by its cadence alone."""
    # The import costs what a command that asks no cron need not pay.
    if timed.cadence_kind == CadenceKind.CRON and timed.cron:
        from vigie.cadence.cron import cron_runs

        at = next(cron_runs(timed.cron, moment), None)
        if at is not None:
            return at
    return moment + timedelta(seconds=timed.cadence_s)


def runs(timed: Timed, moment: datetime) -> Iterator[datetime]:
    """Give the runs to come, in order and without end; what is overdue comes at the moment."""
    if timed.next_run_at is None:
        return
    at = max(timed.next_run_at, moment)
    while True:
        yield at
        at = run_after(timed, at)


def next_runs(timed: Timed, count: int, moment: datetime) -> list[datetime]:
    """Return the next runs by the clock; none for what it never reads."""
    return list(islice(runs(timed, moment), count))


def full_every_s(timed: Timed, full_cadence_s: int) -> int:
    """Return how often every page of a source is read at most.

    Where little comes an adaptive cadence is long, and nearly every run would be a full one: that
    would cost what reading others more often was to take.
    """
    if timed.cadence_kind == CadenceKind.ADAPTIVE:
        return max(full_cadence_s, RUNS_A_FULL_PASS * timed.cadence_s)
    return full_cadence_s


def requests_per_day(timed: Timed, requests_a_run: float = 1.0) -> float:
    """Return how many requests a day reading a source takes, on average."""
    return requests_a_run * DAY_S / timed.cadence_s


def roughly_s(seconds: float) -> float:
    """Return an interval as people say it: in whole hours, then in whole days."""
    unit_s = HOUR_S if seconds < 1.5 * DAY_S else DAY_S
    return max(1, round(seconds / unit_s)) * unit_s
