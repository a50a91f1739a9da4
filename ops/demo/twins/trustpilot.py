"""The twin of Trustpilot's Business Units API: key, pages with links, Apigee's faults."""

from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, request

from ops.demo.catalogue import SHOPS, TownShop
from ops.demo.history import TownReview
from ops.demo.twins.service import Service, answer, at_noon, stamp, turned_away

MOST_A_PAGE = 100


def unit_of(shop: str) -> str:
    """Return a shop's identifier at Trustpilot: 24 hexadecimal digits."""
    return sha256(shop.encode()).hexdigest()[:24]


def twin(service: Service) -> Blueprint:
    """Return the service; ``unit_of`` gives a shop's unit."""
    pages = Blueprint("twin-trustpilot", __name__)
    units = {unit_of(shop.slug): shop for shop in SHOPS}

    @pages.get("/v1/business-units/<unit>/reviews")
    def listing(unit: str) -> Response:
        key = request.headers.get("apikey") or request.args.get("apikey")
        if key != service.key:
            return _fault(401, "oauth.v2.InvalidApiKey", "Invalid ApiKey")
        if service.is_over_limit():
            return turned_away(
                service,
                _fault_of("policies.ratelimit.SpikeArrestViolation", "Spike arrest violation."),
            )
        if unit not in units:
            return answer({"message": "Business Unit not found", "errorCode": 1001}, 404)
        every = service.reviews(units[unit].slug)
        size = service.size("perPage", 20, MOST_A_PAGE)
        page = max(1, request.args.get("page", 1, int))
        start = (page - 1) * size
        links = [_link("next-page", page + 1)] if start + size < len(every) else []
        links += [_link("previous-page", page - 1)] if page > 1 else []
        shown = [_shown(service, units[unit], one) for one in every[start : start + size]]
        return answer({"links": links, "reviews": shown})

    return pages


def _link(rel: str, page: int) -> dict[str, str]:
    return {"href": f"{request.base_url}?page={page}", "method": "GET", "rel": rel}


def _fault_of(code: str, text: str) -> dict[str, Any]:
    return {"fault": {"faultstring": text, "detail": {"errorcode": code}}}


def _fault(status: int, code: str, text: str) -> Response:
    return answer(_fault_of(code, text), status)


def _shown(service: Service, shop: TownShop, review: TownReview) -> dict[str, Any]:
    replied = review.reply and review.replied and review.replied <= service.town.day
    return {
        "id": sha256(review.reference.encode()).hexdigest()[:24],
        "stars": review.stars,
        "title": None,
        "text": review.text,
        "language": "fr",
        "createdAt": stamp(at_noon(review)),
        "experiencedAt": f"{review.published.isoformat()}T00:00:00Z",
        "updatedAt": stamp(service.corrected(review)),
        "isVerified": True,
        "reviewVerificationLevel": "verified",
        "status": "active",
        "consumer": {"displayName": review.author},
        "businessUnit": {"id": unit_of(shop.slug), "displayName": shop.name},
        "companyReply": {
            "text": review.reply,
            "createdAt": f"{review.replied.isoformat()}T15:00:00Z",
            "updatedAt": None,
        }
        if replied and review.replied
        else None,
        "links": [],
    }
