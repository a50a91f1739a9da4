"""Urgent reviews: an alert and a mail at once, once, and only while it is news."""

from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.compose import one_line
from alerts.urgent import tell_urgent
from alerts.watch import look, look_at_news
from tests.factories import make_review, make_score, make_shop, make_source, make_user
from vigie import clock
from vigie.alert_text import alert_sentence, alert_todo
from vigie.clock import PARIS
from vigie.settings import Settings
from vigie.store import (
    Alert,
    AlertState,
    Closing,
    Member,
    MemberRole,
    Message,
    Review,
    ReviewState,
    Rival,
    Score,
    Severity,
    Shop,
    Source,
    UrgencyMention,
)
from vigie.store.score import text_digest

TODAY = date(2026, 11, 20)
TEXT = "Accueil correct. La roue s’est détachée sur la rocade ! Je ne reviendrai pas."
WORDS = "La roue s’est détachée"


@pytest.fixture(autouse=True)
def _frozen() -> None:
    clock.set_clock(lambda: _at(TODAY))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), PARIS)


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


@pytest.fixture
def source(factory: sessionmaker[Session]) -> Source:
    with factory.begin() as session:
        since = _at(TODAY - timedelta(days=40))
        shop = make_shop(session, email="patron@example.org", created_at=since)
        return make_source(session, shop, created_at=since)


def _urgent(
    factory: sessionmaker[Session], source: Source, days_ago: int = 1, **traits: object
) -> Review:
    moment = _at(TODAY - timedelta(days=days_ago))
    values = {
        "rating": 1.0,
        "text": TEXT,
        "published_at": moment,
        "first_seen_at": moment + timedelta(hours=2),
    }
    with factory.begin() as session:
        review = make_review(session, source, **{**values, **traits})
        make_score(session, review, stars=1.2, label="neg")
        start = review.text.find(WORDS)
        place = {"start": start, "end": start + len(WORDS)}
        if start >= 0:
            mention = UrgencyMention(
                review_id=review.id, model="modele-1", kind="securite", **place
            )
            session.add(mention)
        return review


def _alerts(factory: sessionmaker[Session]) -> list[Alert]:
    with factory() as session:
        return list(session.scalars(select(Alert).order_by(Alert.id)))


def _mails(factory: sessionmaker[Session]) -> list[Message]:
    with factory() as session:
        return list(session.scalars(select(Message)))


