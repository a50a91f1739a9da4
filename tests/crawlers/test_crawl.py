"""One batch over loopback, in a real child process: each source has its own fate."""

from collections.abc import Iterator
from gzip import compress
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import select

from crawlers.run import CrawlEvent, CrawlResult
from tests.crawlers.conftest import Crawling, crawling
from tests.crawlers.server import Answer, Handler, Site, listing, page, review
from vigie.clock import now
from vigie.settings import load_settings
from vigie.store import Crawl, Health, Outcome, Permission, Review, Source
from vigie.store import Site as SiteRow
from vigie.store.session import open_engine
from vigie.store.upgrade import upgrade

NEXT = '<link rel="next" href="{}">'


def _numbered(path: str) -> Answer:
    number = int(path.partition("page=")[2] or 1)
    links = " ".join(f'<a href="/numeros?page={n}">{n}</a>' for n in (1, 2, 3) if n != number)
    return page([review(f"n{number}")], body=f"<nav>{links}</nav>")


def _endless(path: str) -> Answer:
    number = int(path.partition("page=")[2] or 1)
    return page([review(f"e{number}")], head=NEXT.format(f"/sans-fin?page={number + 1}"))


def _slow(path: str) -> Answer:
    sleep(6)
    return page([review("s1")])


# What a site does -> how its crawl must end, and words of its evidence.
PAGES: dict[str, Answer | Handler] = {
    "/robots.txt": Answer("User-agent: *\nDisallow: /prive\n", kind="text/plain"),
    "/suite": page([review(1), review(2)], stated=3, head=NEXT.format("/suite?page=2")),
    "/suite?page=2": page([review(3)], stated=3),
    "/numeros": _numbered,
    "/entete": Answer(page([review("h1")]).body, headers={"Link": '</entete?page=2>; rel="next"'}),
    "/entete?page=2": page([review("h2")]),
    "/annonces": page([], listings=[listing(1, 89.9), listing(2, 120)]),
    "/zero": page([], body="<p>Aucun avis pour le moment.</p>"),
    "/vide": page([], body="<p>Bienvenue sur notre nouveau site.</p>"),
    "/court": page([review("c1"), review("c2")], stated=10),
    "/refus": Answer("Accès refusé", 403),
    "/absente": Answer("Introuvable", 404),
    "/panne": Answer("Erreur", 500),
    "/lente": _slow,
    "/enorme": Answer(b"<html>" + b"a" * 1_500_000),
    "/bombe": Answer(compress(b"a" * 5_000_000), headers={"Content-Encoding": "gzip"}),
    "/sans-fin": _endless,
    "/repete": page([review("r1")], head=NEXT.format("/repete?page=2")),
    "/trouee": page([review("t1")], head=NEXT.format("/trouee?page=2")),
    "/trouee?page=2": Answer("Erreur", 500),
    "/captcha": Answer("<title>Vérification</title><p>Prouvez que vous n’êtes pas un robot</p>"),
    "/connexion": Answer("<title>Connexion</title><form><input type=password></form>"),
    "/pdf": Answer(b"%PDF-1.7 \x00\x01", kind="application/pdf"),
    "/boucle": Answer(status=302, headers={"Location": "/boucle"}),
    "/prive/avis": page([review("p1")]),
}
FATES = {
    "/suite": (Outcome.OK, "3 avis lus sur 2 pages"),
    "/numeros": (Outcome.OK, "3 avis lus"),
    "/entete": (Outcome.OK, "2 avis lus sur 2 pages"),
    "/annonces": (Outcome.OK, "2 annonces"),
    "/zero": (Outcome.EMPTY, "elle-même"),
    "/vide": (Outcome.BROKEN, "ni avis ni annonce"),
    "/court": (Outcome.PARTIAL, "annonce 10 avis, 2 lus"),
    "/refus": (Outcome.BLOCKED, "403"),
    "/absente": (Outcome.BROKEN, "404"),
    "/panne": (Outcome.UNREACHABLE, "500"),
    "/lente": (Outcome.UNREACHABLE, "pas répondu à temps"),
    "/enorme": (Outcome.BROKEN, "trop grande"),
    "/bombe": (Outcome.BROKEN, "trop grande"),
    "/sans-fin": (Outcome.PARTIAL, "VIGIE_MAX_"),
    "/repete": (Outcome.PARTIAL, "redonne les mêmes"),
    "/trouee": (Outcome.PARTIAL, "500"),
    "/captcha": (Outcome.BLOCKED, "CAPTCHA"),
    "/connexion": (Outcome.BLOCKED, "se connecter"),
    "/pdf": (Outcome.BROKEN, "pas une page"),
    "/boucle": (Outcome.BROKEN, "sans fin"),
    "/prive/avis": (Outcome.DISALLOWED, "robots.txt"),
    "/ailleurs": (Outcome.BROKEN, "réseau privé"),
    "closed": (Outcome.UNREACHABLE, "refuse la connexion"),
    # Of its own: after that, nothing more is asked of the whole site.
    "too-many": (Outcome.BLOCKED, "429"),
    "robots-down": (Outcome.UNREACHABLE, "robots.txt du site ne répond pas"),
    "not-permitted": (Outcome.DISALLOWED, "sans permission"),
}


