"""What the town's sites can be told to do wrong: one declaration a switch, tests and demo alike."""

import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Response, render_template, request

from ops.demo.history import TownReview
from vigie.errors import VigieError

Reviews = list[TownReview]


@dataclass(frozen=True, slots=True)
class Switch:
    """A thing that a site does; ``value`` is its amount where none is given.

    ``answer`` stands for the page, ``reviews`` and ``price`` change what it shows, ``view`` the
    words of its template (by name), ``rewrite`` its text. ``reviews`` is also told how many
    requests its site has had.
    """

    value: float = 0
    answer: Callable[[float], Response | str | None] | None = None
    reviews: Callable[[Reviews, float, int], Reviews] | None = None
    price: Callable[[float, float], float] | None = None
    view: Callable[[dict[str, Any], float], None] | None = None
    rewrite: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """A switch that is on: at a site, for one path of it or (None) for all, with its amount."""

    site: str
    name: str
    path: str | None = None
    value: float | None = None


@dataclass
class Board:
    """The switches that are on; with a file, whoever writes it flips them while the town runs."""

    file: Path | None = None
    _flips: list[Flip] = field(default_factory=list)

    def flips(self) -> list[Flip]:
        """Return what is on."""
        if self.file is None:
            return list(self._flips)
        try:
            return [Flip(**one) for one in json.loads(self.file.read_text(encoding="utf-8"))]
        except FileNotFoundError:
            return []
        except (ValueError, TypeError):
            raise VigieError("error-demo-switches", path=str(self.file)) from None

    def on(self, site: str, name: str, path: str | None = None, value: float | None = None) -> None:
        """Turn a switch on, or give it another amount."""
        flips = [
            one for one in self.flips() if (one.site, one.name, one.path) != (site, name, path)
        ]
        self._keep([*flips, Flip(site, name, path, value)])

    def off(self, site: str | None = None, name: str | None = None) -> None:
        """Turn one switch of a site off, all of a site, or all."""
        kept = [
            one
            for one in self.flips()
            if (site not in (None, one.site)) or (name not in (None, one.name))
        ]
        self._keep(kept)

    def at(self, site: str, path: str) -> Iterator[tuple[Switch, float]]:
        """Yield what is on for a page, with its amount."""
        for flip in self.flips():
            if flip.site == site and flip.path in (None, path) and flip.name in SWITCHES:
                switch = SWITCHES[flip.name]
                yield switch, switch.value if flip.value is None else flip.value

    def _keep(self, flips: list[Flip]) -> None:
        self._flips = flips
        if self.file is not None:
            # Whole or not at all: the town may be reading it.
            new = self.file.with_suffix(".new")
            new.write_text(json.dumps([asdict(one) for one in flips]), encoding="utf-8")
            new.replace(self.file)


def _page(name: str, status: int = 200) -> Callable[[float], Response]:
    return lambda value: Response(
        render_template(f"{name}.html"),
        status=status,
        headers={"Retry-After": str(int(value))} if value else {},
    )


def _slow(seconds: float) -> None:
    time.sleep(seconds)


def _cut(_: float) -> Response:
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    return Response()


def _endless_body(megabytes: float) -> Response:
    line = b"<p>Encore un avis, et encore un avis, sans fin.</p>\n" * 400
    # No reader takes as much, and none that does can fill a disk with it.
    parts = islice(iter(lambda: line, b""), int(megabytes * 1_000_000 / len(line)))
    return Response(parts, mimetype="text/html")


def _edited(reviews: Reviews, count: float, _: int) -> Reviews:
    edited = [
        replace(review, stars=1, text=f"{review.text} Mise à jour : je ne recommande plus.")
        for review in reviews[: int(count)]
    ]
    return edited + reviews[int(count) :]


def _moved(reviews: Reviews, count: float, requests: int) -> Reviews:
    start = -int(count * requests) % max(len(reviews), 1)
    return reviews[start:] + reviews[:start]


def _truncated(view: dict[str, Any], last: float) -> None:
    view["pages"] = min(view["pages"], int(last))
    if view["page"] > last:
        view["shown"] = []


def _miscounted(view: dict[str, Any], more: float) -> None:
    view["count"] += int(more)


def _endless(view: dict[str, Any], pages: float) -> None:
    view["pages"] = int(pages)


def _redesigned(view: dict[str, Any], _: float) -> None:
    view["template"] = "refonte.html"


def _renamed(text: str) -> str:
    for name in ("datePublished", "reviewBody"):
        text = text.replace(name, f"nouveau-{name}")
    return text


# The name is what a person types; its French sentence is ``switch-<name>``.
SWITCHES: Mapping[str, Switch] = {
    "redesign": Switch(view=_redesigned),
    "rename": Switch(rewrite=_renamed),
    "forbidden": Switch(answer=_page("refus", 403)),
    "limited": Switch(60, answer=_page("trop", 429)),
    "captcha": Switch(answer=_page("captcha")),
    "consent": Switch(answer=_page("consentement")),
    "login": Switch(answer=_page("connexion")),
    "truncated": Switch(1, view=_truncated),
    "miscounted": Switch(37, view=_miscounted),
    "slow": Switch(5, answer=_slow),
    "endless-pages": Switch(10_000, view=_endless),
    "endless-body": Switch(500, answer=_endless_body),
    "edited": Switch(1, reviews=_edited),
    "deleted": Switch(1, reviews=lambda reviews, count, _: reviews[int(count) :]),
    "moving": Switch(1, reviews=_moved),
    "prices": Switch(-10, price=lambda price, percent: round(price * (1 + percent / 100), 2)),
    "down": Switch(answer=_page("panne", 503)),
    "cut": Switch(answer=_cut),
    "home": Switch(answer=_page("accueil")),
    "soft-404": Switch(answer=_page("introuvable")),
}
