"""The same review on two sources counts once, for as long as it is the same."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from time import perf_counter, sleep
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from crawlers.copies import link_stored
from crawlers.extract.items import ExtractedReview
from crawlers.ingest import Place, ingest_reviews, miss_unseen
from crawlers.rows import review_row
from tests.factories import make_review, make_shop, make_source
from vigie.store import Review, Shop, Source

KEY = b"k" * 32
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "Embrayage changé en deux jours, prix conforme au devis, accueil très agréable."


class Town:
    """A shop on several sites, read one after another."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.shop: Shop = make_shop(session)
        self.places: dict[str, Place] = {}
        self.day = FIRST

    def show(self, site: str, *reviews: dict[str, Any]) -> None:
        if site not in self.places:
            source = make_source(self.session, self.shop, label=site)
            self.places[site] = Place(source.id, self.shop.id)
        self.day += timedelta(days=1)
        place = self.places[site]
        rows = [row for fields in reviews if (row := review_row(_review(**fields), KEY, self.day))]
        ingest_reviews(self.session, place, rows, self.day, set())
        miss_unseen(self.session, place, self.day)
        self.session.commit()

    def counted(self) -> int:
        counted = select(func.count()).where(Review.duplicate_of_id.is_(None))
        return self.session.scalar(counted) or 0

    def heads(self) -> list[str]:
        rows = self.session.scalars(
            select(Review.external_id).where(Review.duplicate_of_id.is_(None)).order_by(Review.id)
        )
        return list(rows)


def _review(**fields: Any) -> ExtractedReview:
    plain: dict[str, Any] = {
        "external_id": "a1",
        "author": "Marie Dupont",
        "text": TEXT,
        "rating": 4.0,
        "rating_worst": 1.0,
        "rating_best": 5.0,
        "rating_normalised": 0.75,
        "published": "2026-02-20",
        "published_precision": "day",
    }
    return ExtractedReview(**{**plain, **fields})


@pytest.fixture
def town(session: Session) -> Town:
    return Town(session)


@pytest.mark.parametrize(
    "copy",
    [
        {},
        {"author": "Marie D."},
        {"author": "MARIE DUPONT", "published": "2026-02-22"},
        {"text": "Embrayage changé en deux jours ; prix conforme au devis, accueil tres agréable!"},
        {"published": "2026-02-01", "published_precision": "month"},
        {"rating_normalised": 0.85},
        {"rating": None, "rating_normalised": None},
        {"text": "Embrayage changé en deux jours, prix conforme au devis… Lire la suite"},
        {"title": "Embrayage changé en deux jours", "text": TEXT.partition(", ")[2]},
    ],
)
def test_the_same_review_on_two_sites_counts_once(town: Town, copy: dict[str, Any]) -> None:
    town.show("coin", {})
    town.show("artisans", {"external_id": "b1", **copy})
    assert town.heads() == ["a1"]


@pytest.mark.parametrize(
    "other",
    [
        {"author": "Marie Durand-Petit Martin"},
        {"author": "Paul Dupont"},
        {"author": None},
        {"published": "2026-02-27"},
        {"published": "2025-02-20"},
        {"rating_normalised": 0.0},
        {"text": "Embrayage mal changé, prix doublé par rapport au devis, accueil désagréable."},
        {"text": ""},
    ],
)
def test_what_differs_in_one_point_stays_two(town: Town, other: dict[str, Any]) -> None:
    town.show("coin", {})
    town.show("artisans", {"external_id": "b1", **other})
    assert town.heads() == ["a1", "b1"]


@pytest.mark.parametrize(
    ("copy", "counted"),
    [
        ({"published": "2026-02-20"}, 1),
        ({"published": "2026-02-21"}, 2),
        ({"author": "Marie D."}, 2),
        ({"rating_normalised": 0.7}, 2),
    ],
)
def test_a_short_text_has_to_be_the_same_persons(
    town: Town, copy: dict[str, Any], counted: int
) -> None:
    town.show("coin", {"text": "Très bien."})
    town.show("artisans", {"external_id": "b1", "text": "Très bien !", **copy})
    assert town.counted() == counted


def test_a_short_text_of_the_same_french_day_is_one_whether_its_hour_is_told_or_not(
    town: Town,
) -> None:
    town.show("coin", {"text": "Très bien."})
    at_noon = {"published": "2026-02-20T12:00:00+01:00"}
    town.show("artisans", {"external_id": "b1", "text": "Très bien.", **at_noon})
    assert town.counted() == 1


def test_two_clients_without_a_name_who_say_the_same_stay_two(town: Town) -> None:
    town.show("coin", {"text": "Très bien.", "author": "Client anonyme"})
    town.show("artisans", {"external_id": "b1", "text": "Très bien.", "author": "Client anonyme"})
    assert town.counted() == 2


