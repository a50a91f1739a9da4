"""The hours at which a site may be read, by the clock of France. Pure.

A window is two minutes since midnight; it may go over midnight. None is the whole day.
"""

import re
from datetime import datetime, time, timedelta

from vigie.clock import PARIS
from vigie.errors import VigieError
from vigie.french import t

DAY_MINUTES = 24 * 60
_WRITTEN = re.compile(r"(\d{1,2})(?:[h:](\d{2})?)?[-–](\d{1,2})(?:[h:](\d{2})?)?")


def opens_at(
    open_minute: int | None, close_minute: int | None, moment: datetime
) -> datetime | None:
    """Return when a site that is closed at a moment opens; None while it is open."""
    if open_minute is None or close_minute is None or open_minute == close_minute:
        return None
    local = moment.astimezone(PARIS)
    minute = local.hour * 60 + local.minute
    if open_minute < close_minute:
        is_open = open_minute <= minute < close_minute
    else:
        is_open = minute >= open_minute or minute < close_minute
    if is_open:
        return None
    day = local.date() + timedelta(days=int(minute >= open_minute))
    return datetime.combine(day, time(open_minute // 60, open_minute % 60), PARIS)


def read_hours(text: str) -> tuple[int | None, int | None]:
    """Return "8-20" or "22h30-6h" as minutes since midnight; none for the whole day.

    Raises:
        VigieError: it is no such window.
    """
    found = _WRITTEN.fullmatch(text.replace(" ", ""))
    if found is None:
        raise VigieError("site-error-hours", hours=text[:50])
    numbers = [int(group or 0) for group in found.groups()]
    start, end = (numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3])
    if max(start, end) > DAY_MINUTES or numbers[1] > 59 or numbers[3] > 59:
        raise VigieError("site-error-hours", hours=text[:50])
    if (end - start) % DAY_MINUTES == 0:
        return None, None
    return start % DAY_MINUTES, end % DAY_MINUTES


def hours_words(open_minute: int | None, close_minute: int | None) -> str:
    """Return "de 22 h 30 à 6 h"; empty for the whole day."""
    if open_minute is None or close_minute is None:
        return ""
    return t("site-limit-hours", start=_clock(open_minute), end=_clock(close_minute))


def _clock(minute: int) -> str:
    return f"{minute // 60} h {minute % 60:02d}" if minute % 60 else f"{minute // 60} h"
