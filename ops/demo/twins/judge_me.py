"""The twin of Judge.me's reviews: token, pages by number, reviews held back among the shown."""

from typing import Any

from flask import Blueprint, Response, request

from ops.demo.history import TownReview
from ops.demo.twins.service import Service, answer, at_noon, stamp, turned_away

MOST_A_PAGE = 100
# Beyond this many reviews the last page comes again and again.
MOST = 10_000
_ENDING = ".ville.example"


def domain_of(shop: str) -> str:
    """Return a shop's domain."""
    return f"{shop}{_ENDING}"


def twin(service: Service) -> Blueprint:
    """Return the service; ``domain_of`` gives a shop's domain."""
    pages = Blueprint("twin-judge-me", __name__)

    @pages.get("/api/v1/reviews")
    def listing() -> Response:
        token = request.headers.get("X-Api-Token") or request.args.get("api_token")
        if token != service.key:
            said = "Failed to authenticate. Shop domain or Api Token is wrong"
            return answer({"error": said}, 401)
        if service.is_over_limit():
            return turned_away(service, {"error": "Too many requests"})
        shop = request.args.get("shop_domain", "").removesuffix(_ENDING)
        page = max(1, request.args.get("page", 1, int))
        size = service.size("per_page", 10, MOST_A_PAGE)
        start = (min(page, MOST // size) - 1) * size
        every = service.reviews(shop)[start : start + size]
        shown = [_shown(service, one) for one in every]
        return answer({"current_page": page, "per_page": size, "reviews": shown})

    return pages


def _shown(service: Service, review: TownReview) -> dict[str, Any]:
    created = stamp(at_noon(review))
    held_back = review.reference.endswith("ff")
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
        "curated": "spam" if held_back else "ok",
        "published": not held_back,
        # What the shop has put away in its own list is still shown to everyone.
        "hidden": review.reference.endswith("e"),
        "verified": "buyer",
        "created_at": created,
        "updated_at": stamp(service.corrected(review)) or created,
    }
