"""A pass over many listings: seconds of one core by step, memory, and what blocking spares.

    python -m benchmarks.opportunities [LISTINGS]

A made-up country: each shop is a garage with two rivals and twenty listings of parts, tyres, cars
and services, in one of 90 départements, titled in a few ways, at prices around each thing's own.
"""

import resource
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import insert
from sqlalchemy.orm import Session, sessionmaker

from alerts.detectors.matching.title import read_title
from alerts.opportunities import detect_opportunities
from alerts.opportunities.items import read_items
from alerts.opportunities.market import Market
from vigie.clock import now
from vigie.settings import load_settings
from vigie.store import Listing, PricePoint, Rival, Shop, Site, Source
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade

EACH = 20
CARS = tuple(
    product(
        (
            "Renault Clio 3", "Renault Megane 2", "Renault Scenic 3", "Peugeot 207", "Peugeot 308",
            "Citroën C3", "VW Golf 6", "Dacia Duster", "Ford Fiesta", "Opel Corsa D",
            "Toyota Yaris", "Fiat Panda",
        ),
        (
            "1.5 dCi", "1.2 16V", "1.6 HDi", "1.4 HDi", "1.6 TDI", "1.0 TCe", "2.0 dCi",
            "1.2 PureTech",
        ),
    )
)  # fmt: skip
PARTS = (
    "Alternateur", "Démarreur", "Turbo", "Kit embrayage", "Boîte de vitesses", "Injecteur",
    "Rétroviseur gauche", "Rétroviseur droit", "Pare-chocs avant", "Pare-chocs arrière", "Capot",
    "Phare avant gauche", "Phare avant droit", "Compteur", "Calculateur moteur", "Radiateur",
    "Compresseur clim", "Pompe à eau", "Pompe injection", "Amortisseurs avant", "Catalyseur",
)  # fmt: skip
TAILS = ("", " testé", " garanti 3 mois", " bon état", " d’origine", " livraison possible")
SIZES = ((185, 195, 205, 225), (55, 60, 65), (15, 16, 17))
TYRES = ("Michelin", "Continental", "Hankook", "Goodyear", "Kleber")
SERVICES = ("Vidange et filtre à huile", "Forfait freins avant", "Recharge climatisation",
            "Diagnostic électronique", "Courroie de distribution")  # fmt: skip


def _thing(random: Random) -> tuple[str, str, str, int]:
    """Return a title, its category, its condition, and about what it costs, in cents."""
    drawn = random.random()
    car, engine = random.choice(CARS)
    if drawn < 0.7:
        part = random.choice(PARTS)
        usual = 2_000 * (1 + PARTS.index(part))
        title = f"{part} {car} {engine}{random.choice(TAILS)}"
        return title, "Pièces détachées", "UsedCondition", usual
    if drawn < 0.85:
        width, height, rim = (random.choice(one) for one in SIZES)
        title = f"Pneu été {random.choice(TYRES)} {width}/{height} R{rim} 91V"
        return title, "Pneus", "NewCondition", 8_000
    if drawn < 0.95:
        return random.choice(SERVICES), "Services", "NewCondition", 9_000
    title = f"{car} {engine} {random.randint(2006, 2019)}, {random.randint(60, 220)} 000 km"
    return title, "Voitures", "UsedCondition", 500_000


def _rows(listings: int) -> Iterator[dict[str, object]]:
    random, moment = Random(6), now()
    for number in range(listings):
        title, category, condition, usual = _thing(random)
        first = moment - timedelta(days=random.randint(1, 330))
        ended = random.random() < 0.4
        last = min(moment, first + timedelta(days=random.expovariate(1 / 40))) if ended else moment
        shop_id = 1 + number // EACH
        yield {
            "id": number + 1, "shop_id": shop_id, "source_id": shop_id, "external_id": str(number),
            "title": title, "category": category, "condition": condition, "currency": "EUR",
            "price_cents": round(usual * random.lognormvariate(0, 0.2)), "content_hash": "x",
            "first_seen_at": first, "last_seen_at": last, "ended_at": last if ended else None,
            "missed_passes": 0,
        }  # fmt: skip


def fill(factory: sessionmaker[Session], listings: int) -> None:
    """Write the country."""
    moment, shops = now(), -(-listings // EACH)
    with factory.begin() as session:
        session.execute(insert(Site), [{"id": 1, "host": "marche.example", "created_at": moment}])
        session.execute(
            insert(Shop),
            [
                {
                    "id": n,
                    "slug": f"s{n}",
                    "name": f"Garage {n}",
                    "trade": "garage",
                    "country": "FR",
                    "postcode": f"{1 + n // 3 % 90:02}000",
                    "created_at": moment,
                }
                for n in range(1, shops + 1)
            ],
        )
        session.execute(
            insert(Source),
            [
                {"id": n, "shop_id": n, "site_id": 1, "platform": "structured", "label": "Marché",
                 "url": f"https://marche.example/{n}", "cadence_s": 86_400, "created_at": moment}
                for n in range(1, shops + 1)
            ],
        )  # fmt: skip
        # The first of every three is a client, the two others its rivals.
        session.execute(
            insert(Rival),
            [
                {"shop_id": n, "rival_id": n + step}
                for n in range(1, shops - 1, 3)
                for step in (1, 2)
            ],
        )
        rows = _rows(listings)
        while batch := list(islice(rows, 5_000)):
            session.execute(insert(Listing), batch)
            session.execute(
                insert(PricePoint),
                [
                    {"listing_id": row["id"], "seen_at": row["first_seen_at"],
                     "price_cents": row["price_cents"], "currency": "EUR"}
                    for row in batch
                ],
            )  # fmt: skip


def main() -> None:
    """Print the figures."""
    listings = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder))
        engine = open_engine(settings)
        upgrade(engine)
        factory = session_factory(engine)
        fill(factory, listings)
        start = time.process_time()
        with factory() as session:
            items = read_items(session)
        _say("listings read", start)
        start = time.process_time()
        index = Market(items).index
        _say("titles read and blocked", start)
        start = time.process_time()
        beside = sum(len(index.beside(kind)) for kind in range(len(index)))
        print(f"  {len(index):,} kinds, {beside / len(index):.1f} others to compare each with")
        _say("neighbours of all", start)
        read_title.cache_clear()
        for name in ("the whole pass", "the same again"):
            start = time.process_time()
            told = detect_opportunities(factory)
            _say(f"{name}: {told:,} alerts told", start)
        engine.dispose()


def _say(what: str, start: float) -> None:
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {spent:.1f} s (peak memory {peak:,.0f} MiB)", flush=True)


if __name__ == "__main__":
    main()
