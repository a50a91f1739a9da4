"""Creating and upgrading the database, and refusing one that this version cannot read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from vigie.errors import StoreError
from vigie.store.session import store_errors

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> str:
    """Bring the database to this version's schema and return its revision.

    Raises:
        StoreError: the database is newer than this version, or cannot be used.
    """
    with store_errors(engine):
        _refuse_newer(engine, _current(engine))
        with migrating(engine) as config:
            command.upgrade(config, "head")
    return _head()


@contextmanager
def migrating(engine: Engine) -> Iterator[Config]:
    """Give Alembic's configuration on a connection of its own, committed at the end.

    SQLite alters a table by copying it and dropping the first one, which would delete all that
    refers to it: foreign keys are not enforced meanwhile, and checked before the commit.
    """
    config = _config()
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        # On the driver's own connection: within a transaction SQLite ignores this pragma.
        driver = connection.connection.cursor()
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                yield config
                if sqlite:
                    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                    if orphans:
                        raise StoreError(
                            "error-store-orphans", url=str(engine.url), table=str(orphans[0][0])
                        )
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")
            driver.close()


def check(engine: Engine) -> None:
    """Make sure that the database is at this version's schema.

    Raises:
        StoreError: it is missing, older, newer, or cannot be used.
    """
    url = engine.url.render_as_string(hide_password=True)
    if engine.dialect.name == "sqlite" and not _sqlite_file_exists(engine):
        # Connecting would create an empty file.
        raise StoreError("error-store-missing", url=url)
    with store_errors(engine):
        current = _current(engine)
    _refuse_newer(engine, current)
    if current is None:
        raise StoreError("error-store-missing", url=url)
    if current != _head():
        raise StoreError("error-store-outdated", url=url)


def _sqlite_file_exists(engine: Engine) -> bool:
    name = engine.url.database
    return name in (None, "", ":memory:") or Path(str(name)).exists()


def _refuse_newer(engine: Engine, current: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(
            "error-store-newer",
            url=engine.url.render_as_string(hide_password=True),
            revision=current,
        )


def _current(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _head() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "a release always ships at least one migration"  # noqa: S101  # An invariant of the package, not a check of input.
    return head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
