"""Google Takeout: the reviews of the owner's own listing, as an archive, a folder or one file.

The files (``reviews.json``, ``reviews-*.json``) hold what the API of Business Profile answers: the
same reader reads them, so that a review has the same identifier by both ways.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from crawlers.extract.items import ExtractedReview
from crawlers.import_rows import Read, RowError
from crawlers.platforms.base import AnswerError
from crawlers.platforms.fields import at, decode, line
from crawlers.platforms.google import review_of
from vigie.errors import VigieError, reason_of

LIMIT_MB = 64
_LIMIT = LIMIT_MB * 1_000_000
FILES_LIMIT = 500
ENTRIES_LIMIT = 200_000
SHOWN_PLACES = 5
_NAME = re.compile(r"(?:^|/)reviews[^/]{0,100}\.json\Z", re.IGNORECASE)
_PLACE = re.compile(r"\blocations/[\w-]{1,64}")
_ZIP = b"PK\x03\x04"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    body: bytes


def is_takeout(path: Path) -> bool:
    """Say whether a path is such an archive, folder or file.

    What is called an archive may still turn out to be broken, or to hold no reviews.
    """
    try:
        if path.is_dir():
            return True
        with path.open("rb") as file:
            head = file.read(len(_ZIP))
            if head == _ZIP:
                # A spreadsheet is an archive too.
                return path.suffix.lower() == ".zip" or bool(_members(path))
            if path.suffix.lower() != ".json" or path.stat().st_size > _LIMIT:
                return False
            return isinstance(at(decode(head + file.read()), "reviews"), list)
    except (OSError, ValueError, AnswerError, VigieError):
        # Whoever reads it as a table says what is wrong with it.
        return False


def takeout_reviews(path: Path, day: date, location: str | None) -> Iterator[Read[ExtractedReview]]:
    """Yield each review's number in the whole export, and what makes it.

    Args:
        location: the listing that is the shop ("accounts/…/locations/…"), where it is known.

    Raises:
        VigieError: there are no reviews, too many bytes of them, or those of several listings
            while nothing says which one is the shop.
    """
    found = [pair for file in _files(path) for pair in _given(file)]
    places = sorted({place for _, one in found if (place := _place(at(one, "name")))})
    if location is None and len(places) > 1:
        shown = ", ".join(places[:SHOWN_PLACES])
        raise VigieError("import-error-places", path=str(path), places=shown)
    for number, (name, given) in enumerate(found, start=1):
        yield number, partial(_review, name, given, day, _place(location))


def _place(name: Any) -> str | None:
    """Return the listing in a review's name: the same by every account that manages it."""
    found = _PLACE.search(name) if isinstance(name, str) else None
    return found.group() if found else None


def _review(name: str, given: Any, day: date, location: str | None) -> ExtractedReview:
    if isinstance(given, RowError):
        raise given
    if not isinstance(given, dict):
        raise RowError("import-row-in-file", file=name)
    place = _place(given.get("name"))
    if location is not None and place is not None and place != location:
        raise RowError("import-row-elsewhere", place=place)
    return review_of(given, day)


def _given(file: _File) -> Iterator[tuple[str, Any]]:
    """Yield the reviews of a file as they came; a file that is none counts as one bad row."""
    try:
        data = decode(file.body)
    except AnswerError:
        data = None
    if isinstance(at(data, "features"), list):
        # What the owner wrote about others, on the map: a file of the same name in the archive.
        return
    reviews = at(data, "reviews")
    if not isinstance(reviews, list):
        reviews = [RowError("import-row-in-file", file=file.name)]
    for one in reviews:
        yield file.name, one


def _files(path: Path) -> Iterator[_File]:
    left = _LIMIT
    some = False
    for file in _in_archive(path) if path.is_file() else _in_folder(path):
        left -= len(file.body)
        if left < 0:
            raise VigieError("import-error-large", path=str(path), limit=LIMIT_MB)
        some = True
        yield file
    if not some:
        raise VigieError("import-error-no-reviews", path=str(path))


def _in_folder(path: Path) -> Iterator[_File]:
    every = (one for one in path.rglob("*.json") if _NAME.search(one.name) and one.is_file())
    try:
        for one in sorted(islice(every, FILES_LIMIT)):
            with one.open("rb") as file:
                yield _File(one.name, file.read(_LIMIT + 1))
    except OSError as error:
        raise VigieError(
            "import-error-unreadable", path=str(path), reason=reason_of(error)
        ) from None


def _in_archive(path: Path) -> Iterator[_File]:
    with path.open("rb") as file:
        if file.read(len(_ZIP)) != _ZIP:
            file.seek(0)
            yield _File(path.name, file.read(_LIMIT + 1))
            return
    try:
        with zipfile.ZipFile(path) as archive:
            for name in _members(path):
                # What an archive says of its sizes need not be so: what comes out is counted.
                with archive.open(name) as member:
                    yield _File(name.rpartition("/")[2], member.read(_LIMIT + 1))
    except _BROKEN as error:
        raise VigieError("import-error-zip", path=str(path), reason=_reason(error)) from None


def _members(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _BROKEN as error:
        raise VigieError("import-error-zip", path=str(path), reason=_reason(error)) from None
    if len(names) > ENTRIES_LIMIT:
        raise VigieError("import-error-large", path=str(path), limit=LIMIT_MB)
    return sorted(name for name in names if _NAME.search(name))[:FILES_LIMIT]


def _reason(error: Exception) -> str:
    return line(str(error), 100) or type(error).__name__
