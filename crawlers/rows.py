"""What was read on a page or in a file, made ready to store: bounded, redacted, pseudonymised."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from crawlers.extract.items import ExtractedListing, ExtractedReview
from crawlers.pseudonyms import label, pseudonym
from crawlers.redact import redact
from vigie.clock import PARIS

TEXT_LIMIT = 20_000
TITLE_LIMIT = 500
URL_LIMIT = 2048
LINE_LIMIT = 255
SHORT_LIMIT = 64
WORD_LIMIT = 32
EARLIEST_YEAR = 1970
LATEST_YEAR, MOST_KM, MOST_PHOTOS = 2200, 5_000_000, 1_000
DAY = "day"

# What makes a review or a listing another version of itself.
REVIEW_CONTENT = (
    "rating",
    "rating_worst",
    "rating_best",
    "rating_normalised",
    "title",
    "text",
    "reply_text",
    "reply_at",
    "edited_at",
    "edited_precision",
)
LISTING_CONTENT = (
    "title",
    "description",
    "category",
    "brand",
    "sku",
    "gtin",
    "condition",
    "availability",
    "place",
    "seller",
    "price_cents",
    "price_high_cents",
    "currency",
)
# As above, where they are told: a listing that tells none is the one it was before they were kept.
LISTING_DETAILS = (
    "mpn", "model", "year", "mileage_km", "fuel", "transmission", "photos",
)  # fmt: skip


class Row(NamedTuple):
    """A row's columns by name; ``id_given`` says whether the platform gave its identifier."""

    external_id: str
    id_given: bool
    values: dict[str, Any]


def review_row(review: ExtractedReview, key: bytes, seen_at: datetime) -> Row | None:
    """Return a review's columns, None when it has neither text nor rating.

    Args:
        review: as extracted; its dates are ISO text.
        key: the key of pseudonyms.
        seen_at: stands in for a date of publication that the page does not give.
    """
    text = _text(review.text, TEXT_LIMIT) or ""
    title = _text(review.title, TITLE_LIMIT)
    if not text and not title and review.rating is None:
        return None
    author = _line(review.author, LINE_LIMIT)
    author_pseudonym = pseudonym(key, author) if author else None
    published = moment(review.published, seen_at)
    precision = (review.published_precision or DAY) if published else DAY
    experienced = moment(review.experienced, seen_at)
    edited = moment(review.edited, seen_at)
    values: dict[str, Any] = {
        "url": storable_url(review.url),
        "author_pseudonym": author_pseudonym,
        "author_label": label(author) if author else None,
        "language": _line(review.language, WORD_LIMIT),
        "item_name": _line(review.item_name, LINE_LIMIT),
        "rating": review.rating,
        "rating_worst": review.rating_worst,
        "rating_best": review.rating_best,
        "rating_normalised": review.rating_normalised,
        "title": title,
        "text": text,
        "reply_text": _text(review.reply_text, TEXT_LIMIT),
        "reply_at": moment(review.reply_date, seen_at),
        "published_at": published or seen_at,
        "published_precision": precision,
        "experienced_at": experienced,
        "experienced_precision": (review.experienced_precision or DAY) if experienced else None,
        "edited_at": edited,
        "edited_precision": (review.edited_precision or DAY) if edited else None,
    }
    values["content_hash"] = digest([values[name] for name in REVIEW_CONTENT])
    # A date told as "il y a trois semaines" moves from one day to the next: it identifies nothing.
    day = published if published and precision == DAY else None
    return _identified(
        review.external_id, (author_pseudonym, day, title, text or review.rating), values
    )


