"""Detection over many shops: a whole pass, one where nothing came, others where 1 % got news.

    python -m benchmarks.detect_scale [SHOPS] [REVIEWS_EACH] [FIRST]

A made-up country on SQLite: eight trades, ninety départements, four ways of being rated; the first
of every three shops is a client, the two others its rivals. Every review was read, and speaks of
one aspect or two. Seconds on the clock, then of processor time. With FIRST, whole passes look at so
many shops only, as if the others had been looked at before: news come to those.
"""

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.detect import detect, shops_with_news
from alerts.urgent import tell_urgent
from vigie.clock import now
from vigie.settings import load_settings
from vigie.store import (
    AspectMention,
    Review,
    ReviewState,
    ReviewVersion,
    Rival,
    Score,
    Shop,
    Site,
    Source,
)
from vigie.store.score import show_model
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade

SHOPS, EACH = 10_000, 100
# One in a hundred gets news: with fewer there would be none.
LEAST_SHOPS = 100
TRADES = ("garage", "boulangerie", "plombier", "fleuriste", "coiffeur", "boucherie", "opticien",
          "fromagerie")  # fmt: skip
ASPECTS = ("accueil", "prix", "delai", "qualite", "honnetete", "conseil", "proprete", "produit",
           "livraison", "sav")  # fmt: skip
SPOKEN_OF = (28, 12, 12, 22, 5, 6, 4, 6, 3, 2)
MODEL = "essai"
# How often each number of stars is given, one to five.
PROFILES = ((1, 1, 3, 20, 75), (3, 4, 10, 30, 53), (10, 12, 20, 29, 29), (25, 6, 6, 10, 53))


def fill(factory: sessionmaker[Session], shops: int, each: int) -> None:
    """Write the country: as many shops as asked, with so many reviews each over three years."""
    moment, random = now(), Random(6)
    with factory.begin() as session:
        session.execute(insert(Site), [{"id": 1, "host": "avis.example", "created_at": moment}])
        session.execute(insert(Shop), [_shop(number, moment, random) for number in _all(shops)])
        session.execute(insert(Source), [_source(number, moment) for number in _all(shops)])
        pairs = ((number, number + step) for number in range(1, shops - 1, 3) for step in (1, 2))
        rivals = [{"shop_id": client, "rival_id": rival} for client, rival in pairs]
        if rivals:
            session.execute(insert(Rival), rivals)
        show_model(session, MODEL)
        rows = _reviews(shops, each, moment, random)
        while batch := list(islice(rows, 20_000)):
            session.execute(insert(Review), batch)
            session.execute(insert(Score), [_score(row) for row in batch])
            mentions = [one for row in batch for one in _mentions(row, random)]
            session.execute(insert(AspectMention), mentions)


def add_news(factory: sessionmaker[Session], shop_ids: Sequence[int], number: int) -> None:
    """Give each of these shops one more review, seen now."""
    moment = now()
    with factory.begin() as session:
        last = session.scalar(select(func.max(Review.id))) or 0
        rows = [
            {**review(shop_id, number, 5, moment - timedelta(hours=2), moment), "id": last + place}
            for place, shop_id in enumerate(shop_ids, 1)
        ]
        session.execute(insert(Review), rows)
        session.execute(insert(Score), [_score(row) for row in rows])


def edit(factory: sessionmaker[Session], shop_ids: Sequence[int]) -> None:
    """Change a review of a year ago in each of these shops, whose streams are read again whole."""
    moment = now()
    with factory.begin() as session:
        for shop_id in shop_ids:
            old = Review.shop_id == shop_id, Review.published_at < moment - timedelta(days=365)
            last = session.scalars(select(Review).where(*old).order_by(Review.id.desc())).first()
            if last is not None:
                last.rating_normalised = 1 - (last.rating_normalised or 0)
                session.add(ReviewVersion(review_id=last.id, text=last.text, replaced_at=moment))


def review(
    shop_id: int, number: int, stars: int, published: datetime, seen: datetime
) -> dict[str, Any]:
    """Return the columns of a review; every other one is answered after two days."""
    answered = number % 2 == 0
    return {
        "shop_id": shop_id, "source_id": shop_id, "external_id": str(number), "rating": stars,
        "rating_worst": 1.0, "rating_best": 5.0, "rating_normalised": (stars - 1) / 4,
        "text": f"Avis {number} du commerce {shop_id}, laissé après une visite.",
        "reply_text": "Merci de votre visite." if answered else None,
        "reply_at": published + timedelta(days=2) if answered else None,
        "published_at": published, "published_precision": "day", "content_hash": "x",
        "first_seen_at": seen, "last_seen_at": seen, "missed_passes": 0,
        "state": ReviewState.PRESENT,
    }  # fmt: skip


