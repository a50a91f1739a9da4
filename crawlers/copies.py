"""The same review on two sources: linked and counted once, unlinked when edited away.

Two reviews of one shop on different sources are one when they carry the same author label, dates
that can be the same, ratings that can be, and near-identical texts. Candidates come from the index
on (shop, author label, date), so that a review is compared with a handful of others, never with
all. A group of copies holds one review a source; all but one point to that one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from crawlers.likeness import Told, likeness, slack
from vigie.store import Review, ReviewState, Source

# Rows a query: SQLite takes 32,766 parameters.
CHUNK = 500
# How precisely a date is usually known; of what is known less well, any may be near.
PRECISE = ("day", "month")
COLUMNS = (
    Review.id,
    Review.source_id,
    Review.author_label,
    Review.author_pseudonym,
    Review.published_at,
    Review.published_precision,
    Review.rating_normalised,
    Review.title,
    Review.text,
    Review.state,
    Review.duplicate_of_id,
)
NEAR = (
    Review.id,
    Review.source_id,
    Review.author_label,
    Review.published_at,
    Review.published_precision,
)


class Known(NamedTuple):
    """A stored review, as far as linking reads it; the order is that of ``COLUMNS``."""

    id: int
    source_id: int
    author_label: str | None
    author_pseudonym: str | None
    published_at: datetime
    published_precision: str
    rating_normalised: float | None
    title: str | None
    text: str
    state: ReviewState
    duplicate_of_id: int | None

    @property
    def told(self) -> Told:
        """What likeness compares."""
        return Told(
            self.author_label or "",
            self.author_pseudonym,
            self.published_at,
            self.published_precision,
            self.rating_normalised,
            self.title,
            self.text,
        )


def link_copies(session: Session, shop_id: int, source_id: int, ids: Sequence[int]) -> None:
    """Link the reviews that are new, edited, gone or restored with their copies, or unlink them.

    The caller commits.

    Args:
        source_id: the source of these reviews.
        ids: the reviews.
    """
    others = select(Source.id).where(Source.shop_id == shop_id, Source.id != source_id).limit(1)
    if not ids or session.scalar(others) is None:
        return
    for start in range(0, len(ids), CHUNK):
        _link(session, shop_id, ids[start:][:CHUNK])


def link_all(session: Session, shop_id: int, source_id: int) -> None:
    """Link all reviews of a source with their copies: those stored before linking was known of.

    The caller commits. Each review is compared with a handful of others, whatever their number.
    """
    ids = select(Review.id).where(Review.source_id == source_id).order_by(Review.id)
    link_copies(session, shop_id, source_id, session.scalars(ids).all())


def _link(session: Session, shop_id: int, ids: Sequence[int]) -> None:
    judged = _with_groups(session, ids)
    pairs = _candidates(session, shop_id, judged.values())
    nearby = _with_groups(session, {other for _, other in pairs} - judged.keys())
    every = judged | nearby
    # What is not judged anew stays as it was linked.
    bonds = [
        (101.0, copy.id, copy.duplicate_of_id)
        for copy in nearby.values()
        if copy.id not in judged and copy.duplicate_of_id in nearby
    ]
    for one, other in pairs:
        alike = likeness(every[one].told, every[other].told)
        if alike is not None:
            bonds.append((alike, max(one, other), min(one, other)))
    groups = _Groups(every)
    for _, one, other in sorted(set(bonds), key=lambda bond: (-bond[0], *bond[1:])):
        groups.join(one, other)
    _write(session, every, groups)


def _with_groups(session: Session, ids: Iterable[int]) -> dict[int, Known]:
    """Return these reviews and all that they are linked with, by number."""
    wanted = sorted(ids)
    found: dict[int, Known] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start:][:CHUNK]
        rows = _known(session, or_(Review.id.in_(part), Review.duplicate_of_id.in_(part)))
        found |= rows
        # The group of a review that points to another: that one, and what else points there.
        heads = {one.duplicate_of_id for one in rows.values()} - {None, *part}
        if heads:
            found |= _known(session, or_(Review.id.in_(heads), Review.duplicate_of_id.in_(heads)))
    return found


def _known(session: Session, which: ColumnElement[bool]) -> dict[int, Known]:
    return {row.id: Known(*row) for row in session.execute(select(*COLUMNS).where(which))}


def _candidates(session: Session, shop_id: int, reviews: Iterable[Known]) -> list[tuple[int, int]]:
    """Return the pairs (one of these, another of the shop) that share an author and a time."""
    told = [one for one in reviews if one.author_label and one.text]
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(told), CHUNK):
        part = told[start:][:CHUNK]
        by_label: dict[str, list[Known]] = {}
        for one in part:
            by_label.setdefault(one.author_label or "", []).append(one)
        near = select(*NEAR).where(
            Review.shop_id == shop_id, Review.author_label.in_(by_label), _near_in_time(part)
        )
        for other, source_id, label, moment, precision in session.execute(near):
            for one in by_label[label or ""]:
                apart = abs(one.published_at - moment)
                if one.source_id != source_id and apart <= _slack(one, precision):
                    pairs.append((one.id, other))
    return pairs


def _near_in_time(reviews: Sequence[Known]) -> ColumnElement[bool]:
    """Whether a review's date can be that of one of these."""
    windows = [
        and_(
            Review.published_precision == precision,
            Review.published_at.between(
                min(one.published_at - _slack(one, precision) for one in reviews),
                max(one.published_at + _slack(one, precision) for one in reviews),
            ),
        )
        for precision in PRECISE
    ]
    return or_(*windows, Review.published_precision.not_in(PRECISE))


def _slack(one: Known, precision: str) -> timedelta:
    return max(slack(one.published_precision), slack(precision))


@dataclass
class _Groups:
    """Sets of copies, joined two by two; a set never holds two reviews of one source."""

    reviews: dict[int, Known]

    def __post_init__(self) -> None:
        self.of = {number: {number} for number in self.reviews}

    def join(self, one: int, other: int) -> None:
        first, second = self.of[one], self.of[other]
        if first is second:
            return
        together = first | second
        if len({self.reviews[number].source_id for number in together}) < len(together):
            return
        for number in together:
            self.of[number] = together

    def head(self, number: int) -> int:
        """The one that counts: still shown somewhere, and the first known."""
        return min(self.of[number], key=lambda n: (self.reviews[n].state is ReviewState.GONE, n))


def _write(session: Session, every: dict[int, Known], groups: _Groups) -> None:
    changes = []
    for number, review in every.items():
        head = groups.head(number)
        wanted = None if head == number else head
        if wanted != review.duplicate_of_id:
            changes.append({"id": number, "duplicate_of_id": wanted})
    if changes:
        session.execute(update(Review), changes)
