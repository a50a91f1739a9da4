"""Where a shop can be found, and where its rivals can and it cannot."""

from collections.abc import Collection

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from vigie.brief.weekly import TROUBLED
from vigie.mirror.facts import Elsewhere, Place
from vigie.store import Listing, Review, ReviewState, Site, Source


def places_of(session: Session, shop_id: int) -> tuple[Place, ...]:
    """Return the shop's sources, those with most reviews first."""
    copies = func.sum(case((Review.duplicate_of_id.is_not(None), 1), else_=0))
    reviews = {
        source_id: (count - copied, copied)
        for source_id, count, copied in session.execute(
            select(Review.source_id, func.count(), copies)
            .where(Review.shop_id == shop_id, Review.state == ReviewState.PRESENT)
            .group_by(Review.source_id)
        )
    }
    listings: dict[int, int] = dict(
        session.execute(
            select(Listing.source_id, func.count())
            .where(Listing.shop_id == shop_id, Listing.ended_at.is_(None))
            .group_by(Listing.source_id)
        ).all()
    )
    sources = session.scalars(select(Source).where(Source.shop_id == shop_id))
    places = [
        Place(
            source.label,
            source.platform,
            *reviews.get(source.id, (0, 0)),
            listings.get(source.id, 0),
            source.health in TROUBLED and not source.paused,
        )
        for source in sources
    ]
    return tuple(sorted(places, key=lambda p: (-p.reviews - p.copies, -p.listings, p.label)))


def elsewhere(session: Session, shop_id: int, rival_ids: Collection[int]) -> tuple[Elsewhere, ...]:
    """Return the sites where these rivals are and the shop is not, the most frequented first."""
    own = select(Source.site_id).where(Source.shop_id == shop_id, Source.site_id.is_not(None))
    rivals = func.count(Source.shop_id.distinct())
    rows = session.execute(
        select(Site.host, rivals)
        .join(Source, Source.site_id == Site.id)
        .where(Source.shop_id.in_(rival_ids), Site.id.not_in(own))
        .group_by(Site.host)
        .order_by(rivals.desc(), Site.host)
    )
    return tuple(Elsewhere(host, count) for host, count in rows)
