"""The twin of eBay's Browse API: tokens for an application, markets, offers of a seller."""

import re
from typing import Any

from flask import Blueprint, Response, request

from ops.demo.catalogue import CITY, POSTCODE
from ops.demo.goods import Goods
from ops.demo.twins.service import Service, answer, turned_away

MOST_A_PAGE = 200
ACCESS = "v^1.1#ville"
# What a euro costs on each market.
CURRENCIES = {"EBAY_FR": ("EUR", 1.0), "EBAY_DE": ("EUR", 1.0), "EBAY_GB": ("GBP", 0.86)}
CONDITIONS = {"NewCondition": "1000", "RefurbishedCondition": "2500", "UsedCondition": "3000"}
_SELLER = re.compile(r"sellers:\{([^}|]+)\}")


def twin(service: Service) -> Blueprint:
    """Return the service: a shop's name in the town is its seller's."""
    pages = Blueprint("twin-ebay", __name__)

    @pages.post("/identity/v1/oauth2/token")
    def token() -> Response:
        client = request.authorization
        if client is None or client.password != service.key:
            return answer(
                {
                    "error": "invalid_client",
                    "error_description": "client authentication failed",
                },
                401,
            )
        return answer(
            {"access_token": ACCESS, "expires_in": 7200, "token_type": "Application Access Token"}
        )

    @pages.get("/buy/browse/v1/item_summary/search")
    def search() -> Response:
        if request.headers.get("Authorization") != f"Bearer {ACCESS}":
            return _error(401, 1001, "Invalid access token")
        if service.is_over_limit():
            return turned_away(service, _error_of(2001, "Too many requests."))
        if not {"q", "category_ids"} & request.args.keys():
            return _error(400, 12001, "The call must have a valid 'q' or 'category_ids'.")
        market = request.headers.get("X-EBAY-C-MARKETPLACE-ID", "EBAY_US")
        found = _SELLER.search(request.args.get("filter", ""))
        seller = found.group(1) if found else ""
        every = service.goods(seller) if market in CURRENCIES else []
        limit = service.size("limit", 50, MOST_A_PAGE)
        offset = max(0, request.args.get("offset", 0, int))
        shown = [_shown(market, *one) for one in every[offset : offset + limit]]
        data: dict[str, Any] = {
            "href": request.url,
            "total": len(every),
            "limit": limit,
            "offset": offset,
        }
        if shown:
            data["itemSummaries"] = shown
        if offset + limit < len(every):
            data["next"] = f"{request.base_url}?limit={limit}&offset={offset + limit}"
        return answer(data)

    return pages


def _error_of(number: int, message: str) -> dict[str, Any]:
    return {"errors": [{"errorId": number, "category": "REQUEST", "message": message}]}


def _error(status: int, number: int, message: str) -> Response:
    return answer(_error_of(number, message), status)


def _shown(market: str, goods: Goods, price: float) -> dict[str, Any]:
    currency, rate = CURRENCIES[market]
    domain = {"EBAY_FR": "ebay.fr", "EBAY_DE": "ebay.de"}.get(market, "ebay.co.uk")
    reference = goods.reference.partition("-")[2]
    return {
        "itemId": f"v1|{reference}|0",
        "legacyItemId": reference,
        "title": goods.title,
        "leafCategoryIds": ["1"],
        "categories": [{"categoryId": "1", "categoryName": goods.category}],
        "price": {"value": f"{price * rate:.2f}", "currency": currency},
        "seller": {"username": goods.seller, "feedbackPercentage": "99.1", "feedbackScore": 210},
        "conditionId": CONDITIONS[goods.condition],
        "buyingOptions": ["FIXED_PRICE"],
        "itemWebUrl": f"https://www.{domain}/itm/{reference}?hash=item{reference}:g:ville",
        "listingMarketplaceId": market,
        "itemLocation": {"postalCode": f"{POSTCODE[:3]}**", "city": CITY, "country": "FR"},
    }
