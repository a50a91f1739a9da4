"""Importing reviews and listings from a file: good rows are kept, each bad one is explained."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.extract.items import ExtractedListing, ExtractedReview
from crawlers.import_columns import LISTING_COLUMNS, REVIEW_COLUMNS, Columns
from crawlers.import_files import Record, records
from crawlers.import_rows import Item, Read, RowError, listing_of, review_of
from crawlers.import_takeout import is_takeout, takeout_reviews
from crawlers.ingest import Counts, Place, ingest_listings, ingest_reviews
from crawlers.pseudonyms import pseudonym_key
from crawlers.rows import Row, listing_row, review_row
from crawlers.sources import told_by_address
from vigie.clock import now, today
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Health, Review, Shop, Source
from vigie.store.upsert import insert_if_absent

BATCH_SIZE = 500
HOUR_S = 3600
PLATFORM = "import"
# One import source a shop and export: files may overlap, and a row is known by its identifier or
# content.
URL = "import:"

# The exports that are a service's own: their reviews are those of its source, if the shop has one.
SERVICES = ("google", "trustpilot")
GOOGLE = "google"

# Told of each bad row: its line in the file, and what is wrong in French.
Report = Callable[[int, str], None]
Ingest = Callable[[list[Row]], Counts]


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did, in rows; ``export`` says whose export the file is, if anybody's."""

    new: int
    changed: int
    unchanged: int
    bad: int
    export: str = ""


def import_reviews(
    session: Session, settings: Settings, shop: Shop, path: Path, report: Report
) -> ImportCounts:
    """Import reviews from a file or an export (docs/import.md), committing as it goes.

    Raises:
        VigieError: the file cannot be read as such a file. Rows before the trouble are kept.
    """
    key, seen_at, day = pseudonym_key(settings), now(), today()
    if is_takeout(path):
        service = _service(session, shop, GOOGLE)
        location = None
        if service is not None:
            location = (told_by_address(service) | service.options).get("location")
        export, reads = GOOGLE, takeout_reviews(path, day, location)
    else:
        export, given = _opened(path, REVIEW_COLUMNS)
        reads = ((one.line, partial(_review, one, day)) for one in given)
        service = _service(session, shop, export)
    rows = _rows(reads, lambda review: review_row(review, key, seen_at), report)

    def ingest(rows: list[Row]) -> Counts:
        if service is not None:
            # What the service itself was last read to say is newer than a file, and more.
            rows = _unknown(session, service.id, rows)
        return ingest_reviews(session, place, rows, seen_at)

    # The file is opened before anything is written.
    first = list(islice(rows, BATCH_SIZE))
    place = _place(session, settings, shop, export, service)
    return _import(session, first, rows, ingest, export)


def import_listings(
    session: Session, settings: Settings, shop: Shop, path: Path, report: Report
) -> ImportCounts:
    """Import listings, as ``import_reviews`` does reviews."""
    seen_at, day = now(), today()
    export, given = _opened(path, LISTING_COLUMNS)
    reads = ((one.line, partial(_listing, one, day)) for one in given)
    rows = _rows(reads, lambda listing: listing_row(listing, seen_at), report)

    def ingest(rows: list[Row]) -> Counts:
        return ingest_listings(session, place, rows, seen_at)

    first = list(islice(rows, BATCH_SIZE))
    place = _place(session, settings, shop, export, None)
    return _import(session, first, rows, ingest, export)


def _import(
    session: Session,
    first: list[Row | None],
    rest: Iterator[Row | None],
    ingest: Ingest,
    export: str,
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
    return ImportCounts(counts.new, counts.changed, counts.unchanged, bad, export)


def _opened(path: Path, columns: Columns) -> tuple[str, Iterator[Record]]:
    """Return whose export a file is, and its records."""
    every = records(path, columns)
    first = next(every, None)
    if first is None:
        return "", every
    return first.export, chain((first,), every)


def _rows(
    reads: Iterable[Read[Item]], made: Callable[[Item], Row | None], report: Report
) -> Iterator[Row | None]:
    """Yield a row for each good record, None for each bad one, which is reported."""
    for line, read in reads:
        try:
            row = made(read())
            if row is None:
                raise RowError("import-row-empty")
        except RowError as error:
            report(line, t(error.message_id, **error.args_by_name))
            yield None
        else:
            yield row


def _review(record: Record, day: date) -> ExtractedReview:
    return review_of(_values(record), day)


def _listing(record: Record, day: date) -> ExtractedListing:
    return listing_of(_values(record), day)


def _service(session: Session, shop: Shop, export: str) -> Source | None:
    """Return the shop's source of the service that an export is of, if there is exactly one."""
    if export not in SERVICES:
        return None
    query = select(Source).where(Source.shop_id == shop.id, Source.platform == export)
    found = session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def _unknown(session: Session, source_id: int, rows: list[Row]) -> list[Row]:
    query = select(Review.external_id).where(
        Review.source_id == source_id, Review.external_id.in_([row.external_id for row in rows])
    )
    known = set(session.scalars(query))
    return [row for row in rows if row.external_id not in known]


def _values(record: Record) -> dict[str, str]:
    if record.error is not None:
        raise record.error
    for value in record.values.values():
        if "\x00" in value:
            raise RowError("import-row-nul")
    return record.values


def _place(
    session: Session, settings: Settings, shop: Shop, export: str, service: Source | None
) -> Place:
    if service is not None:
        return Place(service.id, shop.id)
    url = f"{URL}{export}"
    values: dict[str, Any] = {
        "shop_id": shop.id,
        "url": url,
        "platform": PLATFORM,
        "label": t(f"import-label-{export}") if export else t("import-label"),
        "cadence_s": round(settings.cadence_hours * HOUR_S),
        # Never by the clock: a file does not come back by itself.
        "next_run_at": None,
        "health": Health.HEALTHY,
        "health_since": now(),
        "created_at": now(),
    }
    insert_if_absent(session, Source, ["shop_id", "url"], **values)
    source_id = session.scalars(
        select(Source.id).where(Source.shop_id == shop.id, Source.url == url)
    ).one()
    return Place(source_id, shop.id)
