from datetime import UTC, datetime, timedelta
from typing import get_args

from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from sentiment.reading import UrgencyKind
from tests.factories import make_review, make_score, make_shop, make_source
from tests.web.conftest import arrive, visible
from vigie import clock
from vigie.french import has_text
from vigie.store import AspectMention, Review, ReviewState, ReviewVersion, UrgencyMention
from web.queries.reviews import ReviewFilter
from web.queries.trends import tone_points
from web.words import safe_href

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def mention(review: Review, kind: str, words: str, model: str = "modele-1") -> UrgencyMention:
    start = review.text.index(words)
    return UrgencyMention(
        review_id=review.id, model=model, kind=kind, start=start, end=start + len(words)
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
    make_score(session, starred, stars=1.6, label="neg")
    unrated = make_review(session, there, text="Sans note, mots durs", rating=None)
    make_score(session, unrated, stars=1.6, label="neg")
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
    make_score(session, review, stars=1.6, label="neg")
    session.add(
        AspectMention(
            review_id=review.id, model="modele-1", aspect="accueil", polarity="neg", start=0, end=7
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


def test_what_cannot_wait_and_what_disagrees_are_marked_quoted_and_filtered(
    app: Flask, session: Session
) -> None:
    shop = make_shop(session)
    source = make_source(session, shop)
    urgent = make_review(session, source, rating=1.0, text="Les freins ont lâché en sortant.")
    make_score(session, urgent, stars=1.2, label="neg", language="fr")
    session.add(mention(urgent, "securite", "Les freins ont lâché"))
    # What another model read in it is not shown, nor found.
    calm = make_review(session, source, rating=5.0, text="Rien à redire, mon avocat aussi.")
    make_score(session, calm, stars=4.8, label="pos", language="fr")
    session.add(mention(calm, "juridique", "avocat", model="vieux"))
    contrary = make_review(session, source, rating=5.0, text="Une honte, à fuir.")
    make_score(session, contrary, stars=1.3, label="neg", language="fr", disagrees=True)
    owner = arrive(app, session, shop)
    address = f"/commerces/{shop.slug}/avis"
    everything = owner.text(address)
    assert "Sujet grave Sécurité « Les freins ont lâché en sortant. »" in everything
    assert "Menace juridique" not in everything
    assert "Note et texte en désaccord" in everything
    assert "Avis en" not in everything, "French goes without saying"

    def seen(query: str) -> set[str]:
        text = owner.text(f"{address}?{query}")
        return {one.text for one in (urgent, calm, contrary) if one.text in text}

    assert seen("urgents=oui") == {urgent.text}
    assert seen("desaccord=oui") == {contrary.text}
    assert seen("urgents=oui&desaccord=oui") == set()
    assert len(seen("urgents=peut-etre&desaccord=")) == 3
    html = owner.get(f"{address}?urgents=oui").text
    assert 'name="urgents" value="oui" checked>' in html
    assert 'name="desaccord" value="oui">' in html


def explained(app: Flask, session: Session, text: str, praise: str, complaint: str) -> str:
    """Return the page of a shop whose one review is read as mixed, for these words."""
    source = make_source(session)
    mixed = make_review(session, source, rating=None, text=text)
    place = {"praise": praise, "complaint": complaint}
    spans = {
        f"mixed_{name}_{end}": text.index(words) + (len(words) if end == "end" else 0)
        for name, words in place.items()
        for end in ("start", "end")
    }
    make_score(session, mixed, stars=2.9, label="neu", language="fr", **spans)
    return arrive(app, session, source.shop).text(f"/commerces/{source.shop.slug}/avis")


def test_a_mixed_review_is_explained_by_its_own_words(app: Flask, session: Session) -> None:
    text = "Accueil « adorable », mais trois semaines de retard."
    shown = explained(app, session, text, "Accueil « adorable »", "mais trois semaines de retard")
    assert "Mitigé texte lu comme mitigé (2,9 sur 5)" in shown
    assert "Avis partagé Ce qui plaît « Accueil “adorable” »" in shown
    assert "Ce qui déplaît « mais trois semaines de retard »" in shown


def test_a_mixed_review_is_explained_by_whole_sentences_where_two_say_it(
    app: Flask, session: Session
) -> None:
    text = "Cliente de longue date. Le comptoir est vide tous les matins."
    shown = explained(app, session, text, "longue date", "vide")
    assert "Ce qui plaît « Cliente de longue date. »" in shown
    assert "Ce qui déplaît « Le comptoir est vide tous les matins. »" in shown


def test_scraps_of_one_sentence_explain_nothing(app: Flask, session: Session) -> None:
    text = "Cliente de longue date, je regrette l’accueil d’autrefois"
    assert "Avis partagé" not in explained(app, session, text, "longue date", "l’accueil")


def test_praise_is_no_emergency_whatever_words_it_uses(app: Flask, session: Session) -> None:
    source = make_source(session)
    content = make_review(session, source, rating=5.0, text="De la limaille dans le doigt, ôtée.")
    make_score(session, content, stars=4.4, label="pos")
    session.add(mention(content, "blessure", "limaille dans"))
    owner = arrive(app, session, source.shop)
    address = f"/commerces/{source.shop.slug}/avis"
    assert "Sujet grave" not in owner.text(address)
    assert content.text not in owner.text(f"{address}?urgents=oui")


def test_words_of_a_text_that_was_edited_since_are_not_quoted(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    source = make_source(sqlite_session)
    review = make_review(sqlite_session, source, rating=1.0, text="Intoxiqués tous les quatre.")
    make_score(sqlite_session, review, label="neg", stars=1.1)
    sqlite_session.add(mention(review, "sante", "Intoxiqués"))
    review.text = "Le gérant s’est excusé."
    owner = arrive(sqlite_app, sqlite_session, source.shop)
    shown = owner.text(f"/commerces/{source.shop.slug}/avis")
    assert "Santé" in shown
    assert "Santé «" not in shown


def test_a_language_is_named_unless_it_is_french_and_an_unknown_one_is_not_guessed(
    app: Flask, session: Session
) -> None:
    clock.set_clock(lambda: NOW)
    source = make_source(session)
    english = make_review(session, source, text="Great service.")
    make_score(session, english, language="en")
    unknown = make_review(session, source, rating=None, text="Mycket bra!")
    make_score(session, unknown, stars=None, label="und", language="und")
    owner = arrive(app, session, source.shop)
    html = owner.get(f"/commerces/{source.shop.slug}/avis").text
    assert "Avis en anglais" in html
    assert '<p class="review-text" lang="en">Great service.</p>' in html
    assert '<p class="review-text">Mycket bra!</p>' in html
    shown = visible(html)
    assert "sans note Langue non reconnue" in shown, "neither a tone nor a reading is told"
    (month,) = tone_points(session, source.shop_id)
    assert (month.negative, month.neutral, month.positive) == (0, 1, 1)
    for chart in ("", "/note.svg", "/sentiment.svg"):
        assert owner.get(f"/commerces/{source.shop.slug}{chart}").status_code == 200


def test_every_kind_of_urgency_has_its_french_name() -> None:
    assert all(has_text(f"urgency-{kind}") for kind in get_args(UrgencyKind))


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
@given(st.tuples(*[st.text() | st.just("oui")] * 5))
def test_any_address_makes_a_filter_that_survives_a_round_trip(
    words: tuple[str, str, str, str, str],
) -> None:
    wanted = ReviewFilter.read(*words)
    again = wanted.as_query()
    names = ("source", "sentiment", "periode", "urgents", "desaccord")
    assert ReviewFilter.read(*(again.get(name, "") for name in names)) == wanted
