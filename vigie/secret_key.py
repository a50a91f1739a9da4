"""The installation's secret key: from the settings, else made once in the data folder."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from vigie.errors import VigieError, reason_of
from vigie.settings import Settings

FILE_NAME = "secret.key"


def secret_key(settings: Settings) -> str:
    """Return the key of sessions, links and pseudonyms, making and keeping one if need be.

    Raises:
        VigieError: the key given is too short, or the data folder cannot be written.
    """
    if settings.secret_key is not None:
        key = settings.secret_key.get_secret_value()
        if len(key) < 32:
            raise VigieError("error-secret-key-short", length=len(key))
        return key
    return kept_key(settings, FILE_NAME, lambda: secrets.token_urlsafe(48))


def kept_key(settings: Settings, file_name: str, make: Callable[[], str]) -> str:
    """Return the key in a file of the data folder, making it once.

    Raises:
        VigieError: the data folder cannot be written.
    """
    path = settings.data_dir / file_name
    make_data_dir(settings)
    try:
        if not path.exists():
            _make_key(path, make())
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _unusable(settings, error) from None


def _make_key(path: Path, key: str) -> None:
    """Write a new key, unless another process was first.

    It is written aside and linked whole: of several that start together one wins, and none ever
    reads a key that is half there.
    """
    with NamedTemporaryFile("w", dir=path.parent, prefix=f"{path.name}.", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)


def make_data_dir(settings: Settings) -> None:
    """Make the data folder, if it is not there.

    Raises:
        VigieError: it cannot be made.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(settings, error) from None


def _unusable(settings: Settings, error: OSError) -> VigieError:
    return VigieError("error-data-dir", path=str(settings.data_dir), reason=reason_of(error))
