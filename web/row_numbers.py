"""The numbers of rows as addresses and forms state them: none is larger than a database's own."""

from typing import Any

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """``<int:id>`` in an address; what no row can have matches no page."""

    def __init__(self, *args: Any, **bounds: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **bounds})


def init_app(app: Flask) -> None:
    """Read every number in an address so."""
    app.url_map.converters["int"] = RowNumber


def numbers_in(given: MultiDict[str, str], name: str) -> list[int]:
    """Return the numbers that a field states, those left out that no row can have."""
    return [number for number in given.getlist(name, type=int) if 0 < number <= LARGEST]


def number_in(given: MultiDict[str, str], name: str) -> int | None:
    """Return the number that a field states; 0, which no row has, for one out of bounds.

    None where nothing is stated.
    """
    if not given.get(name, "").strip():
        return None
    return next(iter(numbers_in(given, name)), 0)
