"""Importing reviews and listings from a file: good rows are kept, each bad one is explained."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.import_columns import LISTING_COLUMNS, REVIEW_COLUMNS, Columns
from crawlers.import_files import Record, records
from crawlers.import_rows import RowError, listing_of, review_of
from crawlers.ingest import Counts, Place, ingest_listings, ingest_reviews
from crawlers.pseudonyms import pseudonym_key
from crawlers.rows import Row, listing_row, review_row
from vigie.clock import now, today
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Health, Shop, Source
from vigie.store.upsert import insert_if_absent

BATCH_SIZE = 500
HOUR_S = 3600
PLATFORM = "import"
# One import source a shop: files may overlap, and a row is known by its identifier or content.
URL = "import:"

# Told of each bad row: its line in the file, and what is wrong in French.
Report = Callable[[int, str], None]
Reader = Callable[[dict[str, str], date], Row | None]
Ingest = Callable[[list[Row]], Counts]


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did, in rows."""

    new: int
    changed: int
    unchanged: int
    bad: int


def import_reviews(
    session: Session, settings: Settings, shop: Shop, path: Path, report: Report
) -> ImportCounts:
    """Import reviews from a CSV or JSON Lines file (docs/import.md), committing as it goes.

    Raises:
        VigieError: the file cannot be read as such a file. Rows before the trouble are kept.
    """
    key, seen_at = pseudonym_key(settings), now()

    def read(values: dict[str, str], day: date) -> Row | None:
        return review_row(review_of(values, day), key, seen_at)

    def ingest(rows: list[Row]) -> Counts:
        return ingest_reviews(session, place, rows, seen_at)

    rows = _rows(path, REVIEW_COLUMNS, read, report)
    # The file is opened before anything is written.
    first = list(islice(rows, BATCH_SIZE))
    place = _place(session, settings, shop)
    return _import(session, first, rows, ingest)


def import_listings(
    session: Session, settings: Settings, shop: Shop, path: Path, report: Report
) -> ImportCounts:
    """Import listings, as ``import_reviews`` does reviews."""
    seen_at = now()

    def read(values: dict[str, str], day: date) -> Row | None:
        return listing_row(listing_of(values, day), seen_at)

    def ingest(rows: list[Row]) -> Counts:
        return ingest_listings(session, place, rows, seen_at)

    rows = _rows(path, LISTING_COLUMNS, read, report)
    first = list(islice(rows, BATCH_SIZE))
    place = _place(session, settings, shop)
    return _import(session, first, rows, ingest)


def _import(
    session: Session, first: list[Row | None], rest: Iterator[Row | None], ingest: Ingest
) -> ImportCounts:
    counts = Counts()
    bad = 0
    batch = first
    while batch:
        good = [row for row in batch if row is not None]
        bad += len(batch) - len(good)
        done = ingest(good)
        # A row that the file holds twice is known the second time.
        done.unchanged += len(good) - done.new - done.changed - done.unchanged
        counts.add(done)
        session.commit()
        batch = list(islice(rest, BATCH_SIZE))
    return ImportCounts(counts.new, counts.changed, counts.unchanged, bad)


def _rows(path: Path, columns: Columns, read: Reader, report: Report) -> Iterator[Row | None]:
    """Yield a row for each good record, None for each bad one, which is reported."""
    day = today()
    for record in records(path, columns):
        try:
            row = read(_values(record), day)
            if row is None:
                raise RowError("import-row-empty")
        except RowError as error:
            report(record.line, t(error.message_id, **error.args_by_name))
            yield None
        else:
            yield row


def _values(record: Record) -> dict[str, str]:
    if record.error is not None:
        raise record.error
    for value in record.values.values():
        if "\x00" in value:
            raise RowError("import-row-nul")
    return record.values


def _place(session: Session, settings: Settings, shop: Shop) -> Place:
    values: dict[str, Any] = {
        "shop_id": shop.id,
        "url": URL,
        "platform": PLATFORM,
        "label": t("import-label"),
        "cadence_s": round(settings.cadence_hours * HOUR_S),
        # Never by the clock: a file does not come back by itself.
        "next_run_at": None,
        "health": Health.HEALTHY,
        "health_since": now(),
        "created_at": now(),
    }
    insert_if_absent(session, Source, ["shop_id", "url"], **values)
    source_id = session.scalars(
        select(Source.id).where(Source.shop_id == shop.id, Source.url == URL)
    ).one()
    return Place(source_id, shop.id)
