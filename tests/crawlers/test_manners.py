"""Manners over loopback, for real: budgets shared by processes, back-off, reservations, 304."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing.process import BaseProcess
from time import sleep

import pytest
from sqlalchemy import Engine, select

from tests.crawlers import forked
from tests.crawlers.conftest import Crawling, crawling
from tests.crawlers.forked import another_process
from tests.crawlers.server import Answer, Handler, Site, page, review
from vigie import clock
from vigie.settings import Settings
from vigie.store import Crawl, Outcome, Permission, Review, Source
from vigie.store import Site as SiteRow

NEXT = '<link rel="next" href="{}">'
# A Monday, ten o'clock in France.
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("quick_children")


@pytest.fixture
def crawl(settings: Settings, engine: Engine) -> Crawling:
    """The same shop on each database."""
    return crawling(settings, engine)


def _limit(crawl: Crawling, source: int, **limits: int) -> None:
    with crawl.factory.begin() as session:
        session.query(SiteRow).filter(SiteRow.id == _site(crawl, source).id).update(
            {getattr(SiteRow, name): value for name, value in limits.items()}
        )


def _site(crawl: Crawling, source: int) -> SiteRow:
    with crawl.factory() as session:
        site = session.get_one(Source, source).site
        assert site is not None
        return site


def _rules(crawl: Crawling, source: int) -> dict[str, object]:
    with crawl.factory() as session:
        last = select(Crawl).where(Crawl.source_id == source).order_by(Crawl.id.desc())
        rules: dict[str, object] = session.scalars(last).first().evidence.get("rules", {})  # type: ignore[union-attr]  # It was crawled.
        return rules


def _chain(name: str, pages: int) -> dict[str, Answer | Handler]:
    """Make pages that lead on one to the next."""
    return {
        f"/{name}/{number}": page(
            [review(f"{name}{number}")],
            head=NEXT.format(f"/{name}/{number + 1}") if number < pages else "",
        )
        for number in range(1, pages + 1)
    }


def _crawl_in_two_processes(crawl: Crawling, sources: Sequence[int]) -> None:
    where = (str(crawl.settings.data_dir), crawl.settings.database)
    others: list[BaseProcess] = [another_process(*where, source) for source in sources]
    for other in others:
        other.join(120)
    assert [other.exitcode for other in others] == [0, 0]


def test_two_processes_at_one_site_share_its_delay_and_never_ask_at_once(
    shop_crawl: Crawling,
) -> None:
    crawl, delay_s = shop_crawl, 0.3
    with Site({**_chain("a", 3), **_chain("b", 3)}) as site:
        ids = [crawl.add(site.url(path), delay_s=delay_s) for path in ("/a/1", "/b/1")]
        _crawl_in_two_processes(crawl, ids)
        moments = sorted(moment for moment, _ in site.heard)
    asked = set(site.paths())
    assert {"/a/3", "/b/3"} <= asked
    # Two processes: each asks for the rules itself, and once for a page that cannot be.
    assert len(moments) == 2 * (2 + 3 + 1)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    # What is measured here is when the server heard of it; a process may be held up on its way.
    assert min(gaps) >= delay_s * 0.8
    site_row = _site(crawl, ids[0])
    assert (site_row.requests_made, site_row.under_way) == (12, {})


def test_a_days_requests_are_counted_over_all_processes_and_sources(crawl: Crawling) -> None:
    with Site({**_chain("a", 9), **_chain("b", 9)}) as site:
        ids = [crawl.add(site.url(path)) for path in ("/a/1", "/b/1")]
        _limit(crawl, ids[0], requests_per_day=9)
        _crawl_in_two_processes(crawl, ids)
        assert len(site.asked) == 9
        # Cut short by the budget, they come back when the next one begins.
        assert {_comes_back(crawl, source) for source in ids} == {(0, 0)}
        # The budget is spent: what is due waits for the next day, without a crawl.
        assert crawl.crawl(ids) == []
        assert len(site.asked) == 9
    with crawl.factory() as session:
        crawls = session.scalars(select(Crawl)).all()
        assert len(crawls) == 2
        assert Outcome.OK not in {row.outcome for row in crawls}
        assert "crawl-trouble-budget" in str([row.evidence for row in crawls])
        assert session.get_one(Source, ids[0]).claimed_until is None
    assert {_comes_back(crawl, source) for source in ids} == {(0, 0)}


def _comes_back(crawl: Crawling, source: int) -> tuple[int, int]:
    """Return the hour and minute in France of a source's next run."""
    with crawl.factory() as session:
        due = session.get_one(Source, source).next_run_at
        assert due is not None
        local = due.astimezone(clock.PARIS) + timedelta(seconds=1)
        return local.hour, local.minute


