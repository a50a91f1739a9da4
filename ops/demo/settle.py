"""Registering the town's shops, sources and people, as an operator would."""

from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS
from crawlers.sources import add_source
from ops.demo.catalogue import CITY, POSTCODE, SHOPS, TRADERS, TownShop
from ops.demo.sites import SITE_NAMES, TownServer, pages_of
from ops.demo.twins import PLACES
from ops.demo.twins.server import TwinServer
from ops.demo.twins.service import KEY
from vigie.clock import now
from vigie.settings import Settings
from vigie.store import MemberRole, Permission, Rival, Shop, Site, User
from vigie.store.credential import keep_credential
from vigie.vault import Vault
from web.accounts import add_member, create_user

WEEK_S = 7 * 24 * 3600
# Where the garage and the plumber are judged besides.
SERVICES = (("garage-du-pont-vieux", "google"), ("plomberie-du-val", "trustpilot"))
OPERATOR_EMAIL, ADVISER_EMAIL = "vigie@sandbox.example", "conseil@sandbox.example"


def settle(
    session: Session, settings: Settings, server: TownServer, twins: TwinServer
) -> dict[str, User]:
    """Fill an empty database with the town; return who may look, one of each role.

    The operator sees everything, the adviser the clients, the owner the first of the shops.
    """
    shops = {town_shop.slug: _shop(session, town_shop) for town_shop in SHOPS + TRADERS}
    session.flush()
    for town_shop in SHOPS + TRADERS:
        shop = shops[town_shop.slug]
        if town_shop.rival_of is not None:
            session.add(Rival(shop_id=shops[town_shop.rival_of].id, rival_id=shop.id))
        _sources(session, settings, server, town_shop, shop)
    for slug, platform in SERVICES:
        _service(session, settings, twins, shops[slug], platform)
    # Nobody minds how fast the town is read.
    session.query(Site).update({Site.min_delay_s: 0.0})
    operator = create_user(session, OPERATOR_EMAIL, operator=True)
    adviser = create_user(session, ADVISER_EMAIL)
    people = {"operator": operator, "adviser": adviser}
    for town_shop in SHOPS:
        if town_shop.rival_of is None:
            shop = shops[town_shop.slug]
            add_member(session, adviser, shop, MemberRole.ADVISER)
            owner = create_user(session, str(shop.email))
            add_member(session, owner, shop, MemberRole.OWNER)
            people.setdefault("owner", owner)
    return people


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
    for site, path in pages_of(town_shop):
        add_source(
            session,
            settings,
            shop,
            server.url(site, path),
            label=SITE_NAMES[site],
            cadence={"cadence_s": WEEK_S},
            permission=Permission.WRITTEN,
        )


def _service(
    session: Session, settings: Settings, twins: TwinServer, shop: Shop, platform: str
) -> None:
    source = add_source(
        session,
        settings,
        shop,
        twins.url + PLACES[platform](shop.slug),
        cadence={"cadence_s": WEEK_S},
        platform=platform,
        base_url=twins.url,
    )
    vault = Vault(settings)
    for need in PLATFORMS[platform].needs:
        if need.secret:
            keep_credential(session, source, need.name, vault.seal(KEY))
