"""The mirror of one shop among many: milliseconds a shop, the database's own and all in all.

    python -m benchmarks.mirror [SHOPS] [REVIEWS_EACH]

The country of ``detect_scale``, on SQLite. A hundred clients are asked for, one after the other;
each time is that of one request's work without the page around it.
"""

import sys
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.detect_scale import EACH, SHOPS, fill
from vigie.mirror import mirror_of
from vigie.settings import load_settings
from vigie.store import Shop
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade

ASKED = 100


def times(factory: sessionmaker[Session], engine: Engine) -> list[float]:
    """Return the seconds that each mirror takes, every one on a connection of its own."""
    found = []
    with factory() as session:
        shops = session.scalars(select(Shop).order_by(Shop.id).limit(3 * ASKED)).all()[::3]
    for shop in shops:
        engine.dispose()
        start = time.perf_counter()
        with factory() as session:
            mirror_of(session, shop, Shop.id == shop.id)
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    """Print the figures."""
    sizes = [int(word) for word in sys.argv[1:3]]
    shops, each = sizes + [SHOPS, EACH][len(sizes) :]
    with TemporaryDirectory() as folder:
        engine = open_engine(load_settings(data_dir=Path(folder)))
        upgrade(engine)
        factory = session_factory(engine)
        fill(factory, shops, each)
        say(shops, each, times(factory, engine))
        engine.dispose()


def say(shops: int, each: int, found: list[float]) -> None:
    """Print the median, the nineteenth twentieth and the worst."""
    worst, late = max(found), quantiles(found, n=20)[-1]
    figures = f"median {median(found) * 1e3:.0f} ms, 95 % {late * 1e3:.0f} ms, {worst * 1e3:.0f} ms"
    print(f"{shops:,} shops, {shops * each:,} reviews: {figures} at worst")


if __name__ == "__main__":
    main()
