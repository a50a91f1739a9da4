"""Rows into the store: new ones, edits with their history, prices over time, what is gone."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from crawlers.copies import known_of, link_copies, take_turns
from crawlers.rows import REVIEW_CONTENT, Row
from crawlers.statements import (
    LISTINGS,
    REVIEWS,
    StoredReview,
    insert_rows,
    see,
    stored_reviews,
)
from vigie.store import Listing, PricePoint, Review, ReviewState, ReviewVersion, Shop
from vigie.store.upsert import insert_for

# A page that misses an item may have lost it by a hiccup: two complete passes decide.
MISSES_UNTIL_GONE = 2
PRICE = ("price_cents", "currency", "availability")


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows belong: a source and its shop."""

    source_id: int
    shop_id: int


@dataclass(slots=True)
class Counts:
    """What a batch of rows did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, other: "Counts") -> None:
        """Add another batch's counts to these."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged


def ingest_reviews(
    session: Session,
    place: Place,
    rows: Sequence[Row],
    seen_at: datetime,
    met: Container[str] | None = None,
) -> Counts:
    """Store reviews: insert new ones, keep a version of those edited, restore those gone.

    The caller commits. An identifier that comes twice in ``rows`` counts once.

    Args:
        met: identifiers met earlier in this pass, which no edit explains; None where the rows are
            not a pass (a file may well hold a second review of one day).
    """
    by_id = {row.external_id: row for row in rows}
    known = {
        review.external_id: review for review in stored_reviews(session, place.source_id, by_id)
    }
    counts = Counts()
    fresh: list[Row] = []
    for row in [row for row in by_id.values() if row.external_id not in known]:
        earlier = None
        if met is not None and not row.id_given:
            earlier = _before_edit(session, place, row, known, met)
        if earlier is None:
            fresh.append(row)
        else:
            known[earlier.external_id] = earlier
            by_id[earlier.external_id] = row
    edited = {
        review.id: by_id[external_id]
        for external_id, review in known.items()
        if review.content_hash != by_id[external_id].values["content_hash"]
    }
    restored = [review.id for review in known.values() if review.state is ReviewState.GONE]
    touched = sorted({*edited, *restored})
    counts.changed, counts.unchanged = len(touched), len(known) - len(touched)
    if fresh or touched:
        take_turns(session, place.shop_id)
    _keep_versions(session, edited, seen_at)
    see(session, REVIEWS, [review.id for review in known.values()], seen_at)
    inserted = insert_rows(session, REVIEWS, _new(fresh, place, seen_at))
    counts.new = len(inserted)
    new = [
        known_of(inserted[row.external_id], place.source_id, row.values)
        for row in fresh
        if row.external_id in inserted
    ]
    link_copies(session, place.shop_id, place.source_id, touched, new)
    return counts


def ingest_listings(
    session: Session, place: Place, rows: Sequence[Row], seen_at: datetime
) -> Counts:
    """Store listings: insert new ones, note each new price or availability, reopen those ended."""
    by_id = {row.external_id: row for row in rows}
    counts = Counts()
    known = {listing.external_id: listing for listing in _known_listings(session, place, by_id)}
    priced: dict[int, Mapping[str, Any]] = {}
    for external_id, listing in known.items():
        row = by_id[external_id]
        changed = listing.content_hash != row.values["content_hash"]
        moved = any(getattr(listing, name) != row.values[name] for name in PRICE)
        if changed:
            for name, value in row.values.items():
                setattr(listing, name, value)
        counts.changed += changed or listing.ended_at is not None
        counts.unchanged += not changed and listing.ended_at is None
        if moved or listing.ended_at is not None:
            # A price is noted anew where it was not for sale in between.
            priced[listing.id] = row.values
    session.flush()
    _price_points(session, priced, seen_at)
    see(session, LISTINGS, [listing.id for listing in known.values()], seen_at)
    fresh = {external_id: row for external_id, row in by_id.items() if external_id not in known}
    inserted = insert_rows(session, LISTINGS, _new(fresh.values(), place, seen_at))
    counts.new = len(inserted)
    _price_points(session, {inserted[one]: fresh[one].values for one in inserted}, seen_at)
    return counts


