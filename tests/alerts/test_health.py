"""Operators hear of each change of a source's health once, however often it is crawled."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from alerts.health import queue_health
from tests.factories import make_shop, make_source
from vigie import clock
from vigie.settings import Settings
from vigie.store import Health, HealthChange, Message, Shop, Source
from vigie.store.health_change import change_health
from web.accounts import create_user

NOW = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
REFUSED = {"reason": "crawl-status-blocked", "args": {"status": 403}, "pages": []}


@pytest.fixture(autouse=True)
def _frozen() -> None:
    clock.set_clock(lambda: NOW)


@pytest.fixture
def source(session: Session) -> Source:
    create_user(session, "vigie@example.org", operator=True)
    create_user(session, "conseil@example.org")
    shop = make_shop(session, name="Garage du Pont")
    return make_source(session, shop, label="Avis du Coin", health=Health.HEALTHY)


def _turn(session: Session, source: Source, *healths: Health) -> None:
    for health in healths:
        change_health(session, source, health, NOW, REFUSED)
        # Each change is flushed apart, as crawls make them one after another.
        session.flush()
    session.commit()


def _mails(session: Session) -> list[EmailMessage]:
    rows = session.scalars(select(Message).order_by(Message.id))
    mails = [message_from_bytes(row.mime, policy=policy.default) for row in rows]
    return [mail for mail in mails if isinstance(mail, EmailMessage)]


def test_a_change_is_told_to_the_operators_once(
    session: Session, factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _turn(session, source, Health.BLOCKED, Health.BLOCKED)
    assert queue_health(factory, settings) == 1
    assert queue_health(factory, settings) == 0
    (mail,) = _mails(session)
    assert mail["To"] == "vigie@example.org"
    assert mail["Subject"].replace("\u00a0", " ") == "Avis du Coin : bloquée (Garage du Pont)"
    text = " ".join(mail.get_content().split())
    assert "en ordre → bloquée, le 9 mars 2026 à 07:00." in text
    assert "Le site refuse la lecture (réponse 403)." in text
    assert f"/sources/{source.id}" in text


def test_a_return_to_order_is_a_change_too(
    session: Session, factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _turn(session, source, Health.BROKEN)
    queue_health(factory, settings)
    _turn(session, source, Health.HEALTHY)
    assert queue_health(factory, settings) == 1
    assert "en panne → en ordre" in _mails(session)[1].get_content()


def test_a_first_crawl_that_goes_well_is_no_news(
    session: Session, factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _turn(session, make_source(session), Health.HEALTHY)
    assert queue_health(factory, settings) == 0


def test_what_came_and_went_between_two_ticks_is_not_told(
    session: Session, factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    _turn(session, source, Health.LATE, Health.HEALTHY)
    assert queue_health(factory, settings) == 0
    assert len(session.scalars(select(HealthChange)).all()) == 2


def test_a_site_that_takes_hundreds_of_sources_along_makes_one_mail(
    session: Session, factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    shop = session.get_one(Shop, source.shop_id)
    for _ in range(120):
        _turn(session, make_source(session, shop, health=Health.HEALTHY), Health.LATE)
    assert queue_health(factory, settings) == 1
    (mail,) = _mails(session)
    assert mail["Subject"] == "120 sources ont changé d’état"
    assert len(mail.get_content()) < 30_000


def test_a_hostile_label_makes_no_header(
    session: Session, factory: sessionmaker[Session], settings: Settings, source: Source
) -> None:
    source.label = "Avis\r\nBcc: quelqu.un@example.org"
    _turn(session, source, Health.BROKEN)
    queue_health(factory, settings)
    (mail,) = _mails(session)
    assert mail["Bcc"] is None


def test_without_operators_nothing_is_queued_later_either(
    session: Session, factory: sessionmaker[Session], settings: Settings
) -> None:
    _turn(session, make_source(session), Health.BROKEN)
    assert queue_health(factory, settings) == 0
    clock.set_clock(lambda: NOW + timedelta(days=1))
    create_user(session, "vigie@example.org", operator=True)
    session.commit()
    assert queue_health(factory, settings) == 0
