"""The mirror: a shop beside its rivals and its trade, told to those who may know."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import make_listing, make_review, make_shop, make_source
from tests.web.conftest import arrive
from vigie import clock
from vigie.store import MemberRole, ReviewState, Rival, Shop
from web.accounts import add_member, create_user

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
PAGE = "/commerces/garage/miroir"
TOO_FEW = "Trop peu de commerces pour comparer"


@pytest.fixture(autouse=True)
def _frozen() -> None:
    clock.set_clock(lambda: NOW)


def rated(session: Session, name: str, mean: float = 4.0, **traits: object) -> Shop:
    """A shop with eight reviews around a mean, half of them answered after three days."""
    shop = make_shop(session, name=name, **traits)
    source = make_source(session, shop)
    for number in range(8):
        published = NOW - timedelta(days=5 + number)
        replied = number % 2 == 0
        make_review(
            session,
            source,
            rating=mean + (-1 if number % 2 else 1),
            published_at=published,
            reply_text="Merci !" if replied else None,
            reply_at=published + timedelta(days=3) if replied else None,
        )
    return shop


def somebody_elses(session: Session, *shops: Shop) -> None:
    user = create_user(session, "autre@example.org")
    for shop in shops:
        add_member(session, user, shop, MemberRole.ADVISER)


def test_the_page_tells_index_answers_delay_freshness_and_the_check_up(
    app: Flask, session: Session
) -> None:
    shop = rated(session, "Garage du Pont", slug="garage")
    around = [rated(session, f"Confrère {n}", 2.5 + n / 4) for n in range(6)]
    somebody_elses(session, *around)
    make_listing(session, make_source(session, shop, label="Le Bon Angle"))
    owner = arrive(app, session, shop)
    text = owner.text(PAGE)
    for words in (
        "4 sur 8 avis en douze mois",
        "Temps de réponse 3 jours",
        "Dernier avis 15 mars 2026",
        "Dans le département 37.",
        "1er sur 7 commerces",
        "À faire Des avis ne sont lus qu’à un endroit",
        "Le Bon Angle Page web (données structurées) 0 0 1",
        "Bien Le commerce a des annonces en ligne.",
    ):
        assert words in text, words
    assert "Confrère" not in text
    assert f'href="{PAGE}"' in owner.get("/commerces/garage").text


def test_nothing_is_told_of_fewer_than_five_other_shops(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = rated(sqlite_session, "Garage du Pont", slug="garage")
    others = [rated(sqlite_session, f"Confrère {n}") for n in range(4)]
    unrated = make_shop(sqlite_session)
    elsewhere = rated(sqlite_session, "Loin", postcode="75011")
    somebody_elses(sqlite_session, *others, unrated, elsewhere)
    assert TOO_FEW in arrive(sqlite_app, sqlite_session, shop).text(PAGE)


def test_shops_that_the_reader_knows_do_not_help_to_tell_of_one_that_they_do_not(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = rated(sqlite_session, "Garage du Pont", slug="garage")
    known = [rated(sqlite_session, f"Client {n}") for n in range(5)]
    somebody_elses(sqlite_session, rated(sqlite_session, "Secret"))
    adviser = arrive(sqlite_app, sqlite_session, shop, *known)
    assert TOO_FEW in adviser.text(PAGE)
    assert "classés : 7 commerces" in arrive(sqlite_app, sqlite_session, operator=True).text(PAGE)


def test_ten_kilometres_come_before_the_departement(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    place = {"latitude": 47.39, "longitude": 0.69}
    shop = rated(sqlite_session, "Garage du Pont", slug="garage", **place)
    for n in range(5):
        rated(sqlite_session, f"Près {n}", latitude=47.39, longitude=0.69 + n / 50)
    rated(sqlite_session, "À 15 km", latitude=47.525, longitude=0.69)
    text = arrive(sqlite_app, sqlite_session, shop).text(PAGE)
    assert "À moins de 10 km." in text
    assert "6 commerces" in text


def test_a_rival_that_is_another_advisers_client_is_only_counted(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = rated(sqlite_session, "Garage du Pont", 4.0, slug="garage")
    watched = rated(sqlite_session, "Garage d’en face", 3.0)
    client = rated(sqlite_session, "Garage secret", 3.5)
    somebody_elses(sqlite_session, client)
    for rival in (watched, client):
        sqlite_session.add(Rival(shop_id=shop.id, rival_id=rival.id))
    adviser = arrive(sqlite_app, sqlite_session, shop)
    mirror, dashboard = adviser.text(PAGE), adviser.text("/commerces/garage")
    assert "1er sur 2 commerces" in mirror
    assert "Garage d’en face 3,0" in mirror
    assert "Garage d’en face 3,0 sur 5" in dashboard
    for text in (mirror, dashboard):
        assert "Garage secret" not in text
        assert "1 concurrent suivi n’est pas montré" in text
    # That a shop is somebody else's rival is not its own adviser's to know.
    other = arrive(sqlite_app, sqlite_session, client, watched)
    assert "concurrent" not in other.text("/")
    assert "concurrent" in arrive(sqlite_app, sqlite_session, shop, watched, client).text("/")


def test_a_copy_and_a_review_that_is_gone_do_not_count(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    source = make_source(sqlite_session, make_shop(sqlite_session, slug="garage"))
    kept = make_review(sqlite_session, source, published_at=NOW - timedelta(days=2))
    copy = make_source(sqlite_session, source.shop, label="Ailleurs")
    make_review(sqlite_session, copy, duplicate_of_id=kept.id, rating=1.0)
    make_review(sqlite_session, source, state=ReviewState.GONE, rating=1.0)
    text = arrive(sqlite_app, sqlite_session, source.shop).text(PAGE)
    assert "moyenne brute 5,0 sur 1 avis" in text
    assert "Ailleurs Page web (données structurées) 0 1 0" in text


def test_a_new_shop_without_address_reviews_or_rivals_is_told_so(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = make_shop(sqlite_session, slug="garage", postcode=None, city=None)
    text = arrive(sqlite_app, sqlite_session, shop).text(PAGE)
    for words in (
        "Pas encore d’avis notés",
        "ajoutez le code postal",
        "Aucun concurrent n’est suivi.",
        "Aucune page n’est suivie pour ce commerce.",
        "À faire Compléter le code postal et la ville du commerce.",
    ):
        assert words in text, words


def test_the_mirror_of_somebody_elses_shop_does_not_exist(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    make_shop(sqlite_session, slug="garage")
    outsider = arrive(sqlite_app, sqlite_session, make_shop(sqlite_session))
    assert outsider.get(PAGE).status_code == 404
