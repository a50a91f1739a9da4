"""What is known of one client: its listings, its rivals, where it is present."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.detectors.rivalry import Step
from alerts.opportunities.items import Item, country, marketplace, shop_key
from alerts.opportunities.market import Market
from vigie.clock import day_of
from vigie.store import PricePoint, Rival, Shop, Site, Source

Channel = tuple[str, str]
"""A marketplace, and the country whose buyers see it."""
# Databases bound the values of one statement.
_AT_ONCE = 500


@dataclass(frozen=True)
class View:
    """A client and its market; ``own`` is for sale now, ``past`` ended within a year.

    ``rivals`` are keys of sellers with what each sells; ``steps`` returns the history of prices
    and stock of some listings.
    """

    shop_id: int
    own: Sequence[Item]
    past: Sequence[Item]
    rivals: dict[str, list[Item]]
    channels: frozenset[Channel]
    market: Market
    steps: Callable[[Iterable[int]], dict[int, list[Step]]]


def view(session: Session, shop_id: int, market: Market, sold: dict[str, list[Item]]) -> View:
    """Read one client; ``sold`` holds the market's listings by seller."""
    mine = sold.get(shop_key(shop_id), [])
    rival_ids = session.scalars(select(Rival.rival_id).where(Rival.shop_id == shop_id))
    sources = session.execute(
        select(Source.platform, Source.options, Site.host, Shop.country)
        .join(Shop, Shop.id == Source.shop_id)
        .outerjoin(Site, Site.id == Source.site_id)
        .where(Source.shop_id == shop_id)
    )
    return View(
        shop_id,
        own=[item for item in mine if item.live],
        past=[item for item in mine if not item.live],
        rivals={key: sold.get(key, []) for key in map(shop_key, rival_ids)},
        channels=frozenset(
            (marketplace(row.platform, row.host), country(row.options, row.host) or row.country)
            for row in sources
        ),
        market=market,
        steps=lambda ids: _steps(session, ids),
    )


def _steps(session: Session, listing_ids: Iterable[int]) -> dict[int, list[Step]]:
    ids = sorted(set(listing_ids))
    found: dict[int, list[Step]] = defaultdict(list)
    for start in range(0, len(ids), _AT_ONCE):
        for point in session.execute(
            select(
                PricePoint.listing_id,
                PricePoint.seen_at,
                PricePoint.price_cents,
                PricePoint.availability,
            )
            .where(PricePoint.listing_id.in_(ids[start : start + _AT_ONCE]))
            .order_by(PricePoint.seen_at, PricePoint.id)
        ):
            day = day_of(point.seen_at)
            found[point.listing_id].append(Step(day, point.price_cents, point.availability))
    return found
