from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import make_review, make_shop, make_source
from tests.web.conftest import arrive, visible
from vigie import clock
from vigie.store import AspectMention, Review, ReviewState, ReviewVersion, Score
from web.queries.reviews import ReviewFilter
from web.words import safe_href

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def score(session: Session, review: Review, label: str, stars: float = 3.0) -> None:
    session.add(
        Score(
            review_id=review.id,
            model="m1",
            text_hash="h",
            p1=0.2,
            p2=0.2,
            p3=0.2,
            p4=0.2,
            p5=0.2,
            stars=stars,
            label=label,
            scored_at=NOW,
        )
    )


def test_reviews_are_filtered_by_source_sentiment_and_period(app: Flask, session: Session) -> None:
    clock.set_clock(lambda: NOW)
    shop = make_shop(session)
    here, there = make_source(session, shop), make_source(session, shop)
    old = NOW - timedelta(days=60)
    make_review(session, here, text="Récent et content", rating=5.0)
    make_review(session, here, text="Récent et fâché", rating=1.0)
    make_review(session, there, text="Ancien et fâché", rating=1.0, published_at=old)
    # The customer's stars decide; the model's reading speaks where there are none.
    starred = make_review(session, there, text="Cinq étoiles, mots durs", rating=5.0)
    score(session, starred, "neg")
    unrated = make_review(session, there, text="Sans note, mots durs", rating=None)
    score(session, unrated, "neg")
    owner = arrive(app, session, shop)

    def seen(query: str) -> set[str]:
        text = owner.text(f"/commerces/{shop.slug}/avis?{query}")
        all_of_them = (
            "Récent et content",
            "Récent et fâché",
            "Ancien et fâché",
            "Cinq étoiles, mots durs",
            "Sans note, mots durs",
        )
        return {one for one in all_of_them if one in text}

    assert len(seen("")) == 5
    assert seen(f"source={here.id}") == {"Récent et content", "Récent et fâché"}
    assert seen("sentiment=pos") == {"Récent et content", "Cinq étoiles, mots durs"}
    assert seen("sentiment=neg&periode=28j") == {"Récent et fâché", "Sans note, mots durs"}
    assert seen(f"source={there.id}&sentiment=neg&periode=90j") == {
        "Ancien et fâché",
        "Sans note, mots durs",
    }
    assert seen("source=abc&sentiment=joyeux&periode=1000ans&page=x") == seen("")
    nothing = owner.text(f"/commerces/{shop.slug}/avis?source={here.id}&sentiment=neu")
    assert "Aucun avis ne correspond à ces filtres." in nothing


def test_pages_of_twenty_keep_the_filter(app: Flask, session: Session) -> None:
    shop = make_shop(session)
    source = make_source(session, shop)
    for number in range(45):
        make_review(session, source, rating=1.0, text=f"Avis numéro {number:02}.")
    owner = arrive(app, session, shop)
    first = owner.get(f"/commerces/{shop.slug}/avis?sentiment=neg").text
    assert first.count("<article") == 20
    assert f"/commerces/{shop.slug}/avis?page=2&amp;sentiment=neg" in first
    assert "Page 1 sur 3" in visible(first)
    last = owner.get(f"/commerces/{shop.slug}/avis?sentiment=neg&page=99").text
    assert last.count("<article") == 5
    assert "Page 3 sur 3" in visible(last)


