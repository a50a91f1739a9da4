"""The statements of every page: which of its items are stored, seen again, inserted.

They are put together once and ask the tables themselves: the objects of the mapper would cost a
page more than the database does.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from vigie.store import Listing, Review, ReviewState

REVIEWS, LISTINGS = (cast(Table, model.__table__) for model in (Review, Listing))
_KEY = ("source_id", "external_id")
_STORED = select(
    REVIEWS.c.id, REVIEWS.c.external_id, REVIEWS.c.content_hash, REVIEWS.c.state
).where(
    REVIEWS.c.source_id == bindparam("source_id"),
    REVIEWS.c.external_id.in_(bindparam("external_ids", expanding=True)),
)
_SEEN = {
    table: update(table)
    .where(table.c.id.in_(bindparam("ids", expanding=True)))
    .values(last_seen_at=bindparam("seen_at"), missed_passes=0, **back)
    for table, back in (
        (REVIEWS, {"state": ReviewState.PRESENT}),
        (LISTINGS, {"ended_at": None}),
    )
}
_INSERT = {
    (table, name): dialect.insert(table)
    .on_conflict_do_nothing(index_elements=_KEY)
    .returning(table.c.id, table.c.external_id)
    for table in (REVIEWS, LISTINGS)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


class StoredReview(NamedTuple):
    """What tells whether a review that is shown again has changed."""

    id: int
    external_id: str
    content_hash: str
    state: ReviewState


def stored_reviews(
    session: Session, source_id: int, external_ids: Collection[str]
) -> list[StoredReview]:
    """Return which of these reviews of a source are stored."""
    if not external_ids:
        return []
    asked = {"source_id": source_id, "external_ids": list(external_ids)}
    return [StoredReview(*row) for row in session.execute(_STORED, asked).all()]


def see(session: Session, table: Table, ids: Sequence[int], seen_at: datetime) -> None:
    """Note that rows were met: they are not missed any more, nor gone."""
    if ids:
        session.execute(_SEEN[table], {"ids": ids, "seen_at": seen_at})


def insert_rows(
    session: Session, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Mapping[str, int]:
    """Insert rows, by their columns; return the numbers of those inserted, by identifier.

    Another import of the same file may run beside this one: its rows are left as they are.
    """
    if not rows:
        return {}
    statement = _INSERT[table, session.get_bind().dialect.name]
    inserted = session.execute(statement, rows).all()
    return {external_id: number for number, external_id in inserted}
