"""A shop's reviews, filtered by source, sentiment, period, urgency and disagreement."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import page_number
from web.database import db
from web.queries.reviews import ReviewFilter, reviews_page, sources_of
from web.queries.scope import shop_for
from web.security import signed_in

pages = Blueprint("reviews", __name__)


@pages.get("/commerces/<slug>/avis")
def show(slug: str) -> ResponseReturnValue:
    """Show a page of reviews; the address keeps the filter."""
    shop = shop_for(db(), signed_in(), slug)
    args = request.args
    wanted = ReviewFilter.read(
        args.get("source", ""),
        args.get("sentiment", ""),
        args.get("periode", ""),
        args.get("urgents", ""),
        args.get("desaccord", ""),
    )
    return render_template(
        "reviews.html",
        shop=shop,
        wanted=wanted,
        reviews=reviews_page(db(), shop.id, wanted, page_number()),
        sources=sources_of(db(), shop.id),
    )