def miss_unseen(
    session: Session, place: Place, since: datetime, after: datetime | None = None
) -> int:
    """After a complete pass: count a miss for what it did not see; return how many are now gone.

    Args:
        since: when the pass began.
        after: a review of this date or earlier is not missed: the pass may have ended before it.
    """
    reviews = [Review.source_id == place.source_id, Review.state == ReviewState.PRESENT]
    listings = [Listing.source_id == place.source_id, Listing.ended_at.is_(None)]
    within = [] if after is None else [Review.published_at > after]
    _miss(session, Review, [*reviews, *within, Review.last_seen_at < since])
    _miss(session, Listing, [*listings, Listing.last_seen_at < since])
    gone = session.execute(
        update(Review)
        .where(*reviews, Review.missed_passes >= MISSES_UNTIL_GONE)
        .values(state=ReviewState.GONE)
        .returning(Review.id)
    ).all()
    ended = session.execute(
        update(Listing)
        .where(*listings, Listing.missed_passes >= MISSES_UNTIL_GONE)
        .values(ended_at=since)
        .returning(Listing.id)
    ).all()
    if gone:
        # What is no longer there changes the past that detection knows.
        session.execute(update(Shop).where(Shop.id == place.shop_id).values(detected_at=None))
    # A copy that is still shown elsewhere is the one that counts from now on.
    link_copies(session, place.shop_id, place.source_id, [review_id for (review_id,) in gone])
    return len(gone) + len(ended)


def mark_gone(session: Session, place: Place, external_ids: Sequence[str]) -> int:
    """Note that reviews are deleted: their service said so; return how many were not known gone."""
    gone = session.scalars(
        update(Review)
        .where(
            Review.source_id == place.source_id,
            Review.external_id.in_(external_ids),
            Review.state == ReviewState.PRESENT,
        )
        .values(state=ReviewState.GONE)
        .returning(Review.id)
        .execution_options(synchronize_session=False)
    ).all()
    link_copies(session, place.shop_id, place.source_id, list(gone))
    return len(gone)


def any_known(
    session: Session, source_id: int, reviews: Sequence[Row], listings: Sequence[Row]
) -> bool:
    """Say whether one of these is stored for a source already."""
    return any(
        session.scalar(
            select(model.id)
            .where(model.source_id == source_id, model.external_id.in_(_ids(rows)))
            .limit(1)
        )
        is not None
        for model, rows in ((Review, reviews), (Listing, listings))
        if rows
    )


def _ids(rows: Sequence[Row]) -> list[str]:
    return [row.external_id for row in rows]


def _new(rows: Iterable[Row], place: Place, seen_at: datetime) -> list[dict[str, Any]]:
    where = {"source_id": place.source_id, "shop_id": place.shop_id}
    seen = {"first_seen_at": seen_at, "last_seen_at": seen_at}
    return [row.values | where | seen for row in rows]


def _known_listings(
    session: Session, place: Place, external_ids: Collection[str]
) -> Sequence[Listing]:
    if not external_ids:
        return []
    wanted = Listing.source_id == place.source_id, Listing.external_id.in_(external_ids)
    return session.scalars(select(Listing).where(*wanted)).all()


def _before_edit(
    session: Session, place: Place, row: Row, known: Container[str], met: Container[str]
) -> StoredReview | None:
    """Find the review that an edit made unrecognisable, where the platform gives no identifier.

    Its author wrote it on the same day, and nothing else on this page is it.
    """
    if row.values["author_pseudonym"] is None:
        return None
    candidates = session.execute(
        select(Review.id, Review.external_id, Review.content_hash, Review.state).where(
            Review.source_id == place.source_id,
            Review.author_pseudonym == row.values["author_pseudonym"],
            Review.published_at == row.values["published_at"],
            Review.external_id.startswith("~"),
        )
    )
    free = [
        review
        for review in (StoredReview(*row) for row in candidates)
        if review.external_id not in known and review.external_id not in met
    ]
    return free[0] if len(free) == 1 else None


def _keep_versions(session: Session, edited: Mapping[int, Row], seen_at: datetime) -> None:
    """Keep what edited reviews said, by number, and let them say what they say now."""
    if not edited:
        return
    for review in session.scalars(select(Review).where(Review.id.in_(edited))):
        earlier = {name: getattr(review, name) for name in REVIEW_CONTENT}
        session.add(ReviewVersion(review_id=review.id, replaced_at=seen_at, **earlier))
        for name in (*REVIEW_CONTENT, "content_hash"):
            setattr(review, name, edited[review.id].values[name])
    session.flush()


def _price_points(
    session: Session, priced: Mapping[int, Mapping[str, Any]], seen_at: datetime
) -> None:
    """Note what listings cost now, by number."""
    for number, values in priced.items():
        now_asked = {name: values[name] for name in PRICE}
        session.execute(
            insert_for(session, PricePoint)
            .values(listing_id=number, seen_at=seen_at, **now_asked)
            .on_conflict_do_update(index_elements=["listing_id", "seen_at"], set_=now_asked)
        )


def _miss(
    session: Session, model: type[Review] | type[Listing], where: Sequence[ColumnElement[bool]]
) -> None:
    session.execute(
        update(model)
        .where(*where)
        .values(missed_passes=model.missed_passes + 1)
        .execution_options(synchronize_session=False)
    )
