"""When a site may be asked: hours, a day's budget, pauses, delay, concurrency. Pure.

Every process looks at the same facts of a site (``Budget``) and decides alike; ``crawlers.turns``
keeps them in the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from vigie import hours
from vigie.clock import PARIS, day_of

# Longest that a site's word, or a run of failures, keeps us away.
LONGEST_PAUSE_S = 24 * 3600.0
# The first pause after an answer that says "too many", and after one that says "broken".
FIRST_PAUSE_S = {429: 60.0}
FIRST_FAILURE_S = 2.0
# A site that may be asked so soon is waited for; else the crawl ends, or does not begin.
SHORT_WAIT_S = 15.0
# However polite, a crawl does not wait longer for one turn: others are busy with the site.
WAIT_LIMIT_S = 150.0
# The clocks of two machines may differ by so much.
CLOCKS_APART_S = 600.0
# No request lasts longer; what says so was written by a clock that has since been set back.
LONGEST_REQUEST_S = 300.0


class Wait(StrEnum):
    """Why a site is not asked now."""

    PAUSED = "paused"
    HOURS = "hours"
    BUDGET = "budget"
    DELAY = "delay"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the operator and the site allow; None is no limit.

    ``open_minute`` and ``close_minute`` are minutes since midnight in France.
    """

    delay_s: float = 0.0
    requests_per_day: int | None = None
    concurrency: int = 1
    open_minute: int | None = None
    close_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What was asked of a site until now, by all processes.

    ``under_way`` has the requests that wait for their answer: a token, and until when it counts.
    """

    last_request_at: datetime | None = None
    day: date | None = None
    made: int = 0
    under_way: Mapping[str, datetime] = field(default_factory=dict)
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A request must wait: why, and for how many seconds at least."""

    why: Wait
    for_s: float


def held(limits: Limits, budget: Budget, moment: datetime) -> Held | None:
    """Say why a site may not be asked at a moment; None when it may.

    What lies impossibly far ahead was written by a clock that has since been set back: it does
    not count.
    """
    for why, until in (
        (Wait.PAUSED, _paused(budget, moment)),
        (Wait.HOURS, opens_at(limits, moment)),
        (Wait.BUDGET, _next_day(moment) if _is_spent(limits, budget, moment) else None),
    ):
        if until is not None and until > moment:
            return Held(why, (until - moment).total_seconds())
    if budget.last_request_at is not None and limits.delay_s > 0:
        since_s = (moment - budget.last_request_at).total_seconds()
        if since_s < limits.delay_s:
            return Held(Wait.DELAY, min(limits.delay_s, limits.delay_s - since_s))
    latest = moment + timedelta(seconds=LONGEST_REQUEST_S)
    if sum(moment < until < latest for until in budget.under_way.values()) >= limits.concurrency:
        return Held(Wait.BUSY, 0.0)
    return None


def opens_at(limits: Limits, moment: datetime) -> datetime | None:
    """Return when a site that is closed at a moment opens, by the clock of France."""
    return hours.opens_at(limits.open_minute, limits.close_minute, moment)


def back_off_s(status: int, failures: int, retry_after_s: float | None) -> float:
    """Return how long to leave a site alone after a refusal or a failure.

    What the site asks for, else twice as long each time; a day at most.

    Args:
        failures: how many came one after the other before this one.
        retry_after_s: what the answer's Retry-After says.
    """
    first_s = FIRST_PAUSE_S.get(status, FIRST_FAILURE_S)
    # Beyond that the bound below is reached anyway, and the power would grow without end.
    grown_s = first_s * 2.0 ** min(failures, 20)
    if retry_after_s is not None:
        # "0" is no leave to hammer.
        grown_s = max(retry_after_s, first_s if failures else 1.0)
    return min(grown_s, LONGEST_PAUSE_S)


def _paused(budget: Budget, moment: datetime) -> datetime | None:
    until = budget.paused_until
    if until is None or (until - moment).total_seconds() > LONGEST_PAUSE_S + CLOCKS_APART_S:
        return None
    return until


def _is_spent(limits: Limits, budget: Budget, moment: datetime) -> bool:
    if limits.requests_per_day is None or budget.day != day_of(moment):
        return False
    return budget.made >= limits.requests_per_day


def _next_day(moment: datetime) -> datetime:
    return datetime.combine(day_of(moment) + timedelta(days=1), time(), PARIS)
