"""``vigie source``, ``vigie crawl`` and ``vigie import``: what is collected, and from where."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ops.numbers import Number
from ops.opened import opened
from ops.tables import show_table
from vigie.clock import now
from vigie.errors import VigieError
from vigie.french import french_datetime, t
from vigie.settings import load_settings
from vigie.store import Outcome, Permission, Shop, Source
from vigie.store.audit import audit
from vigie.store.shop import shop_by_slug
from vigie.store.source import due_source_ids, source_by_id
from vigie.tuning.changing import make
from vigie.tuning.edits import PAUSED, Wanted, edits_of
from vigie.tuning.selection import by_number
from vigie.tuning.wishes import read_cadence
from vigie.tuning.words import cadence_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from crawlers.run import CrawlResult

DAY_S = 24 * 3600
GOOD = {Outcome.OK, Outcome.UNCHANGED, Outcome.EMPTY}


@click.group(help=t("cli-source-help"))
def source() -> None:
    """Hold the source commands."""


@source.command("add", help=t("cli-source-add-help"))
@click.argument("url", metavar="URL")
@click.option("--shop", "slug", required=True, help=t("cli-option-shop"))
@click.option("--label", help=t("cli-source-add-label"))
@click.option("--every", default="", help=t("cli-source-add-every"))
@click.option("--cron", default="", help=t("tune-cron"))
@click.option("--adaptive", "follow", is_flag=True, help=t("cli-source-add-adaptive"))
@click.option("--full-every", type=Number(min=0.25), help=t("cli-source-add-full-every"))
@click.option(
    "--permission",
    type=click.Choice([permission.value for permission in Permission]),
    default=Permission.UNSTATED.value,
    show_default=True,
    help=t("cli-source-add-permission"),
)
@click.option("--platform", help=t("cli-source-add-platform"))
@click.option("--option", "options", multiple=True, help=t("cli-source-add-option"))
@click.option(
    "--recipe",
    type=click.Path(path_type=Path),
    metavar=t("cli-metavar-file"),
    help=t("cli-source-add-recipe"),
)
@click.option("--base-url", help=t("cli-source-add-base"))
def add(
    url: str,
    slug: str,
    label: str | None,
    every: str,
    cron: str,
    follow: bool,
    full_every: float | None,
    permission: str,
    platform: str | None,
    options: tuple[str, ...],
    recipe: Path | None,
    base_url: str | None,
) -> None:
    """Add a source to a shop."""
    from crawlers.sources import add_source
    from ops.platform_words import needs_sentence, options_of

    settings = load_settings()
    full = {} if full_every is None else {"full_cadence_s": round(full_every * DAY_S)}
    with opened(settings) as factory, factory.begin() as session:
        added = add_source(
            session,
            settings,
            shop_by_slug(session, slug),
            url,
            label=label,
            cadence={**read_cadence(every, cron, follow, now()), **full},
            permission=Permission(permission),
            platform=platform,
            options=options_of(options, recipe),
            base_url=base_url,
        )
        session.flush()
        audit(session, "source-add", added, url=added.url)
        click.echo(t("cli-source-added", number=str(added.id), url=added.url))
        click.echo(t("cli-source-cadence", cadence=cadence_of(added)))
        click.echo(needs_sentence(added))
        if added.site is not None and added.site.permission is Permission.UNSTATED:
            click.echo(t("cli-source-unstated", host=added.site.host))


@source.command("list", help=t("cli-source-list-help"))
def list_sources() -> None:
    """List the sources."""
    with opened(load_settings()) as factory, factory() as session:
        rows = session.execute(
            select(Source, Shop.slug)
            .join(Shop, Shop.id == Source.shop_id)
            .options(joinedload(Source.site))
            .order_by(Source.id)
        ).all()
    if not rows:
        click.echo(t("cli-source-none"))
        return
    columns = ("number", "slug", "source", "state", "next-run")
    titles = [t(f"cli-column-{column}") for column in columns]
    # A shop's short name is typed into other commands; the address has a line of its own.
    show_table(
        titles,
        (
            (
                str(row.id),
                slug,
                f"{row.label}\n{row.url}",
                f"{t(f'health-{row.health}')}\n{_permission(row)}",
                _next(row),
            )
            for row, slug in rows
        ),
        whole=(titles[0], titles[1]),
        ruled=True,
    )


def _next(row: Source) -> str:
    if row.paused:
        return t("cli-source-paused")
    return french_datetime(row.next_run_at, "dd/MM HH:mm") if row.next_run_at else "—"


def _permission(row: Source) -> str:
    return "—" if row.site is None else t(f"permission-{row.site.permission}")


@source.command("pause", help=t("cli-source-pause-help"))
@click.argument("number", type=int, metavar="N")
@click.option("--resume", is_flag=True, help=t("cli-source-pause-resume"))
def pause(number: int, resume: bool) -> None:
    """Pause or resume a source."""
    with opened(load_settings()) as factory, factory.begin() as session:
        (row,) = by_number(session, [number])
        edits = edits_of([row], Wanted({PAUSED: not resume}), now())
        if edits:
            make(session, edits)
        done = "cli-source-resumed" if resume else "cli-source-now-paused"
        click.echo(t(done, label=row.label, number=str(row.id)))


@click.command("crawl", help=t("cli-crawl-help"))
@click.option("--due", is_flag=True, help=t("cli-crawl-due"))
@click.option("--source", "numbers", type=int, multiple=True, help=t("cli-crawl-source"))
@click.pass_context
def crawl(context: click.Context, due: bool, numbers: tuple[int, ...]) -> None:
    """Crawl the sources that are due, or those named."""
    from crawlers.run import CrawlEvent, run_batch

    if due == bool(numbers):
        raise VigieError("error-crawl-which")
    settings = load_settings()
    with opened(settings) as factory:
        with factory() as session:
            chosen = (
                due_source_ids(session, now())
                if due
                else [source_by_id(session, number).id for number in numbers]
            )
        if not chosen:
            click.echo(t("cli-crawl-none-due"))
            return
        with _progress() as progress:
            task = progress.add_task(t("cli-crawl-progress"), total=len(chosen))

            def show(event: CrawlEvent) -> None:
                progress.update(task, advance=int(event.finished), description=event.label)

            results = run_batch(settings, chosen, show)
        _show_results(factory, results)
        _show_waiting(factory, set(chosen) - {result.source_id for result in results})
    if any(result.outcome not in GOOD for result in results):
        context.exit(1)


def _progress() -> Progress:
    # The bar goes to stderr, so that the table on stdout can be piped; where nobody looks at it,
    # it would leave an empty line.
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


def _show_results(factory: "sessionmaker[Session]", results: "list[CrawlResult]") -> None:
    columns = ("number", "source", "outcome", "pages", "reviews", "listings", "new", "changed")
    titles = [t(f"cli-column-{column}") for column in columns]
    rows = []
    with factory() as session:
        told = select(Source.id, Source.label, Shop.name).join(Shop, Shop.id == Source.shop_id)
        told = told.where(Source.id.in_({one.source_id for one in results}))
        names = {row.id: f"{row.label} · {row.name}" for row in session.execute(told)}
    for one in results:
        counts = (one.pages, one.reviews, one.listings, one.new, one.changed)
        name = names.get(one.source_id, "")
        rows.append((str(one.source_id), name, t(f"outcome-{one.outcome}"), *map(str, counts)))
    show_table(titles, rows, whole=(titles[0], titles[2]))
    for one in results:
        click.echo(t("cli-crawl-evidence", number=str(one.source_id), sentence=one.sentence))


def _show_waiting(factory: "sessionmaker[Session]", numbers: set[int]) -> None:
    """Say of sources that were not read what their sites wait for."""
    from crawlers.turns import wait_of

    with factory() as session:
        for number in sorted(numbers):
            wait = wait_of(source_by_id(session, number))
            if wait is not None:
                until = french_datetime(now() + timedelta(seconds=wait.for_s), "dd/MM HH:mm")
                click.echo(t("site-waiting", source=str(number), why=str(wait.why), until=until))


@click.group("import", help=t("cli-import-help"))
def import_group() -> None:
    """Hold the import commands."""


@import_group.command("reviews", help=t("cli-import-reviews-help"))
@click.argument("path", type=click.Path(path_type=Path), metavar=t("cli-metavar-file"))
@click.option("--shop", "slug", required=True, help=t("cli-option-shop"))
@click.pass_context
def reviews(context: click.Context, path: Path, slug: str) -> None:
    """Import reviews from a file."""
    _import(context, "reviews", path, slug)


@import_group.command("listings", help=t("cli-import-listings-help"))
@click.argument("path", type=click.Path(path_type=Path), metavar=t("cli-metavar-file"))
@click.option("--shop", "slug", required=True, help=t("cli-option-shop"))
@click.pass_context
def listings(context: click.Context, path: Path, slug: str) -> None:
    """Import listings from a file."""
    _import(context, "listings", path, slug)


def _import(context: click.Context, kind: str, path: Path, slug: str) -> None:
    from crawlers.importing import import_listings, import_reviews

    def report(line: int, sentence: str) -> None:
        click.echo(t("cli-import-bad-row", line=str(line), reason=sentence), err=True)

    read = import_reviews if kind == "reviews" else import_listings
    settings = load_settings()
    with opened(settings) as factory, factory() as session:
        counts = read(session, settings, shop_by_slug(session, slug), path, report)
    if counts.export:
        click.echo(t("import-recognised", export=t(f"import-label-{counts.export}")))
    click.echo(
        t(
            "cli-import-done",
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            bad=counts.bad,
        )
    )
    if counts.bad:
        context.exit(1)
