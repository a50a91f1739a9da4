"""The town's day is frozen, and its market stands on SQLite unless the database is the point."""

from collections.abc import Iterator

import pytest

from tests.alerts.opportunities.market import NOW, Town
from vigie import clock
from vigie.settings import Settings
from vigie.store.session import open_engine, session_factory


@pytest.fixture
def town(sqlite_settings: Settings) -> Iterator[Town]:
    clock.set_clock(lambda: NOW)
    engine = open_engine(sqlite_settings)
    town = Town(session_factory(engine))
    yield town
    town.session.close()
    engine.dispose()
