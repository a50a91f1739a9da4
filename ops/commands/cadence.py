"""``vigie source set`` and ``vigie cadence``: when each source is read, and why so often."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ops.commands.collect import source
from ops.numbers import Number
from ops.opened import opened
from ops.tables import show_table
from vigie.cadence.rule import DAY_S, HOUR_S, CadenceKind
from vigie.clock import now
from vigie.errors import VigieError
from vigie.french import decimal, french_datetime, t
from vigie.settings import load_settings
from vigie.store import Permission, Source
from vigie.store.audit import audit
from vigie.tuning import changing
from vigie.tuning.edits import edits_of
from vigie.tuning.selection import by_number
from vigie.tuning.wishes import Asked, read_wish
from vigie.tuning.words import cadence_of, lasting

SHOWN = 200
LABEL_LIMIT = 255


@source.command("set", help=t("cadence-set-help"))
@click.argument("number", type=int, metavar="N")
@click.option("--every", default="", help=t("cli-source-add-every"))
@click.option("--cron", help=t("cadence-set-cron"))
@click.option("--adaptive", is_flag=True, help=t("cadence-set-adaptive"))
@click.option("--full-every", type=Number(min=0.25), help=t("cli-source-add-full-every"))
@click.option("--browser/--no-browser", default=None, help=t("browser-set-help"))
@click.option("--label", help=t("source-set-label"))
@click.option("--url", help=t("source-set-url"))
def set_source(
    number: int,
    every: str,
    cron: str | None,
    adaptive: bool,
    full_every: float | None,
    browser: bool | None,
    label: str | None,
    url: str | None,
) -> None:
    """Change when a source is read, how, where, and what it is called."""
    wanted = read_wish(Asked(every, cron or "", adaptive, full_every), now())
    if not wanted and browser is None and label is None and url is None:
        raise VigieError("error-source-nothing", source=str(number))
    with opened(load_settings()) as factory, factory.begin() as session:
        (row,) = by_number(session, [number])
        if url is not None:
            _move(session, row, url)
        if label is not None:
            _rename(session, row, label)
        if browser is not None:
            _open_in_browser(session, row, browser)
        if not wanted:
            return
        edits = edits_of([row], wanted, now())
        if edits:
            changing.make(session, edits)
        days = row.full_cadence_s / DAY_S
        whole = decimal(days, 0 if days == round(days) else 2)
        click.echo(t("cadence-set", label=row.label, rhythm=cadence_of(row), days=whole))
        if row.next_run_at is not None:
            click.echo(t("cadence-set-next", at=french_datetime(row.next_run_at)))


def _move(session: Session, row: Source, url: str) -> None:
    from crawlers.moving import move_source

    move_source(session, row, url)
    click.echo(t("source-moved", number=str(row.id), url=row.url))
    if row.site is not None and row.site.permission is Permission.UNSTATED:
        click.echo(t("cli-source-unstated", host=row.site.host))


def _rename(session: Session, row: Source, label: str) -> None:
    name = " ".join(label.split())[:LABEL_LIMIT]
    if not name:
        raise VigieError("source-error-label")
    audit(session, "source-label", row, before=row.label, after=name)
    row.label = name
    click.echo(t("source-renamed", number=str(row.id), label=name))


def _open_in_browser(session: Session, row: Source, browser: bool) -> None:
    from crawlers.browser import check_browser
    from crawlers.platforms import is_service

    if browser:
        if is_service(row.platform) or row.site_id is None:
            raise VigieError("browser-error-service", source=str(row.id))
        check_browser()
    kept = {name: value for name, value in row.options.items() if name != "browser"}
    row.options = kept | ({"browser": "yes"} if browser else {})
    audit(session, "source-browser", row, browser=browser)
    click.echo(t("browser-on" if browser else "browser-off", label=row.label))


@click.command(help=t("cadence-help"))
def cadence() -> None:
    """Compute the adaptive cadences anew, and say of each why it is so."""
    # The computing library would slow every other command down.
    from vigie.cadence.recompute import recompute
    from vigie.cadence.words import reason

    settings = load_settings()
    with opened(settings) as factory:
        made = recompute(factory, settings.cadence_hours * HOUR_S)
        with factory() as session:
            rows = session.scalars(
                select(Source)
                .where(Source.cadence_kind == CadenceKind.ADAPTIVE)
                .options(joinedload(Source.shop))
                .order_by(Source.id)
                .limit(SHOWN)
            ).all()
    if not rows:
        click.echo(t("cadence-none"))
        return
    columns = ("number", "source", "next-run")
    show_table(
        [*(t(f"cli-column-{column}") for column in columns), t("cadence-column-reason")],
        (
            (
                str(row.id),
                f"{row.label} · {row.shop.name}",
                french_datetime(row.next_run_at, "dd/MM HH:mm") if row.next_run_at else "—",
                reason(row),
            )
            for row in rows
        ),
    )
    click.echo(t("cadence-made", count=made.sources, changed=made.changed))
    if made.sources:
        delay, even = lasting(made.delay_s), lasting(made.even_delay_s)
        click.echo(t("cadence-delay", delay=delay, even=even))
