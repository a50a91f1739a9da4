"""eBay Browse API: a seller's offers on the French market and the neighbours'.

https://developer.ebay.com/api-docs/buy/browse/resources/item_summary/methods/search
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote

from crawlers.extract.items import ExtractedListing
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
    rows,
    with_query,
)
from crawlers.platforms.oauth import ask_token, bearer
from vigie.store.site import Permission

LIMIT = 200
# The service lists no more of one search.
MOST = 10_000
_SCOPE = "https://api.ebay.com/oauth/api_scope"
_MARKET = "X-EBAY-C-MARKETPLACE-ID"
_MARKETS = {
    "fr": "EBAY_FR",
    "de": "EBAY_DE",
    "it": "EBAY_IT",
    "es": "EBAY_ES",
    "be": "EBAY_BE",
    "at": "EBAY_AT",
    "nl": "EBAY_NL",
    "ie": "EBAY_IE",
    "pl": "EBAY_PL",
    "ch": "EBAY_CH",
    "com": "EBAY_US",
    "co.uk": "EBAY_GB",
}
_SELLER_PAGE = re.compile(r"^/(?:usr|str|sch)/([\w.*$@!-]{1,64})/?", re.I)
# https://developer.ebay.com/devzone/finding/callref/enums/conditionIdList.html
_CONDITIONS = (
    (range(1000, 2000), "NewCondition"),
    (range(2000, 2750), "RefurbishedCondition"),
    # From 2750, "like new".
    (range(2750, 7000), "UsedCondition"),
    (range(7000, 7001), "DamagedCondition"),
)
# In the languages of the markets, what excludes another before it.
_WORDS = (
    (re.compile(r"\bpi[eè]ces\b|\bparts\b|ersatzteil|\bricambi\b|\bparti\b|desguace"),
     "DamagedCondition"),
    (re.compile(r"refurb|recondi|überholt|ricondizion|reacondicion"), "RefurbishedCondition"),
    (re.compile(r"occasion|\bused\b|pre-owned|gebraucht|\busat[oa]\b|\busad[oa]\b|\bétat\b"),
     "UsedCondition"),
    (re.compile(r"\bneu(?:f|ve|s)?\b|\bnew\b|\bnuov[oa]\b|\bnuev[oa]\b"), "NewCondition"),
)  # fmt: skip
_KINDS = {1001: "expired", 1002: "refused", 1003: "refused", 1100: "refused", 2001: "quota"}


class Ebay:
    """One market's offers, in its currency; selling abroad is another source with other prices."""

    name = "ebay"
    kinds = frozenset(("listings",))
    base_url = "https://api.ebay.com"
    needs = (
        Need("seller", secret=False),
        Need("search", secret=False, optional=True),
        Need("market", secret=False, optional=True),
        Need("client_id", secret=False),
        Need("client_secret", secret=True),
    )
    permission = Permission.API_ACCOUNT

    def recognises(self, url: str) -> bool:
        """A seller's page on any of the markets."""
        return _market_of(url) is not None and _seller_of(url) is not None

    def told_by(self, url: str) -> Mapping[str, str]:
        """The seller and the market, of the seller's page."""
        told = {"seller": _seller_of(url), "market": _market_of(url)}
        return {name: value for name, value in told.items() if value}

    def first(self, account: Account) -> Ask:
        """Ask for an application's token."""
        client = (account.options.get("client_id", ""), account.secrets.get("client_secret", ""))
        grant = {"grant_type": "client_credentials", "scope": _SCOPE}
        return ask_token(_token_url(account), grant, client)

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read a token, or one page of one market."""
        if ask.url == _token_url(account):
            headers = bearer(body) | {_MARKET: _market(account)}
            return Answer(next=Ask(_search_url(account), headers))
        data = decode(body)
        if not isinstance(data, dict) or rows(data.get("errors")):
            raise _error(data)
        if "total" not in data and "itemSummaries" not in data:
            raise AnswerError("unreadable")
        given, total = rows(data.get("itemSummaries")), count(data.get("total"))
        return Answer(
            listings=tuple(_listing(one, today) for one in given),
            next=_next(data, ask, len(given), total),
            stated_zero=total == 0 and not given,
        )


def _token_url(account: Account) -> str:
    return f"{account.base_url}/identity/v1/oauth2/token"


def _market_of(url: str) -> str | None:
    host, _ = host_and_path(url)
    return _MARKETS.get(host.removeprefix("ebay.")) if host.startswith("ebay.") else None


def _seller_of(url: str) -> str | None:
    found = _SELLER_PAGE.match(unquote(host_and_path(url)[1]))
    return found.group(1) if found else None


def _market(account: Account) -> str:
    asked = (line(account.options.get("market")) or "").upper()
    named = asked if not asked or asked.startswith("EBAY_") else f"EBAY_{asked}"
    return named or _market_of(account.url) or "EBAY_FR"


def _search_url(account: Account) -> str:
    seller = account.options.get("seller") or _seller_of(account.url)
    # By "best match", the service's own order, an offer may move to a page that was read.
    params: dict[str, str | int] = {"limit": LIMIT, "offset": 0, "sort": "newlyListed"}
    query = account.options.get("search", "").strip()
    if query.isdecimal():
        params["category_ids"] = query
    elif query:
        params["q"] = query
    else:
        # A search needs a word or a category: 0 is the root of them all.
        params["category_ids"] = 0
    # Auctions are left out unless asked for.
    filters = ["buyingOptions:{FIXED_PRICE|AUCTION|BEST_OFFER|CLASSIFIED_AD}"]
    if seller or not query:
        # Without either, the service has to refuse rather than list its whole market.
        filters.append(f"sellers:{{{re.sub(r'[{}|,]', '', seller or '')}}}")
    params["filter"] = ",".join(filters)
    return with_query(f"{account.base_url}/buy/browse/v1/item_summary/search", **params)


def _next(data: Json, ask: Ask, read: int, total: int | None) -> Ask | None:
    """Follow the offset only: the token never goes where an answer points."""
    offset = count(query_of(ask.url).get("offset")) or 0
    size = count(data.get("limit")) or count(query_of(ask.url).get("limit")) or LIMIT
    # The service takes multiples of the limit only.
    following = offset + size
    more = bool(data.get("next")) or (total is not None and following < total)
    if not read or not more or following >= MOST:
        return None
    return Ask(with_query(ask.url, offset=following), ask.headers)


def _listing(given: Json, today: date) -> ExtractedListing:
    where = given.get("itemLocation")
    places = (line(at(where, name)) for name in ("postalCode", "city", "country"))
    asked = given.get("price") or given.get("currentBidPrice")
    created = dated(first_of(given, ("itemCreationDate", "itemOriginDate")), today)
    thumbnail = next(iter(rows(given.get("thumbnailImages"))), None)
    image = link(at(given, "image", "imageUrl")) or link(at(thumbnail, "imageUrl"))
    return ExtractedListing(
        external_id=line(first_of(given, ("itemId", "legacyItemId"))),
        url=link(given.get("itemWebUrl")),
        title=line(given.get("title"), 500),
        description=paragraphs(given.get("shortDescription")),
        category=_category(given),
        gtin=line(given.get("gtin")),
        condition=_condition(given),
        availability=_availability(given),
        **price(at(asked, "value"), at(asked, "currency")),
        place=" ".join(filter(None, places)) or None,
        published=created.value if created else None,
        published_precision=created.precision if created else None,
        image=image,
        photos=1 + len(rows(given.get("additionalImages"))) if image else None,
        seller=line(at(given, "seller", "username")),
        syntax=SYNTAX,
    )


def _category(given: Json) -> str | None:
    """Return the narrowest category: they come in no order that is promised."""
    leaves = lines(given.get("leafCategoryIds"))[:1]
    categories = rows(given.get("categories"))
    leaf = (one for one in categories if line(one.get("categoryId")) in leaves)
    return line(at(next(leaf, next(iter(categories), None)), "categoryName"))


def _condition(given: Json) -> str | None:
    code = count(given.get("conditionId"))
    found = next((name for codes, name in _CONDITIONS if code in codes), None)
    # Without its number, its name in the words of the market.
    named = (line(given.get("condition")) or "").casefold()
    return found or next((name for words, name in _WORDS if words.search(named)), None)


def _availability(given: Json) -> str | None:
    estimated = rows(given.get("estimatedAvailabilities"))
    status = line(estimated[0].get("estimatedAvailabilityStatus")) if estimated else None
    # What a search returns is on sale, unless it says otherwise.
    return "OutOfStock" if status == "OUT_OF_STOCK" else "InStock"


def _error(data: Any) -> AnswerError:
    errors = rows(at(data, "errors"))
    for one in errors:
        number = one.get("errorId")
        if isinstance(number, int) and number in _KINDS:
            return AnswerError(_KINDS[number])
        said = f"{line(one.get('message'))} {line(one.get('longMessage'))}".lower()
        if "too many requests" in said or "rate limit" in said:
            return AnswerError("quota")
        if "insufficient permissions" in said or "access denied" in said:
            return AnswerError("refused")
        if "token" in said and ("expired" in said or "invalid" in said):
            return AnswerError("expired")
        if "not found" in said:
            return AnswerError("gone")
    return AnswerError("unreadable")
