"""Public tenders into the store: made ready as rows, kept, seen again, changed, closed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from crawlers.ingest import MISSES_UNTIL_GONE, Counts, Place
from crawlers.platforms.base import Tender as Read
from crawlers.rows import (
    EARLIEST_YEAR,
    LINE_LIMIT,
    TITLE_LIMIT,
    Row,
    digest,
    storable_line,
    storable_url,
)
from vigie.clock import PARIS
from vigie.store import Tender
from vigie.store.upsert import insert_for

LIST_LIMIT = 50
# A slip of the keyboard beyond.
LATEST_YEAR = 2200
CONTENT = (
    "title", "buyer", "departements", "codes", "descriptors", "nature", "published_on",
    "deadline_at",
)  # fmt: skip


def tender_row(tender: Read) -> Row | None:
    """Return a tender's columns, None when nothing says what is wanted."""
    title = storable_line(tender.title, TITLE_LIMIT)
    external_id = storable_line(tender.external_id, LINE_LIMIT)
    if not title or not external_id:
        return None
    values: dict[str, Any] = {
        "external_id": external_id,
        "url": storable_url(tender.url),
        "title": title,
        "buyer": storable_line(tender.buyer, LINE_LIMIT),
        "departements": _lines(tender.departements),
        "codes": _lines(tender.codes),
        "descriptors": _lines(tender.descriptors),
        "nature": storable_line(tender.nature, LINE_LIMIT),
        "published_on": _day(tender.published),
        "deadline_at": _deadline(tender.deadline),
    }
    values["content_hash"] = digest(values[name] for name in CONTENT)
    return Row(external_id, True, values)


def ingest_tenders(
    session: Session, place: Place, rows: Sequence[Row], seen_at: datetime
) -> Counts:
    """Store tenders: insert new ones, change those edited, reopen those closed; the caller commits.

    An identifier that comes twice in ``rows`` counts once.
    """
    if not rows:
        return Counts()
    by_id = {row.external_id: row for row in rows}
    wanted = Tender.source_id == place.source_id, Tender.external_id.in_(by_id)
    known = {one.external_id: one for one in session.scalars(select(Tender).where(*wanted))}
    counts = Counts()
    for external_id, tender in known.items():
        values = by_id[external_id].values
        edited = tender.content_hash != values["content_hash"]
        if edited:
            for name, value in values.items():
                setattr(tender, name, value)
            tender.changed_at = seen_at
        counts.changed += edited or tender.closed_at is not None
        counts.unchanged += not edited and tender.closed_at is None
        tender.last_seen_at, tender.missed_passes, tender.closed_at = seen_at, 0, None
    where = {"source_id": place.source_id, "shop_id": place.shop_id}
    seen = {"first_seen_at": seen_at, "last_seen_at": seen_at}
    fresh = [row.values | where | seen for row in by_id.values() if row.external_id not in known]
    if fresh:
        key = ["source_id", "external_id"]
        new = insert_for(session, Tender).on_conflict_do_nothing(index_elements=key)
        session.execute(new, fresh)
    counts.new = len(fresh)
    return counts


def miss_unseen_tenders(session: Session, place: Place, since: datetime) -> int:
    """After a complete pass: close what it did not see; return how many.

    One whose deadline is past is over at once; another may be missing by a hiccup, and two passes
    decide.
    """
    unseen = [
        Tender.source_id == place.source_id,
        Tender.closed_at.is_(None),
        Tender.last_seen_at < since,
    ]
    missed = update(Tender).where(*unseen).execution_options(synchronize_session=False)
    session.execute(missed.values(missed_passes=Tender.missed_passes + 1))
    over = or_(Tender.deadline_at <= since, Tender.missed_passes >= MISSES_UNTIL_GONE)
    closed = missed.where(over).values(closed_at=since).returning(Tender.id)
    return len(session.execute(closed).all())


def _lines(given: Iterable[str]) -> list[str]:
    lines = (storable_line(one, LINE_LIMIT) for one in given)
    return list(dict.fromkeys(line for line in lines if line))[:LIST_LIMIT]


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _deadline(iso: str | None) -> datetime | None:
    day = _day(iso)
    if day is None or iso is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return None
    if len(iso) <= len("2026-12-02"):
        return datetime.combine(day, time(), PARIS) + timedelta(days=1)
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=PARIS)
