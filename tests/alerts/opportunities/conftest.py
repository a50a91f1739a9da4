"""The town's day is frozen, and its market stands in memory: the database is not the point."""

from collections.abc import Iterator

import pytest
from sqlalchemy import StaticPool, create_engine

from tests.alerts.opportunities.market import NOW, Town
from vigie import clock
from vigie.store import Base
from vigie.store.session import session_factory


@pytest.fixture
def town() -> Iterator[Town]:
    clock.set_clock(lambda: NOW)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    town = Town(session_factory(engine))
    yield town
    town.session.close()
    engine.dispose()
