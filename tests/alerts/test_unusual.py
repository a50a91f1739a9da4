"""Bursts and suspicion over the store: told once, with evidence, as unusual and never as false."""

import re
from datetime import date, datetime, time, timedelta
from itertools import cycle

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.detect import detect
from tests.factories import make_review, make_score, make_shop, make_source
from vigie import clock, opportunity_text, reputation_text
from vigie.alert_text import alert_headline, alert_sentence, alert_todo
from vigie.brief import weekly_brief
from vigie.clock import PARIS
from vigie.french import CATALOGUE, has_text
from vigie.settings import Settings
from vigie.store import (
    Alert,
    AlertState,
    Closing,
    Review,
    ReviewState,
    Rival,
    Severity,
    Shop,
    Source,
)

TODAY = date(2026, 11, 20)
LONG = (
    "Garage sérieux, devis clair et respecté, voiture rendue propre le soir même, "
    "je recommande sans hésiter à toute la famille."
)


@pytest.fixture(autouse=True)
def _frozen() -> None:
    clock.set_clock(lambda: _at(0))


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


@pytest.fixture
def source(factory: sessionmaker[Session]) -> Source:
    with factory.begin() as session:
        return make_source(session)


def _at(days_ago: int, hour: int = 12) -> datetime:
    return datetime.combine(TODAY - timedelta(days=days_ago), time(hour), PARIS)


def _reviews(
    factory: sessionmaker[Session],
    source: Source,
    days_ago: list[int],
    *ratings: float,
    disagrees: bool = False,
    **traits: object,
) -> list[int]:
    with factory.begin() as session:
        written = []
        for days, rating in zip(days_ago, cycle(ratings), strict=False):
            seen = {"published_at": _at(days), "first_seen_at": _at(days, 18)}
            review = make_review(session, source, rating=rating, **{**seen, **traits})
            make_score(session, review, disagrees=disagrees)
            written.append(review.id)
        return written


def _past(factory: sessionmaker[Session], source: Source, *ratings: float, step: int = 9) -> None:
    """Write a year of reviews a few days apart, the last more than a month ago."""
    _reviews(factory, source, list(range(35, 400, step)), *(ratings or (5.0, 4.0, 5.0, 3.0)))


def _alerts(factory: sessionmaker[Session]) -> list[Alert]:
    with factory() as session:
        kinds = reputation_text.KINDS
        return list(session.scalars(select(Alert).where(Alert.kind.in_(kinds)).order_by(Alert.id)))