def test_a_review_shows_its_words_its_reading_and_its_history(app: Flask, session: Session) -> None:
    shop = make_shop(session)
    source = make_source(session, shop, label="Avis du Coin")
    review = make_review(
        session,
        source,
        rating=2.0,
        text="Accueil froid.",
        published_at=datetime(2026, 1, 15, tzinfo=UTC),
        published_precision="month",
        edited_at=datetime(2026, 2, 1, 12, tzinfo=UTC),
        edited_precision="day",
        reply_text="Nous vous rappelons.",
        reply_at=datetime(2026, 1, 20, 12, tzinfo=UTC),
        author_label=None,
    )
    score(session, review, "neg", stars=1.6)
    session.add(
        AspectMention(
            review_id=review.id, model="m1", aspect="accueil", polarity="neg", start=0, end=7
        )
    )
    session.add(
        ReviewVersion(
            review_id=review.id, replaced_at=datetime(2026, 2, 1, tzinfo=UTC), text="Accueil glacé."
        )
    )
    owner = arrive(app, session, shop)
    html = owner.get(f"/commerces/{shop.slug}/avis").text
    assert 'role="img" aria-label="Note\xa0: 2 sur 5"' in html
    text = visible(html)
    for words in (
        "★★☆☆☆",
        "Négatif texte lu comme négatif (1,6 sur 5)",
        "Client anonyme · janvier 2026 · sur Avis du Coin",
        "modifié · 1er février 2026",
        "accueil : négatif",
        "Réponse du commerce, 20 janvier 2026 Nous vous rappelons.",
        "Voir la version d’avant Jusqu’au 1er février 2026",
        "Accueil glacé.",
    ):
        assert words in text


def test_a_rating_out_of_ten_and_none_at_all_are_said_as_they_are(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    source = make_source(sqlite_session)
    make_review(
        sqlite_session,
        source,
        rating=7.5,
        rating_worst=0.0,
        rating_best=10.0,
        rating_normalised=0.75,
    )
    make_review(sqlite_session, source, rating=None)
    owner = arrive(sqlite_app, sqlite_session, source.shop)
    text = owner.text(f"/commerces/{source.shop.slug}/avis")
    assert "7,5/10" in text
    assert "sans note" in text


def test_a_review_seen_twice_is_shown_once_and_a_gone_one_says_so(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    source = make_source(sqlite_session)
    first = make_review(sqlite_session, source, text="Le premier", state=ReviewState.GONE)
    make_review(sqlite_session, source, text="Sa copie", duplicate_of_id=first.id)
    owner = arrive(sqlite_app, sqlite_session, source.shop)
    text = owner.text(f"/commerces/{source.shop.slug}/avis")
    assert "Le premier" in text
    assert "retiré du site" in text
    assert "Sa copie" not in text


def test_a_very_long_review_does_not_fill_the_page(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    source = make_source(sqlite_session)
    make_review(sqlite_session, source, text="Bla bla. " * 22_000)
    owner = arrive(sqlite_app, sqlite_session, source.shop)
    page = owner.get(f"/commerces/{source.shop.slug}/avis")
    assert "Lire la suite" in page.text
    assert len(page.data) < 60_000


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"


def test_crawled_text_is_text_wherever_it_stands(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    shop = make_shop(sqlite_session, name=HOSTILE, city=HOSTILE, slug="hostile")
    source = make_source(sqlite_session, shop, label=HOSTILE)
    make_review(
        sqlite_session,
        source,
        text=HOSTILE,
        title=HOSTILE,
        author_label="<b>x</b>",
        item_name=HOSTILE,
        reply_text=HOSTILE,
        url="javascript:alert(1)",
    )
    person = arrive(sqlite_app, sqlite_session, operator=True)
    for url in ("/", "/commerces/hostile", "/commerces/hostile/avis", "/sources"):
        html = person.get(url).text
        assert "<script" not in html
        assert "<img src=x" not in html
        assert "javascript:" not in html
        assert "{{7*7}}" in html, "shown, and not evaluated"


@given(st.text())
def test_only_web_addresses_become_links(url: str) -> None:
    href = safe_href(url)
    assert href is None or href.lower().startswith(("http://", "https://"))


def test_addresses_of_other_kinds_are_not_links() -> None:
    assert safe_href("https://avis.example/1") == "https://avis.example/1"
    for url in ("javascript:alert(1)", "data:text/html,x", "//x", "http:", "http://[", None, ""):
        assert safe_href(url) is None


@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text(), st.text())
def test_any_address_makes_a_filter_that_survives_a_round_trip(
    source: str, tone: str, period: str
) -> None:
    wanted = ReviewFilter.read(source, tone, period)
    again = wanted.as_query()
    read = ReviewFilter.read(
        again.get("source", ""), again.get("sentiment", ""), again.get("periode", "")
    )
    assert read == wanted
