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
@click.pass_context
def score(context: click.Context, batch_size: int, stored: bool) -> None:
    """Score texts from stdin, or the stored reviews."""
    if stored:
        _score_stored()
        return
    if sys.stdin.isatty():
        raise VigieError("error-score-no-input")
    from sentiment.scorer import embedded_scorer
    from sentiment.stream import score_stream

    def report(sentence: str) -> None:
        click.echo(sentence, err=True)

    if not score_stream(sys.stdin.buffer, click.echo, report, embedded_scorer(), batch_size):
        context.exit(1)


def _score_stored() -> None:
    from ops.pipeline import scorer
    from sentiment.scoring import count_unscored, score_unscored

    with opened(load_settings()) as factory:
        with click.progressbar(
            length=count_unscored(factory), label=t("cli-score-progress"), file=sys.stderr
        ) as bar:
            scored = score_unscored(factory, scorer(), bar.update) if bar.length else 0
        click.echo(t("cli-score-stored-done", count=scored))
