"""Facts -> alert rows: told once a key, kept true while open, reopened by new evidence, let go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.alert_life import AGAIN, EVIDENCE, WOKEN, move
from vigie.clock import day_of, now, today
from vigie.store import Alert, AlertState, Closing, Severity
from vigie.store.upsert import insert_if_absent

LIVING = (AlertState.OPEN, AlertState.ACKNOWLEDGED, AlertState.SNOOZED)


@dataclass(frozen=True)
class Fact:
    """What is to be told of a shop: ``subject`` names it, so that it is told once.

    ``evidence`` is what it rests on: more of it reopens an alert that a person closed, once, and
    one whose day had passed each time.
    ``facts`` fill in the sentence; ``expires_on`` among them is the last day of its life.
    """

    shop_id: int
    kind: str
    subject: str
    changed_on: date
    severity: Severity
    facts: dict[str, Any]
    evidence: frozenset[str]

    @property
    def key(self) -> str:
        """Return the key that no other alert has."""
        return f"{self.shop_id}:{self.kind}:{self.subject}"


def tell(session: Session, fact: Fact) -> bool:
    """Write a fact; return whether there is something new to read: a new alert, or one reopened."""
    row = session.scalar(select(Alert).where(Alert.key == fact.key))
    if row is None:
        return _insert(session, fact)
    known = frozenset(row.facts.get("evidence", ()))
    if row.state is not AlertState.CLOSED:
        _refresh(row, fact, known)
        return False
    if row.closed_because is Closing.OVER:
        _refresh(row, fact, known)
        move(session, row, AlertState.OPEN, reason=AGAIN)
        return True
    # What a person closed comes back once; what only ran out, with each new thing to know.
    is_over = row.reopened_at is not None and row.closed_because is not Closing.EXPIRED
    if is_over or fact.evidence <= known:
        return False
    _refresh(row, fact, known)
    move(session, row, AlertState.OPEN, reason=EVIDENCE)
    row.reopened_at = now()
    return True


def end(session: Session, alerts: Iterable[Alert]) -> None:
    """Close alerts of which what they told is true no longer."""
    for alert in alerts:
        move(session, alert, AlertState.CLOSED, because=Closing.OVER)


def settle(session: Session) -> None:
    """Bring the snoozed alerts back whose day has come, and close those that are past theirs."""
    day = today()
    due = Alert.state == AlertState.SNOOZED, Alert.snoozed_until <= day
    for alert in session.scalars(select(Alert).where(*due)):
        move(session, alert, AlertState.OPEN, reason=WOKEN)
    past = Alert.facts["expires_on"].as_string() < day.isoformat()
    for alert in session.scalars(select(Alert).where(Alert.state.in_(LIVING), past)):
        if not _kept(alert):
            move(session, alert, AlertState.CLOSED, because=Closing.EXPIRED)


def _kept(alert: Alert) -> bool:
    """Say whether a person opened it again after its day."""
    if alert.state_changed_by_id is None or alert.state_changed_at is None:
        return False
    moved_on = day_of(alert.state_changed_at).isoformat()
    return moved_on > str(alert.facts["expires_on"])


def _insert(session: Session, fact: Fact) -> bool:
    return insert_if_absent(
        session,
        Alert,
        ["key"],
        key=fact.key,
        shop_id=fact.shop_id,
        kind=fact.kind,
        subject=fact.subject,
        changed_on=fact.changed_on,
        severity=fact.severity,
        state=AlertState.OPEN,
        facts={**fact.facts, "evidence": sorted(fact.evidence)},
        detected_at=now(),
    )


def _refresh(row: Alert, fact: Fact, known: frozenset[str]) -> None:
    facts = {**fact.facts, "evidence": sorted(fact.evidence | known)}
    if facts != row.facts:
        row.facts = facts
    row.severity = fact.severity
