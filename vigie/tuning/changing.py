"""Making a change and taking it back; each is one change set, in the data's own transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.cadence.rule import CadenceKind
from vigie.clock import now
from vigie.errors import VigieError
from vigie.store import AuditEntry, ChangeSet, Site, Source
from vigie.store.audit import audit
from vigie.store.change_set import change_set_by_id, claim_undo
from vigie.store.source import set_cadence
from vigie.tuning.edits import (
    CADENCE,
    CADENCES,
    CRON,
    KIND,
    MOMENTS,
    NEXT,
    SITE,
    SOURCE,
    Edit,
    Values,
)
from vigie.tuning.words import named

UNDO = "undo"
SEVERAL = "source-tune"
A_STATEMENT = 500
Rows = dict[tuple[str, int], Source | Site]
Row = TypeVar("Row", Source, Site)


@dataclass(frozen=True, slots=True)
class Undone:
    """The names of what was taken back, and of what was left since it changed in between."""

    change: ChangeSet
    restored: Sequence[str]
    left: Sequence[str]


def make(session: Session, edits: Sequence[Edit], user_id: int | None = None) -> ChangeSet:
    """Make these changes and keep what was before; the caller commits."""
    actions = {edit.action for edit in edits}
    action = actions.pop() if len(actions) == 1 else SEVERAL
    return _write(session, edits, _rows(session, edits), action, user_id)


def undo(session: Session, change_set_id: int, user_id: int | None = None) -> Undone:
    """Restore what a change set changed, but for what changed again since; the caller commits.

    Raises:
        NotFoundError: there is no such change.
        VigieError: it was taken back already, or all of it changed since.
    """
    if change_set_by_id(session, change_set_id).undone_by is not None:
        raise VigieError("tuning-error-undone", change=str(change_set_id))
    edits = edits_made(session, change_set_id)
    rows = _rows(session, edits)
    still: list[Edit] = []
    left: list[str] = []
    for edit in edits:
        if _is_still(rows.get((edit.kind, edit.id)), edit.after):
            still.append(edit)
        else:
            left.append(edit.name)
    if not still:
        raise VigieError("tuning-error-changed-since", **named(left))
    back = [Edit(one.kind, one.id, one.name, one.after, one.before) for one in reversed(still)]
    change = _write(session, back, rows, UNDO, user_id)
    if not claim_undo(session, change_set_id, change.id):
        raise VigieError("tuning-error-undone", change=str(change_set_id))
    return Undone(change, [edit.name for edit in back], left)


def edits_made(session: Session, change_set_id: int) -> list[Edit]:
    """Return what a change set changed, in the order in which it did."""
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.change_set_id == change_set_id).order_by(AuditEntry.id)
    )
    return [edit_of(entry) for entry in entries]


def edit_of(entry: AuditEntry) -> Edit:
    """Return an audit entry of a change set as the edit that it is."""
    kept = entry.detail
    return Edit(
        entry.subject_kind, entry.subject_id or 0, kept.get("name", ""), kept["from"], kept["to"]
    )


def _write(
    session: Session, edits: Sequence[Edit], rows: Rows, action: str, user_id: int | None
) -> ChangeSet:
    change = ChangeSet(at=now(), user_id=user_id, action=action)
    session.add(change)
    session.flush()
    for edit in edits:
        row = rows[edit.kind, edit.id]
        before, after = _set(row, edit)
        audit(
            session,
            UNDO if action == UNDO else edit.action,
            row,
            user_id,
            change_set_id=change.id,
            name=edit.name,
            **{"from": before, "to": after},
        )
    return change


def _rows(session: Session, edits: Sequence[Edit]) -> Rows:
    rows: Rows = {}
    for source in _read(session, Source, {edit.id for edit in edits if edit.kind == SOURCE}):
        rows[SOURCE, source.id] = source
    for site in _read(session, Site, {edit.id for edit in edits if edit.kind == SITE}):
        rows[SITE, site.id] = site
    return rows


def _read(session: Session, model: type[Row], ids: set[int]) -> Iterator[Row]:
    asked = sorted(ids)
    for start in range(0, len(asked), A_STATEMENT):
        some = select(model).where(model.id.in_(asked[start : start + A_STATEMENT]))
        # What another process wrote in between is what counts.
        yield from session.scalars(some.execution_options(populate_existing=True))


def _set(row: Source | Site, edit: Edit) -> tuple[Values, Values]:
    """Make an edit; return the values before and after as its history keeps them."""
    before, after = dict(edit.before), dict(edit.after)
    for column, value in after.items():
        if column not in CADENCES and column != NEXT:
            setattr(row, column, _moment(value) if column in MOMENTS else value)
    if isinstance(row, Source) and any(column in after for column in CADENCES):
        was = _written(row.next_run_at)
        kind = CadenceKind(after.get(KIND, row.cadence_kind))
        cron = after.get(CRON, row.cron) if kind is CadenceKind.CRON else None
        set_cadence(row, after.get(CADENCE, row.cadence_s), kind, cron)
        if NEXT in after and before.get(NEXT) == was:
            # It was not read since the change that is taken back.
            row.next_run_at = _moment(after[NEXT])
        before[NEXT], after[NEXT] = was, _written(row.next_run_at)
    return before, after


def _is_still(row: Source | Site | None, values: Values) -> bool:
    return row is not None and all(
        getattr(row, column) == (_moment(value) if column in MOMENTS else value)
        for column, value in values.items()
        if column != NEXT
    )


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
