"""Sites on loopback for the benchmarks of crawling: long lists of reviews on pages of 150 kB."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread

from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.extract import PAGE_BYTES, filler
from crawlers.sources import add_source
from tests.factories import make_shop
from vigie.settings import Settings, load_settings
from vigie.store import Permission, Site
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade

REVIEWS_A_PAGE = 20
HALF = filler((PAGE_BYTES - 10_000) // 2)
NAMES = [
    "Marie",
    "Jean",
    "Paul",
    "Anne",
    "Luc",
    "Julie",
    "Marc",
    "Sophie",
    "Karim",
    "Léa",
    "Hugo",
    "Nadia",
    "Petit",
    "Durand",
    "Roux",
]
WORDS = [
    "accueil",
    "agréable",
    "délai",
    "tenu",
    "prix",
    "conforme",
    "au",
    "devis",
    "garage",
    "moteur",
    "freins",
    "vidange",
    "rapide",
    "lent",
    "cher",
    "travail",
    "soigné",
    "conseil",
    "patient",
    "équipe",
    "rendez-vous",
    "voiture",
    "retard",
    "pièce",
    "facture",
    "sourire",
    "téléphone",
    "nettoyage",
    "panne",
    "réparation",
    "embrayage",
    "pneus",
    "merci",
    "bref",
    "encore",
    "jamais",
]
# A page's status and body, by its number; None is no page.
Pages = Callable[[int], tuple[int, str] | None]


@contextmanager
def site(pages: Pages) -> Iterator[str]:
    """Serve pages at ``/avis/<number>``, from 1; yields the address of the first."""

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = self.path.removeprefix("/avis/")
            status, text = (pages(int(number)) if number.isdigit() else None) or (404, "absent")
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/avis/1"
    finally:
        server.shutdown()
        server.server_close()


def page_of(name: str, number: int, last: int | None) -> tuple[int, str] | None:
    """Return a page of twenty reviews that links to the next; without ``last``, endlessly."""
    if last is not None and number > last:
        return None
    reviews = [_review(name, (number - 1) * REVIEWS_A_PAGE + n) for n in range(REVIEWS_A_PAGE)]
    business: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "name": "Garage du Pont",
        "review": reviews,
    }
    if last is not None:
        total = last * REVIEWS_A_PAGE
        business["aggregateRating"] = {"@type": "AggregateRating", "reviewCount": total}
    block = json.dumps(business, ensure_ascii=False)
    following = f'<link rel="next" href="/avis/{number + 1}">' if number != last else ""
    head = f'<meta charset="utf-8"><title>Avis</title>{following}'
    script = f'<script type="application/ld+json">{block}</script>'
    return 200, f"<!doctype html><html><head>{head}{script}</head><body>{HALF}{HALF}</body></html>"


def _review(name: str, number: int) -> dict[str, object]:
    day = f"{2025 - number // 336}-{number % 336 // 28 + 1:02}-{number % 28 + 1:02}"
    chosen = Random(f"{name}-{number}")
    return {
        "@type": "Review",
        "@id": f"#{name}-{number}",
        "author": {"@type": "Person", "name": f"{chosen.choice(NAMES)} {chosen.choice(NAMES)}"},
        "datePublished": day,
        "reviewBody": " ".join(chosen.choices(WORDS, k=40)),
        "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5},
    }


@contextmanager
def watched(
    sites: Mapping[str, Pages],
) -> Iterator[tuple[Settings, sessionmaker[Session], list[int]]]:
    """Serve sites, each a source of one shop in a new database, without delays between requests."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="vigie-crawl-"))
        settings = load_settings(data_dir=Path(folder) / "data", contact="benchmark@example.org")
        settings.data_dir.mkdir()
        engine = open_engine(settings)
        stack.callback(engine.dispose)
        upgrade(engine)
        factory = session_factory(engine)
        with factory.begin() as session:
            shop = make_shop(session)
            ids = [
                add_source(
                    session,
                    settings,
                    shop,
                    stack.enter_context(site(pages)),
                    label=name,
                    permission=Permission.OWN_PAGE,
                ).id
                for name, pages in sites.items()
            ]
            session.execute(update(Site).values(min_delay_s=0.0))
        yield settings, factory, ids
