"""``vigie source tune``, ``undo``, ``changes``: settings changed with open eyes, and taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ops.numbers import Number
from ops.opened import opened
from ops.tables import show_table
from vigie.clock import now
from vigie.errors import VigieError
from vigie.french import french_datetime, t
from vigie.settings import load_settings
from vigie.store import Health, Source
from vigie.tuning import changing, history, words
from vigie.tuning.edits import Edit, Run, Wanted, edits_of
from vigie.tuning.effects import Effect
from vigie.tuning.facts import foresee
from vigie.tuning.facts import preview as preview_of
from vigie.tuning.selection import Filter, by_filter, by_number
from vigie.tuning.wishes import Asked, read_wish

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HOUR_S = 3_600
NO_BOUND = "none"
EDITS_SHOWN = 30
LAST_SHOWN = 20


@click.command("tune", help=t("tune-help"))
@click.argument("numbers", type=int, nargs=-1, metavar="[N]...")
@click.option("--search", help=t("tune-search"))
@click.option("--health", type=click.Choice([one.value for one in Health]), help=t("tune-health"))
@click.option("--platform", help=t("tune-platform"))
@click.option("--site", "host", help=t("tune-site"))
@click.option("--trade", help=t("tune-trade"))
@click.option("--every", help=t("tune-every"))
@click.option("--cron", help=t("tune-cron"))
@click.option("--adaptive", "follow", is_flag=True, help=t("tune-adaptive"))
@click.option("--full-every", type=Number(min=0.25, max=366), help=t("tune-full-every"))
@click.option("--pause/--resume", "paused", default=None, help=t("tune-pause"))
@click.option("--run-now", is_flag=True, help=t("tune-run-now"))
@click.option("--retry", is_flag=True, help=t("tune-retry"))
@click.option("--site-budget", "budget", help=t("tune-site-budget"))
@click.option("--site-hours", "hours", help=t("tune-site-hours"))
@click.option("--preview", is_flag=True, help=t("tune-preview"))
def tune(numbers: tuple[int, ...], preview: bool, **given: Any) -> None:
    """Show what a change of sources would do, and make it."""
    wanted = _wanted(given)
    if not wanted:
        raise VigieError("tuning-error-nothing")
    settings = load_settings()
    with opened(settings) as factory, factory.begin() as session:
        moment = now()
        chosen = _chosen(session, numbers, given)
        edits = edits_of(chosen, wanted, moment)
        if not edits:
            click.echo(t("tuning-no-edit"))
            return
        foreseen = foresee(session, edits, settings.cadence_hours * HOUR_S)
        _show(foreseen, preview_of(session, chosen, foreseen, moment), chosen)
        if preview:
            click.echo(t("tune-nothing-written"))
            return
        change = changing.make(session, edits)
        told = words.named([edit.name for edit in edits])
        click.echo(t("tuning-made", count=len(edits), **told))
        click.echo(t("tune-undo-hint", number=str(change.id)))


def _wanted(given: dict[str, Any]) -> Wanted:
    every, cron, budget, hours = (
        (given[name] or "").strip() for name in ("every", "cron", "budget", "hours")
    )
    is_free = budget.lower() == NO_BOUND
    return read_wish(
        Asked(
            every=every,
            cron=cron,
            follow=given["follow"],
            full_every_d=given["full_every"],
            paused=given["paused"],
            run=Run.NOW if given["run_now"] else Run.RETRY if given["retry"] else None,
            budget="" if is_free else budget,
            no_budget=is_free,
            hours=hours,
        ),
        now(),
    )


def _chosen(session: "Session", numbers: Sequence[int], given: dict[str, Any]) -> Sequence[Source]:
    health = given["health"]
    wanted = Filter(
        (given["search"] or "").strip(),
        None if health is None else Health(health),
        given["platform"],
        None if given["host"] is None else given["host"].strip().lower(),
        given["trade"],
    )
    if bool(numbers) == (wanted != Filter()):
        raise VigieError("tune-error-which")
    chosen = by_number(session, numbers) if numbers else by_filter(session, wanted)
    if not chosen:
        raise VigieError("tune-error-none")
    return chosen


def _show(edits: Sequence[Edit], effect: Effect, sources: Sequence[Source]) -> None:
    _show_edits(edits)
    if len(edits) > EDITS_SHOWN:
        click.echo(t("tuning-more-edits", count=len(edits) - EDITS_SHOWN))
    click.echo(words.delay_sentence(effect, sources))
    for load in effect.loads:
        click.echo(words.load_sentence(load))
        for more in (words.over_sentence(load), words.held_sentence(load.after, now())):
            if more:
                click.echo(more)
    click.echo(t("tuning-next-title") if effect.next_runs else t("tuning-next-none"))
    for run in effect.next_runs:
        click.echo(f"  {french_datetime(run.at, 'EEE dd/MM HH:mm')}  {run.name}")


def _show_edits(edits: Sequence[Edit]) -> None:
    show_table(
        [t(f"tuning-column-{one}") for one in ("what", "setting", "before", "then")],
        ((edit.name, *row) for edit in edits[:EDITS_SHOWN] for row in words.changes(edit)),
    )


@click.command("undo", help=t("tune-undo-help"))
@click.argument("number", type=int, required=False, metavar="[N]")
def undo(number: int | None) -> None:
    """Take a change back."""
    with opened(load_settings()) as factory, factory.begin() as session:
        undone = changing.undo(session, history.last_id(session) if number is None else number)
        told = words.named(undone.restored)
        click.echo(t("tuning-undone", count=len(undone.restored), **told))
        if undone.left:
            click.echo(t("tuning-left", count=len(undone.left), **words.named(undone.left)))
        click.echo(t("tune-undo-hint", number=str(undone.change.id)))


@click.command("changes", help=t("tune-changes-help"))
def changes() -> None:
    """List the last changes."""
    with opened(load_settings()) as factory, factory() as session:
        shown = history.last_changes(session, LAST_SHOWN)
    if not shown:
        click.echo(t("tuning-changes-none"))
        return
    columns = ("number", "at", "who", "action", "edits", "undone")
    show_table(
        [t(f"tune-column-{column}") for column in columns],
        (
            (
                str(one.change.id),
                french_datetime(one.change.at, "dd/MM/y HH:mm"),
                one.change.user.email if one.change.user else t("tuning-by-command"),
                t(f"tuning-action-{one.change.action}"),
                _few_words(one),
                "" if one.change.undone_by is None else t("tuning-undone-badge"),
            )
            for one in shown
        ),
    )


def _few_words(shown: history.ShownChange) -> str:
    lines = [
        f"{edit.name} : {setting} {before} → {after}"
        for edit in shown.edits
        for setting, before, after in words.changes(edit)
    ]
    more = shown.count - len(shown.edits)
    return "\n".join([*lines, *([t("tuning-more-edits", count=more)] if more else [])])
