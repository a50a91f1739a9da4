"""Secrets of the services, sealed: Fernet (AES-128-CBC and HMAC-SHA256), several keys at a time.

The newest key seals, every key opens: a key is changed by putting a new one first, sealing all
anew (``rotate``), and dropping the old one.
"""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.errors import VigieError, reason_of
from vigie.secret_key import kept_key
from vigie.settings import Settings
from vigie.store.credential import Credential

FILE_NAME = "credentials.key"
SHOWN = 4
# No service gives out a longer one.
SECRET_LIMIT = 8_000


class Vault:
    """Seals and opens secrets.

    Raises:
        VigieError: a key is none, or the data folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._fernet = _fernet(credential_keys(settings))

    def seal(self, secret: str) -> str:
        """Return a secret as it may be stored."""
        return self._fernet.encrypt(secret.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Return a secret.

        Raises:
            VigieError: it was sealed with a key that is not known any more.
        """
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError):
            raise VigieError("credential-error-sealed") from None

    def anew(self, sealed: str) -> str:
        """Return a secret sealed with the newest key.

        Raises:
            VigieError: it was sealed with a key that is not known any more.
        """
        return self.seal(self.open(sealed))


def credential_keys(settings: Settings) -> str:
    """Return the keys, newest first, separated by spaces; one is made if there is none.

    Raises:
        VigieError: the data folder cannot be used.
    """
    if settings.credential_keys is not None:
        return " ".join(settings.credential_keys.get_secret_value().replace(",", " ").split())
    return " ".join(kept_key(settings, FILE_NAME, _new_key).split())


def rotate(session: Session, settings: Settings) -> int:
    """Seal every secret with the newest key; return how many. Commits.

    Where the keys lie in the data folder, a new one is made first and the others are dropped at
    the end; where the settings give them, the operator does both.

    Raises:
        VigieError: a secret cannot be opened (nothing is then changed), or the data folder cannot
            be used.
    """
    is_ours = settings.credential_keys is None
    newest = _new_key()
    if is_ours:
        _write(settings.data_dir / FILE_NAME, f"{newest} {credential_keys(settings)}")
    vault = Vault(settings)
    every = session.scalars(select(Credential)).all()
    for one in every:
        one.sealed = vault.anew(one.sealed)
    session.commit()
    if is_ours:
        _write(settings.data_dir / FILE_NAME, newest)
    return len(every)


def masked(secret: str) -> str:
    """Return what may be shown of a secret: its last characters, where enough are hidden."""
    return "••••••••" + (secret[-SHOWN:] if len(secret) >= 4 * SHOWN else "")


def _new_key() -> str:
    return Fernet.generate_key().decode("ascii")


def _fernet(keys: str) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys.split()])
    except ValueError:
        raise VigieError("credential-error-key") from None


def _write(path: Path, keys: str) -> None:
    """Put the keys in place of the file at once: a reader has the old ones or the new ones."""
    try:
        with NamedTemporaryFile(
            "w", dir=path.parent, prefix=f"{path.name}.", encoding="ascii", delete=False
        ) as file:
            file.write(keys + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    except OSError as error:
        raise VigieError("error-data-dir", path=str(path.parent), reason=reason_of(error)) from None
