"""A shop (commerce) and the rivals it is watched beside."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vigie.errors import NotFoundError
from vigie.store.base import NEVER_REUSED, Base, Pk, Str32, Str64, Str255


class Shop(Base):
    """A business that is watched: a client's own, or a rival of one."""

    __tablename__ = "shop"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[Pk]
    slug: Mapped[Str64] = mapped_column(unique=True)
    name: Mapped[Str255]
    trade: Mapped[Str64]
    siret: Mapped[Str32 | None]
    address: Mapped[Str255 | None]
    postcode: Mapped[Str32 | None]
    city: Mapped[Str255 | None]
    country: Mapped[Str32] = mapped_column(default="FR")
    # As the register of businesses has it: its trade's code ("45.20A"), since when, and where.
    naf: Mapped[Str32 | None]
    founded_on: Mapped[date | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    # Where the weekly brief goes; nobody is written to while it is empty.
    email: Mapped[Str255 | None]
    created_at: Mapped[datetime]
    # Detection has read every review first seen before this moment; empty: it never looked.
    detected_at: Mapped[datetime | None]
    # When its listings were last looked at beside their market; empty: never.
    market_read_at: Mapped[datetime | None]

    rivals: Mapped[list["Shop"]] = relationship(
        secondary="rival",
        primaryjoin="Shop.id == Rival.shop_id",
        secondaryjoin="Shop.id == Rival.rival_id",
        viewonly=True,
    )


class Rival(Base):
    """A shop that competes with another; watched the same way."""

    __tablename__ = "rival"

    shop_id: Mapped[int] = mapped_column(
        ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True
    )
    rival_id: Mapped[int] = mapped_column(
        ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True, index=True
    )


def shop_by_slug(session: Session, slug: str) -> Shop:
    """Return the shop of this short name, or of this number.

    Raises:
        NotFoundError: no shop is called so.
    """
    shop = session.scalar(select(Shop).where(Shop.slug == slug))
    if shop is None and slug.isascii() and slug.isdigit():
        shop = session.get(Shop, int(slug))
    if shop is None:
        raise NotFoundError("error-shop-unknown", shop=slug)
    return shop
