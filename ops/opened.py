"""The composition root: settings to a database that is ready, for a command or the schedule."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session, sessionmaker

from vigie.settings import Settings
from vigie.store.session import open_engine, session_factory, store_errors
from vigie.store.upgrade import check


@contextmanager
def opened(settings: Settings) -> Iterator[sessionmaker[Session]]:
    """Yield a session factory on the database, and close it after.

    Raises:
        StoreError: the database is missing, outdated, locked, read-only, corrupt or unreachable.
    """
    engine = open_engine(settings)
    try:
        check(engine)
        with store_errors(engine):
            yield session_factory(engine)
    finally:
        engine.dispose()
