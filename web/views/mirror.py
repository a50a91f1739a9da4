"""A shop beside its rivals and its trade."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vigie.mirror import mirror_of
from vigie.mirror.words import around_sentence, lasting_days, point_sentence, rank_sentence
from web.database import db
from web.queries.scope import shop_for, visible
from web.security import signed_in

pages = Blueprint("mirror", __name__)


@pages.get("/commerces/<slug>/miroir")
def show(slug: str) -> ResponseReturnValue:
    """Show the mirror."""
    shop = shop_for(db(), signed_in(), slug)
    mirror = mirror_of(db(), shop, visible(signed_in()))
    return render_template(
        "mirror.html",
        shop=shop,
        mirror=mirror,
        around=around_sentence(mirror.neighbours),
        rank_sentence=rank_sentence,
        point_sentence=point_sentence,
        lasting_days=lasting_days,
    )
