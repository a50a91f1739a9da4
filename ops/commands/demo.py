"""``vigie demo``: the whole job on the sandbox town."""

import time
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, TypeVar

import click
from rich.console import Console
from rich.table import Table

from vigie import clock
from vigie.errors import VigieError, reason_of
from vigie.french import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from ops.demo.run import DemoResult
    from ops.demo.sites import TownServer
    from ops.demo.twins.server import TwinServer

    Server = TypeVar("Server", TownServer, TwinServer)

FIRST_PORT = 8137
SWITCHES_FILE = "switches.json"
FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-town"),
    show_default=True,
    help=t("cli-demo-town-folder"),
)


@click.group("demo", help=t("cli-demo-help"), invoke_without_command=True)
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
@click.pass_context
def demo(context: click.Context, once: bool, port: int, folder: Path) -> None:
    """Play the town, then serve the pages."""
    if context.invoked_subcommand is not None:
        return
    from ops.demo.run import demo_settings, new_town, play
    from ops.demo.sites import TownServer
    from ops.demo.twins.server import TwinServer
    from ops.demo.twins.service import Service

    started = time.perf_counter()
    settings = demo_settings(folder.absolute(), port)
    console = Console(stderr=True)
    town = new_town(clock.today())
    with TownServer(town) as server, TwinServer(Service(town)) as twins:
        with console.status(t("demo-starting")) as status:
            result = play(settings, server, twins, status.update)
        _summary(result, time.perf_counter() - started)
        if once:
            click.echo(t("demo-pages"))
        else:
            _serve(result)


@demo.command("town", help=t("cli-demo-town-help"))
@click.option(
    "--port",
    type=click.IntRange(1024, 65532),
    default=FIRST_PORT,
    show_default=True,
    help=t("cli-demo-town-port"),
)
@FOLDER
def town(port: int, folder: Path) -> None:
    """Serve the town alone until it is stopped."""
    from ops.demo.catalogue import SHIFT_SHOP, SHOPS, TRADERS
    from ops.demo.sites import SITE_NAMES, Town, TownServer, pages_of
    from ops.demo.switches import Board
    from ops.demo.twins import PLACES
    from ops.demo.twins.server import TwinServer
    from ops.demo.twins.service import KEY, Service

    board = Board(_switches_file(folder))
    today = clock.today()
    own = Town(today, today, board)
    with (
        _listening(lambda: TownServer(own, port), port) as server,
        _listening(lambda: TwinServer(Service(own), port + len(SITE_NAMES)), port) as twins,
    ):
        for shop in SHOPS + TRADERS:
            for site, path in pages_of(shop):
                click.echo(f"{server.url(site, path)}  {shop.name}")
        for platform, place in PLACES.items():
            click.echo(f"{twins.url}{place(SHIFT_SHOP)}  {platform}")
        # Tenders are asked for by trade and département, not by shop.
        click.echo(f"{twins.url}/  boamp")
        click.echo(t("demo-town-services", url=twins.url, key=KEY))
        click.echo(t("demo-town-up"))
        while True:
            time.sleep(3600)


@demo.command("switch", help=t("cli-demo-switch-help"))
@click.argument("site", required=False)
@click.argument("name", required=False, metavar=f"[{t('cli-metavar-name')}]")
@click.option("--path", help=t("cli-demo-switch-path"))
@click.option("--value", type=float, help=t("cli-demo-switch-value"))
@click.option("--off", is_flag=True, help=t("cli-demo-switch-off"))
@FOLDER
def switch(
    site: str | None,
    name: str | None,
    path: str | None,
    value: float | None,
    off: bool,
    folder: Path,
) -> None:
    """Flip a switch of a running town, or show them all."""
    from ops.demo.sites import SITE_NAMES
    from ops.demo.switches import SWITCHES, Board
    from ops.demo.twins.service import SERVICES

    board = Board(folder / SWITCHES_FILE)
    sites = [*SITE_NAMES, SERVICES]
    if site is not None and site not in sites:
        raise VigieError("error-demo-site", site=site, known=", ".join(sites))
    if name is not None and name not in SWITCHES:
        raise VigieError("error-demo-switch", name=name, known=", ".join(SWITCHES))
    if (off or name is not None) and not folder.is_dir():
        raise VigieError("error-demo-no-town", folder=str(folder))
    if off:
        board.off(site, name)
    elif site is not None and name is not None:
        board.on(site, name, path, value)
    else:
        for known in SWITCHES:
            click.echo(f"{known:14} {t(f'switch-{known}')}")
    for flip in board.flips():
        click.echo(t("demo-switch-on", site=flip.site, name=flip.name, path=flip.path or "*"))


def _switches_file(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VigieError("error-data-dir", path=str(folder), reason=reason_of(error)) from None
    return folder / SWITCHES_FILE


def _listening(make: "Callable[[], Server]", port: int) -> "Server":
    try:
        # Werkzeug itself leaves the program where a port is taken, with words of its own.
        with redirect_stderr(StringIO()):
            return make()
    except (OSError, SystemExit):
        raise VigieError("error-demo-port", port=str(port)) from None


def _summary(result: "DemoResult", seconds: float) -> None:
    out = Console()
    table = Table(t("demo-column-what"), t("demo-column-count"), title=t("demo-summary"))
    for name, count in result.counts.items():
        table.add_row(t(f"demo-count-{name}"), str(count))
    out.print(table)
    for shop, sentence in result.alerts:
        # Rich would break a line at a no-break space.
        click.echo(fill(t("demo-alert", shop=shop, sentence=sentence), out.width))
    if not result.alerts:
        out.print(t("demo-no-alert"))
    out.print(t("demo-outbox", path=str(result.settings.outbox_dir)), highlight=False)
    out.print(t("demo-took", seconds=str(round(seconds))), highlight=False)


def _serve(result: "DemoResult") -> None:
    from crawlers.collection import Collection
    from ops.opened import opened
    from ops.schedule import scheduler
    from ops.serve import listen, serve
    from vigie.store import User
    from web.app import create_app
    from web.links import sign_in_link

    listener, settings = listen(result.settings)
    app = create_app(settings, Collection(settings))
    with opened(settings) as factory:
        with factory() as session:
            links = {
                role: sign_in_link(app, session.get_one(User, number))
                for role, number in result.people.items()
            }
        clockwork = scheduler(settings, factory)
        clockwork.start()
        click.echo(t("demo-serving", url=settings.public_url))
        for role, link in links.items():
            click.echo(t("demo-link", role=role, link=link))
        try:
            serve(app, listener)
        finally:
            clockwork.shutdown(wait=False)
