"""The installation's secret key: from the settings, else made once in the data folder."""

import os
import secrets

from vigie.errors import VigieError
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
    path = settings.data_dir / FILE_NAME
    make_data_dir(settings)
    try:
        # O_EXCL lets one of two processes starting together win; the other reads its key.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _unusable(settings, error) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key + "\n")
    return key


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
    reason = error.strerror or str(error)
    return VigieError("error-data-dir", path=str(settings.data_dir), reason=reason)
