"""Reading a file of labelled texts: ``text``, and ``stars`` or ``polarity`` or both.

CSV with commas, semicolons or tabs, in UTF-8 with or without its mark, plain or gzipped. A column
``source``, where there is one, parts the figures.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sentiment.hub_labels import meaning_of
from sentiment.scorer import LABELS, Label, is_readable
from vigie.errors import NotFoundError, VigieError

FIELD_CHARACTERS = 131_072
"""Longest value of a row; a longer one is a quote that was never closed."""

GZIP_MAGIC = b"\x1f\x8b"
_STARS = re.compile(r"([0-5](?:[.,]\d+)?)(?: ?/ ?5)?")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what a person gave it.

    Attributes:
        polarity: as given, else as its stars say.
        stars: 1 to 5, None where only a polarity is given.
        source: empty where the file has no such column.
    """

    text: str
    polarity: Label
    stars: float | None
    source: str


def polarity_of(stars: float) -> Label:
    """Return neg below 2.5, neu from 2.5 to below 4, else pos."""
    return "neg" if stars < 2.5 else "neu" if stars < 4 else "pos"


def read_labelled_file(path: Path) -> list[Labelled]:
    """Return the labelled texts of a file, in order.

    Raises:
        NotFoundError: there is no such file.
        VigieError: it cannot be read, or a line is wrong; the sentence names the line.
    """
    with _opened(path) as file:
        rows = [_labelled(row, line) for row, line in _rows(file, path)]
    if not rows:
        raise VigieError("eval-no-row", path=str(path))
    return rows


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        with path.open("rb") as raw:
            zipped = raw.read(2) == GZIP_MAGIC
            raw.seek(0)
            plain = gzip.GzipFile(fileobj=raw) if zipped else raw
            with io.TextIOWrapper(plain, "utf-8-sig", newline="") as text:
                yield text
    except FileNotFoundError:
        raise NotFoundError("eval-no-file", path=str(path)) from None
    except UnicodeDecodeError:
        raise VigieError("eval-not-utf8", path=str(path)) from None
    except (OSError, EOFError, zlib.error) as error:
        raise VigieError("eval-unreadable", path=str(path), reason=str(error)) from None


def _rows(file: IO[str], path: Path) -> Iterator[tuple[dict[str, str], int]]:
    """Yield each row by its columns' names, and the number of its first line."""
    # Said again, for the limit is one for the whole process and imports raise it.
    csv.field_size_limit(FIELD_CHARACTERS)
    header = file.readline()
    delimiter = max(",;\t", key=header.count)
    names = [
        name.strip().casefold() for name in next(csv.reader([header], delimiter=delimiter), [])
    ]
    named = ", ".join(filter(None, names))
    if not named:
        raise VigieError("eval-empty-file", path=str(path))
    if "text" not in names or not {"stars", "polarity"} & set(names):
        raise VigieError("eval-columns", path=str(path), columns=named[:200])
    reader = csv.reader(file, delimiter=delimiter)
    line = 2
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise VigieError("eval-bad-csv", line=str(line), reason=str(error)) from None
        if len(values) > len(names):
            raise VigieError("eval-too-many-values", line=str(line), delimiter=delimiter)
        if values:
            yield dict(zip(names, values, strict=False)), line
        line = reader.line_num + 2


def _labelled(row: dict[str, str], line: int) -> Labelled:
    text = row.get("text", "")
    if not is_readable(text):
        raise VigieError("eval-empty-text", line=str(line))
    stars = _stars(row.get("stars", "").strip(), line)
    given = row.get("polarity", "").strip()
    if not given and stars is None:
        raise VigieError("eval-no-label", line=str(line))
    polarity = _polarity(given, line) if given else polarity_of(stars or 0)
    # Half a star, or none, is one: there is nothing below on Vigie's scale.
    least = None if stars is None else max(1.0, stars)
    return Labelled(text, polarity, least, row.get("source", "").strip())


def _stars(given: str, line: int) -> float | None:
    if not given:
        return None
    found = _STARS.fullmatch(given)
    stars = float(found[1].replace(",", ".")) if found else 6.0
    if stars > 5:
        raise VigieError("eval-bad-stars", line=str(line), value=given[:60])
    return stars


def _polarity(given: str, line: int) -> Label:
    meaning = meaning_of(given)
    for label in LABELS:
        if label == meaning:
            return label
    raise VigieError("eval-bad-polarity", line=str(line), value=given[:60])
