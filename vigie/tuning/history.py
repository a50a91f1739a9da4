"""The changes that people made to sources and sites, as they are listed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from vigie.errors import VigieError
from vigie.store import AuditEntry, ChangeSet
from vigie.tuning.changing import UNDO, edit_of
from vigie.tuning.edits import SITE, SOURCE, Edit

EDITS_SHOWN = 5
LAST_SHOWN = 5


@dataclass(frozen=True)
class ShownChange:
    """A change with the first of its edits, and how many there are."""

    change: ChangeSet
    edits: Sequence[Edit]
    count: int


def every_change() -> Select[ChangeSet]:
    """Return the query of all changes, newest first."""
    return select(ChangeSet).order_by(ChangeSet.id.desc()).options(joinedload(ChangeSet.user))


def last_changes(session: Session, count: int) -> list[ShownChange]:
    """Return the last changes, newest first."""
    return with_edits(session, session.scalars(every_change().limit(count)).all())


def last_id(session: Session) -> int:
    """Return the last change that was not taken back, and takes none back itself.

    Raises:
        VigieError: there is none.
    """
    standing = select(func.max(ChangeSet.id)).where(
        ChangeSet.undone_by.is_(None), ChangeSet.action != UNDO
    )
    found = session.scalar(standing)
    if found is None:
        raise VigieError("tune-error-nothing-made")
    return found


def changes_about(session: Session, source_id: int, site_id: int | None) -> list[ShownChange]:
    """Return the last changes of a source and of its site, newest first."""
    about = select(AuditEntry.change_set_id).where(
        AuditEntry.change_set_id.is_not(None),
        or_(
            (AuditEntry.subject_kind == SOURCE) & (AuditEntry.subject_id == source_id),
            (AuditEntry.subject_kind == SITE) & (AuditEntry.subject_id == site_id),
        ),
    )
    query = every_change().where(ChangeSet.id.in_(about)).limit(LAST_SHOWN)
    return with_edits(session, session.scalars(query).all())


def with_edits(session: Session, changes: Sequence[ChangeSet]) -> list[ShownChange]:
    """Return changes with the first of their edits, in two statements."""
    ids = [change.id for change in changes]
    rank = func.row_number().over(partition_by=AuditEntry.change_set_id, order_by=AuditEntry.id)
    total = func.count().over(partition_by=AuditEntry.change_set_id)
    ranked = (
        select(AuditEntry.id, rank.label("rank"), total.label("total"))
        .where(AuditEntry.change_set_id.in_(ids))
        .subquery()
    )
    rows = session.execute(
        select(AuditEntry, ranked.c.total)
        .join(ranked, ranked.c.id == AuditEntry.id)
        .where(ranked.c.rank <= EDITS_SHOWN)
        .order_by(AuditEntry.id)
    ).all()
    edits: dict[int, list[Edit]] = {one: [] for one in ids}
    counts: dict[int, int] = dict.fromkeys(ids, 0)
    for entry, count in rows:
        edits[entry.change_set_id].append(edit_of(entry))
        counts[entry.change_set_id] = count
    return [ShownChange(change, edits[change.id], counts[change.id]) for change in changes]
