"""The life of an alert: who moved it where and when, kept in the audit trail, and taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.errors import VigieError
from vigie.store import Alert, AlertState, AuditEntry, Closing
from vigie.store.audit import audit

UNDONE = "alert-undone"
# Why an alert moved by itself, beside the reasons for which it closes.
WOKEN, EVIDENCE, AGAIN = "woken", "evidence", "again"


def move(
    session: Session,
    alert: Alert,
    state: AlertState,
    *,
    user_id: int | None = None,
    until: date | None = None,
    because: Closing | None = None,
    reason: str = "",
) -> None:
    """Move an alert and record it.

    Args:
        user_id: who did it; None where Vigie did.
        until: the day on which a snoozed alert comes back.
        because: why it is closed.
        reason: why it opened by itself.
    """
    before: dict[str, Any] = {
        "before": alert.state,
        "before_until": alert.snoozed_until.isoformat() if alert.snoozed_until else "",
        "before_because": alert.closed_because or "",
    }
    _put(alert, state, user_id, until, because)
    audit(
        session,
        f"alert-{state}",
        alert,
        user_id=user_id,
        reason=because or reason,
        until=until.isoformat() if until else "",
        **before,
    )


def undo_move(session: Session, alert: Alert, user_id: int) -> None:
    """Put an alert back where this person's last move took it from.

    Raises:
        VigieError: somebody else has moved it since, or it was taken back already.
    """
    last = session.scalar(_moves(alert).limit(1))
    if last is None or last.user_id != user_id or last.action == UNDONE:
        raise VigieError("alert-error-undo")
    before = last.detail
    until, because = before.get("before_until"), before.get("before_because")
    _put(
        alert,
        AlertState(before["before"]),
        user_id,
        date.fromisoformat(until) if until else None,
        Closing(because) if because else None,
    )
    audit(session, UNDONE, alert, user_id=user_id)


def moves_of(session: Session, alert: Alert) -> Sequence[AuditEntry]:
    """Return every move of an alert, the newest first."""
    return session.scalars(_moves(alert)).all()


def _put(
    alert: Alert,
    state: AlertState,
    user_id: int | None,
    until: date | None,
    because: Closing | None,
) -> None:
    alert.state = state
    alert.snoozed_until = until if state is AlertState.SNOOZED else None
    alert.closed_because = because if state is AlertState.CLOSED else None
    alert.state_changed_at = now()
    alert.state_changed_by_id = user_id


def _moves(alert: Alert) -> Select[AuditEntry]:
    return (
        select(AuditEntry)
        .where(AuditEntry.subject_kind == Alert.__tablename__, AuditEntry.subject_id == alert.id)
        .order_by(AuditEntry.id.desc())
    )
