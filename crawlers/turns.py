"""Taking turns at a site: the budget in the database, which all processes share.

Two that ask at once are told apart by compare-and-set on ``Site.turn``: one row is changed, or
none, on SQLite as on PostgreSQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast
from uuid import uuid4

from sqlalchemy import CursorResult, Table, bindparam, select, update
from sqlalchemy.orm import Session, sessionmaker

from crawlers.manners import SHORT_WAIT_S, Budget, Held, Limits, back_off_s, held
from vigie.clock import day_of, now
from vigie.store import Site, Source
from vigie.store.source import source_by_id

# Against a machine that dies: its requests stop counting so long after they had to end.
GRACE_S = 5.0


class Standing(NamedTuple):
    """What a site's turns are decided by, under the names of its columns."""

    id: int
    turn: int
    min_delay_s: float | None
    robots_delay_s: float | None
    requests_per_day: int | None
    concurrency: int | None
    open_minute: int | None
    close_minute: int | None
    last_request_at: datetime | None
    requests_day: date | None
    requests_made: int
    under_way: dict[str, Any]
    paused_until: datetime | None
    failures: int


# Asked twice for each request: of the table itself, and put together once.
_SITE = cast(Table, Site.__table__)
_STANDING = select(*(_SITE.c[name] for name in Standing._fields)).where(
    _SITE.c.id == bindparam("site_id")
)
# What it sets are the columns among its parameters.
_SET = update(_SITE).where(
    _SITE.c.id == bindparam("site_id"), _SITE.c.turn == bindparam("turn_seen")
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Leave to send one request."""

    site_id: int
    token: str


class Turns:
    """The door to the sites' budgets.

    Args:
        delay_s: between two requests to a site that has no delay of its own.
    """

    def __init__(self, factory: sessionmaker[Session], delay_s: float) -> None:
        self._factory = factory
        self._delay_s = delay_s

    def take(self, site_id: int, slower_s: float, timeout_s: float) -> Turn | Held:
        """Take leave for one request, or learn why and how long to wait.

        Args:
            slower_s: a delay that this process has reason to keep, beyond the site's own.
            timeout_s: after which the request is over in any case.

        Raises:
            DatabaseError: the store cannot be used.
        """
        while True:
            with self._factory.begin() as session:
                site = _standing(session, site_id)
                moment = now()
                limits = limits_of(site, self._delay_s)
                limits = replace(limits, delay_s=max(limits.delay_s, slower_s))
                wait = held(limits, budget_of(site), moment)
                if wait is not None:
                    return wait
                token = uuid4().hex[:12]
                until = moment + timedelta(seconds=timeout_s + GRACE_S)
                today = day_of(moment)
                if _set(
                    session,
                    site,
                    last_request_at=moment,
                    requests_day=today,
                    requests_made=1 + (site.requests_made if site.requests_day == today else 0),
                    under_way=_living(site.under_way, moment) | {token: until.isoformat()},
                ):
                    return Turn(site_id, token)

    def give_back(self, turn: Turn, fine: bool = False) -> None:
        """Say that a request has its answer, or has none to expect.

        Args:
            fine: the site answers as it should; its earlier failures are forgotten.
        """
        while True:
            with self._factory.begin() as session:
                site = _standing(session, turn.site_id)
                left = {k: v for k, v in site.under_way.items() if k != turn.token}
                failures = 0 if fine else site.failures
                if _set(session, site, under_way=left, failures=failures):
                    return

    def back_off(self, site_id: int, status: int, retry_after_s: float | None) -> datetime:
        """Pause a site after a refusal or a failure, for all processes; return until when."""
        while True:
            with self._factory.begin() as session:
                site = _standing(session, site_id)
                pause_s = back_off_s(status, site.failures, retry_after_s)
                until = now() + timedelta(seconds=pause_s)
                if site.paused_until is not None and held_by_pause(site):
                    # Two refusals at once are one reason to wait, for the longer time.
                    until = max(until, site.paused_until)
                if _set(
                    session,
                    site,
                    paused_until=until,
                    pause_reason=f"http-{status}",
                    failures=site.failures + 1,
                ):
                    return until


def wait_of(source: Source) -> Held | None:
    """Say why a source's site may not be asked now, for longer than a crawl waits by itself."""
    if source.site is None:
        return None
    # Neither the delay nor another's request keeps a crawl from beginning.
    limits = replace(limits_of(source.site, 0.0), delay_s=0.0, concurrency=1)
    return held(limits, replace(budget_of(source.site), under_way={}), now())


def postponed(session: Session, source_id: int) -> bool:
    """Put a claimed source off until its site may be asked; say whether that is later than now.

    Commits: the claim is freed.
    """
    source = source_by_id(session, source_id)
    wait = wait_of(source)
    if wait is None or wait.for_s <= SHORT_WAIT_S:
        return False
    source.next_run_at = now() + timedelta(seconds=wait.for_s)
    if source.paused:
        # It runs for a person who asked, not by the clock: the question stands.
        source.run_requested_at = now()
    source.claimed_until = source.claimed_by = None
    session.commit()
    return True


def limits_of(site: Site | Standing, delay_s: float) -> Limits:
    """Return a site's limits; its own delay, else ``delay_s``, else what its robots.txt asks."""
    own_s = delay_s if site.min_delay_s is None else site.min_delay_s
    return Limits(
        delay_s=max(own_s, site.robots_delay_s or 0.0),
        requests_per_day=site.requests_per_day,
        concurrency=site.concurrency or 1,
        open_minute=site.open_minute,
        close_minute=site.close_minute,
    )


def budget_of(site: Site | Standing) -> Budget:
    """Return what was asked of a site until now."""
    return Budget(
        last_request_at=site.last_request_at,
        day=site.requests_day,
        made=site.requests_made,
        under_way={k: datetime.fromisoformat(v) for k, v in site.under_way.items()},
        paused_until=site.paused_until,
    )


def held_by_pause(site: Site | Standing) -> bool:
    """Say whether a site is paused now."""
    return held(Limits(), Budget(paused_until=site.paused_until), now()) is not None


def _living(under_way: Mapping[str, str], moment: datetime) -> dict[str, str]:
    return {k: v for k, v in under_way.items() if datetime.fromisoformat(v) > moment}


def _standing(session: Session, site_id: int) -> Standing:
    return Standing(*session.execute(_STANDING, {"site_id": site_id}).one())


def _set(session: Session, site: Standing, **values: Any) -> bool:
    seen = {"site_id": site.id, "turn_seen": site.turn}
    done = session.execute(_SET, {**seen, "turn": site.turn + 1, **values})
    return isinstance(done, CursorResult) and done.rowcount == 1
