"""Changes of one stream as alert rows: each told once, the last kept true."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.changes import RECENT, Change, T
from alerts.detectors.aspect import Turn
from alerts.detectors.shift import Shift
from alerts.life import LIVING
from vigie.alert_life import move
from vigie.clock import now, today
from vigie.store import Alert, AlertState, Closing, Severity
from vigie.store.upsert import insert_if_absent

Facts = dict[str, Any]
T_contra = TypeVar("T_contra", bound=Shift | Turn, contravariant=True)


class Topic(Protocol[T_contra]):
    """What changes: a shop's rating, or one aspect of it."""

    shop_id: int
    kind: str
    # Whether changes are told, closed, that are history already.
    keeps_past: bool

    @property
    def subject(self) -> str:
        """Name it among the shop's alerts of the kind."""

    @property
    def name(self) -> str:
        """Begin the keys of its alerts."""

    def facts(self, found: tuple[Change, T_contra]) -> Facts:
        """Return what is known of a change on the day on which it is told, and stays so."""

    def measured(self, change: Change, what: str, until: date | None) -> Facts:
        """Return what all reviews since say of it, up to a day; ``what`` is among the facts."""


def tell_changes(session: Session, topic: Topic[T], found: Sequence[tuple[Change, T]]) -> int:
    """Write the changes, oldest first, that were not told; bring the last alert up to date.

    Returns:
        How many alerts are new.
    """
    rows = session.scalars(
        select(Alert)
        .where(
            Alert.shop_id == topic.shop_id,
            Alert.kind == topic.kind,
            Alert.subject == topic.subject,
        )
        .order_by(Alert.changed_on, Alert.id)
    ).all()
    known = [Change.of(row) for row in rows]
    written = 0
    for number, (change, shift) in enumerate(found, 1):
        following = found[number][0].since if number < len(found) else None
        is_open = following is None and today() - change.since <= RECENT
        if change.was_told(known) or not (is_open or topic.keeps_past):
            continue
        facts = topic.facts((change, shift))
        facts |= topic.measured(change, facts["what"], following)
        written += _insert(session, topic, change, facts, is_open=is_open)
        if following is None:
            replace(session, [row for row in rows if row.changed_on < change.since])
    if rows and not written and rows[-1].state is not AlertState.CLOSED:
        last = rows[-1]
        what = last.facts.get("what", topic.subject)
        last.facts = {**last.facts, **topic.measured(known[-1], what, None)}
    return written


def replace(session: Session, alerts: Sequence[Alert]) -> None:
    """Close alerts in the place of which another one stands."""
    for alert in alerts:
        if alert.state in LIVING:
            move(session, alert, AlertState.CLOSED, because=Closing.REPLACED)


def _insert(
    session: Session, topic: Topic[T], change: Change, facts: Facts, *, is_open: bool
) -> bool:
    moment = now()
    down = change.direction == "down"
    return insert_if_absent(
        session,
        Alert,
        ["key"],
        key=f"{topic.name}:{change.direction}:{change.since.isoformat()}",
        shop_id=topic.shop_id,
        kind=topic.kind,
        subject=topic.subject,
        changed_on=change.since,
        severity=Severity.WARNING if down else Severity.INFO,
        state=AlertState.OPEN if is_open else AlertState.CLOSED,
        state_changed_at=None if is_open else moment,
        facts=facts,
        detected_at=moment,
    )
