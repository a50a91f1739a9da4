"""Opening the database, and saying in one sentence why it cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from vigie.errors import StoreError
from vigie.settings import Settings

BUSY_TIMEOUT_MS = 10_000


def open_engine(settings: Settings) -> Engine:
    """Make the engine of the settings' database; nothing is connected yet.

    Raises:
        StoreError: the URL is not one, or its driver is not installed.
    """
    try:
        url = make_url(settings.database)
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
            event.listen(engine, "connect", _prepare_sqlite)
        else:
            # Two processes share the server: idle connections that died are found and replaced.
            engine = create_engine(url, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            "error-store-driver", url=settings.database.split("@")[-1], reason=str(error)
        ) from None
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    # WAL lets pages read while a crawl writes; NORMAL is safe with it (sqlite.org/wal.html).
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Make sessions whose objects stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def store_errors(engine: Engine) -> Iterator[None]:
    """Turn what a database driver raises into one sentence with its remedy."""
    try:
        yield
    except DatabaseError as error:
        raise explain(engine, error) from error


def explain(engine: Engine, error: DatabaseError) -> Exception:
    """Return the sentence for a driver's error, or the error itself if it is a bug of ours."""
    url = engine.url.render_as_string(hide_password=True)
    reason = str(error.orig)
    by_symptom = {
        "locked": "error-store-locked",
        "readonly": "error-store-readonly",
        "read-only": "error-store-readonly",
        "permission denied": "error-store-readonly",
        "is full": "error-store-full",
        "malformed": "error-store-corrupt",
        "not a database": "error-store-corrupt",
    }
    for symptom, message_id in by_symptom.items():
        if symptom in reason:
            return StoreError(message_id, url=url)
    if isinstance(error, OperationalError) and (
        "unable to open" in reason or engine.dialect.name != "sqlite"
    ):
        return StoreError(
            "error-store-unreachable", url=url, reason=(reason.splitlines() or ["?"])[0]
        )
    return error
