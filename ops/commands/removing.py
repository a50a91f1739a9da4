"""``vigie source remove`` and ``vigie shop remove``: what goes is told, then asked, then done."""

from collections.abc import Sequence

import click

from ops.confirming import confirmed
from ops.opened import opened
from vigie.french import t
from vigie.removal import ShopLosses, remove_shop, remove_source, shop_losses, source_losses
from vigie.removal.words import shop_sentences, source_sentences
from vigie.settings import load_settings
from vigie.store import Shop
from vigie.store.shop import shop_by_slug
from vigie.store.source import source_by_id


@click.command("remove", help=t("cli-source-remove-help"))
@click.argument("number", type=int, metavar="N")
@click.option("--yes", is_flag=True, help=t("removal-yes"))
def source_remove(number: int, yes: bool) -> None:
    """Remove a source with all that was read from it."""
    with opened(load_settings()) as factory:
        with factory() as session:
            source = source_by_id(session, number)
            for sentence in source_sentences(source, source_losses(session, source)):
                click.echo(sentence)
        if not confirmed(yes):
            return
        with factory.begin() as session:
            source = source_by_id(session, number)
            losses = remove_source(session, source)
    click.echo(t("removal-source-done", source=source.label, what=losses.words()))


@click.command("remove", help=t("cli-shop-remove-help"))
@click.argument("slug", metavar=t("cli-metavar-shop"))
@click.option("--with-rivals", is_flag=True, help=t("cli-shop-remove-rivals"))
@click.option("--yes", is_flag=True, help=t("removal-yes"))
def shop_remove(slug: str, with_rivals: bool, yes: bool) -> None:
    """Remove a shop with all that is known of it, and the rivals watched for it alone."""
    with opened(load_settings()) as factory:
        with factory() as session:
            shop = shop_by_slug(session, slug)
            losses = shop_losses(session, shop)
            rivals = losses.lone_rivals if with_rivals else ()
            _tell(shop, losses, with_rivals)
            for rival in rivals:
                _tell(rival, shop_losses(session, rival), with_rivals=True)
        if not confirmed(yes):
            return
        done = []
        with factory.begin() as session:
            for one in (shop, *rivals):
                going = shop_by_slug(session, one.slug)
                done.append((going.name, remove_shop(session, going).words()))
    for name, what in done:
        click.echo(t("removal-shop-done", name=name, what=what))


def _tell(shop: Shop, losses: ShopLosses, with_rivals: bool) -> None:
    sentences: Sequence[str] = shop_sentences(shop, losses, with_rivals=with_rivals)
    for sentence in sentences:
        click.echo(sentence)
