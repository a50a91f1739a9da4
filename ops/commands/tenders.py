"""``vigie shop tenders``: the public calls that a shop could answer."""

import click
from sqlalchemy import select

from ops.opened import opened
from ops.tables import show_table
from vigie.clock import now
from vigie.french import french_datetime, t
from vigie.settings import load_settings
from vigie.store.shop import shop_by_slug
from vigie.store.tender import Tender, open_tenders

TITLE_SHOWN = 120


@click.command("tenders", help=t("tender-list-help"))
@click.argument("slug", metavar=t("cli-metavar-shop"))
@click.option("--all", "every", is_flag=True, help=t("tender-list-all"))
def tenders(slug: str, every: bool) -> None:
    """List a shop's tenders, the next deadline first."""
    moment = now()
    with opened(load_settings()) as factory, factory() as session:
        shop = shop_by_slug(session, slug)
        rows = open_tenders(session, shop.id, moment)
        if every:
            known = select(Tender).where(Tender.shop_id == shop.id).order_by(Tender.id)
            rows += [one for one in session.scalars(known) if not one.is_open(moment)]
        if not rows:
            click.echo(t("tender-list-none", shop=shop.slug))
            return
        names = ("deadline", "title", "buyer", "where", "trades")
        found = []
        for row in rows:
            until = t("tender-without-deadline")
            if not row.is_open(moment):
                until = t("tender-over")
            elif row.deadline_at is not None:
                until = french_datetime(row.deadline_at, "dd/MM/y HH:mm")
            cells = (
                until,
                row.title[:TITLE_SHOWN],
                row.buyer or "",
                ", ".join(row.departements),
                ", ".join(row.descriptors or row.codes),
                row.url or "",
            )
            found.append(cells)
    show_table([*(t(f"tender-column-{name}") for name in names), t("cli-column-url")], found)
