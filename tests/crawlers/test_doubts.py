"""Sites that answer "200 OK" with something else than what was asked for, over real sockets."""

from contextlib import ExitStack
from time import process_time

import pytest
from sqlalchemy import select

from crawlers.doubts import probe_url, same_page
from crawlers.passes import PageRead
from crawlers.reading import Reading
from crawlers.signs import is_article, says_absent
from tests.crawlers.conftest import Crawling
from tests.crawlers.server import Answer, Handler, Site, listing, page, review
from vigie.store import Crawl, Outcome, Review

ARTICLE = """<!doctype html><html lang="fr"><head><title>Dix conseils pour vos freins</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "BlogPosting",
"headline": "Dix conseils pour vos freins"}</script></head><body><h1>Dix conseils</h1>
<p>Aucun avis ne remplace celui d’un professionnel.</p></body></html>"""
GONE = """<!doctype html><html lang="fr"><head><title>Oups</title></head><body>
<h1>Cette page n’existe plus</h1><p>0 résultat</p></body></html>"""
HOME = page(
    [review("accueil", "Un avis mis en avant sur la page d’accueil du site.")],
    stated=1,
    listings=[listing(7, 12.5)],
)
SHELL = Answer("<html><body><h1>Bienvenue</h1><p>Aucun avis pour le moment.</p></body></html>")
USUAL = page([review(1), review(2), review(3)], stated=3)
# What a page becomes, whether every other address of its site becomes it too, and what is said.
FATES: dict[str, tuple[Answer, bool, str]] = {
    "home": (HOME, True, "adresse inventée"),
    "shell": (SHELL, True, "adresse inventée"),
    "gone": (Answer(GONE), False, "n’existe pas ou plus"),
    "article": (Answer(ARTICLE), False, "Un article"),
    "redirect": (Answer(status=302, headers={"Location": "/"}), False, "page d’accueil"),
    # Something known is still there, but it is the first page of the site, with its latest review.
    "latest": (page([review(1)], stated=1), True, "adresse inventée"),
}


def _turn(site: Site, answer: Answer, everywhere: bool = True) -> None:
    site.pages = _Same(answer) if everywhere else {**site.pages, "/avis": answer}


class _Same(dict[str, Answer | Handler]):
    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    def get(self, path: str, default: object = None) -> Answer:
        is_rule = path in ("/robots.txt", "/.well-known/tdmrep.json")
        return Answer("absent", 404) if is_rule else self._answer


@pytest.mark.usefixtures("quick_children")
def test_what_is_not_the_page_that_was_asked_for_is_broken_and_nothing_of_it_is_kept(
    shop_crawl: Crawling,
) -> None:
    with ExitStack() as stack:
        sites = {name: stack.enter_context(Site({"/avis": USUAL, "/": HOME})) for name in FATES}
        ids = {name: shop_crawl.add(site.url("/avis")) for name, site in sites.items()}
        first = shop_crawl.crawl(list(ids.values()))
        for name, (answer, everywhere, _) in FATES.items():
            _turn(sites[name], answer, everywhere)
        second = {result.source_id: result for result in shop_crawl.crawl(list(ids.values()))}
    assert {(result.outcome, result.new) for result in first} == {(Outcome.OK, 3)}
    for name, (_, everywhere, words) in FATES.items():
        result = second[ids[name]]
        said = (result.outcome, words in result.sentence, result.new)
        assert said == (Outcome.BROKEN, True, 0), (name, result)
        # One request more at most, and none where the page itself tells.
        probes = [path for path in sites[name].paths() if "page-absente" in path]
        assert len(probes) == 1 + everywhere, name
    with shop_crawl.factory() as session:
        texts = session.scalars(select(Review.text)).all()
        probe = session.scalars(
            select(Crawl.evidence).where(Crawl.source_id == ids["home"]).order_by(Crawl.id)
        ).all()[-1]["rules"]["probe"]
    assert len(texts) == 3 * len(FATES)
    assert (probe["status"], probe["same"]) == (200, True)


