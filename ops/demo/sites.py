"""The town's web: three small sites on loopback that behave like the real platforms.

``avis`` is a review site with JSON-LD and pages, ``artisans`` one with microdata and notes out of
ten, ``marche`` a marketplace whose prices move. Each shows what existed on the town's day.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

from flask import Flask, Response, abort, render_template, request, url_for
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ops.demo.catalogue import CITY, POSTCODE, SHOPS, TownShop
from ops.demo.history import TownReview, goods_on, town_reviews
from vigie.french import decimal, french_date, money

PER_PAGE = {"avis": 20, "artisans": 15}
SITE_NAMES = {"avis": "Avis du Coin", "artisans": "Bons Artisans", "marche": "Le Grand Marché"}
REVIEW_SITES = ("avis", "artisans")


@dataclass
class Town:
    """The town's day, and what its sites have been told to do."""

    today: date
    day: date
    # (site, path) that answer 403, as a platform that turned a reader away.
    refused: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._reviews = town_reviews(self.today)

    def reviews(self, site: str, shop: str) -> list[TownReview]:
        """Return a shop's reviews on a site up to the town's day, newest first."""
        return [
            review
            for review in reversed(self._reviews)
            if review.site == site and review.shop == shop and review.published <= self.day
        ]


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the demo's own progress is what people watch."""


class TownServer:
    """The sites, each on a free loopback port, from ``with`` to its end."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._servers: dict[str, BaseWSGIServer] = {
            name: make_server(
                "127.0.0.1", 0, _site(name, town), threaded=True, request_handler=_Quiet
            )
            for name in SITE_NAMES
        }

    def __enter__(self) -> "TownServer":
        for server in self._servers.values():
            Thread(target=server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def url(self, site: str, path: str) -> str:
        """Return the address of a page of a site."""
        return f"http://127.0.0.1:{self._servers[site].server_port}{path}"


def _site(name: str, town: Town) -> Flask:
    app = Flask(f"{__name__}.{name}", root_path=str(Path(__file__).parent), static_folder=None)
    app.jinja_env.filters.update(french_date=french_date, decimal=decimal)
    app.jinja_env.globals.update(site_name=SITE_NAMES[name], city=CITY, postcode=POSTCODE)

    @app.before_request
    def refuse() -> Response | None:
        if (name, request.path) in town.refused:
            return Response("Accès refusé", status=403, mimetype="text/plain")
        return None

    @app.get("/robots.txt")
    def robots() -> Response:
        return Response("User-agent: *\nAllow: /\nDisallow: /compte\n", mimetype="text/plain")

    if name in REVIEW_SITES:
        app.add_url_rule("/pro/<slug>", "shop", lambda slug: _reviews_page(name, town, slug))
    else:
        app.add_url_rule("/vendeur/<slug>", "seller", lambda slug: _seller_page(town, slug))
    return app


def _reviews_page(site: str, town: Town, slug: str) -> str:
    shop, reviews = _shop(slug), town.reviews(site, slug)
    page, size = request.args.get("page", 1, type=int), PER_PAGE[site]
    pages = max(1, -(-len(reviews) // size))
    if not 1 <= page <= pages:
        abort(404)
    return render_template(
        f"{site}.html",
        shop=shop,
        shown=reviews[(page - 1) * size : page * size],
        count=len(reviews),
        mean=sum(review.stars for review in reviews) / len(reviews) if reviews else None,
        page=page,
        pages=pages,
        day=town.day,
        link=lambda number: url_for("shop", slug=slug, page=number, _external=True),
    )


def _seller_page(town: Town, slug: str) -> str:
    offers = goods_on(town.day, town.today, slug)
    return render_template(
        "marche.html",
        shop=_shop(slug),
        offers=[(goods, price, money(round(price * 100))) for goods, price in offers],
        until=town.day + timedelta(days=30),
    )


def _shop(slug: str) -> TownShop:
    for shop in SHOPS:
        if shop.slug == slug:
            return shop
    abort(404)
