"""The verdict on a pass, the health it makes, and its sentence."""

import re
from itertools import product
from pathlib import Path

from crawlers.health import health_after
from crawlers.outcomes import evidence, judge
from crawlers.passes import Bound, PageRead, Pass, Task
from crawlers.troubles import Trouble
from vigie.evidence import evidence_sentence
from vigie.french import CATALOGUE, has_text
from vigie.store import Health, Outcome


def _pass(read: int = 0, known: int = 0, listings: int = 0) -> Pass:
    task = Task(1, 1, 1, "https://avis.example/", "avis.example", 0.0, False, known, 0)
    done = Pass(task, 0.0, pages=[PageRead("https://avis.example/", 200)])
    done.review_ids = {f"avis-{number}" for number in range(read)}
    done.listing_ids = {f"annonce-{number}" for number in range(listings)}
    done.counts.new = read + listings
    return done


def test_a_met_count_is_ok_even_when_more_links_were_left() -> None:
    done = _pass(read=20)
    done.stated_reviews, done.bound = 20, Bound.PAGES
    assert judge(done).outcome is Outcome.OK


def test_more_reviews_than_ratings_stated_are_fine() -> None:
    done = _pass(read=12)
    done.stated_ratings = 5
    assert judge(done).outcome is Outcome.OK


def test_the_count_of_reviews_is_trusted_before_that_of_ratings() -> None:
    done = _pass(read=12)
    done.stated_reviews, done.stated_ratings = 12, 300
    assert judge(done).outcome is Outcome.OK


def test_only_ratings_stated_and_fewer_read_is_partial() -> None:
    done = _pass(read=12)
    done.stated_ratings = 300
    verdict = judge(done)
    assert verdict.outcome is Outcome.PARTIAL
    sentence = evidence_sentence(evidence(done, verdict))
    assert sentence.startswith("La page annonce 300 avis, 12 lus")


def test_reviews_that_vanish_behind_listings_are_not_ok() -> None:
    assert judge(_pass(known=8, listings=3)).outcome is Outcome.BROKEN


def test_nothing_where_there_was_something_is_broken() -> None:
    done = _pass(known=8)
    verdict = judge(done)
    assert verdict.outcome is Outcome.BROKEN
    assert "8 éléments connus" in evidence_sentence(evidence(done, verdict))


def test_a_stated_count_with_nothing_read_is_never_empty() -> None:
    done = _pass()
    done.stated_reviews, done.stated_zero = 128, True
    assert judge(done).outcome is Outcome.BROKEN


def test_every_end_has_a_french_sentence_and_none_without_items_is_a_success() -> None:
    every = product(
        ({"read": 3}, {"listings": 3}, {}), (None, *Trouble), (None, *Bound), (None, 0, 9)
    )
    for items, trouble, bound, stated in every:
        done = _pass(**items)
        done.bound, done.stated_reviews = bound, stated
        done.pages.append(PageRead("https://avis.example/?page=2", 500, trouble=trouble))
        verdict = judge(done)
        sentence = evidence_sentence(evidence(done, verdict))
        assert re.fullmatch(r"[A-ZÉ0-9].+\.", sentence), sentence
        assert items or verdict.outcome not in (Outcome.OK, Outcome.UNCHANGED)


def test_every_sentence_of_the_catalogue_has_a_cause() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path("crawlers").rglob("*.py"))
    catalogue = (CATALOGUE / "crawl.ftl").read_text(encoding="utf-8")
    made = {f"crawl-trouble-{trouble}" for trouble in Trouble}
    made |= {f"crawl-bound-{bound}" for bound in Bound}
    for name in re.findall(r"^([a-z-]+) =", catalogue, re.MULTILINE):
        assert name in made or f'"{name}"' in code, name


def test_evidence_of_another_version_does_not_break_a_page() -> None:
    assert evidence_sentence({"reason": "crawl-of-2031", "args": {}}) == "crawl-of-2031"
    assert evidence_sentence({"reason": "crawl-short", "args": {}}) == "crawl-short"
    assert evidence_sentence({}) == evidence_sentence(None) == ""


def test_health_follows_the_last_crawl() -> None:
    assert health_after([Outcome.UNCHANGED, Outcome.BROKEN]) is Health.HEALTHY
    assert health_after([Outcome.EMPTY]) is Health.HEALTHY
    assert health_after([Outcome.PARTIAL]) is Health.DEGRADED
    assert health_after([Outcome.BLOCKED]) is Health.BLOCKED


def test_a_site_that_is_down_is_late_then_broken() -> None:
    down = Outcome.UNREACHABLE
    assert health_after([down, down, Outcome.OK]) is Health.LATE
    assert health_after([down, down]) is Health.LATE
    assert health_after([down, down, down]) is Health.BROKEN


def test_every_outcome_has_a_health_and_a_name() -> None:
    for outcome in Outcome:
        assert has_text(f"outcome-{outcome}")
        assert has_text(f"health-{health_after([outcome])}")
