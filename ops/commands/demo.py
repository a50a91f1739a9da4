"""``vigie demo``: the whole job on the sandbox town."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from vigie import clock
from vigie.french import t

if TYPE_CHECKING:
    from ops.demo.run import DemoResult


@click.command("demo", help=t("cli-demo-help"))
@click.option("--once", is_flag=True, help=t("cli-demo-once"))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help=t("cli-demo-port")
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-data"),
    show_default=True,
    help=t("cli-demo-folder"),
)
def demo(once: bool, port: int, folder: Path) -> None:
    """Play the town, then serve the pages."""
    from ops.demo.run import demo_settings, new_town, play
    from ops.demo.sites import TownServer

    started = time.perf_counter()
    settings = demo_settings(folder.absolute(), port)
    console = Console(stderr=True)
    with TownServer(new_town(clock.today())) as server:
        with console.status(t("demo-starting")) as status:
            result = play(settings, server, status.update)
        _summary(result, time.perf_counter() - started)
        if not once:
            _serve(result)


def _summary(result: "DemoResult", seconds: float) -> None:
    out = Console()
    table = Table(t("demo-column-what"), t("demo-column-count"), title=t("demo-summary"))
    for name, count in result.counts.items():
        table.add_row(t(f"demo-count-{name}"), str(count))
    out.print(table)
    for shop, sentence in result.alerts:
        out.print(t("demo-alert", shop=shop, sentence=sentence), markup=False, highlight=False)
    if not result.alerts:
        out.print(t("demo-no-alert"))
    out.print(t("demo-outbox", path=str(result.settings.outbox_dir)), highlight=False)
    out.print(t("demo-took", seconds=str(round(seconds))), highlight=False)


def _serve(result: "DemoResult") -> None:
    from ops.opened import opened
    from ops.schedule import scheduler
    from ops.serve import listen, serve
    from vigie.store import User
    from web.app import create_app
    from web.links import sign_in_link

    listener, settings = listen(result.settings)
    app = create_app(settings)
    with opened(settings) as factory:
        with factory() as session:
            link = sign_in_link(app, session.get_one(User, result.operator_id))
        clockwork = scheduler(settings, factory)
        clockwork.start()
        click.echo(t("demo-serving", url=settings.public_url))
        click.echo(t("demo-link", link=link))
        try:
            serve(app, listener)
        finally:
            clockwork.shutdown(wait=False)
