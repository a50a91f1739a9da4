"""A listing on a marketplace, and its prices over time."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vigie.store.base import NEVER_REUSED, Base, LongText, Pk, Str32, Str64, Str255, Url
from vigie.store.source import Source


class Listing(Base):
    """Something offered for sale: a part, a car, a cake, a service."""

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("source_id", "external_id"), NEVER_REUSED)

    id: Mapped[Pk]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    external_id: Mapped[Str255]
    url: Mapped[Url | None]
    title: Mapped[LongText]
    description: Mapped[LongText | None]
    category: Mapped[Str255 | None]
    brand: Mapped[Str255 | None]
    sku: Mapped[Str255 | None]
    gtin: Mapped[Str64 | None]
    mpn: Mapped[Str255 | None]
    model: Mapped[Str255 | None]
    # Of a vehicle.
    year: Mapped[int | None]
    mileage_km: Mapped[int | None]
    fuel: Mapped[Str255 | None]
    transmission: Mapped[Str255 | None]
    # How many the page shows of it; a list shows fewer than the listing's own page.
    photos: Mapped[int | None]
    condition: Mapped[Str32 | None]
    availability: Mapped[Str32 | None]
    place: Mapped[Str255 | None]
    seller: Mapped[Str255 | None]
    # The price now; None where the page gives none ("sur devis").
    price_cents: Mapped[int | None]
    price_high_cents: Mapped[int | None]
    currency: Mapped[Str32 | None]
    published_at: Mapped[datetime | None]
    published_precision: Mapped[Str32 | None]
    content_hash: Mapped[Str64]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    missed_passes: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]

    source: Mapped[Source] = relationship()
    price_points: Mapped[list["PricePoint"]] = relationship(
        back_populates="listing", order_by="PricePoint.seen_at"
    )


class PricePoint(Base):
    """A price or an availability that changed, when it was first seen."""

    __tablename__ = "price_point"
    __table_args__ = (UniqueConstraint("listing_id", "seen_at"),)

    id: Mapped[Pk]
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    seen_at: Mapped[datetime]
    price_cents: Mapped[int | None]
    currency: Mapped[Str32 | None]
    availability: Mapped[Str32 | None]

    listing: Mapped[Listing] = relationship(back_populates="price_points")
