"""What runs see over weeks: they stop early, read all now and then, and are not fooled."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from crawlers import run
from crawlers.run import CrawlResult
from tests.crawlers.conftest import Crawling, crawling
from tests.crawlers.in_process import child_on
from tests.crawlers.server import Answer, Site, page, review
from vigie import clock
from vigie.settings import Settings
from vigie.store import Crawl, Outcome, Reach, Review, ReviewState, ReviewVersion

START = datetime(2026, 4, 1, 8, tzinfo=UTC)
NEWEST = date(2026, 3, 30)


@dataclass
class Town:
    """A paginated page of reviews, newest first unless shuffled, read one day after another."""

    crawl: Crawling
    source: int = 0
    now: datetime = START
    # Number -> what differs from the plain review; in the order of the page.
    shown: dict[int, dict[str, Any]] = field(default_factory=dict)
    # None: the page states no count; "ratings" states that of ratings.
    stated: int | None = None
    stated_as: str = "reviewCount"
    per_page: int = 2

    def __post_init__(self) -> None:
        self.source = self.crawl.add("http://127.0.0.1:8000/avis")
        self.show(*range(8, 0, -1))

    def show(self, *numbers: int, **fields: Any) -> None:
        self.shown = {number: self.shown.get(number, {}) for number in numbers}
        self.stated = len(numbers)

    def answer(self, path: str) -> Answer:
        number = int(path.partition("page=")[2] or 1)
        rows = list(self.shown.items())
        part = rows[(number - 1) * self.per_page :][: self.per_page]
        more = len(rows) > number * self.per_page
        head = f'<link rel="next" href="/avis?page={number + 1}">' if more else ""
        answer = page([_one(n, **fields) for n, fields in part], stated=self.stated, head=head)
        body = str(answer.body).replace('"reviewCount"', f'"{self.stated_as}"')
        return Answer(body)

    def visit(self, days: float = 1) -> CrawlResult:
        self.now += timedelta(days=days)
        clock.set_clock(lambda: self.now)
        (result,) = self.crawl.crawl([self.source])
        return result

    def states(self) -> dict[int, ReviewState]:
        with self.crawl.factory() as session:
            rows = session.execute(select(Review.external_id, Review.state))
            return {int(name.split("-")[1]): state for name, state in rows}

    def gone(self) -> list[int]:
        return sorted(n for n, state in self.states().items() if state is ReviewState.GONE)

    def reach(self) -> Reach | None:
        with self.crawl.factory() as session:
            return session.scalars(select(Crawl.reach).order_by(Crawl.id.desc())).first()


def _one(number: int, **fields: Any) -> dict[str, Any]:
    day = NEWEST + timedelta(days=number - 8)
    return review(number, **{"datePublished": day.isoformat(), **fields})


@pytest.fixture
def town(settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Town:
    town = Town(crawling(settings, engine))
    monkeypatch.setattr(run, "run_child", child_on(lambda path: town.answer(path)))
    return town


def test_a_run_stops_at_what_is_known_and_reads_all_once_a_week(town: Town) -> None:
    assert (town.visit().pages, town.reach()) == (4, Reach.WHOLE)
    town.show(9, *range(8, 0, -1))
    result = town.visit()
    assert (result.pages, result.new, town.reach()) == (1, 1, Reach.KNOWN)
    assert "jusqu" not in result.sentence
    assert "déjà connu" in result.sentence
    town.shown[2] = {"text": "Après coup : la panne est revenue, je suis très déçu."}
    assert (town.visit().outcome, town.reach()) == (Outcome.UNCHANGED, Reach.KNOWN)
    # The edit on the last page shows in the full pass.
    result = town.visit(days=5)
    assert (result.pages, result.changed, town.reach()) == (5, 1, Reach.WHOLE)


def test_several_new_pages_are_read_up_to_the_first_known_one(town: Town) -> None:
    town.show(*range(5, 0, -1))
    town.visit()
    town.show(*range(10, 0, -1))
    result = town.visit()
    assert (result.pages, result.new, result.outcome) == (3, 5, Outcome.OK)


def test_pages_that_are_not_newest_first_are_read_whole(town: Town) -> None:
    town.show(3, 8, 1, 6, 2, 7, 5, 4)
    for _ in range(2):
        assert (town.visit().pages, town.reach()) == (4, Reach.WHOLE)


def test_a_review_pinned_above_the_newest_does_not_end_a_run(town: Town) -> None:
    town.show(1, *range(8, 1, -1))
    town.visit()
    town.show(1, *range(9, 1, -1))
    result = town.visit()
    assert (result.new, result.pages) == (1, 5)


def test_a_count_that_fell_sends_a_run_through_all_pages_and_two_decide(town: Town) -> None:
    town.visit()
    town.show(8, 7, 6, 5, 4, 2, 1)
    assert (town.visit().pages, town.gone()) == (4, [])
    assert (town.visit().changed, town.gone()) == (1, [3])
    town.show(*range(8, 0, -1))
    town.visit()
    assert town.gone() == []


def test_a_review_that_moves_to_the_next_page_meanwhile_is_not_doubled(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = town.answer

    def move(path: str) -> Answer:
        answer = plain(path)
        # Somebody writes while the first page is read: everything moves down by one.
        town.shown = {9: {}, **town.shown}
        return answer

    monkeypatch.setattr(town, "answer", move)
    result = town.visit()
    assert (result.reviews, result.new) == (8, 8)
    assert sorted(town.states()) == list(range(1, 9))


def test_a_replys_arrival_is_a_version_even_deep_in_the_list(town: Town) -> None:
    town.visit()
    reply = {"@type": "Comment", "text": "Merci, à bientôt !", "author": "Garage du Pont"}
    town.shown[1] = {"comment": reply}
    assert town.visit(days=7).changed == 1
    with town.crawl.factory() as session:
        (version,) = session.scalars(select(ReviewVersion)).all()
        assert (version.reply_text, version.review.reply_text) == (None, "Merci, à bientôt !")


def test_ratings_without_text_do_not_keep_a_review_from_being_gone(town: Town) -> None:
    town.stated_as, town.stated = "ratingCount", 12
    assert [town.visit().outcome for _ in range(3)] == [
        Outcome.PARTIAL,
        Outcome.PARTIAL,
        Outcome.UNCHANGED,
    ]
    # One more rating without text changes nothing; a review that goes takes its rating along.
    town.stated = 13
    result = town.visit()
    assert (result.outcome, town.gone()) == (Outcome.UNCHANGED, [])
    assert "notes" in result.sentence
    town.show(8, 7, 6, 5, 3, 2, 1)
    town.stated = 12
    town.visit()
    assert town.gone() == []
    town.visit()
    assert town.gone() == [4]
    assert town.visit().outcome is Outcome.UNCHANGED


def test_a_pagination_that_breaks_off_loses_nothing(town: Town) -> None:
    town.stated_as, town.stated = "ratingCount", 12
    for _ in range(3):
        town.visit()
    shown = dict(town.shown)
    town.shown = {number: shown[number] for number in (8, 7, 6)}
    for _ in range(5):
        assert town.visit(days=7).outcome is Outcome.PARTIAL
    assert town.gone() == []


def test_a_page_of_the_latest_reviews_loses_none_of_the_older(town: Town) -> None:
    for newest in range(8, 16):
        town.show(*range(newest, newest - 4, -1))
        town.stated = None
        town.visit()
    assert town.gone() == []
    assert len(town.states()) == 11
    # What goes from its midst is gone all the same.
    town.show(15, 13, 12)
    town.stated = None
    for _ in range(2):
        town.visit(days=7)
    assert town.gone() == [14]


def test_dates_that_are_not_read_any_more_are_told_and_lose_nothing(town: Town) -> None:
    for _ in range(3):
        town.visit(days=7)
    town.shown = {number: {"datePublished": None} for number in range(8, 1, -1)}
    town.stated = 7
    result = town.visit(days=7)
    assert result.outcome is Outcome.PARTIAL
    assert "Les dates, présentes sur 100 % des avis, ne sont plus lues nulle part" in (
        result.sentence.replace("\u00a0", " ")
    )
    for _ in range(3):
        town.visit(days=7)
    assert town.gone() == []


def test_without_identifiers_a_lost_author_does_not_double_the_reviews(town: Town) -> None:
    town.per_page = 4
    town.shown = {number: {"id": None} for number in range(8, 0, -1)}
    for _ in range(3):
        town.visit(days=7)
    town.shown = {number: {"id": None, "author": None} for number in range(8, 0, -1)}
    result = town.visit(days=7)
    assert (result.outcome, result.new) == (Outcome.PARTIAL, 0)
    assert "Les noms des auteurs" in result.sentence
    with town.crawl.factory() as session:
        assert len(session.scalars(select(Review.id)).all()) == 8


def test_a_list_beyond_our_bounds_stays_partial_in_short_runs(town: Town) -> None:
    # Five links may be followed one after another.
    town.per_page = 1
    town.stated = None
    seen = [town.visit() for _ in range(3)]
    assert [result.pages for result in seen] == [6, 2, 2]
    assert {(result.outcome, result.sentence) for result in seen} == {
        (Outcome.PARTIAL, seen[0].sentence)
    }
    assert "VIGIE_MAX_DEPTH" in seen[0].sentence


def test_full_and_short_runs_take_turns(town: Town) -> None:
    reached = []
    for _ in range(9):
        town.visit()
        reached.append(town.reach())
    assert [reach is Reach.WHOLE for reach in reached] == [True, *[False] * 6, True, False]


def test_a_run_in_a_real_child_stops_at_what_is_known(shop_crawl: Crawling) -> None:
    town = Town(shop_crawl)
    with Site({"/avis": lambda path: town.answer(path)}) as site:
        town.source = shop_crawl.add(site.url("/avis"))
        assert (town.visit().pages, town.reach()) == (4, Reach.WHOLE)
        assert (town.visit().pages, town.reach()) == (1, Reach.KNOWN)
