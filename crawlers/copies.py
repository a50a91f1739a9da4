"""The same review on two sources: linked and counted once, unlinked when edited away.

Two reviews of one shop on different sources are one when they carry the same author label, dates
that can be the same, ratings that can be, and near-identical texts. Candidates come from the index
on (shop, author label, date), so that a review is compared with a handful of others, never with
all. A group of copies holds one review a source; all but one point to that one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, or_, select, text, union_all, update
from sqlalchemy.orm import Session

from crawlers.likeness import Told, likeness, slack
from crawlers.rows import DAY
from vigie.clock import now
from vigie.store import Review, ReviewState, Shop, Source

# Rows a query: SQLite takes 32,766 parameters.
CHUNK = 500
# Asked for each page: of the table itself, and put together once.
_REVIEW = cast(Table, Review.__table__).c
_KNOWN = select(
    _REVIEW.id,
    _REVIEW.source_id,
    _REVIEW.author_label,
    _REVIEW.author_pseudonym,
    _REVIEW.published_at,
    _REVIEW.published_precision,
    _REVIEW.rating_normalised,
    _REVIEW.title,
    _REVIEW.text,
    _REVIEW.state,
    _REVIEW.duplicate_of_id,
).where(
    or_(
        _REVIEW.id.in_(bindparam("ids", expanding=True)),
        _REVIEW.duplicate_of_id.in_(bindparam("ids", expanding=True)),
    )
)
_SAME_AUTHOR = select(
    _REVIEW.id,
    _REVIEW.source_id,
    _REVIEW.author_label,
    _REVIEW.published_at,
    _REVIEW.published_precision,
).where(
    _REVIEW.shop_id == bindparam("shop_id"),
    _REVIEW.author_label.in_(bindparam("labels", expanding=True)),
)
# Each by its own index; the words of the second are those of a partial one, and these are few.
_NEAR = union_all(
    _SAME_AUTHOR.where(
        _REVIEW.published_precision == DAY,
        _REVIEW.published_at.between(bindparam("day_from"), bindparam("day_to")),
    ),
    _SAME_AUTHOR.where(
        text("published_precision != 'day'"),
        _REVIEW.published_at.between(bindparam("rough_from"), bindparam("rough_to")),
    ),
)
_ELSEWHERE = (
    select(Source.id)
    .where(Source.shop_id == bindparam("shop_id"), Source.id != bindparam("source_id"))
    .limit(1)
)
# Rows that point to the shop can still be written meanwhile.
_TURN = select(Shop.id).where(Shop.id == bindparam("shop_id")).with_for_update(key_share=True)


class Known(NamedTuple):
    """A stored review, as far as linking reads it; the order is that of ``_KNOWN``."""

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
    def slack(self) -> timedelta:
        """How far the date of a copy may lie from its own, where that is known no less well."""
        return slack(self.published_precision)

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


def known_of(number: int, source_id: int, values: Mapping[str, Any]) -> Known:
    """Return a review that was just inserted, by its columns."""
    told = {name: values[name] for name in Known._fields[2:-2]}
    return Known(number, source_id, **told, state=ReviewState.PRESENT, duplicate_of_id=None)


def link_copies(
    session: Session,
    shop_id: int,
    source_id: int,
    ids: Sequence[int],
    fresh: Sequence[Known] = (),
) -> None:
    """Link the reviews that are new, edited, gone or restored with their copies, or unlink them.

    The caller commits.

    Args:
        source_id: the source of these reviews.
        ids: the reviews, by number.
        fresh: those just inserted, of which no other can be a copy yet.
    """
    if not (ids or fresh) or not shares_shop(session, shop_id, source_id):
        return
    for start in range(0, len(fresh), CHUNK):
        _link(session, shop_id, {one.id: one for one in fresh[start:][:CHUNK]})
    for start in range(0, len(ids), CHUNK):
        _link(session, shop_id, _with_groups(session, ids[start:][:CHUNK]))


def shares_shop(session: Session, shop_id: int, source_id: int) -> bool:
    """Say whether a source's reviews may have copies: its shop has another source."""
    place = {"shop_id": shop_id, "source_id": source_id}
    return session.execute(_ELSEWHERE, place).first() is not None


def link_stored(session: Session, source: Source) -> None:
    """Link all reviews of a source with their copies, once: those stored before links were kept.

    The caller commits. Each review is compared with a handful of others, whatever their number.
    """
    if source.linked_at is not None:
        return
    ids = select(Review.id).where(Review.source_id == source.id).order_by(Review.id)
    link_copies(session, source.shop_id, source.id, session.scalars(ids).all())
    source.linked_at = now()


def take_turns(session: Session, shop_id: int) -> None:
    """Have those who store reviews of one shop wait for each other, until they commit.

    Two copies that are stored at once would not see each other. SQLite has one writer at a time
    anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_TURN, {"shop_id": shop_id})


def _link(session: Session, shop_id: int, judged: dict[int, Known]) -> None:
    pairs = _candidates(session, shop_id, judged.values())
    if not pairs and all(one.duplicate_of_id is None for one in judged.values()):
        return
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
        rows = _known(session, part)
        # The group of a review that points to another: that one, and what else points there.
        heads = {one.duplicate_of_id for one in rows.values()} - {None, *part}
        found |= rows | (_known(session, heads) if heads else {})
    return found


def _known(session: Session, ids: Iterable[int | None]) -> dict[int, Known]:
    """Return these reviews and those that point to them."""
    rows = session.execute(_KNOWN, {"ids": list(ids)}).all()
    return {row.id: Known(*row) for row in rows}


def _candidates(session: Session, shop_id: int, reviews: Iterable[Known]) -> list[tuple[int, int]]:
    """Return the pairs (one of these, another of the shop) that share an author and a time."""
    told = [one for one in reviews if one.author_label and one.text]
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(told), CHUNK):
        part = told[start:][:CHUNK]
        by_label: dict[str, list[Known]] = {}
        for one in part:
            by_label.setdefault(one.author_label or "", []).append(one)
        asked = {"shop_id": shop_id, "labels": list(by_label), **_windows(part)}
        for other, source_id, label, moment, precision in session.execute(_NEAR, asked).all():
            for one in by_label[label]:
                if one.source_id == source_id:
                    continue
                if abs(one.published_at - moment) <= max(one.slack, slack(precision)):
                    pairs.append((one.id, other))
    return pairs


def _windows(reviews: Sequence[Known]) -> dict[str, datetime]:
    """Return between which dates another review may be one of these, by how well it is known."""
    first = min(one.published_at for one in reviews)
    last = max(one.published_at for one in reviews)
    near, far = max(one.slack for one in reviews), slack("rough")
    return {
        "day_from": first - near,
        "day_to": last + near,
        "rough_from": first - far,
        "rough_to": last + far,
    }


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