@pytest.mark.usefixtures("quick_children")
def test_a_site_that_never_was_what_it_seemed_is_broken_from_the_first_crawl(
    shop_crawl: Crawling,
) -> None:
    with Site() as site, Site() as empty, Site({"/": HOME}) as honest:
        _turn(site, HOME)
        _turn(empty, SHELL)
        ids = [shop_crawl.add(one.url("/avis/pont")) for one in (site, empty)]
        ids.append(shop_crawl.add(honest.url("/")))
        results = shop_crawl.crawl(ids)
        # The first page of a site may well be the source itself.
        assert honest.paths().count("/") == len(honest.paths()) - 2
    assert [result.outcome for result in results] == [Outcome.BROKEN, Outcome.BROKEN, Outcome.OK]


@pytest.mark.usefixtures("quick_children")
def test_an_honest_site_is_probed_once_and_a_page_that_empties_itself_stays_empty(
    shop_crawl: Crawling,
) -> None:
    nothing = page([], body="<p>Aucun avis pour le moment.</p>")
    with Site({"/avis": USUAL, "/vide": nothing}) as site:
        ids = [shop_crawl.add(site.url(path)) for path in ("/avis", "/vide")]
        outcomes = [[result.outcome for result in shop_crawl.crawl(ids)] for _ in range(3)]
        probes = [path for path in site.paths() if "page-absente" in path]
    assert outcomes == [[Outcome.OK, Outcome.EMPTY]] + [[Outcome.UNCHANGED, Outcome.EMPTY]] * 2
    assert len(probes) == 2


@pytest.mark.parametrize(
    ("title", "text", "absent"),
    [
        ("Page introuvable | Garage", None, True),
        ("404 - Not Found", None, True),
        ("Erreur 404", None, True),
        ("Cette page n’est plus disponible", None, True),
        ("Annonces", "Annonce expirée", True),
        ("Avis Peugeot 404 : 12 avis", None, False),
        ("Avis sur le Garage du Pont", None, False),
        ("Annonces", "Cette annonce n’existe plus. 0 résultat", True),
        ("Annonces", None, False),
        ("Garage du Pont", "Le produit que vous cherchez a été supprimé.", True),
        ("Garage du Pont", "Aucun avis pour le moment.", False),
        ("Garage du Pont", "Une page introuvable. " + "Long texte. " * 500, False),
    ],
)
def test_a_page_that_says_it_is_none_is_told_from_others(
    title: str, text: str | None, absent: bool
) -> None:
    assert says_absent(f"<title>{title}</title>".encode(), text) is absent


def test_an_article_is_told_by_its_markup() -> None:
    og = b'<meta property="og:type" content="article">'
    assert is_article(ARTICLE.encode(), surely=True)
    assert is_article(og)
    assert not is_article(og, surely=True)
    assert not is_article(b'{"@type": "Review", "name": "Article"}')


def test_the_address_that_is_tried_stands_beside_the_sources_own() -> None:
    tried = probe_url("https://avis.example/fr/garage?page=1")
    assert tried.startswith("https://avis.example/fr/page-absente-")
    assert tried == probe_url("https://avis.example/fr/garage?page=1")


def test_pages_that_share_a_menu_and_a_footer_are_not_one_page() -> None:
    nothing = Reading(page=PageRead("https://avis.example.fr/"))

    def shown(title: str, words: str) -> bytes:
        menu, foot = "Peinture Outillage Jardin " * 300, "Livraison Retours " * 100
        body = f"<nav>{menu}</nav><main>{words}</main><footer>{foot}</footer>"
        return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()

    contact = shown("Outils", "Écrivez-nous, notre équipe vous répond du lundi au vendredi. " * 3)
    product = shown(
        "Outils", "Perceuse à percussion, deux batteries et un coffret de rangement. " * 3
    )
    assert not same_page(nothing, contact, nothing, product)
    assert not same_page(nothing, shown("Contact", "Rien"), nothing, shown("Perceuse PX", "Vide"))
    at_noon, later = shown("Outils", "Il est 12 h 00"), shown("Outils", "Il est 12 h 01")
    assert same_page(nothing, at_noon, nothing, later)


@pytest.mark.parametrize("piece", [b"<head ", b"<!--", b"<script>"])
def test_a_page_of_tags_without_end_does_not_hold_the_crawl(piece: bytes) -> None:
    nothing, body = Reading(page=PageRead("https://avis.example.fr/")), piece * 30_000
    begun = process_time()
    assert same_page(nothing, body, nothing, body)
    assert process_time() - begun < 2