def test_an_urgent_review_is_told_and_mailed_at_once_and_once(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    review = _urgent(factory, source)
    assert look_at_news(factory, settings) == 1
    (alert,) = _alerts(factory)
    assert (alert.severity, alert.state) == (Severity.URGENT, AlertState.OPEN)
    assert "«\u00a0La roue s’est détachée sur la rocade !\u00a0»" in alert_sentence(alert)
    assert alert.facts["review_ids"] == [review.id]
    (mail,) = _mails(factory)
    assert (mail.recipient, mail.state) == ("patron@example.org", "queued")
    message = message_from_bytes(mail.mime, policy=policy.default)
    assert message["Subject"].startswith("Un avis à lire tout de suite (sécurité)")
    body = message.get_content()
    assert one_line(alert_todo(alert)) in body
    assert f"/alertes/{alert.id}" in body

    with factory.begin() as session:
        session.execute(update(Alert).values(state=AlertState.CLOSED))
        session.execute(update(Shop).values(detected_at=None))
    assert look(factory, settings) == 0
    assert [one.state for one in _alerts(factory)] == [AlertState.CLOSED]
    assert len(_mails(factory)) == 1


def test_a_review_that_is_read_after_the_others_of_its_crawl_is_still_told_at_once(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    review = _urgent(factory, source)
    with factory.begin() as session:
        session.execute(delete(UrgencyMention))
    assert look_at_news(factory, settings) == 0
    clock.set_clock(lambda: _at(TODAY) + timedelta(hours=5))
    with factory.begin() as session:
        place = {"start": 17, "end": 39}
        session.add(UrgencyMention(review_id=review.id, model="modele-1", kind="securite", **place))
    assert look_at_news(factory, settings) == 1
    assert len(_mails(factory)) == 1


@pytest.mark.parametrize("wrong", ["recipient", "sender"])
def test_a_mail_that_cannot_be_made_says_why_and_holds_no_alert_back(
    factory: sessionmaker[Session], settings: Settings, source: Source, wrong: str
) -> None:
    _urgent(factory, source)
    if wrong == "recipient":
        with factory.begin() as session:
            session.execute(update(Shop).values(email="pas une adresse"))
    else:
        settings = settings.model_copy(update={"mail_from": "personne"})
    assert tell_urgent(factory, settings) == 1
    (mail,) = _mails(factory)
    assert mail.state == "failed"
    assert ("pas une adresse" if wrong == "recipient" else "personne") in (mail.last_error or "")


@pytest.mark.parametrize(
    ("days_ago", "traits", "alerts"),
    [
        pytest.param(15, {}, 1, id="older than a fortnight"),
        pytest.param(29, {}, 1, id="nearly a month old"),
        pytest.param(31, {}, 0, id="history"),
        pytest.param(-2, {}, 0, id="of a day to come"),
        pytest.param(1, {"rating": 5.0}, 0, id="from a happy customer"),
        pytest.param(1, {"state": ReviewState.GONE}, 0, id="gone"),
    ],
)
def test_what_is_not_news_is_never_mailed(
    factory: sessionmaker[Session],
    settings: Settings,
    source: Source,
    days_ago: int,
    traits: dict[str, object],
    alerts: int,
) -> None:
    _urgent(factory, source, days_ago, **traits)
    assert tell_urgent(factory, settings) == alerts
    assert _mails(factory) == []


def test_a_review_from_before_the_shop_was_added_is_told_without_a_mail(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    with factory.begin() as session:
        session.execute(update(Shop).values(created_at=_at(TODAY - timedelta(days=3))))
    _urgent(factory, source, 5)
    assert tell_urgent(factory, settings) == 1
    assert _mails(factory) == []


def test_undated_reviews_of_a_source_s_first_day_are_not_mailed(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    with factory.begin() as session:
        since = _at(TODAY) - timedelta(hours=1)
        shop = make_shop(session, email="neuf@example.org", created_at=since)
        new = make_source(session, shop, created_at=since)
    _urgent(factory, new, published_at=_at(TODAY), first_seen_at=_at(TODAY))
    assert tell_urgent(factory, settings) == 1
    assert _mails(factory) == []


def test_a_review_that_goes_away_or_is_edited_closes_its_alert_and_may_open_it_again(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    gone, edited = _urgent(factory, source), _urgent(factory, source)
    assert tell_urgent(factory, settings) == 2
    with factory.begin() as session:
        session.execute(update(Review).where(Review.id == gone.id).values(state=ReviewState.GONE))
        mild = "Finalement tout est rentré dans l’ordre."
        session.execute(update(Review).where(Review.id == edited.id).values(text=mild))
    tell_urgent(factory, settings)
    # Until the new text has been read, nothing is known of it.
    assert [a.state for a in _alerts(factory)] == [AlertState.CLOSED, AlertState.OPEN]
    with factory.begin() as session:
        session.execute(delete(UrgencyMention).where(UrgencyMention.review_id == edited.id))
        session.execute(
            update(Score).where(Score.review_id == edited.id).values(text_hash=text_digest(mild))
        )
        session.execute(update(Review).values(state=ReviewState.PRESENT))
    assert tell_urgent(factory, settings) == 1
    first, second = _alerts(factory)
    assert first.state is AlertState.OPEN
    assert (second.state, second.closed_because) == (AlertState.CLOSED, Closing.OVER)
    assert len(_mails(factory)) == 2


def test_a_rival_is_told_nothing_until_somebody_reads_for_it(
    factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    with factory.begin() as session:
        watching = make_shop(session)
        session.add(Rival(shop_id=watching.id, rival_id=source.shop_id))
    _urgent(factory, source)
    assert tell_urgent(factory, settings) == 0
    with factory.begin() as session:
        session.add(
            Member(user_id=make_user(session).id, shop_id=source.shop_id, role=MemberRole.OWNER)
        )
    assert tell_urgent(factory, settings) == 1


@pytest.mark.parametrize(("text", "told"), [("J’irai voir un avocat.", 1), ("Sale, et , rien.", 0)])
def test_one_word_is_enough_and_a_comma_is_not(
    factory: sessionmaker[Session], settings: Settings, source: Source, text: str, told: int
) -> None:
    review = _urgent(factory, source, text=text)
    words = "avocat" if told else " , "
    start = text.find(words)
    with factory.begin() as session:
        session.add(
            UrgencyMention(
                review_id=review.id,
                model="modele-1",
                kind="juridique",
                start=start,
                end=start + len(words),
            )
        )
    assert look_at_news(factory, settings) == told
