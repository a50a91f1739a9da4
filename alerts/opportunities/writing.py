"""Opportunities -> alert rows: each told once, kept true while it lasts, let go when it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.clock import now, today
from vigie.opportunity_text import KINDS
from vigie.store import Alert, AlertState, Severity
from vigie.store.upsert import insert_if_absent

# A shop with hundreds of listings is told of the largest gains first.
MOST_OPEN = 5


@dataclass(frozen=True)
class Opportunity:
    """What is to be told: ``subject`` names the thing, so that it is told once.

    ``gain`` orders those of one kind; ``days`` is how long it is worth knowing once it was last
    found. ``facts`` hold ``listing_ids``, ``sure`` (0 to 1) and the arithmetic.
    """

    kind: str
    subject: str
    since: date
    severity: Severity
    gain: float
    days: int
    facts: dict[str, Any]


def write(session: Session, shop_id: int, found: Iterable[Opportunity]) -> int:
    """Write what is new, refresh what still holds, let what no longer does expire.

    Returns:
        How many alerts are new.
    """
    rows = session.scalars(
        select(Alert).where(Alert.shop_id == shop_id, Alert.kind.in_(KINDS)).order_by(Alert.id)
    ).all()
    going = {(row.kind, row.subject): row for row in rows if row.state is not AlertState.CLOSED}
    still: set[int] = set()
    fresh: list[Opportunity] = []
    for one in found:
        row = going.get((one.kind, one.subject))
        if row is None:
            fresh.append(one)
        else:
            row.facts, row.severity = _facts(one), one.severity
            still.add(row.id)
    for row in going.values():
        if row.id not in still:
            row.facts = {**row.facts, "expires_on": _earlier(row.facts["expires_on"])}
    told = [row for row in going.values() if row.id in still]
    return sum(_insert(session, shop_id, one) for one in _largest(fresh, told))


def _largest(fresh: Sequence[Opportunity], told: Sequence[Alert]) -> list[Opportunity]:
    chosen: list[Opportunity] = []
    for kind in KINDS:
        room = MOST_OPEN - sum(row.kind == kind for row in told)
        of_kind = sorted((one for one in fresh if one.kind == kind), key=lambda one: -one.gain)
        chosen += of_kind[: max(0, room)]
    return chosen


def _insert(session: Session, shop_id: int, one: Opportunity) -> bool:
    return insert_if_absent(
        session,
        Alert,
        ["key"],
        key=f"{shop_id}:{one.kind}:{one.subject}:{one.since.isoformat()}",
        shop_id=shop_id,
        kind=one.kind,
        subject=one.subject,
        changed_on=one.since,
        severity=one.severity,
        state=AlertState.OPEN,
        facts=_facts(one),
        detected_at=now(),
    )


def _facts(one: Opportunity) -> dict[str, Any]:
    return {**one.facts, "expires_on": (today() + timedelta(days=one.days)).isoformat()}


def _earlier(day: str) -> str:
    return min(day, today().isoformat())
