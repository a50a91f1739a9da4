"""``vigie init`` and ``vigie run``: the installation itself."""

import click

from vigie.french import t
from vigie.secret_key import make_data_dir, secret_key
from vigie.settings import load_settings
from vigie.store.session import open_engine
from vigie.store.upgrade import upgrade


@click.command("init", help=t("cli-init-help"))
def init() -> None:
    """Create or upgrade the database."""
    settings = load_settings()
    make_data_dir(settings)
    secret_key(settings)
    engine = open_engine(settings)
    revision = upgrade(engine)
    url = engine.url.render_as_string(hide_password=True)
    engine.dispose()
    click.echo(t("cli-init-done", url=url, revision=revision))


@click.command("run", help=t("cli-run-help"))
@click.option("--host", help=t("cli-run-host"))
@click.option("--port", type=click.IntRange(0, 65535), help=t("cli-run-port"))
def run(host: str | None, port: int | None) -> None:
    """Serve the pages and keep the schedule."""
    from crawlers.collection import Collection
    from ops.opened import opened
    from ops.schedule import scheduler
    from ops.serve import listen, serve
    from web.app import create_app

    settings = load_settings(host=host, port=port)
    with opened(settings) as factory:
        listener, settings = listen(settings)
        app = create_app(settings, Collection(settings))
        clockwork = scheduler(settings, factory)
        clockwork.start()
        click.echo(t("cli-run-serving", url=settings.public_url))
        try:
            serve(app, listener)
        finally:
            clockwork.shutdown(wait=False)