def _score(row: dict[str, Any]) -> dict[str, Any]:
    stars, label = row["rating"], "pos" if row["rating"] > 3 else "neg"
    return {
        "review_id": row["id"], "model": MODEL, "text_hash": row["text"], "language": "fr",
        "stars": stars, "label": label, "disagrees": False, "scored_at": row["first_seen_at"],
    }  # fmt: skip


def _mentions(row: dict[str, Any], random: Random) -> Iterator[dict[str, Any]]:
    for aspect in set(random.choices(ASPECTS, SPOKEN_OF, k=2)):
        polarity = "pos" if row["rating"] > 3 else "neg"
        yield {"review_id": row["id"], "model": MODEL, "aspect": aspect, "polarity": polarity,
               "start": 0, "end": 4}  # fmt: skip


def _all(shops: int) -> range:
    return range(1, shops + 1)


def _shop(number: int, moment: datetime, random: Random) -> dict[str, Any]:
    return {
        "id": number, "slug": f"s{number}", "name": f"Commerce {number}",
        "trade": TRADES[number // 3 % len(TRADES)], "country": "FR", "created_at": moment,
        "postcode": f"{1 + number // 3 % 90:02}000",
        "latitude": random.uniform(43, 50), "longitude": random.uniform(-1, 7),
    }  # fmt: skip


def _source(number: int, moment: datetime) -> dict[str, Any]:
    return {
        "id": number, "shop_id": number, "site_id": 1, "platform": "structured", "label": "Avis",
        "url": f"https://avis.example/{number}", "cadence_s": 86_400, "created_at": moment,
    }  # fmt: skip


def _reviews(shops: int, each: int, moment: datetime, random: Random) -> Iterator[dict[str, Any]]:
    seen = moment - timedelta(days=1)
    for shop_id in _all(shops):
        given = random.choices(range(1, 6), PROFILES[shop_id % len(PROFILES)], k=each)
        for number, stars in enumerate(given):
            published = moment - timedelta(days=2 + 1_095 * (each - number) / each)
            row = review(shop_id, number, stars, published, seen)
            yield {**row, "id": (shop_id - 1) * each + number + 1}


def main() -> None:
    """Print the figures."""
    sizes = [int(word) for word in sys.argv[1:4]]
    shops, each = (sizes + [SHOPS, EACH][len(sizes) :])[:2]
    if shops < LEAST_SHOPS:
        sys.exit(f"One shop in a hundred gets news: ask for {LEAST_SHOPS} shops or more.")
    first = range(1, (sizes[2] if sizes[2:] else shops) + 1)
    with TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder))
        engine = open_engine(settings)
        upgrade(engine)
        factory = session_factory(engine)
        with told(f"{shops:,} shops, {shops * each:,} reviews written"):
            fill(factory, shops, each)
        with told(f"the whole pass over {len(first):,} shops"):
            alerts = detect(factory, settings, first)
        print(f"  {alerts:,} alerts")
        with told("the whole pass again, nothing changed"):
            detect(factory, settings, first)
        # A pass reads again what was first seen in the quarter of an hour before the last.
        with factory.begin() as session:
            session.execute(update(Shop).values(detected_at=now()))
        for name in ("nothing new", "a review for 1 % of the shops", "an edit in 1 % of the shops"):
            few = range(1, shops // 100 + 1)
            if "review" in name:
                add_news(factory, few, each)
            elif "edit" in name:
                edit(factory, few)
            with told(f"{name}: urgent reviews"):
                tell_urgent(factory, settings)
            with told(f"{name}: shops with news found"):
                found = shops_with_news(factory)
            with told(f"{name}: {len(found):,} shops looked at"):
                detect(factory, settings, found)
            with factory.begin() as session:
                session.execute(update(Shop).values(detected_at=now()))
        engine.dispose()


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long something took, and the peak of memory so far."""
    start, began = time.perf_counter(), time.process_time()
    yield
    spent, worked = time.perf_counter() - start, time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {spent:.2f} s, {worked:.2f} s worked (peak memory {peak:,.0f} MiB)", flush=True)


if __name__ == "__main__":
    main()
