"""Rows as tests need them: every column has a plausible value, and a test names what matters."""

from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from vigie.store import Listing, PricePoint, Review, Score, Shop, Site, Source, User
from vigie.store.score import show_model

SOME_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = count(1)
T = TypeVar("T")


def make_shop(session: Session, **traits: Any) -> Shop:
    number = next(_numbers)
    values = {
        "slug": f"garage-{number}",
        "name": f"Garage n° {number}",
        "trade": "garage",
        "city": "Tours",
        "postcode": "37000",
        "created_at": SOME_MOMENT,
    }
    return _add(session, Shop(**{**values, **traits}))


def make_source(session: Session, shop: Shop | None = None, **traits: Any) -> Source:
    number = next(_numbers)
    shop = shop or make_shop(session)
    site = _add(session, Site(host=f"avis-{number}.example", created_at=SOME_MOMENT))
    values = {
        "shop_id": shop.id,
        "site_id": site.id,
        "platform": "structured",
        "label": f"Avis {number}",
        "url": f"https://avis-{number}.example/garage",
        "cadence_s": 86_400,
        "next_run_at": SOME_MOMENT,
        "created_at": SOME_MOMENT,
    }
    return _add(session, Source(**{**values, **traits}))


def make_review(session: Session, source: Source, **traits: Any) -> Review:
    number = next(_numbers)
    rating = traits.get("rating", 5.0)
    text = traits.get("text", f"Accueil chaleureux et travail soigné, visite {number}.")
    values = {
        "shop_id": source.shop_id,
        "source_id": source.id,
        "external_id": f"avis-{number}",
        "author_pseudonym": sha256(str(number).encode()).hexdigest(),
        "author_label": "Marie D.",
        "rating": rating,
        "rating_worst": 1.0,
        "rating_best": 5.0,
        "rating_normalised": None if rating is None else (rating - 1) / 4,
        "text": text,
        "published_at": SOME_MOMENT,
        "published_precision": "day",
        "content_hash": sha256(text.encode()).hexdigest(),
        "first_seen_at": SOME_MOMENT,
        "last_seen_at": SOME_MOMENT,
    }
    return _add(session, Review(**{**values, **traits}))


def make_score(session: Session, review: Review, **traits: Any) -> Score:
    """Make a reading of a review, by the model that is shown from then on."""
    stars = traits.get("stars", 4.2)
    values = {
        "review_id": review.id,
        "model": "modele-1",
        "text_hash": sha256(review.text.encode()).hexdigest(),
        **{f"p{star}": None if stars is None else 0.2 for star in range(1, 6)},
        "stars": stars,
        "label": "pos",
        "scored_at": SOME_MOMENT,
    }
    score = _add(session, Score(**{**values, **traits}))
    show_model(session, score.model)
    return score


def make_listing(session: Session, source: Source, **traits: Any) -> Listing:
    number = next(_numbers)
    values = {
        "shop_id": source.shop_id,
        "source_id": source.id,
        "external_id": f"annonce-{number}",
        "title": f"Alternateur Clio III n° {number}",
        "price_cents": 8_900,
        "currency": "EUR",
        "content_hash": sha256(str(number).encode()).hexdigest(),
        "first_seen_at": SOME_MOMENT,
        "last_seen_at": SOME_MOMENT,
    }
    listing = _add(session, Listing(**{**values, **traits}))
    _add(
        session,
        PricePoint(
            listing_id=listing.id,
            seen_at=listing.first_seen_at,
            price_cents=listing.price_cents,
            currency=listing.currency,
        ),
    )
    return listing


def make_user(session: Session, **traits: Any) -> User:
    number = next(_numbers)
    values = {
        "email": f"personne-{number}@example.org",
        "fs_uniquifier": f"u{number}",
        "created_at": SOME_MOMENT,
    }
    return _add(session, User(**{**values, **traits}))


def _add(session: Session, row: T) -> T:
    session.add(row)
    session.flush()
    return row
