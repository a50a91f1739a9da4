"""``vigie mirror``: a shop beside its rivals and its trade."""

import click
from sqlalchemy import true

from ops.opened import opened
from vigie.french import t
from vigie.settings import load_settings
from vigie.store.shop import shop_by_slug


@click.command("mirror", help=t("mirror-help"))
@click.argument("slug", metavar=t("cli-metavar-shop"))
def mirror(slug: str) -> None:
    """Print a shop's mirror; who can open the store may see every shop."""
    from vigie.mirror import mirror_of
    from vigie.mirror.words import mirror_text

    with opened(load_settings()) as factory, factory() as session:
        shop = shop_by_slug(session, slug)
        click.echo(mirror_text(shop.name, mirror_of(session, shop, true())))