class Street:
    """The whole batch, crawled once for this module."""

    def __init__(
        self, crawl: Crawling, site: Site, private: Site, unsure: Site, strict: Site
    ) -> None:
        self.crawl, self.site, self.private = crawl, site, private
        site.pages["/ailleurs"] = Answer(status=302, headers={"Location": private.url("/secret")})
        with Site() as gone:
            closed = gone.url("/avis")
        self.ids = {
            path: crawl.add(site.url(path)) for path in [*PAGES, "/ailleurs"] if path in FATES
        }
        self.ids["closed"] = crawl.add(closed)
        self.ids["too-many"] = crawl.add(strict.url("/avis"))
        self.ids["robots-down"] = crawl.add(unsure.url("/avis"))
        self.ids["not-permitted"] = crawl.add(
            site.url("/suite", host="localhost"), permission=Permission.NONE
        )
        self.events: list[CrawlEvent] = []
        results = crawl.crawl(list(self.ids.values()), self.events.append)
        self.results: dict[int, CrawlResult] = {result.source_id: result for result in results}

    def result(self, path: str) -> CrawlResult:
        return self.results[self.ids[path]]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    settings = load_settings(
        data_dir=tmp_path_factory.mktemp("street"), contact="tests@example.org"
    )
    engine = open_engine(settings)
    upgrade(engine)
    robots_down: dict[str, Answer | Handler] = {
        "/robots.txt": Answer("", 503),
        "/avis": page([review("u1")]),
    }
    too_many = {"/avis": Answer("Doucement", 429)}
    with (
        Site(PAGES) as site,
        Site() as private,
        Site(robots_down) as unsure,
        Site(too_many) as strict,
    ):
        yield Street(crawling(settings, engine), site, private, unsure, strict)
    engine.dispose()


@pytest.mark.parametrize("path", FATES)
def test_each_way_a_site_behaves_has_its_outcome_and_its_evidence(
    street: Street, path: str
) -> None:
    outcome, words = FATES[path]
    result = street.result(path)
    assert (result.outcome, words in result.sentence) == (outcome, True), result


def test_one_crawl_row_is_written_for_each_source(street: Street) -> None:
    with street.crawl.factory() as session:
        crawls = session.scalars(select(Crawl)).all()
    assert sorted(crawl.source_id for crawl in crawls) == sorted(street.ids.values())
    assert all(crawl.outcome and crawl.finished_at and crawl.evidence for crawl in crawls)


def test_every_source_is_free_again_with_its_next_run_and_its_health(street: Street) -> None:
    with street.crawl.factory() as session:
        sources = {source.id: source for source in session.scalars(select(Source))}
    assert not any(source.claimed_until or source.claimed_by for source in sources.values())
    due = [source.next_run_at for source in sources.values()]
    assert all(moment is not None and moment > now() for moment in due)
    health = {path: sources[number].health for path, number in street.ids.items()}
    assert health["/suite"] is Health.HEALTHY
    assert health["/court"] is Health.DEGRADED
    assert health["/refus"] is Health.BLOCKED
    assert health["/prive/avis"] is Health.DISALLOWED
    assert health["/panne"] is Health.LATE
    assert health["/vide"] is Health.BROKEN


def test_the_counts_are_those_of_the_pages(street: Street) -> None:
    result = street.result("/suite")
    assert (result.reviews, result.new, result.changed, result.pages) == (3, 3, 0, 2)


def test_what_robots_forbids_is_never_asked_for(street: Street) -> None:
    assert "/prive/avis" not in street.site.paths()
    assert street.site.paths().count("/robots.txt") == 1
    assert street.site.paths().count("/.well-known/tdmrep.json") == 1


def test_a_site_without_permission_is_not_even_asked_for_its_robots(street: Street) -> None:
    # The site is also "127.0.0.1", which is permitted: its own robots.txt was read once.
    assert street.result("not-permitted").pages == 0


def test_a_redirect_to_a_private_address_makes_no_connection(street: Street) -> None:
    assert street.private.asked == []


def test_every_request_says_who_asks_and_how_to_reach_them(street: Street) -> None:
    agents = {agent for _, agent in street.site.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("Vigie/")
    assert "(+tests@example.org)" in street.site.asked[0][1]


def test_the_watcher_is_told_of_each_end_once(street: Street) -> None:
    finished = [event.source_id for event in street.events if event.finished]
    assert sorted(finished) == sorted(street.ids.values())
    assert any(event.pages and not event.finished for event in street.events)


def test_authors_are_stored_as_pseudonyms(street: Street) -> None:
    with street.crawl.factory() as session:
        reviews = session.scalars(
            select(Review).where(Review.source_id == street.ids["/suite"])
        ).all()
    assert {review.author_label for review in reviews} == {"Client"}
    assert len({review.author_pseudonym for review in reviews}) == 3


def test_the_private_addresses_allowed_are_those_the_operator_wrote(street: Street) -> None:
    with street.crawl.factory() as session:
        hosts = session.scalars(select(SiteRow.host).where(SiteRow.private_allowed)).all()
    private = street.private.url("").removeprefix("http://")
    assert private not in hosts


def test_what_robots_said_is_kept_with_the_site(street: Street) -> None:
    with street.crawl.factory() as session:
        decision = {
            path: session.get_one(Source, street.ids[path]).site
            for path in ("/suite", "robots-down", "closed")
        }
        said = {path: site and site.robots_decision for path, site in decision.items()}
        forbidden = select(Crawl).where(Crawl.source_id == street.ids["/prive/avis"])
        rules = session.scalars(forbidden).one().evidence["rules"]
    # The last source of this host asked for what is allowed; each crawl keeps what it was told.
    assert said == {"/suite": "allowed", "robots-down": "unreachable", "closed": None}
    assert rules == {"robots": "disallowed"}


def test_nothing_is_kept_of_the_batch_but_the_database(street: Street) -> None:
    folder: Path = street.crawl.settings.data_dir
    names = {path.name for path in folder.iterdir()}
    keys = {"secret.key", "credentials.key"}
    assert names <= keys | {"vigie.sqlite3", "vigie.sqlite3-wal", "vigie.sqlite3-shm"}
