"""Charts as images of their own: a page says in words and in a table what they draw."""

from flask import Blueprint, Response, request

from vigie.charts import Chart, PriceAt, price_chart, rating_chart, sentiment_chart, svg
from vigie.clock import day_of
from web.database import db
from web.queries import trends
from web.queries.listings import listing_for, moved_prices
from web.queries.scope import shop_for
from web.security import signed_in

pages = Blueprint("charts", __name__)
# Plots for a telephone and for a desk, in pixels; the page picks by the screen's width.
NARROW_WIDTH, WIDE_WIDTH = 265, 470


@pages.get("/commerces/<slug>/note.svg")
def rating(slug: str) -> Response:
    """Draw the rating over a year."""
    shop = shop_for(db(), signed_in(), slug)
    _, weeks = trends.rating_points(db(), shop.id)
    changes = trends.rating_changes(db(), shop.id)
    return _image(rating_chart(weeks, changes=changes, width=_width(), height=200))


@pages.get("/commerces/<slug>/sentiment.svg")
def sentiment(slug: str) -> Response:
    """Draw the tones over a year."""
    shop = shop_for(db(), signed_in(), slug)
    return _image(sentiment_chart(trends.tone_points(db(), shop.id), width=_width(), height=216))


@pages.get("/annonces/<int:id>/prix.svg")
def price(id: int) -> Response:
    """Draw a listing's prices."""
    listing = listing_for(db(), signed_in(), id)
    points = [
        PriceAt(day_of(point.seen_at), point.price_cents)
        for point in moved_prices(listing.price_points)
    ]
    return _image(price_chart(points, (listing.ended_at or listing.last_seen_at).date()))


def _width() -> int:
    return NARROW_WIDTH if request.args.get("format") == "etroit" else WIDE_WIDTH


def _image(chart: Chart) -> Response:
    response = Response(svg(chart), mimetype="image/svg+xml")
    # Asked for again with each page, sent again only when it changed.
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
