"""Etsy Open API v3: a shop's reviews, and what it offers.

https://developers.etsy.com/documentation/reference (getReviewsByShop, findAllActiveListingsByShop).
One source reads one of the two: what ends a run of reviews early would hide every listing.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from crawlers.extract.items import ExtractedListing, ExtractedReview
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.fields import (
    SYNTAX,
    Json,
    at,
    count,
    dated,
    decode,
    first_of,
    host_and_path,
    line,
    lines,
    link,
    paragraphs,
    price,
    query_of,
    review,
    rows,
    with_query,
)
from vigie.store.site import Permission

LIMIT = 100
_SHOP = re.compile(r"/shops/(\d{1,15})/(reviews|listings)")
_STATES = {
    "active": "InStock",
    "sold_out": "SoldOut",
    "inactive": "Discontinued",
    "expired": "Discontinued",
    "removed": "Discontinued",
    "draft": None,
}


class _Etsy:
    base_url = "https://openapi.etsy.com"
    needs = (Need("shop_id", secret=False), Need("api_key", secret=True))
    permission = Permission.API_ACCOUNT
    _what = ""
    _path = ""

    def recognises(self, url: str) -> bool:
        """A shop in the API, or, for its reviews, its public page, which has no number."""
        host, path = host_and_path(url)
        if host in ("openapi.etsy.com", "api.etsy.com"):
            found = _SHOP.search(path)
            return found is not None and found.group(2) == self._what
        return self._what == "reviews" and host == "etsy.com" and "/shop/" in path

    def told_by(self, url: str) -> Mapping[str, str]:
        """The shop's number, of an address in the API."""
        found = _SHOP.search(host_and_path(url)[1])
        return {"shop_id": found.group(1)} if found else {}

    def first(self, account: Account) -> Ask:
        """Ask for the first hundred."""
        told = self.told_by(account.url)
        shop = line(account.options.get("shop_id"), 15) or told.get("shop_id", "")
        shop = shop if shop.isdecimal() else "0"
        url = f"{account.base_url}/v3/application/shops/{shop}/{self._path}"
        key = account.secrets.get("api_key", "")
        return Ask(with_query(url, limit=LIMIT, offset=0), {"x-api-key": key})

    def _page(self, body: bytes, ask: Ask) -> tuple[list[Json], Ask | None, int | None, bool]:
        """Return the results, the next request, the count stated and whether it is zero."""
        data = decode(body)
        if not isinstance(data, dict):
            raise AnswerError("unreadable")
        if not isinstance(data.get("results"), list):
            raise _error(data)
        given, stated = rows(data["results"]), count(data.get("count"))
        offset = count(query_of(ask.url).get("offset")) or 0
        reached = offset + len(given)
        more = bool(given) and (reached < stated if stated is not None else len(given) >= LIMIT)
        following = Ask(with_query(ask.url, offset=reached), ask.headers) if more else None
        return given, following, stated, not given and offset == 0 and not stated


class EtsyReviews(_Etsy):
    """Reviews, the newest first; Etsy gives them no identifier: the sale's stands in."""

    name = "etsy"
    kinds = frozenset(("reviews",))
    _what, _path = "reviews", "reviews"

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page."""
        given, following, stated, zero = self._page(body, ask)
        return Answer(
            reviews=tuple(_review(one, today) for one in given),
            next=following,
            stated_reviews=stated,
            stated_zero=zero,
        )


class EtsyListings(_Etsy):
    """The offers on sale, with price and currency."""

    name = "etsy_listings"
    kinds = frozenset(("listings",))
    _what, _path = "listings", "listings/active"

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page."""
        given, following, _, zero = self._page(body, ask)
        return Answer(
            listings=tuple(_listing(one, today) for one in given), next=following, stated_zero=zero
        )


def _review(given: Json, today: date) -> ExtractedReview:
    transaction, listing = line(given.get("transaction_id")), line(given.get("listing_id"))
    created = first_of(given, ("create_timestamp", "created_timestamp"))
    return review(
        today,
        external_id=transaction or _made(listing, created),
        text=given.get("review"),
        rating=given.get("rating"),
        published=created,
        edited=first_of(given, ("update_timestamp", "updated_timestamp")),
        item_url=f"https://www.etsy.com/listing/{listing}" if listing else None,
        language=given.get("language"),
        # Only who bought can review.
        verified=True if transaction else None,
    )


def _made(listing: str | None, created: Any) -> str | None:
    """Return an identifier that an edit leaves as it is: what was sold, and when it was judged."""
    second = line(created) or ""
    return f"{listing}-{second}" if listing and second.isdecimal() else None


def _listing(given: Json, today: date) -> ExtractedListing:
    quantity = given.get("quantity")
    state = line(given.get("state")) or ""
    sold_out = state == "active" and isinstance(quantity, int) and quantity <= 0
    created = first_of(given, ("original_creation_timestamp", "creation_timestamp",
                               "created_timestamp"))  # fmt: skip
    published = dated(created, today)
    images = rows(given.get("images"))
    return ExtractedListing(
        external_id=line(given.get("listing_id")),
        url=link(given.get("url")),
        title=line(given.get("title"), 500),
        description=paragraphs(given.get("description")),
        sku=next(iter(lines(given.get("skus"))), None),
        availability="SoldOut" if sold_out else _STATES.get(state),
        **_price(given),
        published=published.value if published else None,
        published_precision=published.precision if published else None,
        image=link(images[0].get("url_fullxfull")) if images else None,
        photos=len(images) or None,
        syntax=SYNTAX,
    )


def _price(given: Json) -> dict[str, Any]:
    asked = given.get("price")
    if isinstance(asked, dict):
        return price(amount(asked), asked.get("currency_code"))
    # As the interface before this one wrote it.
    return price(asked, given.get("currency_code"))


def amount(money: Any) -> str | None:
    """Return Etsy's money as a decimal: {"amount": 2990, "divisor": 100} is 29.90."""
    written, divisor = line(at(money, "amount")) or "", count(at(money, "divisor"))
    if not written.isdecimal() or len(written) > 15 or divisor not in (1, 10, 100, 1000, 10_000):
        return None
    return f"{Decimal(written) / divisor:f}"


def _error(data: Json) -> AnswerError:
    said = (line(first_of(data, ("error", "error_description"))) or "").lower()
    if "not found" in said or "could not find" in said or "does not exist" in said:
        return AnswerError("gone")
    if "rate limit" in said or "quota" in said or "too many" in said or "exceeded" in said:
        return AnswerError("quota")
    if "expired" in said or "invalid_grant" in said:
        return AnswerError("expired")
    refused = any(
        word in said for word in ("api key", "api_key", "token", "scope", "access", "forbidden",
                                  "unauthor", "permission", "shared secret")
    )  # fmt: skip
    return AnswerError("refused" if refused else "unreadable")
