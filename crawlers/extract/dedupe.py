"""One item for what a page shows several times: carousels, mobile copies, JSON-LD beside microdata.

Copies are merged field by field: the first says what it says, the others fill what it lacks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from crawlers.extract.items import (
    AggregateRating,
    Business,
    ExtractedListing,
    ExtractedReview,
)
from crawlers.extract.listing_ids import variant_of
from crawlers.extract.text import fold

# Fields that only mean something together: a merge takes them from one copy.
_GROUPS = (
    ("rating", "rating_worst", "rating_best", "rating_normalised"),
    ("value", "worst", "best", "normalised"),
    ("published", "published_precision"),
    ("experienced", "experienced_precision"),
    ("edited", "edited_precision"),
    ("reply_text", "reply_date", "reply_date_precision"),
    ("price", "price_cents", "price_high_cents", "currency"),
    ("item_name", "item_type", "item_url"),
    ("latitude", "longitude"),
)
_GROUP_OF = {name: group for group in _GROUPS for name in group}
# A hostile page repeats one text under thousands of names; comparing all pairs would take hours.
_BUCKET_LIMIT = 50
_PREFIX = 40
# What a mean loses when it is rounded, of its scale; and a count that two things hardly share.
_ROUNDED = 0.0126
_TELLING = 20
_VARIANT = re.compile(r"\s?[-–—(,/|:]")

Item = TypeVar("Item", ExtractedReview, ExtractedListing, AggregateRating, Business)


def merge_reviews(reviews: list[ExtractedReview]) -> list[ExtractedReview]:
    """Return the reviews with copies merged, in the order of the first of each."""
    return _merged(reviews, _review_keys, _same_review)


def merge_listings(listings: list[ExtractedListing]) -> list[ExtractedListing]:
    """Return the listings with copies merged."""
    return _merged(listings, _listing_keys, _same_listing)


def merge_ratings(ratings: list[AggregateRating]) -> list[AggregateRating]:
    """Return the aggregate ratings with copies merged."""
    return _merged(ratings, _rating_keys, _same_rating)


def merge_businesses(businesses: list[Business]) -> list[Business]:
    """Return the businesses with copies merged."""
    return _merged(businesses, lambda one: [fold(one.name)], _same_business)


def _merged(
    items: list[Item],
    keys: Callable[[Item], list[str]],
    same: Callable[[Item, Item], bool],
) -> list[Item]:
    kept: list[Item] = []
    buckets: dict[str, list[int]] = {}
    for item in items:
        own = [key for key in keys(item) if key]
        places = _candidates(own, buckets)
        place = next((index for index in places if same(kept[index], item)), None)
        if place is None:
            place = len(kept)
            kept.append(item)
        else:
            kept[place] = _merge(kept[place], item)
            own = [key for key in keys(kept[place]) if key]
        for key in own:
            bucket = buckets.setdefault(key, [])
            if place not in bucket and len(bucket) < _BUCKET_LIMIT:
                bucket.append(place)
    return kept


def _candidates(keys: list[str], buckets: dict[str, list[int]]) -> Iterator[int]:
    for key in keys:
        yield from buckets.get(key, ())


def _merge(first: Item, other: Item) -> Item:
    """Fill what the first lacks, or only had from visible text, from the other."""
    if first.syntax == other.syntax and variant_of(getattr(other, "url", None)):
        # What names the variant says more than what tells the thing.
        first, other = (first, other) if variant_of(getattr(first, "url", None)) else (other, first)
    mine = set(getattr(first, "visible_fields", ()))
    theirs = set(getattr(other, "visible_fields", ()))
    taken: dict[str, Any] = {}
    for field in fields(first):
        name = field.name
        if name in ("visible_fields", "syntax") or name in taken:
            continue
        group = _GROUP_OF.get(name, (name,))
        lead = group[0]
        lacking = getattr(first, lead) in (None, ())
        better = lead in mine and lead not in theirs
        if (lacking or better) and getattr(other, lead) not in (None, ()):
            taken |= {one: getattr(other, one) for one in group if hasattr(first, one)}
            mine.discard(lead)
            mine |= {lead} & theirs
    if hasattr(first, "text") and _longer(first, other):
        taken["text"] = getattr(other, "text")  # noqa: B009 - Item is one of four types.
    if first.syntax == other.syntax and hasattr(first, "title") and _is_named_closer(other, first):
        taken["title"] = getattr(other, "title")  # noqa: B009 - as above.
    if hasattr(first, "visible_fields"):
        taken["visible_fields"] = tuple(sorted(mine))
    return replace(first, **taken)


def _longer(first: Any, other: Any) -> bool:
    """Say whether the other has the whole text where the first has its beginning."""
    return bool(first.text and other.text) and len(fold(other.text)) > len(fold(first.text))


def _beginning(text: str) -> str:
    """Return the first letters and digits of a text, folding no more of it than that takes."""
    begun = fold(text[: 3 * _PREFIX])[:_PREFIX]
    return begun if len(begun) == _PREFIX else fold(text)[:_PREFIX]


def _review_keys(review: ExtractedReview) -> list[str]:
    text = _beginning(review.text or review.title or "")
    return [
        f"t{text}" if text else "",
        f"i{review.external_id}" if review.external_id else "",
        f"a{fold(review.author)}" if not text and review.author else "",
    ]


def _same_review(one: ExtractedReview, other: ExtractedReview) -> bool:
    same_syntax = one.syntax == other.syntax
    if one.external_id and other.external_id:
        if one.external_id == other.external_id:
            return _same_text(one, other)
        if same_syntax:
            return False
    if _differ(fold(one.author), fold(other.author)):
        return False
    if _rated_otherwise(one, other):
        return False
    if same_syntax and _differ((one.published or "")[:10], (other.published or "")[:10]):
        return False
    # Variants of a product repeat its reviews; a few words may well be said of two things.
    is_short = len(fold(one.text)) < _PREFIX
    if same_syntax and is_short and _differ(fold(one.item_name), fold(other.item_name)):
        return False
    if one.text or one.title:
        return _same_text(one, other) and bool(other.text or other.title)
    # Without a text, only another syntax tells a copy from another customer.
    return not (other.text or other.title) and not same_syntax and bool(one.author or one.published)


def _rated_otherwise(one: ExtractedReview, other: ExtractedReview) -> bool:
    if one.rating_normalised is None or other.rating_normalised is None:
        return False
    # One copy may state the scale's worst and the other not.
    same_stars = (one.rating, one.rating_best) == (other.rating, other.rating_best)
    return not same_stars and abs(one.rating_normalised - other.rating_normalised) > 0.01


def _same_text(one: ExtractedReview, other: ExtractedReview) -> bool:
    mine, theirs = fold(one.text), fold(other.text)
    if not mine or not theirs:
        return fold(one.title) == fold(other.title) or bool(one.external_id)
    if mine == theirs:
        return True
    short, long = sorted((mine, theirs), key=len)
    return len(short) >= _PREFIX and long.startswith(short)


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def _listing_keys(listing: ExtractedListing) -> list[str]:
    return [
        f"t{fold(listing.title)}",
        f"s{fold(listing.sku)}" if listing.sku else "",
        f"u{_address(listing.url)}" if listing.url else "",
    ]


def _same_listing(one: ExtractedListing, other: ExtractedListing) -> bool:
    if _differ(one.price_cents, other.price_cents) or _differ(one.currency, other.currency):
        return False
    if _differ(fold(one.sku), fold(other.sku)) or _differ(one.seller, other.seller):
        return False
    if _differ(one.condition, other.condition):
        return False
    if _differ(fold(one.title), fold(other.title)) and not _retitled(one, other):
        return False
    if _differ(variant_of(one.url), variant_of(other.url)):
        return False
    if (one.sku and one.sku == other.sku) or _is_of_variant(one, other):
        return True
    if _differ(one.place, other.place):
        return False
    if one.syntax == other.syntax:
        # Without a stated sku, adverts of one title and price differ by address or number.
        numbered = not (one.sku or other.sku) and _differ(one.external_id, other.external_id)
        # Cards without an address are told apart by their pictures.
        pictured = not (one.url or other.url) and _differ(one.image, other.image)
        return not _differ(one.url, other.url) and not numbered and not pictured
    return not _differ(_address(one.url), _address(other.url))


def _retitled(one: ExtractedListing, other: ExtractedListing) -> bool:
    """Say whether two syntaxes tell one thing by two titles: its reference or address is the same.

    Within one syntax, variants may share both: only an address that names one tells, or a title
    that goes on from the other.
    """
    same_sku = bool(one.sku) and one.sku == other.sku
    if one.syntax == other.syntax:
        told = variant_of(one.url) or _is_named_closer(one, other) or _is_named_closer(other, one)
        return same_sku and one.url == other.url and bool(told)
    return same_sku or (one.url is not None and _address(one.url) == _address(other.url))


def _is_of_variant(one: ExtractedListing, other: ExtractedListing) -> bool:
    """Say whether one tells a thing at its address and the other a variant of it, at that price."""
    alone = bool(variant_of(one.url)) != bool(variant_of(other.url))
    return alone and _address(one.url) == _address(other.url)


def _is_named_closer(one: Any, other: Any) -> bool:
    """Say whether one's title is the other's and the name of a variant: "Oreiller - Standard"."""
    short, long = other.title or "", one.title or ""
    return bool(short) and long.startswith(short) and _VARIANT.match(long, len(short)) is not None


def _address(url: str | None) -> str | None:
    """Return what two spellings of one address share."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def _rating_keys(rating: AggregateRating) -> list[str]:
    return [f"{rating.normalised}", f"{fold(rating.item_name)}"]


