"""One pass over the listings: the market is read once, then each client shop is looked at."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, sessionmaker

from alerts.opportunities.items import Item, read_items
from alerts.opportunities.market import Market
from alerts.opportunities.pricing import price_positions
from alerts.opportunities.writing import Opportunity, write
from vigie.store import Listing, Member, Rival, Shop


def detect_opportunities(
    factory: sessionmaker[Session],
    shop_ids: Sequence[int] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Look at the listings of these shops (all clients by default) and write what is new.

    A shop that is only watched as a rival is told nothing. Nothing is read of the listings where
    no client has any.

    Returns:
        How many alerts are new.
    """
    with factory() as session:
        clients = _clients(session, shop_ids)
        if not clients:
            return 0
        items = read_items(session)
    market = Market(items)
    own: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        if item.live and item.sold_by_its_shop:
            own[item.shop_id].append(item)
    written = 0
    for shop_id in clients:
        found = list(_found(own[shop_id], market))
        # Reading and comparing hold no lock; writing is short.
        with factory.begin() as session:
            written += write(session, shop_id, found)
        if on_progress is not None:
            on_progress(1)
    return written


def _clients(session: Session, shop_ids: Sequence[int] | None) -> list[int]:
    """Return the shops with listings in sight that somebody reads about."""
    is_rival = exists().where(Rival.rival_id == Shop.id)
    has_member = exists().where(Member.shop_id == Shop.id)
    query = (
        select(Shop.id)
        .where(or_(~is_rival, has_member), exists().where(Listing.shop_id == Shop.id))
        .order_by(Shop.id)
    )
    if shop_ids is not None:
        query = query.where(Shop.id.in_(shop_ids))
    return list(session.scalars(query))


def _found(own: Sequence[Item], market: Market) -> Iterator[Opportunity]:
    yield from price_positions(own, market)
