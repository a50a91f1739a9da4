"""All adaptive cadences computed anew with their database: observed, allocated and written.

    python -m benchmarks.cadence_store [SOURCES] [REVIEWS_EACH] [CRAWLS_EACH]

A made-up country on SQLite: fifty sources a site, ten a shop, eight trades, log-normal rates of
reviews. Seconds on the clock, then of processor time: the first computing changes every cadence,
the second none.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.detect_scale import TRADES, review, told
from vigie.cadence.recompute import recompute
from vigie.cadence.rule import CadenceKind
from vigie.clock import now
from vigie.settings import load_settings
from vigie.store import Crawl, Health, Outcome, Reach, Review, Shop, Site, Source
from vigie.store.base import Base
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade

SOURCES, REVIEWS, CRAWLS = 1_000_000, 5, 3
A_SHOP, A_SITE, A_BATCH = 10, 50, 50_000
WEEK_S = 7 * 86_400


def fill(factory: sessionmaker[Session], sources: int, reviews: int, crawls: int) -> None:
    """Write the country."""
    moment, random = now(), Random(5)
    _write(factory, Site, (_site(n, moment) for n in range(1, sources // A_SITE + 2)))
    _write(factory, Shop, (_shop(n, moment) for n in range(1, sources // A_SHOP + 2)))
    _write(factory, Source, (_source(n, moment) for n in range(1, sources + 1)))
    _write(factory, Review, _reviews(sources, reviews, moment, random))
    _write(factory, Crawl, _crawls(sources, crawls, moment))


def _write(
    factory: sessionmaker[Session], table: type[Base], rows: Iterable[dict[str, Any]]
) -> None:
    rest = iter(rows)
    while batch := list(islice(rest, A_BATCH)):
        with factory.begin() as session:
            session.execute(insert(table), batch)


def _site(number: int, moment: datetime) -> dict[str, Any]:
    return {"id": number, "host": f"avis{number}.example", "requests_per_day": 20,
            "created_at": moment}  # fmt: skip


def _shop(number: int, moment: datetime) -> dict[str, Any]:
    return {"id": number, "slug": f"s{number}", "name": f"Commerce {number}", "country": "FR",
            "trade": TRADES[number % len(TRADES)], "created_at": moment}  # fmt: skip


def _source(number: int, moment: datetime) -> dict[str, Any]:
    return {
        "id": number, "shop_id": number // A_SHOP + 1, "site_id": number // A_SITE + 1,
        "platform": "structured", "label": "Avis", "url": f"https://avis.example/{number}",
        "cadence_kind": CadenceKind.ADAPTIVE, "cadence_s": WEEK_S, "health": Health.HEALTHY,
        "next_run_at": moment + timedelta(days=number % 7), "created_at": moment,
    }  # fmt: skip


def _reviews(sources: int, each: int, moment: datetime, random: Random) -> Iterator[dict[str, Any]]:
    for number in range(1, sources + 1):
        between_d = random.lognormvariate(2.0, 1.3)
        age_d = 0.0
        for place in range(each):
            age_d += random.expovariate(1 / between_d)
            published = moment - timedelta(days=min(age_d, 1_000))
            row = review(number // A_SHOP + 1, place, 4, published, moment)
            yield row | {"source_id": number, "external_id": f"{number}-{place}"}


def _crawls(sources: int, each: int, moment: datetime) -> Iterator[dict[str, Any]]:
    for number in range(1, sources + 1):
        for place in range(each):
            started = moment - timedelta(days=7 * place + number % 7)
            yield {
                "source_id": number, "started_at": started, "finished_at": started,
                "outcome": Outcome.OK, "pages": 1, "reviews_seen": 5,
                "reach": Reach.KNOWN if place else Reach.WHOLE,
            }  # fmt: skip


def main() -> None:
    """Print the figures."""
    sizes = [int(word) for word in sys.argv[1:4]]
    sources, reviews, crawls = sizes + [SOURCES, REVIEWS, CRAWLS][len(sizes) :]
    with TemporaryDirectory() as folder:
        engine = open_engine(load_settings(data_dir=Path(folder)))
        upgrade(engine)
        factory = session_factory(engine)
        counted = f"{sources:,} sources, {sources * reviews:,} reviews, {sources * crawls:,} crawls"
        with told(counted + " written"):
            fill(factory, sources, reviews, crawls)
        for name in ("all computed anew", "all computed again"):
            with told(name):
                done = recompute(factory, WEEK_S)
            print(f"  {done.changed:,} of {done.sources:,} changed")
        engine.dispose()


if __name__ == "__main__":
    main()
