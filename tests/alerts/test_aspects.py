"""Aspects over the store: told once, by the rating's alert where that tells it, with quotes."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from alerts.detect import detect, shops_with_news
from tests.factories import make_review, make_score, make_source
from vigie import clock
from vigie.alert_text import alert_headline, alert_sentence, alert_todo
from vigie.brief import weekly_brief
from vigie.clock import PARIS
from vigie.settings import Settings
from vigie.store import Alert, AlertState, AspectMention, Closing, Review, Rival, Severity, Shop

TODAY = date(2026, 11, 20)
CHANGE = TODAY - timedelta(days=60)
LATE = "Promis mardi, rendu vendredi. On a attendu."


@pytest.fixture(autouse=True)
def _frozen() -> None:
    moment = datetime.combine(TODAY, time(9), PARIS)
    clock.set_clock(lambda: moment)


def _fill(session: Session, *, rating_since: float = 5.0, text: str = LATE) -> int:
    """Write a review every second day; since CHANGE every other one complains of the delay."""
    source = make_source(session, label="Google")
    for number in range(150):
        day = TODAY - timedelta(days=2 * (150 - number))
        complains = day >= CHANGE and number % 2 == 0
        moment = datetime.combine(day, time(12), PARIS)
        review = make_review(
            session,
            source,
            rating=rating_since if complains else 5.0,
            text=text if complains else "Travail soigné.",
            published_at=moment,
            first_seen_at=moment,
        )
        make_score(session, review, scored_at=moment)
        if complains or number % 15 == 0:
            _mention(session, review, "delai", "neg" if complains else "pos")
    return source.shop_id


def _mention(session: Session, review: Review, aspect: str, polarity: str) -> None:
    values = {"aspect": aspect, "polarity": polarity, "start": 0, "end": 12}
    session.add(AspectMention(review_id=review.id, model="modele-1", **values))


def _alerts(factory: sessionmaker[Session]) -> dict[str, Alert]:
    with factory() as session:
        return {alert.kind: alert for alert in session.scalars(select(Alert))}


def test_an_aspect_that_turns_bad_is_told_with_its_counts_its_day_and_two_quotes(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        _fill(session)
    assert detect(factory, settings) == 1
    assert detect(factory, settings) == 0
    (alert,) = _alerts(factory).values()
    assert (alert.kind, alert.subject, alert.severity) == ("aspect-shift", "delai", "warning")
    assert alert.changed_on == CHANGE
    assert alert_headline(alert) == "On se plaint plus souvent du délai"
    sentence = alert_sentence(alert)
    assert sentence.startswith(
        "Depuis le 21 septembre 2026, on se plaint bien plus souvent du délai\xa0: "
        "dans 15 avis sur 30, contre aucun sur 120 avant. «\xa0Promis"
    )
    assert sentence.count("«\xa0Promis mardi, rendu vendredi.\xa0» (Google, ") == 2
    assert len(alert.facts["review_ids"]) == 2
    assert "donnez une date" in alert_todo(alert)
    assert alert.facts["chance"] < 0.01
    with factory() as session:
        brief = weekly_brief(session, session.get_one(Shop, alert.shop_id), TODAY)
    assert [line.kind for line in brief.alerts] == ["aspect-shift"]
    assert len([todo for todo in brief.todo if "délai" in todo]) == 1


def test_what_the_ratings_alert_tells_is_told_once_and_named_there(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        _fill(session, rating_since=1.0)
    assert detect(factory, settings) == 1
    (alert,) = _alerts(factory).values()
    assert alert.kind == "rating-shift"
    assert [reason["aspect"] for reason in alert.facts["why"]] == ["delai"]
    assert len(alert.facts["review_ids"]) == 2
    assert alert.facts["chance"] < 0.01


def test_an_aspects_alert_is_left_to_the_ratings_that_comes_later(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        shop_id = _fill(session)
    detect(factory, settings)
    with factory.begin() as session:
        for review in session.scalars(select(Review).where(Review.text == LATE)):
            review.rating_normalised = 0.0
    assert detect(factory, settings, [shop_id]) == 1
    alerts = _alerts(factory)
    assert alerts["rating-shift"].state is AlertState.OPEN
    left = alerts["aspect-shift"]
    assert (left.state, left.closed_because) == (AlertState.CLOSED, Closing.REPLACED)


def test_rivals_few_voices_and_reviews_without_words_tell_no_aspect(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        rival = _fill(session)
        session.add(Rival(shop_id=make_source(session).shop_id, rival_id=rival))
        _fill(session, text="")
    assert detect(factory, settings) == 0


def test_hostile_words_stay_words(factory: sessionmaker[Session], settings: Settings) -> None:
    with factory.begin() as session:
        _fill(session, text="»\u202e<script> " + "x" * 500)
    detect(factory, settings)
    alert = _alerts(factory)["aspect-shift"]
    sentence = alert_sentence(alert)
    assert "\u202e" not in sentence
    assert len(sentence) < 400
    assert alert.severity is Severity.WARNING


def test_a_review_read_or_edited_late_is_news(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        shop_id = _fill(session)
    detect(factory, settings, shops_with_news(factory))
    assert shops_with_news(factory) == []
    with factory.begin() as session:
        review = session.scalars(select(Review).where(Review.shop_id == shop_id)).first()
        assert review is not None
        make_score(session, review, model="modele-2", scored_at=clock.now())
    assert shops_with_news(factory) == [shop_id]
