"""The twin of the Graph API's page ratings: a page's token, cursors, recommendations."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from flask import Blueprint, Response, request

from ops.demo.history import TownReview
from ops.demo.twins.service import Service, answer, at_noon, turned_away

DEFAULT_A_PAGE, MOST_A_PAGE = 25, 100


def twin(service: Service) -> Blueprint:
    """Return the service: a page's name is its shop's in the town."""
    pages = Blueprint("twin-facebook", __name__)

    @pages.get("/v<version>/<page>/ratings")
    def ratings(version: str, page: str) -> Response:
        if request.headers.get("Authorization") != f"Bearer {service.key}":
            return _error(400, 190, "Error validating access token: the session has expired.")
        if service.is_over_limit():
            return turned_away(service, _error_of(4, "(#4) Application request limit reached"))
        every = service.reviews(page)
        size = service.size("limit", DEFAULT_A_PAGE, MOST_A_PAGE)
        after = request.args.get("after")
        start = int(urlsafe_b64decode(after)) if after else 0
        end = min(start + size, len(every))
        data: dict[str, Any] = {"data": [_shown(one) for one in every[start:end]]}
        if every:
            data["paging"] = {"cursors": {"before": _cursor(start), "after": _cursor(end)}}
        if end < len(every):
            data["paging"]["next"] = f"{request.base_url}?access_token=x&after={_cursor(end)}"
        return answer(data)

    return pages


def _cursor(place: int) -> str:
    return urlsafe_b64encode(str(place).encode()).decode()


def _error_of(code: int, message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "OAuthException", "code": code}}


def _error(status: int, code: int, message: str) -> Response:
    return answer(_error_of(code, message), status)


def _shown(review: TownReview) -> dict[str, Any]:
    return {
        "created_time": at_noon(review).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "has_rating": False,
        "has_review": True,
        "recommendation_type": "positive" if review.stars >= 3 else "negative",
        "review_text": review.text,
        "reviewer": {"name": review.author, "id": review.reference},
        "open_graph_story": {"id": str(int(review.reference, 16))},
    }
