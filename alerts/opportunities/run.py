"""One pass: the market is read once, then each client is looked at beside it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from sqlalchemy import Select, exists, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.opportunities.channels import missing_channels
from alerts.opportunities.gaps import Finds
from alerts.opportunities.items import Item, read_items
from alerts.opportunities.market import Market
from alerts.opportunities.pricing import price_positions
from alerts.opportunities.rivalry import rivalry
from alerts.opportunities.staying import stale
from alerts.opportunities.tenders import wanted
from alerts.opportunities.view import View, view
from alerts.opportunities.wanted_ads import wanted_ads
from alerts.opportunities.writing import Opportunity, write
from vigie.clock import now
from vigie.store import Listing, Member, Rival, Shop, Tender

# How often the market is read on its own; ``vigie detect`` reads it at once.
EVERY = timedelta(hours=20)


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
    moment = now()
    with factory() as session:
        clients = list(session.scalars(_clients(shop_ids)))
        if not clients:
            return 0
        read = read_items(session)
    items = [item for item in read if not item.wanted]
    ads = [item for item in read if item.wanted]
    market = Market(items)
    finds = Finds(market)
    sold: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        sold[item.seller].append(item)
    written = 0
    for shop_id in clients:
        with factory() as session:
            shop, seen = session.get_one(Shop, shop_id), view(session, shop_id, market, sold)
            found = [*_found(seen, finds), *wanted(session, shop), *wanted_ads(shop, seen, ads)]
        # Reading and comparing hold no lock; writing is short.
        with factory.begin() as session:
            written += write(session, shop_id, found)
            session.execute(update(Shop).where(Shop.id == shop_id).values(market_read_at=moment))
        if on_progress is not None:
            on_progress(1)
    return written


def shops_due(factory: sessionmaker[Session]) -> list[int]:
    """Return the clients with listings whose market was not looked at today: prices move slowly."""
    with factory() as session:
        before = now() - EVERY
        late = or_(Shop.market_read_at.is_(None), Shop.market_read_at <= before)
        return list(session.scalars(_clients(None).where(late)))


def _clients(shop_ids: Sequence[int] | None) -> Select[int]:
    """Choose the shops that somebody reads about, with listings or tenders in sight."""
    is_rival = exists().where(Rival.rival_id == Shop.id)
    has_member = exists().where(Member.shop_id == Shop.id)
    has_listing = exists().where(Listing.shop_id == Shop.id)
    has_tender = exists().where(Tender.shop_id == Shop.id)
    query = (
        select(Shop.id)
        .where(or_(~is_rival, has_member), or_(has_listing, has_tender))
        .order_by(Shop.id)
    )
    return query if shop_ids is None else query.where(Shop.id.in_(shop_ids))


def _found(seen: View, finds: Finds) -> Iterator[Opportunity]:
    yield from price_positions(seen)
    yield from rivalry(seen)
    yield from stale(seen)
    yield from finds.gaps(seen)
    yield from finds.bargains(seen)
    yield from missing_channels(seen)
