"""What the real crawl makes of each switch of the sandbox town, over real sockets."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select, update

from crawlers.run import CrawlResult
from ops.demo.sites import Town, TownServer
from ops.demo.switches import SWITCHES
from tests.crawlers.conftest import Crawling
from vigie.store import Crawl, Listing, Outcome, Review, ReviewState, ReviewVersion, Source

TODAY = date(2026, 11, 23)
PATH, SELLER = "/pro/fournil-de-la-gare", "/vendeur/garage-du-pont-vieux"
# The outcome once the switch is on, and words of its evidence.
ENDS: dict[str, tuple[Outcome, str]] = {
    "redesign": (Outcome.BROKEN, "changé de forme"),
    "rename": (Outcome.PARTIAL, "ne sont plus lu"),
    "forbidden": (Outcome.BLOCKED, "403"),
    "limited": (Outcome.BLOCKED, "429"),
    "captcha": (Outcome.BLOCKED, "CAPTCHA"),
    "consent": (Outcome.BLOCKED, "consentement"),
    "login": (Outcome.BLOCKED, "connecter"),
    "truncated": (Outcome.PARTIAL, "La page annonce"),
    "miscounted": (Outcome.PARTIAL, "La page annonce"),
    "slow": (Outcome.UNREACHABLE, "à temps"),
    "endless-pages": (Outcome.UNCHANGED, "déjà connus"),
    "endless-body": (Outcome.BROKEN, "trop grande"),
    "edited": (Outcome.OK, "une modification"),
    "deleted": (Outcome.UNCHANGED, "déjà connus"),
    "moving": (Outcome.PARTIAL, "La page annonce"),
    "prices": (Outcome.OK, "modifications"),
    "down": (Outcome.UNREACHABLE, "503"),
    "cut": (Outcome.UNREACHABLE, "interrompue"),
    "home": (Outcome.BROKEN, "adresse inventée"),
    "soft-404": (Outcome.BROKEN, "n’existe pas ou plus"),
}


@dataclass
class Streets:
    """One town a switch, each with one source; crawled together."""

    crawling: Crawling
    towns: dict[str, TownServer]
    ids: dict[str, int]

    def crawl(self) -> dict[str, CrawlResult]:
        """Read every page of every source."""
        with self.crawling.factory.begin() as session:
            session.execute(update(Source).values(full_at=None))
        results = self.crawling.crawl(list(self.ids.values()))
        by_id = {result.source_id: result for result in results}
        return {name: by_id[number] for name, number in self.ids.items()}

    def flip(self) -> None:
        for name, server in self.towns.items():
            server.town.board.on(_site(name), name)

    def reviews(self, name: str) -> list[Review]:
        with self.crawling.factory() as session:
            found = select(Review).where(Review.source_id == self.ids[name])
            return list(session.scalars(found.order_by(Review.id)))


def _site(name: str) -> str:
    return "marche" if name == "prices" else "avis"


@pytest.fixture
def streets(
    shop_crawl: Crawling, quick_children: None, request: pytest.FixtureRequest
) -> Iterator[Streets]:
    with ExitStack() as stack:
        towns = {
            name: stack.enter_context(TownServer(Town(TODAY, TODAY))) for name in request.param
        }
        urls = {
            name: server.url(_site(name), SELLER if name == "prices" else PATH)
            for name, server in towns.items()
        }
        yield Streets(shop_crawl, towns, {name: shop_crawl.add(url) for name, url in urls.items()})


@pytest.mark.parametrize("streets", [tuple(SWITCHES)], indirect=True)
def test_each_switch_ends_in_its_outcome_and_costs_no_stored_review(streets: Streets) -> None:
    first = streets.crawl()
    assert {result.outcome for result in first.values()} == {Outcome.OK}
    known = {name: [review.external_id for review in streets.reviews(name)] for name in SWITCHES}
    streets.flip()
    second = streets.crawl()
    ends = {name: (result.outcome, result.sentence) for name, result in second.items()}
    wrong = {
        name: ends[name]
        for name, (outcome, words) in ENDS.items()
        if ends[name][0] != outcome or words not in ends[name][1]
    }
    assert not wrong
    assert set(ENDS) == set(SWITCHES)
    for name in SWITCHES:
        reviews = streets.reviews(name)
        # Nothing doubled, nothing gone, nothing of a wall or a front page taken for a review.
        assert [review.external_id for review in reviews] == known[name], name
        assert {review.state for review in reviews} <= {ReviewState.PRESENT}, name
    _edits_and_prices_are_kept(streets)


def _edits_and_prices_are_kept(streets: Streets) -> None:
    with streets.crawling.factory() as session:
        edited = select(Review).where(Review.source_id == streets.ids["edited"])
        before = session.scalars(
            select(ReviewVersion.text).where(
                ReviewVersion.review_id.in_(edited.with_only_columns(Review.id))
            )
        ).all()
        texts = [review.text for review in session.scalars(edited)]
        histories = [
            [point.price_cents or 0 for point in listing.price_points]
            for listing in session.scalars(select(Listing))
        ]
        pages = session.scalars(
            select(Crawl.pages)
            .where(Crawl.source_id == streets.ids["endless-pages"])
            .order_by(Crawl.id)
        ).all()[-1]
    assert len(before) == 1
    assert f"{before[0]} Mise à jour : je ne recommande plus." in texts
    assert histories
    for earlier, later in histories:
        assert later == pytest.approx(earlier * 0.9, abs=1)
    assert pages <= streets.crawling.settings.max_pages


@pytest.mark.parametrize("streets", [("deleted",)], indirect=True)
def test_a_deleted_review_is_gone_after_two_complete_passes_and_comes_back(
    streets: Streets,
) -> None:
    streets.crawl()
    states = []
    for is_on in (True, True, False):
        if is_on:
            streets.flip()
        else:
            streets.towns["deleted"].town.board.off("avis", "deleted")
        streets.crawl()
        states.append([review.state for review in streets.reviews("deleted")])
    gone = [found.count(ReviewState.GONE) for found in states]
    assert gone == [0, 1, 0]
    assert {len(found) for found in states} == {len(states[0])}
