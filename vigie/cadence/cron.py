"""Cron expressions: five fields as in crontab(5), by the clock of France. Pure.

APScheduler reads the fields; two of crontab's rules are kept here that it does not know. It counts
weekdays from Monday where crontab has 0 (and 7) for Sunday, and it asks for a day of the month
*and* of the week where crontab asks for either.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice, pairwise

from apscheduler.triggers.cron import CronTrigger

from vigie.clock import PARIS
from vigie.errors import VigieError

LONGEST = 100
LEAST_GAP_S = 900
# 29 February comes after eight years at most (1896 to 1904, 2096 to 2104).
NEVER = timedelta(days=366 * 9)
# What tells how often an expression runs: enough for four weeks of one an hour.
RUNS_LOOKED_AT = 700
_FIELD = re.compile(r"[0-9a-z*,/-]+")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_WEEKDAY = re.compile(r"(?:\*|(\w+)(?:-(\w+))?)(?:/(\d+))?")


def read_cron(text: str, moment: datetime) -> tuple[str, int]:
    """Return an expression in its plain form, and the mean seconds between its runs.

    Args:
        moment: from which its runs are looked at.

    Raises:
        VigieError: it is no expression, never comes, or comes more often than every quarter of an
            hour.
    """
    cron = " ".join(text.lower().split())
    try:
        _triggers(cron)
    except ValueError as error:
        raise VigieError("cadence-error-cron", given=text[:LONGEST]) from error
    looked_at = list(islice(cron_runs(cron, moment), RUNS_LOOKED_AT))
    if len(looked_at) < 2:
        raise VigieError("cadence-error-never", given=text[:LONGEST])
    gaps = [(after - before).total_seconds() for before, after in pairwise(looked_at)]
    if min(gaps) < LEAST_GAP_S:
        raise VigieError("cadence-error-often", given=text[:LONGEST], minutes=LEAST_GAP_S // 60)
    return cron, round(sum(gaps) / len(gaps))


def cron_runs(cron: str, moment: datetime) -> Iterator[datetime]:
    """Give the moments after this one at which an expression runs, in order, aware."""
    triggers = _triggers(cron)
    # An hour that comes twice, as the clocks go back, is meant once where hours are named.
    names_hours = not cron.split(" ")[1].startswith("*")
    while True:
        start = moment + timedelta(microseconds=1)
        each = (_first(trigger, start) for trigger in triggers)
        found = [one for one in each if one is not None]
        if not found:
            return
        moment = min(found)
        if not (names_hours and moment.astimezone(PARIS).fold):
            yield moment


def _first(trigger: CronTrigger, start: datetime) -> datetime | None:
    local = start.astimezone(PARIS)
    # A trigger without an end would look for 30 February until the year 9999.
    trigger.end_date = local + NEVER
    found: datetime | None = trigger.get_next_fire_time(None, local)
    return None if found is None or found == trigger.end_date else found.astimezone(start.tzinfo)


@lru_cache(maxsize=4096)
def _triggers(cron: str) -> tuple[CronTrigger, ...]:
    fields = cron.split(" ")
    if len(cron) > LONGEST or len(fields) != 5 or not all(map(_FIELD.fullmatch, fields)):
        raise ValueError(cron)
    minute, hour, day, month, weekday = fields
    at = {"minute": minute, "hour": hour, "month": month, "timezone": PARIS}
    days = _weekdays(weekday)
    if day.startswith("*") or weekday.startswith("*"):
        return (CronTrigger(day=day, day_of_week=days, **at),)
    return (CronTrigger(day=day, **at), CronTrigger(day_of_week=days, **at))


def _weekdays(field: str) -> str:
    if field == "*":
        return field
    days: set[int] = set()
    for part in field.split(","):
        found = _WEEKDAY.fullmatch(part)
        if found is None:
            raise ValueError(field)
        first, last, step = found.groups()
        start = 0 if first is None else _weekday(first)
        end = 6 if first is None or (step and not last) else _weekday(last or first)
        if start > end or step == "0":
            raise ValueError(field)
        days |= {day % 7 for day in range(start, end + 1, int(step or 1))}
    return ",".join(_DAYS[day] for day in sorted(days))


def _weekday(name: str) -> int:
    if name in _DAYS:
        return _DAYS.index(name)
    if not (name.isascii() and name.isdigit() and int(name) <= 7):
        raise ValueError(name)
    return int(name)
