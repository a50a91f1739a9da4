"""``vigie detect``, ``vigie brief`` and ``vigie send``: finding what matters and telling it."""

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select

from ops.opened import opened
from vigie.clock import today
from vigie.errors import VigieError
from vigie.french import french_date, t
from vigie.settings import load_settings
from vigie.store import Message, MessageState
from vigie.store.shop import shop_by_slug

_REASONS = (
    select(Message.last_error)
    .where(Message.state != MessageState.SENT, Message.last_error.is_not(None))
    .distinct()
)


@click.command("detect", help=t("cli-detect-help"))
@click.option("--shop", "slug", help=t("cli-detect-shop"))
@click.option(
    "--replay",
    "path",
    type=click.Path(path_type=Path),
    metavar=t("cli-metavar-file"),
    help=t("replay-help"),
)
@click.option("--arl0", type=float, help=t("replay-arl0-help"))
def detect(slug: str | None, path: Path | None, arl0: float | None) -> None:
    """Look at all there is in the store, or for shifts in a file."""
    from alerts.watch import look

    settings = load_settings()
    if path is not None:
        if slug is not None:
            raise VigieError("replay-alone", option="--shop", replay="with")
        return _replay(path, settings.arl0 if arl0 is None else arl0)
    if arl0 is not None:
        raise VigieError("replay-alone", option="--arl0", replay="without")
    with opened(settings) as factory:
        with factory() as session:
            chosen = None if slug is None else [shop_by_slug(session, slug).id]
        click.echo(t("cli-detect-done", count=look(factory, settings, chosen)))


def _replay(path: Path, arl0: float) -> None:
    from ops.replay import replay

    def report(line: int, sentence: str) -> None:
        click.echo(t("cli-import-bad-row", line=str(line), reason=sentence), err=True)

    for sentence in replay(path, arl0, report):
        click.echo(sentence)


@click.command("brief", help=t("cli-brief-help"))
@click.argument("slug", metavar=t("cli-metavar-shop"))
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar=t("cli-metavar-date"),
    help=t("cli-brief-until"),
)
def brief(slug: str, until: datetime | None) -> None:
    """Print a shop's weekly brief."""
    from alerts.digest import brief_text
    from vigie.brief import weekly_brief

    with opened(load_settings()) as factory, factory() as session:
        shop = shop_by_slug(session, slug)
        week_end = today() if until is None else until.date()
        if week_end > today():
            raise VigieError("cli-brief-error-future", day=french_date(week_end))
        click.echo(brief_text(weekly_brief(session, shop, week_end)))


@click.command("send", help=t("cli-send-help"))
@click.option("--queue-week", is_flag=True, help=t("cli-send-queue-week"))
@click.pass_context
def send(context: click.Context, queue_week: bool) -> None:
    """Send what is queued."""
    from alerts.deliver import deliver_due
    from alerts.digest import queue_weekly

    settings = load_settings()
    with opened(settings) as factory:
        if queue_week:
            click.echo(t("cli-send-queued", count=queue_weekly(factory, settings)))
        counts = deliver_due(factory, settings)
        with factory() as session:
            reasons = session.scalars(_REASONS).all() if counts.retried or counts.failed else ()
    for reason in reasons:
        click.echo(reason, err=True)
    if not (counts.sent or counts.retried or counts.failed):
        click.echo(t("cli-send-none"))
        return
    click.echo(t("cli-send-done", sent=counts.sent, retried=counts.retried, failed=counts.failed))
    if counts.retried or counts.failed:
        context.exit(1)