def listing_row(listing: ExtractedListing, seen_at: datetime) -> Row | None:
    """Return a listing's columns, None when nothing says what is sold."""
    title = _text(listing.title or listing.model or listing.sku, TITLE_LIMIT)
    url = storable_url(listing.url)
    if not title:
        return None
    published = moment(listing.published, seen_at)
    values: dict[str, Any] = {
        "url": url,
        "title": title,
        "description": _text(listing.description, TEXT_LIMIT),
        "category": _line(listing.category, LINE_LIMIT),
        "brand": _line(listing.brand, LINE_LIMIT),
        "sku": _line(listing.sku, LINE_LIMIT),
        "gtin": _line(listing.gtin, SHORT_LIMIT),
        "condition": _line(listing.condition, WORD_LIMIT),
        "availability": _line(listing.availability, WORD_LIMIT),
        "place": _line(listing.place, LINE_LIMIT),
        "seller": _line(listing.seller, LINE_LIMIT),
        "price_cents": listing.price_cents,
        "price_high_cents": listing.price_high_cents,
        "currency": _line(listing.currency, WORD_LIMIT),
        "published_at": published,
        "published_precision": (listing.published_precision or DAY) if published else None,
        "mpn": _line(listing.mpn, LINE_LIMIT),
        "model": _line(listing.model, LINE_LIMIT),
        "year": _whole(listing.year, LATEST_YEAR),
        "mileage_km": _whole(listing.mileage_km, MOST_KM),
        "fuel": _line(listing.fuel, LINE_LIMIT),
        "transmission": _line(listing.transmission, LINE_LIMIT),
        "photos": _whole(listing.photos, MOST_PHOTOS),
    }
    details = [(name, values[name]) for name in LISTING_DETAILS if values[name] is not None]
    values["content_hash"] = digest([*(values[name] for name in LISTING_CONTENT), *details])
    return _identified(
        listing.external_id or listing.sku or listing.gtin, (url, title, listing.seller), values
    )


def _whole(number: int | None, most: int) -> int | None:
    """What is out of bounds was misread, and would not fit a column of every database."""
    return number if number is not None and 0 <= number <= most else None


def days(reviews: Iterable[ExtractedReview], by_change: bool = False) -> Iterator[date | None]:
    """Yield the day that each review gives, as far as it is a date, for the order they are in.

    Args:
        by_change: the day of its last change, where it was changed.
    """
    for review in reviews:
        day = (by_change and review.edited) or review.published
        try:
            yield date.fromisoformat((day or "")[:10])
        except ValueError:
            yield None


def moment(iso: str | None, seen_at: datetime) -> datetime | None:
    """Return an ISO date or moment as an aware one, None for what cannot be a date of the past.

    A day without an hour begins at midnight in France, where the shops are; so does a moment
    without zone count in French time.
    """
    if not iso:
        return None
    try:
        if len(iso) <= 10:
            found = datetime.combine(date.fromisoformat(iso), time(), PARIS)
        else:
            found = datetime.fromisoformat(iso)
    except ValueError:
        return None
    if found.year < EARLIEST_YEAR:
        return None
    found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=PARIS).astimezone(UTC)
    return found if found <= seen_at + timedelta(days=1) else None


def _identified(given: str | None, identity: Iterable[object], values: dict[str, Any]) -> Row:
    given = _line(given, URL_LIMIT)
    if given is None:
        external_id = f"~{digest(identity)}"
    else:
        external_id = given if len(given) <= LINE_LIMIT else sha256(given.encode()).hexdigest()
    return Row(external_id, given is not None, {**values, "external_id": external_id})


def digest(parts: Iterable[object]) -> str:
    """Return what tells a content from any other."""
    lines = [part.isoformat() if isinstance(part, datetime) else repr(part) for part in parts]
    return sha256("\x1f".join(lines).encode("utf-8", "replace")).hexdigest()


def storable_line(text: str | None, limit: int) -> str | None:
    """Return one line of a text, its personal data masked, that both databases take."""
    shown = _text(text, limit * 2) or ""
    return _line("".join(one if one.isprintable() else " " for one in shown), limit)


def _text(text: str | None, limit: int) -> str | None:
    clean = _storable(text, limit)
    return redact(clean)[:limit] if clean else None


def _line(text: str | None, limit: int) -> str | None:
    clean = _storable(text, limit * 8)
    return " ".join(clean.split())[:limit].rstrip() or None if clean else None


def storable_url(url: str | None) -> str | None:
    """Return a link that can be stored, None for one that is too long or odd."""
    # A link cut short leads elsewhere: better none.
    return url if url and len(url) <= URL_LIMIT and url.isprintable() else None


def _storable(text: str | None, limit: int) -> str | None:
    """PostgreSQL refuses NUL, and UTF-8 refuses lone surrogates."""
    if not text:
        return None
    clean = text[: limit * 2].replace("\x00", "").encode("utf-8", "ignore").decode()
    return clean.strip()[:limit] or None
