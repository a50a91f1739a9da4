"""Rows into the store: new ones, edits with their history, prices over time, what is gone."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from crawlers.copies import link_copies
from crawlers.rows import REVIEW_CONTENT, Row
from vigie.store import Listing, PricePoint, Review, ReviewState, ReviewVersion
from vigie.store.upsert import insert_for

# A page that misses an item may have lost it by a hiccup: two complete passes decide.
MISSES_UNTIL_GONE = 2
PRICE = ("price_cents", "currency", "availability")
Model = TypeVar("Model", Review, Listing)


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
    known = {review.external_id: review for review in _known(session, Review, place, by_id)}
    counts = Counts()
    fresh: list[Row] = []
    touched: list[int] = []
    for row in [row for row in by_id.values() if row.external_id not in known]:
        earlier = None
        if met is not None and not row.id_given:
            earlier = _before_edit(session, place, row, known, met)
        if earlier is None:
            fresh.append(row)
        else:
            known[earlier.external_id] = earlier
            by_id[earlier.external_id] = row
    for external_id, review in known.items():
        edited = review.content_hash != by_id[external_id].values["content_hash"]
        if edited:
            _keep_version(session, review, by_id[external_id], seen_at)
        restored = review.state is ReviewState.GONE
        counts.changed += edited or restored
        counts.unchanged += not (edited or restored)
        if edited or restored:
            touched.append(review.id)
    session.flush()
    _touch(session, Review, [review.id for review in known.values()], seen_at)
    inserted = _insert(session, Review, place, fresh, seen_at)
    counts.new = len(inserted)
    touched += inserted
    link_copies(session, place.shop_id, place.source_id, touched)
    return counts


def ingest_listings(
    session: Session, place: Place, rows: Sequence[Row], seen_at: datetime
) -> Counts:
    """Store listings: insert new ones, note each new price or availability, reopen those ended."""
    by_id = {row.external_id: row for row in rows}
    known = {listing.external_id: listing for listing in _known(session, Listing, place, by_id)}
    counts = Counts()
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
            _price_point(session, listing, seen_at)
    session.flush()
    _touch(session, Listing, [listing.id for listing in known.values()], seen_at)
    fresh = [row for external_id, row in by_id.items() if external_id not in known]
    counts.new = len(_insert(session, Listing, place, fresh, seen_at))
    for listing in _known(session, Listing, place, _ids(fresh)):
        _price_point(session, listing, seen_at)
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


def _known(
    session: Session, model: type[Model], place: Place, ids: Iterable[str]
) -> Sequence[Model]:
    wanted = list(ids)
    if not wanted:
        return []
    return session.scalars(
        select(model).where(model.source_id == place.source_id, model.external_id.in_(wanted))
    ).all()


def _before_edit(
    session: Session, place: Place, row: Row, known: Container[str], met: Container[str]
) -> Review | None:
    """Find the review that an edit made unrecognisable, where the platform gives no identifier.

    Its author wrote it on the same day, and nothing else on this page is it.
    """
    if row.values["author_pseudonym"] is None:
        return None
    candidates = session.scalars(
        select(Review).where(
            Review.source_id == place.source_id,
            Review.author_pseudonym == row.values["author_pseudonym"],
            Review.published_at == row.values["published_at"],
            Review.external_id.startswith("~"),
        )
    ).all()
    free = [
        review
        for review in candidates
        if review.external_id not in known and review.external_id not in met
    ]
    return free[0] if len(free) == 1 else None


def _keep_version(session: Session, review: Review, row: Row, seen_at: datetime) -> None:
    earlier = {name: getattr(review, name) for name in REVIEW_CONTENT}
    session.add(ReviewVersion(review_id=review.id, replaced_at=seen_at, **earlier))
    for name in (*REVIEW_CONTENT, "content_hash"):
        setattr(review, name, row.values[name])


def _price_point(session: Session, listing: Listing, seen_at: datetime) -> None:
    now_asked = {name: getattr(listing, name) for name in PRICE}
    session.execute(
        insert_for(session, PricePoint)
        .values(listing_id=listing.id, seen_at=seen_at, **now_asked)
        .on_conflict_do_update(index_elements=["listing_id", "seen_at"], set_=now_asked)
    )


def _insert(
    session: Session,
    model: type[Review] | type[Listing],
    place: Place,
    rows: Sequence[Row],
    seen_at: datetime,
) -> Sequence[int]:
    if not rows:
        return ()
    where = {"source_id": place.source_id, "shop_id": place.shop_id}
    seen = {"first_seen_at": seen_at, "last_seen_at": seen_at}
    # Another import of the same file may run beside this one: its rows are left as they are.
    return session.scalars(
        insert_for(session, model)
        .on_conflict_do_nothing(index_elements=["source_id", "external_id"])
        .returning(model.id),
        [{**row.values, **where, **seen} for row in rows],
    ).all()


def _touch(
    session: Session, model: type[Review] | type[Listing], ids: Sequence[int], seen_at: datetime
) -> None:
    if not ids:
        return
    back = {"state": ReviewState.PRESENT} if model is Review else {"ended_at": None}
    session.execute(
        update(model)
        .where(model.id.in_(ids))
        .values(last_seen_at=seen_at, missed_passes=0, **back)
        .execution_options(synchronize_session=False)
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
