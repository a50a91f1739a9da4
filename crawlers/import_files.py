"""Reading a CSV or JSON Lines file, a record at a time: no file is held in memory."""

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from crawlers.import_columns import Columns
from crawlers.import_rows import RowError
from vigie.errors import NotFoundError, VigieError, reason_of

LIMIT_MB = 1
FIELD_LIMIT = LIMIT_MB * 1_000_000
HEAD_BYTES = 64 * 1024
CHUNK_BYTES = 1024 * 1024
DELIMITERS = ";,\t"
JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")
# Signatures of what people hand over instead: spreadsheets and archives, PDF, images, pages.
_SIGNATURES = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b",
    b"SQLite format 3", b"{\\rtf", b"\xff\xfe", b"\xfe\xff", b"Rar!", b"7z\xbc\xaf",
)  # fmt: skip


@dataclass(slots=True)
class Record:
    """One record: its line in the file, and its values by our names, or what is wrong with it."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    error: RowError | None = None
    # Whose export the file is, by its titles; empty: nobody's.
    export: str = ""


def records(path: Path, columns: Columns) -> Iterator[Record]:
    """Yield a file's records in order.

    Raises:
        VigieError: it is missing, empty, not text of one of the two kinds, lacks a required
            column, or has a field of more than a megabyte.
    """
    try:
        head = _head(path)
        encoding = _encoding(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            if path.suffix.lower() in JSON_SUFFIXES or head.startswith((b"{", b"[")):
                yield from _json_lines(file, path, columns, head)
            else:
                yield from _csv(file, path, columns)
    except OSError as error:
        raise VigieError(
            "import-error-unreadable", path=str(path), reason=reason_of(error)
        ) from None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (FileNotFoundError, ValueError):
        # ValueError: a path that no file can have, such as one with a NUL.
        shown = str(path).replace("\x00", "")
        raise NotFoundError("import-error-missing", path=shown) from None
    if head.startswith(_SIGNATURES):
        raise VigieError("import-error-not-text", path=str(path))
    text = head.removeprefix(codecs.BOM_UTF8).strip()
    if not text:
        raise VigieError("import-error-empty", path=str(path))
    controls = sum(byte < 32 and byte not in b"\t\r\n" for byte in text)
    if text.startswith(b"<") or controls * 20 > len(text):
        raise VigieError("import-error-not-text", path=str(path))
    return text


def _encoding(path: Path) -> str:
    """Return the file's encoding: UTF-8, with or without its mark, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _csv(file: IO[str], path: Path, columns: Columns) -> Iterator[Record]:
    # The library's own bound is too short for a long review; the setting is the process's.
    csv.field_size_limit(FIELD_LIMIT)
    delimiter = _delimiter(file.readline(HEAD_BYTES), columns)
    file.seek(0)
    reader = csv.reader(file, delimiter=delimiter)
    try:
        header = next(reader)
        columns = columns.of(header)
        found = columns.find(header)
        if not set(found.values()) & set(columns.required):
            raise VigieError(
                "import-error-columns", path=str(path), columns=columns.required_text()
            )
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                values = {found[at]: cells[at] for at in found if at < len(cells)}
                yield Record(line, values, export=columns.name)
    except csv.Error:
        raise VigieError(
            "import-error-quotes", path=str(path), line=str(reader.line_num), limit=LIMIT_MB
        ) from None
    except StopIteration:
        raise VigieError("import-error-empty", path=str(path)) from None


def _delimiter(header: str, columns: Columns) -> str:
    """Return the delimiter under which most of the header's titles are known."""

    def known(delimiter: str) -> int:
        try:
            titles = next(csv.reader(io.StringIO(header), delimiter=delimiter))
            return len(columns.of(titles).find(titles))
        except (csv.Error, StopIteration):
            return 0

    return max(DELIMITERS, key=lambda delimiter: (known(delimiter), header.count(delimiter)))


def _json_lines(file: IO[str], path: Path, columns: Columns, head: bytes) -> Iterator[Record]:
    if head.startswith(b"["):
        raise VigieError("import-error-json-array", path=str(path))
    line = 0
    while text := file.readline(FIELD_LIMIT):
        line += 1
        whole = text.endswith("\n") or len(text) < FIELD_LIMIT
        while not text.endswith("\n") and (text := file.readline(FIELD_LIMIT)):
            whole = False
        if not whole:
            yield Record(line, error=RowError("import-row-long", limit=LIMIT_MB))
        elif text.strip():
            yield _json_record(line, text, columns)


def _json_record(line: int, text: str, columns: Columns) -> Record:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return Record(line, error=RowError("import-row-json"))
    titles = list(found)
    values = {}
    for position, name in columns.find(titles).items():
        value = found[titles[position]]
        if isinstance(value, dict | list):
            return Record(line, error=RowError("import-row-value", column=titles[position]))
        values[name] = "" if value is None else str(value)
    return Record(line, values)
