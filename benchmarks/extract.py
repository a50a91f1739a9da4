"""Milliseconds a page: parsing alone with lxml, reading it with Vigie, and with extruct if there.

    python -m benchmarks.extract [FOLDER ...]

Without a folder, pages of about 150 kB are made: twenty reviews or thirty-five listings, in each
syntax, inside the markup that surrounds them on a real site. Times are processor time, the best of
many runs, all three in the same run, so that a busy machine disturbs none of them.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from lxml import etree

from crawlers.extract import read_page

RUNS = 25
TODAY = date(2026, 11, 23)
PAGE_BYTES = 150_000


def best_ms(action: Callable[[], object]) -> float:
    """Return the best of several runs, in milliseconds of processor time."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return min(times) * 1000


def parse(body: bytes) -> object:
    """Parse and nothing else: what every extraction pays."""
    return etree.fromstring(body, etree.HTMLParser(encoding="utf-8"))


def extruct_reader() -> Callable[[str], object] | None:
    """Return extruct with all its syntaxes, None where it is not installed."""
    try:
        import extruct
    except ImportError:
        return None

    def read(body: str) -> object:
        return extruct.extract(body)

    return read


def filler(size: int) -> str:
    """Return menus, cards and scripts such as surround the reviews of a real page."""
    card = (
        '<div class="card card--small"><a class="card__link" href="/produit/{n}" title="Voir">'
        '<span class="card__title">Produit numéro {n}</span><img src="/img/{n}.jpg" alt=""></a>'
        '<p class="card__text">Un texte court sur ce produit, sa taille et sa couleur.</p></div>\n'
        "<script>window.dataLayer=window.dataLayer||[];dataLayer.push({{'id':{n}}});</script>\n"
    )
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(card.format(n=len(parts)))
        length += len(parts[-1])
    return "".join(parts)


def made_pages() -> Iterator[tuple[str, bytes]]:
    """Yield a page of ``PAGE_BYTES`` for each syntax and kind of item."""
    text = "Accueil très agréable, délai tenu et prix conforme au devis. Je recommande. " * 3
    reviews = [
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": f"Client {n}"},
            "datePublished": f"2024-05-{n + 1:02}",
            "reviewBody": f"Avis {n} : {text}",
            "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5},
        }
        for n in range(20)
    ]
    business = {"@context": "https://schema.org", "@type": "LocalBusiness", "name": "Garage"}
    block = json.dumps(business | {"review": reviews}, ensure_ascii=False)
    yield "20 reviews, JSON-LD", page(f'<script type="application/ld+json">{block}</script>')
    for name, scope, prop in (
        ("microdata", 'itemscope itemtype="http://schema.org/{}"', "itemprop"),
        ("RDFa", 'vocab="http://schema.org/" typeof="{}"', "property"),
    ):
        yield f"20 reviews, {name}", page("".join(
            f'<li {scope.format("Review")}><b {prop}="author">Client {n}</b>'
            f'<time {prop}="datePublished" datetime="2024-05-{n + 1:02}">mai</time>'
            f'<p {prop}="reviewRating" {scope.format("Rating")}><i {prop}="ratingValue">4</i></p>'
            f'<p {prop}="reviewBody">Avis {n} : {text}</p></li>' for n in range(20)))  # fmt: skip
        yield f"35 listings, {name}", page("".join(
            f'<li {scope.format("Offer")}><a href="/annonces/{n + 1000}"><h2 {prop}="name">Auto {n}'
            f'</h2></a><meta {prop}="priceCurrency" content="EUR"><b {prop}="price" content="{n}9">'
            f'{n}9 €</b><meta {prop}="availabilityStarts" content="2024-05-01"></li>'
            for n in range(35)))  # fmt: skip
    yield "nothing marked up", page("<p>Bonjour</p>")


def page(items: str) -> bytes:
    """Wrap items in a page of about ``PAGE_BYTES``."""
    rest = PAGE_BYTES - len(items.encode())
    half = filler(rest // 2)
    return f'<!doctype html><meta charset="utf-8"><body>{half}<ul>{items}</ul>{half}'.encode()


def main(folders: list[str]) -> None:
    """Print one line a page."""
    pages = (
        [
            (path.name, path.read_bytes())
            for folder in folders
            for path in sorted(Path(folder).rglob("*.html"))
        ]
        if folders
        else list(made_pages())
    )
    by_extruct = extruct_reader()
    print(
        f"{'page':44} {'kB':>5} {'items':>6} {'parse':>8} {'vigie':>8} {'ratio':>6} {'extruct':>8}"
    )
    for name, body in pages:
        parsing = best_ms(partial(parse, body))
        reading = best_ms(partial(read_page, body, "https://exemple.fr/", None, TODAY))
        read = read_page(body, "https://exemple.fr/", None, TODAY)
        other = "-"
        if by_extruct is not None:
            text = body.decode("utf-8", "replace")
            other = f"{best_ms(partial(by_extruct, text)):8.1f}"
        items = len(read.reviews) + len(read.listings)
        print(
            f"{name[:44]:44} {len(body) // 1000:5} {items:6} {parsing:8.2f} {reading:8.2f}"
            f" {reading / parsing:6.2f} {other:>8}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
