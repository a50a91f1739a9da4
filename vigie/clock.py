"""The one clock: every "now" of Vigie comes from here, so that tests and the demo can freeze it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def _system_clock() -> datetime:
    return datetime.now(UTC)


_clock: Callable[[], datetime] = _system_clock


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _clock()


def today() -> date:
    """Return the calendar day in France."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the calendar day in France of an aware moment."""
    return moment.astimezone(PARIS).date()


def set_clock(clock: Callable[[], datetime] | None) -> None:
    """Replace the clock (``None`` restores the system's)."""
    global _clock
    _clock = clock or _system_clock
