"""``vigie site``: on what ground each site is read, and its limits."""

from typing import Any

import click
from sqlalchemy import func, select

from ops.numbers import Number
from ops.opened import opened
from ops.tables import show_table
from vigie.clock import now, today
from vigie.errors import VigieError
from vigie.french import decimal, french_datetime, t
from vigie.hours import hours_words
from vigie.settings import load_settings
from vigie.store import Permission, Site, Source
from vigie.store.site import site_by_host, state_permission
from vigie.tuning import changing
from vigie.tuning.edits import BUDGET, CONCURRENCY, DELAY, LIMITS, edits_of_site
from vigie.tuning.wishes import hours_values


@click.group(help=t("site-help"))
def site() -> None:
    """Hold the site commands."""


@site.command("list", help=t("site-list-help"))
def list_sites() -> None:
    """List the sites."""
    with opened(load_settings()) as factory, factory() as session:
        rows = session.execute(
            select(Site, func.count(Source.id))
            .outerjoin(Source, Source.site_id == Site.id)
            .group_by(Site.id)
            .order_by(Site.host)
        ).all()
    if not rows:
        click.echo(t("site-none"))
        return
    columns = ("host", "sources", "permission", "limits", "today", "pause")
    titles = [t(f"site-column-{column}") for column in columns]
    show_table(
        titles,
        (
            (
                row.host,
                str(sources),
                t(f"permission-{row.permission}"),
                "\n".join((limits_sentence(row), *_rules(row))),
                str(row.requests_made if row.requests_day == today() else 0),
                _pause(row),
            )
            for row, sources in rows
        ),
        whole=titles[:1],
    )


@site.command("set", help=t("site-set-help"))
@click.argument("host", metavar=t("site-metavar-host"))
@click.option(
    "--permission",
    type=click.Choice([permission.value for permission in Permission]),
    help=t("site-set-permission"),
)
@click.option("--note", help=t("site-set-note"))
@click.option("--delay", type=Number(min=0, max=3600), help=t("site-set-delay"))
@click.option("--per-day", type=click.IntRange(min=1), help=t("site-set-per-day"))
@click.option("--hours", help=t("site-set-hours"))
@click.option("--concurrency", type=click.IntRange(min=1, max=16), help=t("site-set-concurrency"))
@click.option("--reset-limits", is_flag=True, help=t("site-set-reset"))
def set_site(
    host: str,
    permission: str | None,
    note: str | None,
    delay: float | None,
    per_day: int | None,
    hours: str | None,
    concurrency: int | None,
    reset_limits: bool,
) -> None:
    """State a site's permission and limits."""
    limits: dict[str, Any] = {}
    if reset_limits:
        limits |= dict.fromkeys(LIMITS)
    given = {DELAY: delay, BUDGET: per_day, CONCURRENCY: concurrency}
    limits |= {name: value for name, value in given.items() if value is not None}
    if hours is not None:
        limits |= hours_values(hours)
    if permission is None and not limits:
        raise VigieError("site-error-nothing", host=host)
    with opened(load_settings()) as factory, factory.begin() as session:
        row = site_by_host(session, host)
        if permission is not None:
            state_permission(session, row, Permission(permission), note)
        edits = edits_of_site(row, limits)
        change = changing.make(session, edits) if edits else None
        click.echo(
            t(
                "site-stated",
                host=row.host,
                permission=t(f"permission-{row.permission}"),
                limits=limits_sentence(row),
            )
        )
        if change is not None:
            click.echo(t("tune-undo-hint", number=str(change.id)))


def limits_sentence(row: Site) -> str:
    """Return a site's limits in a few words."""
    words = []
    if row.min_delay_s is not None:
        words.append(t("site-limit-delay", seconds=decimal(row.min_delay_s)))
    if row.requests_per_day is not None:
        words.append(t("site-limit-per-day", count=row.requests_per_day))
    words.append(hours_words(row.open_minute, row.close_minute))
    if row.concurrency is not None:
        words.append(t("site-limit-concurrency", count=row.concurrency))
    return ", ".join(filter(None, words)) or t("site-limit-none")


def _rules(row: Site) -> list[str]:
    said = []
    if row.robots_decision is not None:
        said.append(t("site-robots", said=t(f"log-robots-{row.robots_decision}")))
    if row.tdm_decision is not None:
        reserved = "log-tdm-none" if row.tdm_decision == "none" else "log-tdm-reserved"
        said.append(t("site-tdm", said=t(reserved)))
    return said


def _pause(row: Site) -> str:
    if row.paused_until is None or row.paused_until <= now():
        return "—"
    return t(
        "site-paused",
        until=french_datetime(row.paused_until, "dd/MM HH:mm"),
        reason=(row.pause_reason or "").removeprefix("http-"),
    )