def _same_rating(one: AggregateRating, other: AggregateRating) -> bool:
    if one.syntax != other.syntax and _alike(one, other):
        return True
    return not (
        _differ(one.normalised, other.normalised)
        or _counted_otherwise(one, other)
        or _differ(one.review_count, other.review_count)
        or _differ(one.rating_count, other.rating_count)
        or _differ(fold(one.item_name), fold(other.item_name))
    )


def _counted_otherwise(one: AggregateRating, other: AggregateRating) -> bool:
    """Say whether one counts reviews and the other ratings, and not as many: two things."""
    apart = None in (one.review_count, other.review_count)
    apart = apart and None in (one.rating_count, other.rating_count)
    counts = [rating.review_count or rating.rating_count for rating in (one, other)]
    return apart and _differ(*counts) and fold(one.item_name) != fold(other.item_name)


def _alike(one: AggregateRating, other: AggregateRating) -> bool:
    """Say whether two syntaxes tell one rating: of one count, rounded or named otherwise."""
    count, counted = (rating.review_count or rating.rating_count for rating in (one, other))
    if not count or count != counted or one.normalised is None or other.normalised is None:
        return False
    apart = abs(one.normalised - other.normalised)
    if fold(one.item_name) == fold(other.item_name):
        return apart <= _ROUNDED
    return apart == 0 and count >= _TELLING


def _same_business(one: Business, other: Business) -> bool:
    return not (
        _differ(one.postcode, other.postcode)
        or _differ(fold(one.street), fold(other.street))
        or _differ(fold(one.telephone), fold(other.telephone))
    )