def test_a_burst_of_bad_reviews_is_told_once_and_again_when_it_has_doubled(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _past(factory, source)
    ids = _reviews(factory, source, [2, 2, 1, 1, 1], 1.0)
    detect(factory, settings)
    (alert,) = _alerts(factory)
    assert (alert.kind, alert.severity) == ("burst", Severity.WARNING)
    assert alert_headline(alert) == "5 avis en 2 jours, surtout mauvais\u00a0: c’est inhabituel"
    assert "reçu 5 avis d’une ou deux étoiles du 18 au 19 novembre 2026" in alert_sentence(alert)
    assert sorted(alert.facts["review_ids"]) == ids
    with factory.begin() as session:
        session.execute(
            update(Alert).values(state=AlertState.CLOSED, closed_because=Closing.PERSON)
        )
    _reviews(factory, source, [0, 0], 1.0)
    detect(factory, settings)
    assert [one.state for one in _alerts(factory)] == [AlertState.CLOSED]
    _reviews(factory, source, [0, 0], 1.0)
    detect(factory, settings)
    assert [one.state for one in _alerts(factory)] == [AlertState.OPEN]
    with factory() as session:
        brief = weekly_brief(session, session.get_one(Shop, source.shop_id), TODAY)
    told = "9 avis en 3 jours, surtout mauvais\u00a0: c’est inhabituel"
    assert told in [line.headline for line in brief.alerts]


@pytest.mark.parametrize(
    "case", ["history", "young source", "undated", "months", "steady", "a rival's"]
)
def test_what_only_looks_like_a_burst_is_not_told(
    factory: sessionmaker[Session], settings: Settings, source: Source, case: str
) -> None:
    burst = [1] * 8
    if case == "history":
        # A shop added today with its past: what burst then is no news.
        _past(factory, source)
        _reviews(factory, source, [30] * 8, 1.0)
    elif case == "young source":
        _reviews(factory, source, list(range(3, 60, 9)), 5.0)
        _reviews(factory, source, burst, 1.0)
    elif case == "undated":
        _past(factory, source)
        _reviews(factory, source, burst, 1.0, first_seen_at=_at(1))
    elif case == "months":
        _past(factory, source)
        _reviews(factory, source, burst, 1.0, published_precision="month")
    elif case == "steady":
        _reviews(factory, source, [*range(120), *range(120)], 5.0, 1.0, 4.0)
    else:
        with factory.begin() as session:
            session.add(Rival(shop_id=make_shop(session).id, rival_id=source.shop_id))
        _past(factory, source)
        _reviews(factory, source, burst, 1.0)
    detect(factory, settings)
    assert _alerts(factory) == []


def test_a_burst_whose_reviews_the_site_took_down_closes_by_itself(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _past(factory, source)
    ids = _reviews(factory, source, [2, 1, 1, 1, 1], 1.0)
    detect(factory, settings)
    with factory.begin() as session:
        gone = update(Review).where(Review.id.in_(ids[:4])).values(state=ReviewState.GONE)
        session.execute(gone)
    detect(factory, settings)
    (alert,) = _alerts(factory)
    assert (alert.state, alert.closed_because) == (AlertState.CLOSED, Closing.OVER)


def test_texts_nearly_the_same_by_different_people_are_unusual(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _past(factory, source)
    variants = [LONG, LONG.replace("sérieux", "très sérieux"), LONG.replace("clair", "net")]
    # The same person twice, and words that everybody writes, are not.
    same = _reviews(factory, source, [20, 22], 5.0, text="A" + LONG[::-1], author_pseudonym="x")
    _reviews(factory, source, [3, 9, 15], 5.0, text="Très bon accueil, je recommande.")
    ids = [_reviews(factory, source, [5 * n + 1], 5.0, text=v)[0] for n, v in enumerate(variants)]
    detect(factory, settings)
    (alert,) = _alerts(factory)
    assert (alert.kind, alert.facts["review_ids"]) == ("near-copies", ids)
    assert not set(same) & set(alert.facts["review_ids"])
    assert "3 personnes différentes" in alert_sentence(alert)


def test_a_site_s_own_words_are_nobody_s_copies(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    with factory.begin() as session:
        other = make_source(session)
    _reviews(factory, other, [50], 5.0, text=LONG)
    _reviews(factory, source, [3, 9, 15], 5.0, text=LONG)
    detect(factory, settings)
    assert _alerts(factory) == []


def test_accounts_that_like_only_the_rivals_are_unusual_unless_names_just_collide(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    with factory.begin() as session:
        rival = make_source(session, site_id=source.site_id)
        session.add(Rival(shop_id=source.shop_id, rival_id=rival.shop_id))
    names = [f"compte-{number}" for number in range(3)]
    for number, name in enumerate(names):
        _reviews(factory, source, [10 + 7 * number], 1.0, author_pseudonym=name)
        _reviews(factory, rival, [12 + 7 * number], 5.0, author_pseudonym=name)
    _past(factory, source)
    _reviews(factory, source, list(range(35, 80, 5)), 5.0)
    detect(factory, settings, [source.shop_id])
    (alert,) = _alerts(factory)
    assert (alert.kind, len(alert.facts["review_ids"])) == ("rival-accounts", 6)
    assert "un de vos concurrents sur le même site" in alert_sentence(alert)

    # A name that other shops' customers bear too is no account that only knows the rivals.
    with factory.begin() as session:
        for row in session.scalars(select(Alert)):
            session.delete(row)
        elsewhere = make_source(session, site_id=source.site_id)
    _reviews(factory, elsewhere, [200], 5.0, author_pseudonym=names[0])
    detect(factory, settings, [source.shop_id])
    assert _alerts(factory) == []


def test_ratings_at_odds_with_their_text_are_told_where_they_are_many(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _past(factory, source)
    _reviews(factory, source, [4, 11], 1.0, disagrees=True)
    _reviews(factory, source, [7, 15, 20, 25], 5.0)
    detect(factory, settings)
    assert _alerts(factory) == []
    _reviews(factory, source, [18, 28], 1.0, disagrees=True)
    detect(factory, settings)
    (alert,) = _alerts(factory)
    assert (alert.kind, alert.facts["count"], alert.facts["total"]) == ("text-at-odds", 4, 8)
    assert "inversé la note" in alert_todo(alert)


def test_a_wave_of_five_stars_after_a_bad_week_is_unusual_and_alone_is_not(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _past(factory, source, 4.0, 3.0, 5.0, step=12)
    _reviews(factory, source, [6, 5, 4, 2, 1], 5.0)
    detect(factory, settings)
    assert "praise-wave" not in {alert.kind for alert in _alerts(factory)}
    _reviews(factory, source, [14, 12, 11], 1.0)
    detect(factory, settings)
    (wave,) = [alert for alert in _alerts(factory) if alert.kind == "praise-wave"]
    assert "juste après 3 mauvais avis à partir du" in alert_sentence(wave)


def test_every_kind_of_alert_has_a_name() -> None:
    for kind in ("rating-shift", *reputation_text.KINDS, *opportunity_text.KINDS):
        assert has_text(f"alert-kind-{kind}"), kind


def test_nothing_is_ever_called_false_and_every_kind_has_its_words() -> None:
    text = (CATALOGUE / "suspicion.ftl").read_text("utf-8")
    assert not re.search(r"\b(faux|fausse|frauduleu|menteu|truqu)", text, re.IGNORECASE)
    for kind in reputation_text.KINDS:
        names = {f"alert-{kind}{part}" for part in ("", "-headline", "-todo")}
        assert names <= set(re.findall(r"^[\w-]+", text, re.MULTILINE))
        if kind != reputation_text.URGENT_REVIEW:
            headline = text.split(f"alert-{kind}-headline")[1].split("\nalert-")[0]
            assert "inhabituel" in headline
