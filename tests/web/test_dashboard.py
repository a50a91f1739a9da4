from datetime import UTC, datetime, timedelta
from random import Random

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories import make_listing, make_review, make_shop, make_source
from tests.web.conftest import arrive
from vigie import clock
from vigie.store import Crawl, Health, Outcome, PricePoint, Rival, Shop, Source
from web.database import ENGINE

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def fill(session: Session, source: Source, before: float, after: float) -> None:
    """Half a year of reviews, whose mean changes four weeks ago."""
    dice = Random(4)
    for days in range(180):
        mean = after if days < 28 else before
        rating = float(min(5, max(1, round(mean + dice.uniform(-1, 1)))))
        make_review(session, source, rating=rating, published_at=NOW - timedelta(days=days))


def test_the_home_page_tells_rating_trend_and_last_reading(app: Flask, session: Session) -> None:
    clock.set_clock(lambda: NOW)
    shop = make_shop(session, name="Garage du Pont")
    source = make_source(session, shop)
    fill(session, source, before=4.5, after=2.5)
    started = NOW - timedelta(hours=3)
    session.add(
        Crawl(source_id=source.id, started_at=started, finished_at=started, outcome=Outcome.OK)
    )
    make_shop(session, name="Fleuriste tout neuf")
    operator = arrive(app, session, operator=True)
    text = operator.text("/")
    assert "en baisse (−" in text
    assert "2,5 ces 4 semaines (28 avis)" in text
    assert "Lu il y a 3 heures" in text
    assert "Fleuriste tout neuf Garage · Tours Pas encore noté Pas encore lu" in text
    assert "Fleuriste" not in operator.text("/?q=pont")
    assert "Aucun commerce ne correspond à « 100% »." in operator.text("/?q=100%25")


def test_a_source_that_cannot_be_read_is_never_called_fine(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    source = make_source(sqlite_session, health=Health.BLOCKED)
    owner = arrive(sqlite_app, sqlite_session, source.shop)
    text = owner.text("/")
    assert "1 source à voir" in text
    assert "Rien à signaler" not in text
    assert "n’a pas encore pu être lu" in owner.text(f"/commerces/{source.shop.slug}")


def test_the_dashboard_tells_figures_charts_rivals_and_prices(app: Flask, session: Session) -> None:
    clock.set_clock(lambda: NOW)
    shop = make_shop(session, slug="garage", name="Garage du Pont")
    rival = make_shop(session, name="Garage d’en face")
    session.add(Rival(shop_id=shop.id, rival_id=rival.id))
    source = make_source(session, shop)
    fill(session, source, before=4.5, after=2.5)
    fill(session, make_source(session, rival), before=3.5, after=3.5)
    listing = make_listing(session, source, title="Clio III", price_cents=450_000)
    session.add(PricePoint(listing_id=listing.id, seen_at=NOW, price_cents=420_000, currency="EUR"))
    listing.price_cents = 420_000
    owner = arrive(app, session, shop)

    page = owner.get("/commerces/garage").text
    assert 'alt="Courbe de la note moyenne\xa0: ' in page
    text = owner.text("/commerces/garage")
    for words in (
        "Note sur 12 mois",
        "180 avis, entre",
        "↘ en baisse (−",
        "Semaine du Note Intervalle à 95 % Avis",
        "Garage d’en face 3,",
        "Clio III",
        "4 200,00 €",
        "en baisse de 300,00 €",
    ):
        assert words in text.replace("\u202f", " "), words
    for chart in ("/commerces/garage/note.svg", f"/annonces/{listing.id}/prix.svg"):
        image = owner.get(chart)
        assert image.mimetype == "image/svg+xml"
        assert image.text.startswith("<svg")
        again = owner.client.get(chart, headers={"If-None-Match": image.headers["ETag"]})
        assert again.status_code == 304
    narrow = owner.get("/commerces/garage/sentiment.svg?format=etroit").text
    assert len(narrow) > 1000
    assert "négatifs" in narrow


def test_a_shop_without_anything_says_so(sqlite_app: Flask, sqlite_session: Session) -> None:
    shop = make_shop(sqlite_session)
    owner = arrive(sqlite_app, sqlite_session, shop)
    text = owner.text(f"/commerces/{shop.slug}")
    assert "Pas encore noté" in text
    assert "il faut d’abord lire des avis" in text
    assert "Pas encore assez d’avis pour tracer une courbe." in text
    assert "Aucun avis pour l’instant." in text
    assert "Aucune annonce" in owner.text(f"/commerces/{shop.slug}/annonces")
    assert owner.get(f"/commerces/{shop.slug}/note.svg").status_code == 200


def test_of_a_new_shop_it_is_too_early_to_tell(sqlite_app: Flask, sqlite_session: Session) -> None:
    clock.set_clock(lambda: NOW)
    shop = make_shop(sqlite_session)
    make_review(sqlite_session, make_source(sqlite_session, shop), published_at=NOW)
    text = arrive(sqlite_app, sqlite_session, shop).text(f"/commerces/{shop.slug}")
    assert "Trop tôt pour le dire : un seul avis" in text
    assert "rien ne sort de l’ordinaire" not in text


def test_more_shops_do_not_mean_more_statements(sqlite_app: Flask, sqlite_session: Session) -> None:
    def statements(shops: int) -> int:
        for _ in range(shops):
            make_review(sqlite_session, make_source(sqlite_session, make_shop(sqlite_session)))
        sqlite_session.commit()
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        engine = sqlite_app.extensions[ENGINE]
        event.listen(engine, "before_cursor_execute", note)
        for url in ("/", "/sources"):
            assert operator.get(url).status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    operator = arrive(sqlite_app, sqlite_session, operator=True)
    few = statements(2)
    assert statements(20) == few
    assert sqlite_session.query(Shop).count() == 22
