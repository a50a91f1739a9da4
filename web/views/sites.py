"""The sites as operators watch them: what each is asked a day, against its budget and hours."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vigie.clock import now
from vigie.tuning import words
from vigie.tuning.facts import loads
from web.access import operators_only, page_number
from web.choosing import LONGEST
from web.database import db
from web.queries.sites import sites_page

pages = Blueprint("sites", __name__)


@pages.get("/sites")
@operators_only
def index() -> ResponseReturnValue:
    """List the sites, those that wait or are asked for more than their budget marked."""
    host = request.args.get("q", "").strip().lower()[:LONGEST]
    page = sites_page(db(), host, page_number())
    return render_template(
        "sites.html",
        sites=page,
        host=host,
        loads=loads(db(), [site.id for site in page.items], now()),
        words=words,
    )
