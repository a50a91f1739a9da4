"""``vigie shop``: the shops that are watched."""

import re
import unicodedata
from typing import Any

import click
from sqlalchemy import func, select

from ops.commands.companies import refuse_known, registered
from ops.commands.rivals import watch_beside
from ops.numbers import Number
from ops.opened import opened
from ops.tables import show_table
from vigie.clock import now
from vigie.departements import departement_of
from vigie.errors import VigieError
from vigie.french import t
from vigie.settings import load_settings
from vigie.store import Review, Shop, Source
from vigie.store.audit import audit
from vigie.store.shop import shop_by_slug


@click.group(help=t("cli-shop-help"))
def shop() -> None:
    """Hold the shop commands."""


@shop.command("add", help=t("cli-shop-add-help"))
@click.argument("name", required=False, metavar=t("cli-metavar-name"))
@click.option("--siret", help=t("company-add-siret"))
@click.option("--trade", help=t("cli-shop-add-trade"))
@click.option("--slug", help=t("cli-shop-add-slug"))
@click.option("--city", help=t("cli-shop-add-city"))
@click.option("--postcode", help=t("cli-shop-add-postcode"))
@click.option("--email", help=t("cli-shop-add-email"))
@click.option("--rival-of", "rival_of", help=t("cli-shop-add-rival-of"))
@click.option("--base-url", help=t("company-base-url"))
def add(
    name: str | None,
    siret: str | None,
    trade: str | None,
    slug: str | None,
    city: str | None,
    postcode: str | None,
    email: str | None,
    rival_of: str | None,
    base_url: str | None,
) -> None:
    """Add a shop, as it is told or as the register of businesses has it."""
    settings = load_settings()
    known = {} if siret is None else registered(settings, siret, base_url)
    told = {"name": name, "trade": trade, "city": city, "postcode": _checked_postcode(postcode)}
    values = {**known, **{column: value for column, value in told.items() if value is not None}}
    for column in ("name", "trade"):
        if not values.get(column):
            raise VigieError(f"company-error-{column}")
    with opened(settings) as factory, factory.begin() as session:
        values["name"] = _named(values["name"])
        values["trade"] = values["trade"].strip().lower()[:64]
        added = Shop(
            **values,
            slug=_slug(slug or values["name"]),
            email=_checked_email(email),
            created_at=now(),
        )
        if siret is not None:
            refuse_known(session, added.siret or "")
        if session.scalar(select(Shop.id).where(Shop.slug == added.slug)) is not None:
            raise VigieError("error-shop-exists", slug=added.slug)
        session.add(added)
        audit(session, "shop-add", added)
        if rival_of is not None:
            watch_beside(session, shop_by_slug(session, rival_of), added)
        click.echo(t("cli-shop-added", name=added.name, slug=added.slug))


@shop.command("set", help=t("cli-shop-set-help"))
@click.argument("slug", metavar=t("cli-metavar-shop"))
@click.option("--name", help=t("cli-shop-set-name"))
@click.option("--latitude", type=Number(-90, 90), help=t("cli-shop-set-latitude"))
@click.option("--longitude", type=Number(-180, 180), help=t("cli-shop-set-longitude"))
@click.option("--trade", help=t("cli-shop-add-trade"))
@click.option("--city", help=t("cli-shop-add-city"))
@click.option("--postcode", help=t("cli-shop-add-postcode"))
@click.option("--email", help=t("cli-shop-add-email"))
@click.option("--no-email", is_flag=True, help=t("cli-shop-set-no-email"))
def change(
    slug: str,
    name: str | None,
    latitude: float | None,
    longitude: float | None,
    trade: str | None,
    city: str | None,
    postcode: str | None,
    email: str | None,
    no_email: bool,
) -> None:
    """Change what is known of a shop; what is not told stays as it is."""
    told: dict[str, Any] = {
        "name": None if name is None else _named(name),
        "latitude": latitude,
        "longitude": longitude,
        "trade": trade.strip().lower()[:64] if trade else None,
        "city": city,
        "postcode": _checked_postcode(postcode),
        "email": _checked_email(email),
    }
    values = {column: value for column, value in told.items() if value is not None}
    if no_email:
        if email is not None:
            raise VigieError("cli-shop-set-both-emails")
        values["email"] = None
    # Half a place would put the shop on another continent.
    if not values or (latitude is None) != (longitude is None):
        raise VigieError("cli-shop-set-error" if not values else "cli-shop-set-half")
    with opened(load_settings()) as factory, factory.begin() as session:
        changed = shop_by_slug(session, slug)
        for column, value in values.items():
            setattr(changed, column, value)
        audit(session, "shop-set", changed, columns=", ".join(values))
        click.echo(t("cli-shop-set-done", name=changed.name))


@shop.command("list", help=t("cli-shop-list-help"))
def list_shops() -> None:
    """List the shops."""
    with opened(load_settings()) as factory, factory() as session:
        sources = select(func.count()).where(Source.shop_id == Shop.id).scalar_subquery()
        reviews = select(func.count()).where(Review.shop_id == Shop.id).scalar_subquery()
        rows = session.execute(select(Shop, sources, reviews).order_by(Shop.slug)).all()
    if not rows:
        click.echo(t("cli-shop-none"))
        return
    columns = ("slug", "name", "trade", "city", "sources", "reviews")
    titles = [t(f"cli-column-{column}") for column in columns]
    show_table(
        titles,
        (
            (row.slug, row.name, row.trade, row.city or "", str(source_count), str(review_count))
            for row, source_count, review_count in rows
        ),
        whole=titles[:1],
    )


def _named(name: str) -> str:
    cleaned = " ".join(name.replace("\0", "").split())[:255]
    if not cleaned:
        raise VigieError("error-shop-name-empty")
    return cleaned


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64]
    if not slug:
        raise VigieError("error-shop-slug", text=text)
    return slug


def _checked_postcode(postcode: str | None) -> str | None:
    if postcode is None:
        return None
    digits = "".join(postcode.split())
    # One that lies nowhere would leave the shop beside nobody, without a word.
    if not departement_of(digits):
        raise VigieError("error-postcode", postcode=postcode)
    return digits


def _checked_email(email: str | None) -> str | None:
    if email is None:
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError:
        raise VigieError("error-email", email=email) from None
