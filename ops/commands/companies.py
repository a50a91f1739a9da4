"""Shops as the register of businesses has them: ``vigie shop find``, ``vigie shop add --siret``."""

from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.tables import show_table
from vigie.errors import VigieError
from vigie.french import french_date, t
from vigie.settings import Settings, load_settings
from vigie.store import Shop


@click.command("find", help=t("company-find-help"))
@click.argument("words", metavar=t("cli-metavar-name"))
@click.option("--postcode", help=t("cli-shop-add-postcode"))
@click.option("--base-url", help=t("company-base-url"))
@click.pass_context
def find(context: click.Context, words: str, postcode: str | None, base_url: str | None) -> None:
    """Find a shop in the register."""
    from crawlers.companies.register import find as search
    from crawlers.companies.trades import trade_of

    found = search(load_settings(), words, postcode, _base(base_url))
    if not found.companies:
        click.echo(t("company-none", words=words))
        context.exit(1)
    rows = []
    for one in found.companies:
        place = (one.address, " ".join(filter(None, (one.postcode, one.city))))
        since = t("company-closed") if not one.is_open else ""
        if one.is_open and one.founded_on is not None:
            since = french_date(one.founded_on)
        trade = " ".join(filter(None, (trade_of(one.naf), f"({one.naf})" if one.naf else None)))
        cells = (one.siret, one.name, trade, ", ".join(filter(None, place)), since)
        rows.append(cells)
    columns = ("siret", "name", "trade", "place", "since")
    titles = [t(f"company-column-{name}") for name in columns]
    show_table(titles, rows, whole=titles[:1])
    click.echo(t("company-found", shown=len(found.companies), total=found.total))


def registered(settings: Settings, siret: str, base_url: str | None) -> dict[str, Any]:
    """Return a shop's columns as the register has them.

    Raises:
        VigieError: as ``crawlers.companies.register.company_of``.
    """
    from crawlers.companies.register import company_of
    from crawlers.companies.trades import trade_of

    one = company_of(settings, siret, _base(base_url))
    return {
        "siret": one.siret,
        "name": one.name,
        "trade": trade_of(one.naf),
        "naf": one.naf,
        "address": one.address,
        "postcode": one.postcode,
        "city": one.city,
        "latitude": one.latitude,
        "longitude": one.longitude,
        "founded_on": one.founded_on,
    }


def refuse_known(session: Session, siret: str) -> None:
    """Refuse a second shop with a SIRET.

    Raises:
        VigieError: a shop has it already.
    """
    slug = session.scalar(select(Shop.slug).where(Shop.siret == siret).limit(1))
    if slug is not None:
        raise VigieError("company-error-known", siret=siret, slug=slug)


def _base(base_url: str | None) -> str:
    from crawlers.companies.register import BASE_URL
    from crawlers.sources import twin_address

    return BASE_URL if base_url is None else twin_address(base_url)
