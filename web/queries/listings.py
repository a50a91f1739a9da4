"""A shop's listings with their prices over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from vigie.errors import NotFoundError
from vigie.store import Listing, PricePoint, Shop
from web.accounts import Account
from web.queries.paging import Paged, page_of
from web.queries.scope import visible

LISTINGS_A_PAGE = 20


@dataclass(frozen=True)
class ShownListing:
    """A listing and its prices that count: those that differ from the one before."""

    listing: Listing
    prices: Sequence[PricePoint]

    @property
    def has_moved(self) -> bool:
        """Whether its price ever changed."""
        return len(self.prices) > 1

    @property
    def change_cents(self) -> int | None:
        """The last price less the first, if it moved between two known prices."""
        known = [point.price_cents for point in self.prices if point.price_cents is not None]
        return known[-1] - known[0] if len(known) > 1 else None


def listings_page(
    session: Session, shop_id: int, number: int, size: int = LISTINGS_A_PAGE
) -> Paged[ShownListing]:
    """Return a page of the shop's listings: those on sale first, newest first."""
    query = (
        select(Listing)
        .where(Listing.shop_id == shop_id)
        .order_by(Listing.ended_at.is_not(None), Listing.first_seen_at.desc(), Listing.id.desc())
        .options(selectinload(Listing.price_points), selectinload(Listing.source))
    )
    page = page_of(session, query, number, size)
    shown = [ShownListing(row, moved_prices(row.price_points)) for (row,) in page.items]
    return Paged(shown, page.number, page.size, page.total)


def listing_for(session: Session, account: Account, listing_id: int) -> Listing:
    """Return the listing of this number, if it is of one of this person's shops.

    Raises:
        NotFoundError: there is none for this person.
    """
    listing = session.scalar(
        select(Listing)
        .join(Shop, Shop.id == Listing.shop_id)
        .where(Listing.id == listing_id, visible(account))
        .options(selectinload(Listing.price_points))
    )
    if listing is None:
        raise NotFoundError("error-listing-unknown", listing=str(listing_id))
    return listing


def moved_prices(points: Sequence[PricePoint]) -> list[PricePoint]:
    """Keep the points whose price differs from the one before: availability moves too."""
    kept: list[PricePoint] = []
    for point in points:
        if not kept or kept[-1].price_cents != point.price_cents:
            kept.append(point)
    return kept
