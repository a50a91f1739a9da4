"""``vigie shop rival`` and ``vigie shop rivals``: which shops are watched beside which."""

import click
from sqlalchemy import CursorResult, delete, exists, select
from sqlalchemy.orm import Session, aliased

from ops.opened import opened
from ops.tables import show_table
from vigie.errors import VigieError
from vigie.french import t
from vigie.settings import load_settings
from vigie.store import Rival, Shop
from vigie.store.audit import audit
from vigie.store.shop import shop_by_slug
from vigie.store.upsert import insert_if_absent


@click.command("rival", help=t("cli-shop-rival-help"))
@click.argument("shop_slug", metavar=t("cli-metavar-shop"))
@click.argument("rival_slug", metavar=t("cli-metavar-rival"))
@click.option("--remove", is_flag=True, help=t("cli-shop-rival-remove"))
def rival(shop_slug: str, rival_slug: str, remove: bool) -> None:
    """Watch one shop beside another, or no longer."""
    with opened(load_settings()) as factory, factory.begin() as session:
        client, other = shop_by_slug(session, shop_slug), shop_by_slug(session, rival_slug)
        if not remove:
            watch_beside(session, client, other)
            click.echo(t("cli-shop-rival-added", name=client.name, rival=other.name))
            return
        _part(session, client, other)
        click.echo(t("cli-shop-rival-removed", name=client.name, rival=other.name))
        if session.scalar(select(exists().where(Rival.rival_id == other.id))) is False:
            click.echo(t("cli-shop-rival-alone", rival=other.name, slug=other.slug))


@click.command("rivals", help=t("cli-shop-rivals-help"))
@click.argument("slug", required=False, metavar=f"[{t('cli-metavar-shop')}]")
def rivals(slug: str | None) -> None:
    """List the rivals of a shop, or of all."""
    other = aliased(Shop)
    query = (
        select(Shop.slug, other.slug, other.name)
        .join(Rival, Rival.shop_id == Shop.id)
        .join(other, other.id == Rival.rival_id)
        .order_by(Shop.slug, other.slug)
    )
    with opened(load_settings()) as factory, factory() as session:
        if slug is not None:
            query = query.where(Shop.id == shop_by_slug(session, slug).id)
        rows = session.execute(query).all()
    if not rows:
        click.echo(t("cli-shop-rivals-none"))
        return
    titles = [t(f"cli-column-{column}") for column in ("slug", "rival", "name")]
    show_table(titles, rows, whole=titles[:2])


def watch_beside(session: Session, client: Shop, other: Shop) -> None:
    """Watch one shop beside another; the caller commits.

    Raises:
        VigieError: they are the same.
    """
    session.flush()
    if client.id == other.id:
        raise VigieError("error-shop-own-rival", shop=client.slug)
    if insert_if_absent(
        session, Rival, ["shop_id", "rival_id"], shop_id=client.id, rival_id=other.id
    ):
        audit(session, "rival-add", client, rival=other.slug)


def _part(session: Session, client: Shop, other: Shop) -> None:
    parted = session.execute(
        delete(Rival).where(Rival.shop_id == client.id, Rival.rival_id == other.id)
    )
    if not isinstance(parted, CursorResult) or not parted.rowcount:
        raise VigieError("cli-shop-rival-not", name=client.name, rival=other.name, slug=client.slug)
    # Its market is looked at anew: what was told of this rival ends.
    client.market_read_at = None
    audit(session, "rival-remove", client, rival=other.slug)
