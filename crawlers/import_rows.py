"""One record of a file as a review or a listing; strict where a page would be forgiven."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from crawlers.addresses import split_web_url
from crawlers.extract.dates import Dated, read_date
from crawlers.extract.items import ExtractedListing, ExtractedReview
from crawlers.extract.prices import Price, cents, currency_of, read_price
from crawlers.extract.ratings import Rating, read_rating
from crawlers.extract.vehicles import year_in
from crawlers.import_columns import plain
from crawlers.platforms.fields import utc

Item = TypeVar("Item", ExtractedReview, ExtractedListing)
# A record's line or number, and what makes it an item or raises RowError.
Read = tuple[int, Callable[[], Item]]
SHOWN_LIMIT = 60
EURO = "EUR"
# What a rating, a price and a scale may be made of; anything else is a slip of the columns.
_RATING = re.compile(
    r"-?\d{1,5}(?:[.,]\d{1,6})?\s?(?:%|/\s?\d{1,5}(?:[.,]\d{1,6})?|sur\s\d{1,5}|étoiles?|stars?)?"
    r"|[★⭐]{1,10}[☆✩]{0,10}",
    re.IGNORECASE,
)
_PRICE_PARTS = re.compile(
    r"\d|[\s.,'’+\-–]|€|\$|£|eur(?:os?)?\b|chf\b|usd\b|gbp\b|ttc\b|ht\b|à partir de|dès|environ",
    re.IGNORECASE,
)
_UNPRICED = frozenset(
    ("sur_devis", "nous_consulter", "a_debattre", "nc", "prix_sur_demande", "gratuit", "offert")
)
# What names a car without a title.
_VEHICLE = ("brand", "model", "version")
_DIGITS = re.compile(r"\d[\d\s.,'’]{0,12}")
_CONDITIONS = {
    "neuf": "NewCondition",
    "new": "NewCondition",
    "occasion": "UsedCondition",
    "used": "UsedCondition",
    "reconditionne": "RefurbishedCondition",
    "refurbished": "RefurbishedCondition",
    "endommage": "DamagedCondition",
}
_AVAILABILITIES = {
    "en_stock": "InStock",
    "en_ligne": "InStock",
    "active": "InStock",
    "publiee": "InStock",
    "disponible": "InStock",
    "oui": "InStock",
    "rupture": "OutOfStock",
    "rupture_de_stock": "OutOfStock",
    "epuise": "OutOfStock",
    "indisponible": "OutOfStock",
    "non": "OutOfStock",
    "hors_ligne": "OutOfStock",
    "expiree": "OutOfStock",
    "desactivee": "OutOfStock",
    "vendu": "SoldOut",
    "vendue": "SoldOut",
    "precommande": "PreOrder",
    "sur_commande": "BackOrder",
}


class RowError(Exception):
    """Why a record is left out: a sentence of the catalogue and its values.

    Values come from the file: they are shortened, and nothing in them moves a terminal's cursor.
    """

    def __init__(self, message_id: str, **args: object) -> None:
        self.message_id = message_id
        self.args_by_name = {name: _shown(value) for name, value in args.items()}
        super().__init__(message_id)


def _shown(value: object) -> object:
    if not isinstance(value, str):
        return value
    return "".join(letter if letter.isprintable() else "?" for letter in value[:SHOWN_LIMIT])


def review_of(values: dict[str, str], day: date) -> ExtractedReview:
    """Return a record as a review.

    Args:
        values: by our column names.
        day: today, after which no date may be.

    Raises:
        RowError: a value cannot be what its column says.
    """
    rating = _rating(values)
    published, edited, reply = (
        _date(_written(values, name), day) for name in ("published", "edited", "reply_date")
    )
    experienced = _date(values.get("experienced"), day)
    texts: dict[str, Any] = {
        name: values.get(name, "").strip() or None
        for name in ("text", "title", "author", "reply_text", "external_id", "item_name")
    }
    return ExtractedReview(
        **texts,
        language=values.get("language", "").strip() or None,
        url=_url(values.get("url")),
        rating=rating.value if rating else None,
        rating_worst=rating.worst if rating else None,
        rating_best=rating.best if rating else None,
        rating_normalised=rating.normalised if rating else None,
        published=published.value if published else None,
        published_precision=published.precision if published else None,
        experienced=experienced.value if experienced else None,
        experienced_precision=experienced.precision if experienced else None,
        edited=edited.value if edited else None,
        edited_precision=edited.precision if edited else None,
        reply_date=reply.value if reply else None,
        reply_date_precision=reply.precision if reply else None,
    )


def listing_of(values: dict[str, str], day: date) -> ExtractedListing:
    """Return a record as a listing; see ``review_of``."""
    title = values.get("title", "").strip() or _joined(values, _VEHICLE, " ")
    if not title:
        raise RowError("import-row-title")
    price = _price(values.get("price"))
    published = _date(values.get("published"), day)
    texts: dict[str, Any] = {
        name: values.get(name, "").strip() or None
        for name in (
            "external_id",
            "category",
            "brand",
            "sku",
            "gtin",
            "place",
            "seller",
            "mpn",
            "model",
            "fuel",
            "transmission",
        )
    }
    # Some files hold the pictures' addresses in that column.
    photos = values.get("photos", "").strip()[:4]
    return ExtractedListing(
        **texts,
        title=title,
        description=values.get("description", "").strip() or None,
        year=year_in(values.get("year", "")[:40]),
        mileage_km=_count(values.get("mileage_km")),
        photos=int(photos) if photos.isdecimal() else None,
        url=_url(values.get("url")),
        condition=_word(values.get("condition"), _CONDITIONS),
        availability=_word(values.get("availability"), _AVAILABILITIES),
        price_cents=cents(price.amount) if price else None,
        price_high_cents=cents(price.high) if price and price.high is not None else None,
        currency=_currency(values.get("currency"), price),
        published=published.value if published else None,
        published_precision=published.precision if published else None,
    )


def _rating(values: dict[str, str]) -> Rating | None:
    written = values.get("rating", "").strip()
    if not written:
        return None
    best, worst = values.get("rating_best", "").strip(), values.get("rating_worst", "").strip()
    if not _RATING.fullmatch(written):
        raise RowError("import-row-rating", value=written)
    rating, _ = read_rating(written, worst or None, best or None)
    if rating is None:
        raise RowError("import-row-rating", value=f"{written}/{best}" if best else written)
    return rating


def _written(values: dict[str, str], name: str) -> str | None:
    in_utc = values.get(f"{name}_utc", "").strip()
    return utc(in_utc) if in_utc else values.get(name)


def _joined(values: dict[str, str], names: tuple[str, ...], between: str) -> str:
    return between.join(text for name in names if (text := values.get(name, "").strip()))


def _date(written: str | None, day: date) -> Dated | None:
    written = (written or "").strip()
    if not written:
        return None
    found, problem = read_date(written, day)
    if found is not None and found.day <= day + timedelta(days=1):
        return found
    future = problem is not None and problem.code == "date-in-future"
    message_id = "import-row-date-future" if future else "import-row-date"
    raise RowError(message_id, value=written)


def _price(written: str | None) -> Price | None:
    written = (written or "").strip()
    if not written:
        return None
    price, _ = read_price(written)
    if plain(written) in _UNPRICED:
        return price
    if price is None or _PRICE_PARTS.sub("", written):
        raise RowError("import-row-price", value=written)
    return price


def _currency(written: str | None, price: Price | None) -> str | None:
    if price is None:
        return None
    return currency_of((written or "").strip()) or price.currency or EURO


def _url(written: str | None) -> str | None:
    written = (written or "").strip()
    if not written:
        return None
    if split_web_url(written) is None:
        raise RowError("import-row-url", value=written)
    return written


def _count(written: str | None) -> int | None:
    """Return a whole number however it is written: "84 500 km"."""
    found = _DIGITS.search(written or "")
    return int("".join(filter(str.isdigit, found[0]))) if found else None


def _word(written: str | None, known: dict[str, str]) -> str | None:
    written = (written or "").strip()
    return known.get(plain(written), written) or None
