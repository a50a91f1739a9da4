"""The alerts that lose what they rest on when sources are removed, since they may quote it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vigie.alert_text import ASPECT_SHIFT, SHIFT
from vigie.store import Alert, Listing, Review, Tender

# Told of all reviews of a shop, of which they name a few at most.
OF_ALL_REVIEWS = {SHIFT, ASPECT_SHIFT}
ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class _Going:
    """The numbers of what goes, and whether that is half of its shop's reviews or more."""

    reviews: frozenset[int]
    listings: frozenset[int]
    tenders: frozenset[int]
    most_reviews: bool


def alerts_losing(
    session: Session, shop_id: int, source_ids: Collection[int], *, own: bool = True
) -> list[int]:
    """Return the alerts that cannot stay without these sources of a shop, by number.

    One of the shop goes with any review, listing or tender that it rests on: it may quote it, and
    what still holds is told again. One of another shop, which compares many, goes with half.

    Args:
        own: whether the shop's own alerts are looked at; they go with their shop anyway.
    """
    going = _going(session, shop_id, source_ids)
    query = select(Alert.id, Alert.shop_id, Alert.kind, Alert.facts).order_by(Alert.id)
    if not own:
        query = query.where(Alert.shop_id != shop_id)
    rows = session.execute(query.execution_options(yield_per=ROWS_AT_ONCE))
    return [row.id for row in rows if _goes(row.kind, row.facts, going, row.shop_id == shop_id)]


def _goes(kind: str, facts: Mapping[str, Any], going: _Going, is_own: bool) -> bool:
    named = list(_named(facts, going))
    lost = sum(named)
    if is_own:
        return lost > 0 or (kind in OF_ALL_REVIEWS and going.most_reviews)
    return lost > 0 and 2 * lost >= len(named)


def _named(facts: Mapping[str, Any], going: _Going) -> Iterator[bool]:
    """Yield for each thing that an alert rests on whether it goes."""
    for number in facts.get("review_ids", ()):
        yield number in going.reviews
    for number in facts.get("listing_ids", ()):
        yield number in going.listings
    if "tender_id" in facts:
        yield facts["tender_id"] in going.tenders


def _going(session: Session, shop_id: int, source_ids: Collection[int]) -> _Going:
    numbers = {
        model: frozenset(
            session.scalars(select(model.id).where(model.source_id.in_(source_ids))).all()
        )
        for model in (Review, Listing, Tender)
    }
    reviews = numbers[Review]
    total = session.scalar(select(func.count()).where(Review.shop_id == shop_id)) or 0
    return _Going(
        reviews,
        numbers[Listing],
        numbers[Tender],
        most_reviews=bool(reviews) and 2 * len(reviews) >= total,
    )
