"""``vigie extract`` and ``vigie score``: what Vigie reads on a page and in a text."""

import json
import sys

import click

from ops.opened import opened
from vigie.errors import VigieError
from vigie.french import t
from vigie.settings import load_settings

KINDS = ("reviews", "listings", "all")


@click.command("extract", help=t("cli-extract-help"))
@click.argument("page", metavar=t("cli-metavar-page"))
@click.option("--base-url", metavar="URL", help=t("cli-extract-base-url"))
@click.option(
    "--kind", type=click.Choice(KINDS), default="all", show_default=True, help=t("cli-extract-kind")
)
@click.option("--json", "_json", is_flag=True, help=t("cli-extract-json"))
def extract(page: str, base_url: str | None, kind: str, _json: bool) -> None:
    """Print what is read on a page."""
    from crawlers.extract_command import extract_lines
    from crawlers.fetch import read_file_or_url

    document = read_file_or_url(load_settings(), page)
    found = 0
    lines = extract_lines(
        document.body,
        base_url or document.url,
        document.charset,
        kind,
        report=lambda sentence: click.echo(sentence, err=True),
    )
    for item in lines:
        click.echo(json.dumps(item, ensure_ascii=False))
        found += 1
    if not found:
        click.echo(t("cli-extract-nothing", page=page), err=True)


@click.command("score", help=t("cli-score-help"))
@click.option(
    "--batch-size",
    type=click.IntRange(1, 4096),
    default=32,
    show_default=True,
    help=t("cli-score-batch-size"),
)
@click.option("--stored", is_flag=True, help=t("cli-score-stored"))
@click.option("--rescore", is_flag=True, help=t("cli-score-rescore"))
@click.pass_context
def score(context: click.Context, batch_size: int, stored: bool, rescore: bool) -> None:
    """Score texts from stdin, or the stored reviews."""
    if stored or rescore:
        _score_stored(rescore)
        return
    if sys.stdin.isatty():
        raise VigieError("error-score-no-input")
    from sentiment.reader import open_reader
    from sentiment.stream import score_stream

    def report(sentence: str) -> None:
        click.echo(sentence, err=True)

    reader = open_reader(load_settings())
    if not score_stream(sys.stdin.buffer, click.echo, report, reader, batch_size):
        context.exit(1)


def _score_stored(rescore: bool) -> None:
    from sentiment.reader import open_reader, reader_version
    from sentiment.scoring import count_unscored, score_unscored
    from sentiment.succession import drop_retired, recall, refuse_retired, take_over

    settings = load_settings()
    with opened(settings) as factory:
        version = reader_version(settings)
        if rescore:
            recall(factory, version)
        refuse_retired(factory, version)
        with click.progressbar(
            length=count_unscored(factory, version), label=t("cli-score-progress"), file=sys.stderr
        ) as bar:
            reader = open_reader(settings) if bar.length else None
            scored = score_unscored(factory, reader, bar.update) if reader else 0
        click.echo(t("cli-score-stored-done", count=scored))
        shown = take_over(factory, version)
        if rescore or not shown:
            click.echo(t("cli-score-shown" if shown else "cli-score-not-yet", model=version))
        dropped = drop_retired(factory)
        if dropped:
            click.echo(t("cli-score-dropped", count=dropped))
