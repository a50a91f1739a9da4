"""Adaptive cadences, computed anew once a day from what the crawls saw."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from vigie.cadence.allocation import Bound, Plan, allocate, expected_delay_s
from vigie.cadence.arrivals import Floats, Rates, rates_of
from vigie.cadence.observed import Sources, observe
from vigie.cadence.rule import CEILING_D, DAY_S, CadenceKind
from vigie.clock import now
from vigie.store import Health, Source

A_WRITE = 2_000
# A site is never asked for all that it permits: retries and people need some. What fixed cadences
# and full passes take is theirs, but a part is always left.
USED, LEFT = 0.9, 0.1
# Smaller changes are not worth a write.
WORTH = 0.03
STEP_S = 300


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many adaptive sources there are and changed, and the mean delay until news are seen.

    ``even_delay_s`` is that of as many requests at equal intervals.
    """

    sources: int
    changed: int
    delay_s: float
    even_delay_s: float


@dataclass(frozen=True, slots=True)
class _Line:
    """What is computed for one source."""

    cadence_s: int
    rate_of: str
    rate_per_day: float
    rate_own_share: float
    cadence_bound: Bound | None


def recompute(factory: sessionmaker[Session], default_s: float) -> Recomputed:
    """Compute all adaptive cadences anew, and write those that changed.

    Args:
        default_s: the interval that sets what all may take: as many requests as if each adaptive
            source were read so often.
    """
    moment = now()
    with factory() as session:
        sources = observe(session, moment)
    if sources is None:
        return Recomputed(0, 0, 0.0, 0.0)
    rates = rates_of(sources.seen, sources.platform, sources.group)
    chosen = sources.active & (sources.kind == CadenceKind.ADAPTIVE.value)
    plan = _plan(sources, rates, chosen, default_s)
    lines = dict(_lines(sources, rates, chosen, plan))
    changed = _write(factory, lines, moment)
    news, cost = rates.per_day[chosen], sources.cost[chosen]
    if not len(news):
        return Recomputed(0, changed, 0.0, 0.0)
    even_d = np.full(len(news), cost.sum() / (cost / plan.interval_d).sum())
    delay_s, even_s = (expected_delay_s(news, one * DAY_S) for one in (plan.interval_d, even_d))
    return Recomputed(len(news), changed, delay_s, even_s)


def foreseen(session: Session, default_s: float, numbers: Collection[int]) -> dict[int, int]:
    """Return the seconds between two runs that sources would be given if they were adaptive too.

    Writes nothing.

    Args:
        default_s: as in ``recompute``.
        numbers: the sources; those that are paused, or read by no clock, are left out.
    """
    sources = observe(session, now())
    if sources is None:
        return {}
    rates = rates_of(sources.seen, sources.platform, sources.group)
    asked = np.isin(sources.id, list(numbers))
    chosen = sources.active & (asked | (sources.kind == CadenceKind.ADAPTIVE.value))
    plan = _plan(sources, rates, chosen, default_s)
    lines = _lines(sources, rates, chosen, plan)
    wanted = set(numbers)
    return {number: line.cadence_s for number, line in lines if number in wanted}


def _plan(sources: Sources, rates: Rates, chosen: NDArray[np.bool_], default_s: float) -> Plan:
    by_clock = np.where(chosen, 0.0, sources.cost * DAY_S / sources.cadence_s)
    fixed = np.where(sources.active, by_clock + sources.full_per_day, 0.0)
    taken = np.bincount(sources.site, fixed, len(sources.budget))
    budget = np.maximum(USED * sources.budget - taken, LEFT * sources.budget)
    cost = sources.cost[chosen]
    total = float(cost.sum()) * DAY_S / default_s
    return allocate(rates.per_day[chosen], cost, sources.site[chosen], budget, total)


def _lines(
    sources: Sources, rates: Rates, chosen: NDArray[np.bool_], plan: Plan
) -> Iterator[tuple[int, _Line]]:
    seconds = np.rint(plan.interval_d * DAY_S / STEP_S).astype(np.int64) * STEP_S
    bounds = np.select(
        [plan.at_shortest, plan.by_site | (plan.interval_d > CEILING_D * 1.001), plan.at_longest],
        [Bound.SHORTEST, Bound.BUDGET, Bound.CEILING],
        "",
    )
    columns: Sequence[NDArray[np.generic] | Floats] = (
        sources.id[chosen],
        seconds,
        sources.by_changes[chosen],
        rates.per_day[chosen],
        rates.own_share[chosen],
        bounds,
    )
    for number, every_s, changes, per_day, own, bound in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        kind = "changes" if changes else "reviews"
        yield number, _Line(every_s, kind, per_day, own, Bound(bound) if bound else None)


def _write(factory: sessionmaker[Session], lines: dict[int, _Line], moment: datetime) -> int:
    """Write what changed, a few at a time so that nothing waits for it; return how many did."""
    numbers, changed = sorted(lines), 0
    for start in range(0, len(numbers), A_WRITE):
        with factory.begin() as session:
            values = _values(session, lines, numbers[start : start + A_WRITE], moment)
            if values:
                session.execute(update(Source), values)
        changed += len(values)
    with factory.begin() as session:
        session.execute(
            update(Source)
            .where(
                Source.cadence_kind == CadenceKind.ADAPTIVE,
                # One that became adaptive meanwhile is left to the next tick.
                or_(Source.rate_of.is_not(None), Source.paused, Source.site_id.is_(None)),
            )
            .values(rated_at=moment)
            .execution_options(synchronize_session=False)
        )
    return changed


def _values(
    session: Session, lines: dict[int, _Line], numbers: Sequence[int], moment: datetime
) -> list[dict[str, Any]]:
    rows = session.execute(
        select(
            Source.id,
            Source.cadence_s,
            Source.next_run_at,
            Source.rate_per_day,
            Source.rate_of,
            Source.cadence_bound,
            Source.health,
            # A person may have chosen otherwise since.
        ).where(Source.id.in_(numbers), Source.cadence_kind == CadenceKind.ADAPTIVE)
    )
    values = []
    for number, cadence_s, next_run_at, per_day, kind, bound, health in rows:
        line = lines[number]
        same = (
            kind == line.rate_of
            and bound == line.cadence_bound
            and _near(per_day, line.rate_per_day)
        )
        if same and _near(cadence_s, line.cadence_s):
            continue
        # What was never read is read as soon as it was to be: it has no last run to count from.
        if next_run_at is not None and health is not Health.NEW:
            last_run = min(moment, next_run_at - timedelta(seconds=cadence_s))
            next_run_at = max(moment, last_run + timedelta(seconds=line.cadence_s))
        values.append({"id": number, "next_run_at": next_run_at, **asdict(line)})
    return values


def _near(before: float | None, after: float) -> bool:
    return before is not None and abs(after - before) <= WORTH * before
