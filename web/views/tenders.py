"""The public calls for tenders that a shop could answer."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import page_number
from web.database import db
from web.queries.scope import shop_for
from web.queries.tenders import are_followed, tenders_page
from web.security import signed_in

pages = Blueprint("tenders", __name__)


@pages.get("/commerces/<slug>/marches")
def show(slug: str) -> ResponseReturnValue:
    """List what can still be answered, the next deadline first."""
    shop = shop_for(db(), signed_in(), slug)
    return render_template(
        "tenders.html",
        shop=shop,
        tenders=tenders_page(db(), shop.id, page_number()),
        followed=are_followed(db(), shop.id),
    )
