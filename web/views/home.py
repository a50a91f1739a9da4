"""The first page: a person's shops."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import page_number
from web.database import db
from web.queries.portfolio import shop_cards
from web.security import signed_in

pages = Blueprint("home", __name__)
LONGEST_SEARCH = 100


@pages.get("/")
def show() -> ResponseReturnValue:
    """List the shops, those with alerts first."""
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    cards = shop_cards(db(), signed_in(), words, page_number())
    return render_template("home.html", cards=cards, words=words)
