"""A public call for tenders that a shop could answer."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vigie.store.base import NEVER_REUSED, Base, LongText, Pk, Str64, Str255, Url
from vigie.store.source import Source


class Tender(Base):
    """A call as its service shows it now; no person's name or contact is in it."""

    __tablename__ = "tender"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        # Serves "what can this shop still answer?"
        Index("ix_tender_open", "shop_id", "closed_at", "deadline_at"),
        NEVER_REUSED,
    )

    id: Mapped[Pk]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    external_id: Mapped[Str255]
    url: Mapped[Url | None]
    title: Mapped[LongText]
    buyer: Mapped[Str255 | None]
    # "37", "2A", "974": where the work is.
    departements: Mapped[list[str]]
    # The trades: the service's codes ("270"), and what it calls them ("Plomberie (travaux)").
    codes: Mapped[list[str]]
    descriptors: Mapped[list[str]]
    nature: Mapped[Str255 | None]
    published_on: Mapped[date | None]
    # Until when it can be answered; the end of the day in France where no hour is given.
    deadline_at: Mapped[datetime | None]
    content_hash: Mapped[Str64]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    # When its buyer last changed it; None: never, since it was first seen.
    changed_at: Mapped[datetime | None]
    missed_passes: Mapped[int] = mapped_column(default=0)
    # When its service did not show it any more: withdrawn, awarded, or over.
    closed_at: Mapped[datetime | None]

    source: Mapped[Source] = relationship()

    def is_open(self, moment: datetime) -> bool:
        """Say whether it can still be answered."""
        return self.closed_at is None and (self.deadline_at is None or self.deadline_at > moment)


def still_open(shop_id: int, moment: datetime) -> Select[Tender]:
    """Return the query of what a shop can still answer, the next deadline first."""
    still = or_(Tender.deadline_at.is_(None), Tender.deadline_at > moment)
    query = select(Tender).where(Tender.shop_id == shop_id, Tender.closed_at.is_(None), still)
    # A call without a deadline comes last, on every database.
    order = (Tender.deadline_at.is_(None), Tender.deadline_at, Tender.id)
    return query.order_by(*order)


def open_tenders(session: Session, shop_id: int, moment: datetime) -> list[Tender]:
    """Return what a shop can still answer, the next deadline first."""
    return list(session.scalars(still_open(shop_id, moment)))