def test_two_reviews_of_one_site_are_never_copies(town: Town) -> None:
    town.show("coin", {}, {"external_id": "a2"})
    assert town.counted() == 2
    town.show("artisans", {"external_id": "b1"}, {"external_id": "b2"}, {"external_id": "b3"})
    # Each finds one partner; the third has none left.
    assert town.counted() == 3


@pytest.mark.parametrize("again", ["coin", "artisans"])
def test_copies_stored_without_links_are_linked_from_either_side(town: Town, again: str) -> None:
    town.show("coin", {})
    town.show("artisans", {"external_id": "b1"})
    town.session.execute(update(Review).values(duplicate_of_id=None))
    source = town.session.get_one(Source, town.places[again].source_id)
    source.linked_at = None
    link_stored(town.session, source)
    assert town.heads() == ["a1"]
    assert source.linked_at is not None


def test_copies_that_are_stored_at_the_same_moment_find_each_other(
    town: Town, factory: sessionmaker[Session]
) -> None:
    town.show("coin", {})
    town.show("artisans", {"external_id": "b1", "text": "Un autre avis, d’un autre jour."})
    other, begun = town.places["artisans"], Event()

    def store_elsewhere() -> None:
        with factory.begin() as session:
            begun.set()
            row = review_row(_review(external_id="b2", author="Paul Martin"), KEY, FIRST)
            ingest_reviews(session, other, [row] if row else [], FIRST, set())

    with ThreadPoolExecutor() as threads:
        row = review_row(_review(external_id="a2", author="Paul Martin"), KEY, FIRST)
        ingest_reviews(town.session, town.places["coin"], [row] if row else [], FIRST, set())
        elsewhere = threads.submit(store_elsewhere)
        assert begun.wait(5)
        sleep(0.2)
        town.session.commit()
        elsewhere.result(10)
    assert town.heads() == ["a1", "b1", "a2"]


def test_three_sites_with_the_same_review_count_it_once(town: Town) -> None:
    for site in ("coin", "artisans", "marche"):
        town.show(site, {"external_id": site})
    assert town.heads() == ["coin"]


def test_an_edit_unlinks_and_the_same_edit_elsewhere_links_again(town: Town) -> None:
    edited = "Finalement le bruit est revenu au bout d’une semaine, je ne recommande plus."
    town.show("coin", {})
    town.show("artisans", {"external_id": "b1"})
    town.show("coin", {"text": edited})
    assert town.heads() == ["a1", "b1"]
    town.show("artisans", {"external_id": "b1", "text": edited})
    assert town.heads() == ["a1"]


def test_when_the_first_is_edited_away_its_copies_stay_linked_with_each_other(town: Town) -> None:
    for site in ("coin", "artisans", "marche"):
        town.show(site, {"external_id": site})
    town.show("coin", {"external_id": "coin", "text": "Je retire ce que j’ai dit de ce garage."})
    assert town.heads() == ["coin", "artisans"]


def test_a_copy_counts_when_the_first_is_gone_until_it_returns(town: Town) -> None:
    town.show("coin", {})
    town.show("artisans", {"external_id": "b1"})
    town.show("coin")
    assert town.heads() == ["a1"]
    town.show("coin")
    assert town.heads() == ["b1"]
    town.show("coin", {})
    assert town.heads() == ["a1"]


def test_another_shops_review_is_no_copy(town: Town, session: Session) -> None:
    town.show("coin", {})
    elsewhere = Town(session)
    elsewhere.show("ailleurs", {"external_id": "x1"})
    elsewhere.show("encore", {"external_id": "x2", "author": "Paul"})
    assert town.counted() == 3


def test_linking_stays_fast_among_very_many_reviews(town: Town) -> None:
    many = 20_000
    town.show("coin", {})
    town.show("artisans", {"external_id": "b1", "author": "Paul"})
    template = make_review(town.session, make_source(town.session, town.shop))
    _fill(town.session, template, many)
    started_s = perf_counter()
    town.show("coin", *_told(range(100)))
    assert perf_counter() - started_s < 5
    linked = select(func.count()).where(Review.duplicate_of_id.is_not(None))
    assert town.session.scalar(linked) == 100


def _told(numbers: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {
            "external_id": f"n{number}",
            "author": f"Prénom{number % 500} Dupont",
            "text": f"Visite numéro {number * 7919} du garage, travail fait comme convenu.",
            "published": (FIRST - timedelta(days=1 + number % 1000)).date().isoformat(),
        }
        for number in numbers
    ]


def _fill(session: Session, template: Review, many: int) -> None:
    columns = Review.__table__.columns.keys()
    same = {name: getattr(template, name) for name in columns if name != "id"}
    rows = []
    for number, fields in enumerate(_told(range(many))):
        row = review_row(_review(**fields), KEY, FIRST)
        assert row is not None
        rows.append({**same, **row.values, "external_id": f"other-{number}"})
    session.execute(insert(Review), rows)
    session.commit()
