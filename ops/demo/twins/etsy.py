"""The twin of Etsy's Open API v3: key, limit and offset, reviews without identifier, offers."""

from typing import Any

from flask import Blueprint, Response, request

from ops.demo.catalogue import SHOPS
from ops.demo.goods import Goods
from ops.demo.history import TownReview
from ops.demo.twins.service import Service, answer, at_noon, turned_away

MOST_A_PAGE = 100
_FIRST_SHOP = 10_000_001


def number_of(shop: str) -> int:
    """Return a shop's number."""
    return _FIRST_SHOP + [one.slug for one in SHOPS].index(shop)


def twin(service: Service) -> Blueprint:
    """Return the service; ``number_of`` gives a shop's number."""
    pages = Blueprint("twin-etsy", __name__)
    shops = {number_of(shop.slug): shop.slug for shop in SHOPS}

    @pages.get("/v3/application/shops/<int:number>/reviews")
    def reviews(number: int) -> Response:
        return _refusal(service, number in shops) or _page(
            service, [_review(service, number, one) for one in service.reviews(shops[number])]
        )

    @pages.get("/v3/application/shops/<int:number>/listings/active")
    def listings(number: int) -> Response:
        return _refusal(service, number in shops) or _page(
            service, [_listing(number, *one) for one in service.goods(shops[number])]
        )

    return pages


def _refusal(service: Service, is_known: bool) -> Response | None:
    key = request.headers.get("x-api-key", "")
    if not key:
        return answer({"error": "Missing x-api-key header or client_id"}, 401)
    if key != service.key:
        return answer({"error": "Invalid API key"}, 403)
    if service.is_over_limit():
        return turned_away(service, {"error": "Exceeded rate limit of requests per second"})
    return None if is_known else answer({"error": "Shop not found"}, 404)


def _page(service: Service, every: list[dict[str, Any]]) -> Response:
    size = service.size("limit", 25, MOST_A_PAGE)
    offset = max(0, request.args.get("offset", 0, int))
    return answer({"count": len(every), "results": every[offset : offset + size]})


def _review(service: Service, number: int, review: TownReview) -> dict[str, Any]:
    created = int(at_noon(review).timestamp())
    corrected = service.corrected(review)
    return {
        "shop_id": number,
        "listing_id": 1,
        "transaction_id": int(review.reference, 16),
        "buyer_user_id": None,
        "rating": review.stars,
        "review": review.text,
        "language": "fr",
        "create_timestamp": created,
        "created_timestamp": created,
        "update_timestamp": int(corrected.timestamp()) if corrected else created,
    }


def _listing(number: int, goods: Goods, price: float) -> dict[str, Any]:
    reference = int(goods.reference.partition("-")[2])
    return {
        "listing_id": reference,
        "shop_id": number,
        "title": goods.title,
        "description": goods.title,
        "state": "active",
        "quantity": 1,
        "url": f"https://www.etsy.com/listing/{reference}",
        "price": {"amount": round(price * 100), "divisor": 100, "currency_code": "EUR"},
    }
