"""The twin of Avis Vérifiés' files: one a website, no key, with what must not be kept."""

from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort

from ops.demo.catalogue import SHOPS
from ops.demo.history import TownReview
from ops.demo.twins.service import Service, answer, turned_away


def website_of(shop: str) -> str:
    """Return a shop's website identifier, as the service writes them."""
    digest = sha256(shop.encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def path_of(shop: str) -> str:
    """Return where a shop's file is."""
    website = website_of(shop)
    return f"/fr/cache/{'/'.join(website[:3])}/{website}/AWS/WEBSITE_API/reviews.json"


def twin(service: Service) -> Blueprint:
    """Return the service; ``website_of`` gives a shop's website."""
    pages = Blueprint("twin-avis-verifies", __name__)
    websites = {website_of(shop.slug): shop.slug for shop in SHOPS}

    @pages.get("/fr/cache/<a>/<b>/<c>/<website>/AWS/WEBSITE_API/reviews.json")
    def website_file(a: str, b: str, c: str, website: str) -> Response:
        if service.is_over_limit():
            return turned_away(service, {"error": "Too Many Requests"})
        if website not in websites or website[:3] != f"{a}{b}{c}":
            abort(404)
        return answer([_shown(service, one) for one in service.reviews(websites[website])])

    return pages


def _shown(service: Service, review: TownReview) -> dict[str, Any]:
    first, _, last = review.author.partition(" ")
    said = []
    if review.reply and review.replied and review.replied <= service.town.day:
        said.append(
            {
                "comment": review.reply,
                "comment_date": f"{review.replied.isoformat()} 15:00:00",
                "comment_origin": "1",
            }
        )
    return {
        "id_review": review.reference,
        "email": f"{first.lower()}@exemple.fr",
        "lastname": last,
        "firstname": first,
        "order_ref": f"CMD-{review.reference}",
        "order_date": f"{review.published.isoformat()} 09:00:00",
        "review_date": f"{review.published.isoformat()} 12:00:00",
        "publish_date": f"{review.published.isoformat()} 12:00:00",
        "rate": str(review.stars),
        "review": review.text,
        "hide_personnal_data": "0",
        "moderation": said,
    }
