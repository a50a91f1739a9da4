"""``vigie eval``: how right the reader is on a file of labelled texts."""

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from vigie.french import decimal, t
from vigie.settings import load_settings

if TYPE_CHECKING:
    from sentiment.evaluation import Figures
    from sentiment.labelled_file import Labelled
    from sentiment.reader import Reader
    from sentiment.reading import Reading

CHUNK_TEXTS = 512
"""Texts read between two moves of the progress bar; within them, they are sorted by length."""


@click.command("eval", help=t("cli-eval-help"))
@click.argument("path", type=click.Path(path_type=Path), metavar=t("cli-metavar-file"))
@click.option("--json", "as_json", is_flag=True, help=t("cli-eval-json"))
def evaluate(path: Path, as_json: bool) -> None:
    """Print how right the reader is."""
    from sentiment.evaluation import answers_of, by_source, chosen, measure
    from sentiment.labelled_file import read_labelled_file
    from sentiment.reader import open_reader

    settings = load_settings()
    rows = read_labelled_file(path)
    if settings.model:
        _say_what_labels_mean(settings.model)
    reader = open_reader(settings)
    answers = answers_of(_readings(reader, rows))
    figures = measure(rows, answers)
    sources = {
        source: measure([rows[place] for place in places], chosen(answers, places))
        for source, places in by_source(rows).items()
    }
    if as_json:
        parts = {source: _plain(one) for source, one in sources.items()}
        answer = {"file": str(path), "model": reader.version, **_plain(figures), "sources": parts}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    click.echo(t("eval-title", path=str(path), count=figures.texts, model=reader.version))
    _show_figures(figures, sources)
    click.echo(t("eval-legend"))
    _show_confusion(figures)


def _readings(reader: "Reader", rows: "Sequence[Labelled]") -> "list[Reading]":
    texts = [row.text for row in rows]
    readings: list[Reading] = []
    with click.progressbar(
        length=len(texts), label=t("cli-score-progress"), file=sys.stderr
    ) as bar:
        for start in range(0, len(texts), CHUNK_TEXTS):
            chunk = texts[start : start + CHUNK_TEXTS]
            readings += reader.read(chunk)
            bar.update(len(chunk))
    return readings


def _say_what_labels_mean(name: str) -> None:
    """Say on stderr how another model's labels are read, for that is a choice of Vigie's."""
    from sentiment.hub import label_meanings

    meanings = label_meanings(name).items()
    said = ", ".join(f"{label} = {_meaning(meaning)}" for label, meaning in meanings)
    click.echo(t("eval-labels", model=name, labels=said), err=True)


def _meaning(meaning: str) -> str:
    return t("eval-star", count=int(meaning)) if meaning.isdigit() else _label(meaning)


def _show_figures(figures: "Figures", sources: "dict[str, Figures]") -> None:
    names = ("binary", "accuracy", "macro-f1", "star-error", "calibration")
    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column(t("eval-column-source"), overflow="fold")
    table.add_column(t("eval-column-texts"), justify="right")
    for name in names:
        table.add_column(t(f"eval-column-{name}"), justify="right")
    for source, one in {t("eval-all"): figures, **sources}.items():
        table.add_row(
            source or t("eval-no-source"),
            decimal(one.texts, 0),
            *(_shown(value, 3) for value in (one.binary, one.accuracy, one.macro_f1)),
            _shown(one.star_error, 2),
            _shown(one.calibration, 3),
        )
    _print(table)


def _show_confusion(figures: "Figures") -> None:
    table = Table(t("eval-column-given"), box=SIMPLE)
    for shown in next(iter(figures.confusion.values())):
        table.add_column(t("eval-read-as", label=_label(shown)), justify="right")
    for given, counts in figures.confusion.items():
        table.add_row(_label(given), *(decimal(count, 0) for count in counts.values()))
    _print(table)


def _print(table: Table) -> None:
    # A file's own words are no markup.
    Console(markup=False, highlight=False).print(table)


def _label(label: str) -> str:
    return t(f"eval-label-{label}")


def _shown(value: float, digits: int) -> str:
    return t("eval-nothing") if math.isnan(value) else decimal(value, digits)


def _plain(figures: "Figures") -> dict[str, object]:
    """Return figures for JSON, which has no nan."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in asdict(figures).items()
    }
