"""A shop's listings with their price history."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import page_number
from web.database import db
from web.queries.listings import listings_page
from web.queries.scope import shop_for
from web.security import signed_in

pages = Blueprint("listings", __name__)


@pages.get("/commerces/<slug>/annonces")
def show(slug: str) -> ResponseReturnValue:
    """Show a page of listings."""
    shop = shop_for(db(), signed_in(), slug)
    return render_template(
        "listings.html", shop=shop, listings=listings_page(db(), shop.id, page_number())
    )
