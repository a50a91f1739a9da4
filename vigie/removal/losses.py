"""What goes with sources: counted, to be told before it happens and recorded after."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from babel.lists import format_list
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from vigie.french import LOCALE, t
from vigie.store import Crawl, Credential, Listing, Review, Tender

NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Losses:
    """How many of each go, in the order in which they are told."""

    sources: int = 0
    reviews: int
    listings: int
    tenders: int
    crawls: int
    secrets: int
    alerts: int
    messages: int = 0
    accesses: int = 0

    def counts(self) -> dict[str, Any]:
        """Return what is more than nothing, by name: for the audit trail."""
        return {name: count for name, count in asdict(self).items() if count}

    def words(self) -> str:
        """Return "12 avis, 3 annonces et une alerte", or the catalogue's word for nothing."""
        parts = [t(f"removal-{name}", count=count) for name, count in self.counts().items()]
        return str(format_list(parts, locale=LOCALE)) if parts else NOTHING


def losses_of(session: Session, source_ids: Collection[int], alerts: int, **of_shop: int) -> Losses:
    """Count what goes with these sources; alerts and what is a shop's own are given."""
    return Losses(
        reviews=_count(session, Review.source_id.in_(source_ids)),
        listings=_count(session, Listing.source_id.in_(source_ids)),
        tenders=_count(session, Tender.source_id.in_(source_ids)),
        crawls=_count(session, Crawl.source_id.in_(source_ids)),
        secrets=_count(session, Credential.source_id.in_(source_ids)),
        alerts=alerts,
        **of_shop,
    )


def _count(session: Session, of: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(of)) or 0