def test_a_site_is_left_alone_outside_its_hours_by_the_clock_of_france(
    shop_crawl: Crawling,
) -> None:
    crawl = shop_crawl
    clock.set_clock(lambda: MORNING)
    with Site(_chain("a", 1)) as site:
        source = crawl.add(site.url("/a/1"))
        _limit(crawl, source, open_minute=22 * 60, close_minute=6 * 60 + 30)
        assert crawl.crawl([source]) == []
        assert site.asked == []
        with crawl.factory() as session:
            row = session.get_one(Source, source)
            assert row.next_run_at == MORNING + timedelta(hours=12)
        clock.set_clock(lambda: MORNING + timedelta(hours=20, minutes=29))
        (result,) = crawl.crawl([source])
        assert result.outcome is Outcome.OK


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("120", 120),
        ("Mon, 02 Mar 2026 09:30:00 GMT", 1800),
    ],
)
def test_a_site_that_says_too_many_is_paused_for_as_long_as_it_asks(
    shop_crawl: Crawling, retry_after: str, seconds: float
) -> None:
    crawl = shop_crawl
    clock.set_clock(lambda: MORNING)
    pages: dict[str, Answer | Handler] = {
        "/a": Answer("Doucement", 429, headers={"Retry-After": retry_after}),
        "/b": page([review(1)]),
    }
    with Site(pages) as site:
        ids = [crawl.add(site.url(path)) for path in ("/a", "/b")]
        first, second = crawl.crawl(ids)
        assert site.paths().count("/b") == 0
        # Nor does another process, later, before the pause is over.
        assert crawl.crawl(ids) == []
        row = _site(crawl, ids[0])
        assert row.paused_until is not None
        pause_s = (row.paused_until - MORNING).total_seconds()
        # The child lives some seconds later than the moment that the test froze.
        assert seconds - 1 <= pause_s <= seconds + 60
        clock.set_clock(lambda: MORNING + timedelta(seconds=pause_s + 1))
        (later,) = crawl.crawl([ids[1]])
    assert (first.outcome, second.outcome) == (Outcome.BLOCKED, Outcome.UNREACHABLE)
    assert "reportée" in second.sentence
    assert (row.pause_reason, row.failures) == ("http-429", 1)
    assert later.outcome is Outcome.OK
    assert _site(crawl, ids[0]).failures == 0


def test_what_the_site_said_is_kept_with_the_crawl(shop_crawl: Crawling) -> None:
    refusal = Answer("Doucement", 429, headers={"Retry-After": "120"})
    robots = Answer("User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain")
    with Site({"/robots.txt": robots, "/avis": refusal}) as site:
        source = shop_crawl.add(site.url("/avis"))
        shop_crawl.crawl([source])
    rules = _rules(shop_crawl, source)
    assert (rules["robots"], rules["robots_delay_s"], rules["tdm"]) == ("allowed", 0.5, "none")
    pause = rules["pause"]
    assert isinstance(pause, dict)
    assert (pause["status"], pause["retry_after"]) == (429, "120")
    row = _site(shop_crawl, source)
    assert (row.robots_decision, row.robots_delay_s, row.tdm_decision) == ("allowed", 0.5, "none")


