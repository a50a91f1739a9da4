"""The changes that people made to sources and sites, and may take back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from vigie.store import AuditEntry, ChangeSet
from vigie.tuning.changing import edit_of
from vigie.tuning.edits import SITE, SOURCE, Edit
from web.queries.paging import Paged, page_of

CHANGES_A_PAGE = 20
EDITS_SHOWN = 5
LAST_SHOWN = 5


@dataclass(frozen=True)
class ShownChange:
    """A change with the first of its edits, and how many there are."""

    change: ChangeSet
    edits: Sequence[Edit]
    count: int


def changes_page(session: Session, number: int) -> Paged[ShownChange]:
    """Return a page of the changes, newest first."""
    query = select(ChangeSet).order_by(ChangeSet.id.desc()).options(joinedload(ChangeSet.user))
    page = page_of(session, query, number, CHANGES_A_PAGE)
    return Paged(
        _with_edits(session, [row for (row,) in page.items]), page.number, page.size, page.total
    )


def changes_about(session: Session, source_id: int, site_id: int | None) -> list[ShownChange]:
    """Return the last changes of a source and of its site, newest first."""
    about = select(AuditEntry.change_set_id).where(
        AuditEntry.change_set_id.is_not(None),
        or_(
            (AuditEntry.subject_kind == SOURCE) & (AuditEntry.subject_id == source_id),
            (AuditEntry.subject_kind == SITE) & (AuditEntry.subject_id == site_id),
        ),
    )
    query = (
        select(ChangeSet)
        .where(ChangeSet.id.in_(about))
        .order_by(ChangeSet.id.desc())
        .limit(LAST_SHOWN)
        .options(joinedload(ChangeSet.user))
    )
    return _with_edits(session, session.scalars(query).all())


def _with_edits(session: Session, changes: Sequence[ChangeSet]) -> list[ShownChange]:
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
