"""The town's web: three small sites on loopback that behave like the real platforms.

``avis`` is a review site with JSON-LD and pages, ``artisans`` one with microdata and notes out of
ten, ``marche`` a marketplace whose prices move. Each shows what existed on the town's day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask, Response, abort, g, render_template, request, url_for
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ops.demo.catalogue import CITY, POSTCODE, SHOPS, TRADERS, TownShop
from ops.demo.goods import GOODS
from ops.demo.history import TownReview, goods_on, town_reviews
from ops.demo.switches import Board, Switch
from vigie.french import decimal, french_date, money

PER_PAGE = {"avis": 20, "artisans": 15}
SITE_NAMES = {"avis": "Avis du Coin", "artisans": "Bons Artisans", "marche": "Le Grand Marché"}
REVIEW_SITES = ("avis", "artisans")
# What a site says of its rules stays as it is, whatever its pages do.
RULES = ("/robots.txt", "/.well-known/tdmrep.json")


@dataclass
class Town:
    """The town's day, and what its sites have been told to do."""

    today: date
    day: date
    board: Board = field(default_factory=Board)

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
    """The sites on loopback, from ``with`` to its end.

    Each on a free port, or on ``first_port`` and the ones after it.
    """

    def __init__(self, town: Town, first_port: int = 0) -> None:
        self.town = town
        self._servers: dict[str, BaseWSGIServer] = {
            name: make_server(
                "127.0.0.1",
                first_port + number if first_port else 0,
                _site(name, town),
                threaded=True,
                request_handler=_Quiet,
            )
            for number, name in enumerate(SITE_NAMES)
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


def pages_of(shop: TownShop) -> Iterator[tuple[str, str]]:
    """Yield each page of a shop that can be watched: its site and its path."""
    for site in shop.sites:
        yield site, f"/pro/{shop.slug}"
    if any(goods.seller == shop.slug for goods in GOODS):
        yield "marche", f"/vendeur/{shop.slug}"


def _site(name: str, town: Town) -> Flask:
    app = Flask(f"{__name__}.{name}", root_path=str(Path(__file__).parent), static_folder=None)
    dress(app, SITE_NAMES[name])
    requests = count(1)

    @app.before_request
    def meddle() -> Response | str | None:
        g.switches = [] if request.path in RULES else list(town.board.at(name, request.path))
        g.requests = next(requests) if g.switches else 0
        for switch, value in _switches():
            answer = switch.answer(value) if switch.answer else None
            if answer is not None:
                return answer
        return None

    @app.after_request
    def rewrite(response: Response) -> Response:
        for switch, _ in _switches():
            if switch.rewrite is not None:
                response.set_data(switch.rewrite(response.get_data(as_text=True)))
        return response

    @app.get("/robots.txt")
    def robots() -> Response:
        return Response("User-agent: *\nAllow: /\nDisallow: /compte\n", mimetype="text/plain")

    app.add_url_rule("/", "home", lambda: render_template("accueil.html"))
    if name in REVIEW_SITES:
        app.add_url_rule("/pro/<slug>", "shop", lambda slug: _reviews_page(name, town, slug))
    else:
        app.add_url_rule("/vendeur/<slug>", "seller", lambda slug: _seller_page(town, slug))
    return app


def dress(app: Flask, name: str) -> None:
    """Give a site what its pages are written with."""
    app.jinja_env.filters.update(french_date=french_date, decimal=decimal)
    app.jinja_env.globals.update(shops=SHOPS, site_name=name, city=CITY, postcode=POSTCODE)


def _switches() -> Iterator[tuple[Switch, float]]:
    yield from g.switches


def _show(view: dict[str, Any]) -> str:
    for switch, value in _switches():
        if switch.view is not None:
            switch.view(view, value)
    return render_template(view["template"], **view)


def _reviews_page(site: str, town: Town, slug: str) -> str:
    shop, reviews = _shop(slug), town.reviews(site, slug)
    for switch, value in _switches():
        if switch.reviews is not None:
            reviews = switch.reviews(reviews, value, g.requests)
    page, size = request.args.get("page", 1, type=int), PER_PAGE[site]
    pages = max(1, -(-len(reviews) // size))
    view: dict[str, Any] = {
        "template": f"{site}.html",
        "shop": shop,
        "count": len(reviews),
        "mean": sum(review.stars for review in reviews) / len(reviews) if reviews else None,
        "page": page,
        "pages": pages,
        "shown": reviews[(page - 1) * size : page * size],
        "day": town.day,
        "link": lambda number: url_for("shop", slug=slug, page=number, _external=True),
    }
    text = _show(view)
    if not 1 <= page <= view["pages"]:
        abort(404)
    return text


def _seller_page(town: Town, slug: str) -> str:
    offers = []
    for goods, price in goods_on(town.day, town.today, slug):
        for switch, value in _switches():
            if switch.price is not None:
                price = switch.price(price, value)
        offers.append((goods, price, money(round(price * 100))))
    return _show(
        {
            "template": "marche.html",
            "shop": _shop(slug),
            "offers": offers,
            "until": town.day + timedelta(days=30),
        }
    )


def _shop(slug: str) -> TownShop:
    for shop in SHOPS + TRADERS:
        if shop.slug == slug:
            return shop
    abort(404)
