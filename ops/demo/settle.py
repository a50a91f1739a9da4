"""Registering the town's shops, sources and people, as an operator would."""

from sqlalchemy.orm import Session

from crawlers.sources import add_source
from ops.demo.catalogue import CITY, POSTCODE, SHOPS, TRADERS, TownShop
from ops.demo.goods import GOODS
from ops.demo.sites import SITE_NAMES, TownServer
from vigie.clock import now
from vigie.settings import Settings
from vigie.store import MemberRole, Permission, Rival, Shop, Site, User
from web.accounts import add_member, create_user

WEEK_S = 7 * 24 * 3600
OPERATOR_EMAIL, ADVISER_EMAIL = "vigie@sandbox.example", "conseil@sandbox.example"


def settle(session: Session, settings: Settings, server: TownServer) -> User:
    """Fill an empty database with the town; return the operator, who sees everything."""
    shops = {town_shop.slug: _shop(session, town_shop) for town_shop in SHOPS + TRADERS}
    session.flush()
    for town_shop in SHOPS + TRADERS:
        shop = shops[town_shop.slug]
        if town_shop.rival_of is not None:
            session.add(Rival(shop_id=shops[town_shop.rival_of].id, rival_id=shop.id))
        _sources(session, settings, server, town_shop, shop)
    # Nobody minds how fast the town is read.
    session.query(Site).update({Site.min_delay_s: 0.0})
    operator = create_user(session, OPERATOR_EMAIL, operator=True)
    adviser = create_user(session, ADVISER_EMAIL)
    for town_shop in SHOPS:
        if town_shop.rival_of is None:
            shop = shops[town_shop.slug]
            add_member(session, adviser, shop, MemberRole.ADVISER)
            add_member(session, create_user(session, str(shop.email)), shop, MemberRole.OWNER)
    return operator


def _shop(session: Session, town_shop: TownShop) -> Shop:
    shop = Shop(
        slug=town_shop.slug,
        name=town_shop.name,
        trade=town_shop.trade,
        address=town_shop.street,
        city=CITY,
        postcode=POSTCODE,
        email=f"{town_shop.slug}@sandbox.example" if town_shop.rival_of is None else None,
        created_at=now(),
    )
    session.add(shop)
    return shop


def _sources(
    session: Session, settings: Settings, server: TownServer, town_shop: TownShop, shop: Shop
) -> None:
    pages = [(site, f"/pro/{shop.slug}") for site in town_shop.sites]
    if any(goods.seller == shop.slug for goods in GOODS):
        pages.append(("marche", f"/vendeur/{shop.slug}"))
    for site, path in pages:
        add_source(
            session,
            settings,
            shop,
            server.url(site, path),
            label=SITE_NAMES[site],
            cadence_s=WEEK_S,
            permission=Permission.WRITTEN,
        )