def test_a_failing_site_is_asked_again_later_and_later(
    shop_crawl: Crawling, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_s = 0.3
    monkeypatch.setitem(forked.patches, "crawlers.manners.FIRST_FAILURE_S", first_s)
    with Site({"/avis": Answer("Erreur", 502)}) as site:
        source = shop_crawl.add(site.url("/avis"))
        shop_crawl.crawl([source])
        shop_crawl.crawl([source])
        moments = [moment for (moment, _), path in zip(site.heard, site.paths(), strict=True)]
        pages = [m for m, path in zip(moments, site.paths(), strict=True) if path == "/avis"]
    gaps = [later - earlier for earlier, later in pairwise(pages)]
    # Twice as long each time; a new process may take longer than that to begin.
    assert len(gaps) == 3
    assert all(gap >= 0.95 * first_s * 2**number for number, gap in enumerate(gaps))
    assert _site(shop_crawl, source).failures == len(pages)


RESERVED = "application/json"
RESERVATIONS: dict[str, tuple[dict[str, Answer | Handler], str, str]] = {
    "file": (
        {
            "/.well-known/tdmrep.json": Answer(
                '[{"location": "/libre", "tdm-reservation": 0},'
                ' {"location": "/", "tdm-reservation": 1}]',
                kind=RESERVED,
            ),
            "/avis": page([review(1)]),
        },
        "tdm-file",
        "tdmrep.json",
    ),
    "header": (
        {"/avis": Answer(page([review(1)]).body, headers={"TDM-Reservation": "1"})},
        "tdm-header",
        "en-tête",
    ),
    "noai": (
        {"/avis": Answer(page([review(1)]).body, headers={"X-Robots-Tag": "noarchive, noai"})},
        "tdm-header",
        "en-tête",
    ),
    "meta": (
        {"/avis": page([review(1)], head='<META content=1 NAME="TDM-Reservation">')},
        "tdm-meta",
        "meta",
    ),
}


def test_a_page_that_is_reserved_is_not_stored(shop_crawl: Crawling) -> None:
    with ExitStack() as stack:
        sites = {how: stack.enter_context(Site(RESERVATIONS[how][0])) for how in RESERVATIONS}
        ids = {how: shop_crawl.add(site.url("/avis")) for how, site in sites.items()}
        results = {result.source_id: result for result in shop_crawl.crawl(list(ids.values()))}
        asked = {how: "/avis" in site.paths() for how, site in sites.items()}
    for how, (_, decision, words) in RESERVATIONS.items():
        result = results[ids[how]]
        assert (result.outcome, words in result.sentence) == (Outcome.DISALLOWED, True), how
        assert asked[how] is (how != "file")
        assert _rules(shop_crawl, ids[how])["tdm"] == decision
        assert _site(shop_crawl, ids[how]).tdm_decision == decision
    with shop_crawl.factory() as session:
        assert session.scalars(select(Review)).all() == []


def test_a_reservation_of_some_paths_leaves_the_others(shop_crawl: Crawling) -> None:
    rules = Answer('[{"location": "/blog/*", "tdm-reservation": 1}]', kind=RESERVED)
    with Site({"/.well-known/tdmrep.json": rules, "/avis": page([review(1)])}) as site:
        (result,) = shop_crawl.crawl([shop_crawl.add(site.url("/avis"))])
    assert result.outcome is Outcome.OK


def test_a_site_is_not_read_from_where_it_begins_to_reserve(shop_crawl: Crawling) -> None:
    pages: dict[str, Answer | Handler] = {
        "/a": page([review(1)], head=NEXT.format("/a/2")),
        "/a/2": page([review(2)], head='<meta name="tdm-reservation" content="1">'),
    }
    with Site(pages) as site:
        (result,) = shop_crawl.crawl([shop_crawl.add(site.url("/a"))])
    assert (result.outcome, result.reviews) == (Outcome.DISALLOWED, 1)


VALIDATORS = [
    ("sqlite", {"ETag": '"v1"'}),
    ("postgresql", {"Last-Modified": "Sun, 01 Mar 2026 08:00:00 GMT"}),
]


@pytest.mark.parametrize(("settings", "validator"), VALIDATORS, indirect=["settings"])
def test_a_page_that_has_not_changed_keeps_its_reviews_seen(
    crawl: Crawling, validator: dict[str, str]
) -> None:
    first = Answer(
        page([review(1), review(2)], stated=3, head=NEXT.format("/avis?page=2")).body,
        headers=validator,
    )
    second = Answer(page([review(3)], stated=3).body, headers=validator)
    with Site({"/avis": first, "/avis?page=2": second}) as site:
        source = crawl.add(site.url("/avis"))
        seen = []
        for day in range(3):
            clock.set_clock(lambda day=day: MORNING + timedelta(days=day))  # type: ignore[misc]  # A default binds the day.
            (result,) = crawl.crawl([source])
            seen.append((result.outcome, result.reviews, result.new))
        with crawl.factory() as session:
            pages = session.scalars(select(Crawl.evidence).order_by(Crawl.id)).all()[-1]["pages"]
            reviews = session.scalars(select(Review)).all()
    assert seen == [(Outcome.OK, 3, 3)] + [(Outcome.UNCHANGED, 3, 0)] * 2
    assert [shown["status"] for shown in pages] == [304, 304]
    assert {row.state for row in reviews} == {"present"}
    assert all(row.last_seen_at >= MORNING + timedelta(days=2) for row in reviews)
    assert all(row.missed_passes == 0 for row in reviews)


def test_a_page_that_has_changed_is_read_anew(shop_crawl: Crawling) -> None:
    with Site() as site:
        source = shop_crawl.add(site.url("/avis"))
        news = []
        for version, reviews in enumerate(([review(1)], [review(1), review(2)])):
            body = page(reviews, stated=len(reviews)).body
            site.pages["/avis"] = Answer(body, headers={"ETag": f'"v{version}"'})
            (result,) = shop_crawl.crawl([source])
            news.append((result.outcome, result.new))
        sent = [headers.get("If-None-Match") for _, headers in site.heard]
    assert news == [(Outcome.OK, 1), (Outcome.OK, 1)]
    assert '"v0"' in sent


def test_a_page_that_says_there_is_nothing_may_say_so_again_by_a_304(shop_crawl: Crawling) -> None:
    nothing = page([], body="<p>Aucun avis pour le moment.</p>").body
    with Site({"/avis": Answer(nothing, headers={"ETag": '"v1"'})}) as site:
        source = shop_crawl.add(site.url("/avis"))
        outcomes = [shop_crawl.crawl([source])[0].outcome for _ in range(2)]
    assert outcomes == [Outcome.EMPTY, Outcome.EMPTY]


def test_a_page_that_lost_its_ratings_is_not_well_again_by_a_304(shop_crawl: Crawling) -> None:
    reviews = [review(number) for number in range(30)]
    poor = [review(number, reviewRating=None) for number in range(30)]
    with Site() as site:
        source = shop_crawl.add(site.url("/avis"))
        outcomes = []
        for etag, shown in (("v1", reviews), ("v2", reviews), ("v3", poor), ("v3", poor)):
            body = page(shown, stated=30).body
            site.pages["/avis"] = Answer(body, headers={"ETag": f'"{etag}"'})
            outcomes.append(shop_crawl.crawl([source])[0].outcome)
    assert outcomes[1] is Outcome.UNCHANGED
    assert outcomes[2:] == [Outcome.PARTIAL, Outcome.PARTIAL]


def test_what_is_not_known_any_more_is_asked_for_whole(shop_crawl: Crawling) -> None:
    known = Answer(page([review(1)], stated=1).body, headers={"ETag": '"v1"'})
    with Site({"/avis": known}) as site:
        source = shop_crawl.add(site.url("/avis"))
        shop_crawl.crawl([source])
        with shop_crawl.factory.begin() as session:
            session.query(Review).delete()
        (result,) = shop_crawl.crawl([source])
    assert (result.outcome, result.new) == (Outcome.OK, 1)


def test_a_redirect_is_not_asked_with_another_pages_validators(shop_crawl: Crawling) -> None:
    with Site() as site:
        site.pages["/avis"] = Answer(page([review(1)]).body, headers={"ETag": '"same"'})
        source = shop_crawl.add(site.url("/avis"))
        shop_crawl.crawl([source])
        site.pages["/avis"] = Answer(status=302, headers={"Location": "/nouveau"})
        moved = page([review(1), review(2)]).body
        site.pages["/nouveau"] = Answer(moved, headers={"ETag": '"same"'})
        (result,) = shop_crawl.crawl([source])
    assert (result.outcome, result.new) == (Outcome.OK, 1)


def test_a_site_without_permission_is_not_asked_and_the_crawl_says_why(
    shop_crawl: Crawling,
) -> None:
    with Site(_chain("a", 1)) as site:
        source = shop_crawl.add(site.url("/a/1"), permission=Permission.NONE)
        (result,) = shop_crawl.crawl([source])
        assert site.asked == []
    assert result.outcome is Outcome.DISALLOWED
    assert "sans permission" in result.sentence


def test_as_many_requests_are_under_way_as_the_site_allows(shop_crawl: Crawling) -> None:
    busy: list[int] = []
    under_way = _Counter(busy)
    pages: dict[str, Answer | Handler] = {f"/{name}": under_way for name in "abcd"}
    with Site(pages) as site:
        ids = [shop_crawl.add(site.url(path)) for path in pages]
        for allowed in (1, 2):
            busy.clear()
            _limit(shop_crawl, ids[0], concurrency=allowed)
            shop_crawl.crawl(ids)
            assert max(busy) == allowed


class _Counter:
    """A page that takes a while, and counts who else waits for it."""

    def __init__(self, busy: list[int]) -> None:
        self._now, self._busy = 0, busy

    def __call__(self, path: str) -> Answer:
        self._now += 1
        self._busy.append(self._now)
        sleep(0.15)
        self._now -= 1
        return page([review(path)])
