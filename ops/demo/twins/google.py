"""The twin of Google Business Profile v4: tokens, reviews by page, replies, one review."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from flask import Blueprint, Response, request

from ops.demo.history import TownReview
from ops.demo.twins.service import Service, answer, at_noon, stamp, turned_away

STARS = ("ONE", "TWO", "THREE", "FOUR", "FIVE")
MOST_A_PAGE = 50
ACCESS = "ya29.ville"


def twin(service: Service) -> Blueprint:
    """Return the service: a location's number is its shop's name in the town."""
    pages = Blueprint("twin-google", __name__)

    @pages.post("/token")
    def token() -> Response:
        if request.form.get("refresh_token") != service.key:
            return answer(
                {
                    "error": "invalid_grant",
                    "error_description": "Token has been expired or revoked.",
                },
                400,
            )
        return answer({"access_token": ACCESS, "expires_in": 3599, "token_type": "Bearer"})

    @pages.get("/v4/accounts/<account>/locations/<shop>/reviews")
    def listing(account: str, shop: str) -> Response:
        if refusal := _refusal(service):
            return refusal
        every = sorted(
            service.reviews(shop), key=lambda one: (_updated(service, one), one.reference)
        )[::-1]
        if not every:
            return answer({})
        size = service.size("pageSize", MOST_A_PAGE, MOST_A_PAGE)
        start = _start(request.args.get("pageToken"))
        name = f"accounts/{account}/locations/{shop}/reviews"
        data: dict[str, Any] = {
            "reviews": [_shown(service, name, one) for one in every[start : start + size]],
            "averageRating": round(sum(one.stars for one in every) / len(every), 1),
            "totalReviewCount": len(every),
        }
        if start + size < len(every):
            data["nextPageToken"] = urlsafe_b64encode(str(start + size).encode()).decode()
        return answer(data)

    @pages.get("/v4/accounts/<account>/locations/<shop>/reviews/<reference>")
    def one(account: str, shop: str, reference: str) -> Response:
        if refusal := _refusal(service):
            return refusal
        name = f"accounts/{account}/locations/{shop}/reviews"
        for review in service.reviews(shop):
            if review.reference == reference:
                return answer(_shown(service, name, review))
        return _error(404, "NOT_FOUND", "Requested entity was not found.")

    return pages


def _refusal(service: Service) -> Response | None:
    if request.headers.get("Authorization") != f"Bearer {ACCESS}":
        return _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
    if service.is_over_limit():
        return turned_away(
            service,
            {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota exceeded"}},
        )
    return None


def _error(code: int, status: str, message: str) -> Response:
    return answer({"error": {"code": code, "message": message, "status": status}}, code)


def _updated(service: Service, review: TownReview) -> str:
    return stamp(service.corrected(review) or at_noon(review)) or ""


def _start(token: str | None) -> int:
    return int(urlsafe_b64decode(token)) if token else 0


def _shown(service: Service, name: str, review: TownReview) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": f"{name}/{review.reference}",
        "reviewId": review.reference,
        "reviewer": {"displayName": review.author},
        "starRating": STARS[review.stars - 1],
        "comment": review.text,
        "createTime": stamp(at_noon(review)),
        "updateTime": _updated(service, review),
    }
    if review.reply and review.replied and review.replied <= service.town.day:
        data["reviewReply"] = {
            "comment": review.reply,
            "updateTime": f"{review.replied.isoformat()}T15:00:00Z",
        }
    return data
