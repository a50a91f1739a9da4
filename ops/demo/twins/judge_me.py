"""The twin of Judge.me's reviews: token, pages by number, hidden reviews among the shown."""

from typing import Any

from flask import Blueprint, Response, request

from ops.demo.history import TownReview
from ops.demo.twins.service import Service, answer, at_noon, stamp, turned_away

MOST_A_PAGE = 100
_ENDING = ".ville.example"


def domain_of(shop: str) -> str:
    """Return a shop's domain."""
    return f"{shop}{_ENDING}"


def twin(service: Service) -> Blueprint:
    """Return the service; ``domain_of`` gives a shop's domain."""
    pages = Blueprint("twin-judge-me", __name__)

    @pages.get("/api/v1/reviews")
    def listing() -> Response:
        if request.args.get("api_token") != service.key:
            return answer({"error": "Authentication failed"}, 401)
        if service.is_over_limit():
            return turned_away(service, {"error": "Too many requests"})
        shop = request.args.get("shop_domain", "").removesuffix(_ENDING)
        page = max(1, request.args.get("page", 1, int))
        size = service.size("per_page", 10, MOST_A_PAGE)
        start = (page - 1) * size
        every = service.reviews(shop)[start : start + size]
        shown = [_shown(service, one) for one in every]
        return answer({"current_page": page, "per_page": size, "reviews": shown})

    return pages


def _shown(service: Service, review: TownReview) -> dict[str, Any]:
    created = stamp(at_noon(review))
    hidden = review.reference.endswith("ff")
    return {
        "id": int(review.reference, 16),
        "title": None,
        "body": review.text,
        "rating": review.stars,
        "product_external_id": 0,
        "reviewer": {
            "id": 1,
            "name": review.author,
            "email": f"{review.reference}@exemple.fr",
            "phone": None,
        },
        "source": "web",
        "curated": "spam" if hidden else "ok",
        "published": not hidden,
        "hidden": hidden,
        "verified": "buyer",
        "created_at": created,
        "updated_at": stamp(service.corrected(review)) or created,
    }
