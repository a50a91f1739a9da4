"""A shop's dashboard."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vigie.brief import weekly_brief
from vigie.brief.advice import trouble_sentences
from vigie.clock import today
from web.database import db
from web.queries import listings, reviews, trends
from web.queries.portfolio import UNRATED, kept_alerts, standings
from web.queries.scope import shop_for
from web.security import signed_in

pages = Blueprint("shop", __name__)
LATEST_REVIEWS, LATEST_LISTINGS = 5, 6


@pages.get("/commerces/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Show what changed, why, and what to do."""
    session = db()
    shop = shop_for(session, signed_in(), slug)
    span, weeks = trends.rating_points(session, shop.id)
    brief = weekly_brief(session, shop, today())
    return render_template(
        "shop.html",
        shop=shop,
        standing=standings(session, [shop.id]).get(shop.id, UNRATED),
        brief=brief,
        kept=kept_alerts(session, shop.id),
        troubles=trouble_sentences(brief.troubles),
        span=span,
        weeks=weeks,
        tones=trends.tone_points(session, shop.id),
        reviews=reviews.reviews_page(
            session, shop.id, reviews.ReviewFilter(), 1, size=LATEST_REVIEWS
        ),
        sources=reviews.sources_of(session, shop.id),
        wanted=reviews.ReviewFilter(),
        listings=listings.listings_page(session, shop.id, 1, size=LATEST_LISTINGS),
        compared=trends.compared(session, signed_in(), shop),
    )
