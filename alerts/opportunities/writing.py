"""Opportunities -> alerts: the largest gains first, each told once, ended when it is over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.life import LIVING, Fact, end, tell
from vigie.clock import today
from vigie.opportunity_text import KINDS
from vigie.store import Alert, AlertState, Severity

# A shop with hundreds of listings is told of the largest gains first.
MOST_OPEN = 5


@dataclass(frozen=True)
class Opportunity:
    """What is to be told: ``subject`` names the thing, so that it is told once.

    ``gain`` orders those of one kind; ``days`` is how long it is worth knowing once it was last
    found. ``facts`` hold ``listing_ids``, ``sure`` (0 to 1) and the arithmetic; more ``evidence``
    reopens what a person closed.
    """

    kind: str
    subject: str
    since: date
    severity: Severity
    gain: float
    days: int
    facts: dict[str, Any]
    evidence: frozenset[str] = field(default_factory=frozenset)


def write(session: Session, shop_id: int, found: Iterable[Opportunity]) -> int:
    """Write what is new, refresh what still holds, end what no longer does.

    Returns:
        How many alerts there are to read: new ones, and those reopened by new evidence.
    """
    rows = session.scalars(
        select(Alert).where(Alert.shop_id == shop_id, Alert.kind.in_(KINDS)).order_by(Alert.id)
    ).all()
    living = {(row.kind, row.subject): row for row in rows if row.state in LIVING}
    told = 0
    room = {
        kind: MOST_OPEN - sum(row.kind == kind and row.state is AlertState.OPEN for row in rows)
        for kind in KINDS
    }
    still: set[tuple[str, str]] = set()
    for one in sorted(found, key=lambda one: -one.gain):
        place = (one.kind, one.subject)
        if place in still or (place not in living and room[one.kind] <= 0):
            continue
        still.add(place)
        is_new = tell(session, _fact(shop_id, one))
        told += is_new
        room[one.kind] -= is_new
    end(session, (row for place, row in living.items() if place not in still))
    return told


def _fact(shop_id: int, one: Opportunity) -> Fact:
    last = (today() + timedelta(days=one.days)).isoformat()
    facts = {**one.facts, "expires_on": last}
    return Fact(shop_id, one.kind, one.subject, one.since, one.severity, facts, one.evidence)
