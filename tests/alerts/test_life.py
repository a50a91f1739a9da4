"""The life of an alert: told once, snoozed, expired, reopened by new evidence and by no more."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from alerts.detect import detect
from alerts.life import Fact, end, settle, tell
from tests.factories import make_shop, make_user
from vigie import clock
from vigie.alert_life import move, moves_of
from vigie.clock import PARIS
from vigie.settings import Settings
from vigie.store import Alert, AlertState, Closing, Severity
from vigie.store.session import open_engine, session_factory

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _frozen() -> None:
    _on(TODAY)


@pytest.fixture
def session(sqlite_settings: Settings) -> Iterator[Session]:
    engine = open_engine(sqlite_settings)
    with session_factory(engine)() as session:
        yield session
    engine.dispose()


def _on(day: date) -> None:
    moment = datetime.combine(day, time(9), PARIS)
    clock.set_clock(lambda: moment)


def _fact(shop_id: int, *evidence: str, **facts: object) -> Fact:
    return Fact(
        shop_id=shop_id,
        kind="burst",
        subject="neg 2026-11-18",
        changed_on=TODAY,
        severity=Severity.WARNING,
        facts={"count": len(evidence), **facts},
        evidence=frozenset(evidence),
    )


def _only(session: Session) -> Alert:
    return session.scalars(select(Alert)).one()


def test_a_fact_is_told_once_and_kept_true_while_the_alert_lives(session: Session) -> None:
    shop = make_shop(session).id
    assert tell(session, _fact(shop, "1", "2")) is True
    assert tell(session, _fact(shop, "1", "2")) is False
    assert tell(session, _fact(shop, "2", "3", "4")) is False
    assert _only(session).facts == {"count": 3, "evidence": ["1", "2", "3", "4"]}


def test_new_evidence_reopens_what_a_person_closed_once_and_says_so(session: Session) -> None:
    shop, person = make_shop(session).id, make_user(session).id
    tell(session, _fact(shop, "1", "2"))
    alert = _only(session)
    move(session, alert, AlertState.CLOSED, user_id=person, because=Closing.PERSON)
    assert tell(session, _fact(shop, "2")) is False
    assert alert.state is AlertState.CLOSED
    assert tell(session, _fact(shop, "2", "3")) is True
    assert (alert.state, alert.closed_because) == (AlertState.OPEN, None)
    assert moves_of(session, alert)[0].detail["reason"] == "evidence"
    move(session, alert, AlertState.CLOSED, user_id=person, because=Closing.PERSON)
    assert tell(session, _fact(shop, "9")) is False
    assert alert.state is AlertState.CLOSED


def test_what_ran_out_comes_back_with_each_new_thing_to_know(session: Session) -> None:
    shop = make_shop(session).id
    for number in (1, 2, 3):
        assert tell(session, _fact(shop, str(number))) is True
        alert = _only(session)
        move(session, alert, AlertState.CLOSED, because=Closing.EXPIRED)
        assert tell(session, _fact(shop, str(number))) is False
        assert alert.state is AlertState.CLOSED


def test_what_is_no_longer_true_closes_and_comes_back_when_it_is_again(session: Session) -> None:
    shop = make_shop(session).id
    tell(session, _fact(shop, "1"))
    alert = _only(session)
    end(session, [alert])
    assert (alert.state, alert.closed_because) == (AlertState.CLOSED, Closing.OVER)
    assert tell(session, _fact(shop, "1")) is True
    assert [entry.detail["reason"] for entry in moves_of(session, alert)] == ["again", "over"]


def test_a_snoozed_alert_comes_back_by_itself_on_its_day(session: Session) -> None:
    shop, person = make_shop(session).id, make_user(session).id
    tell(session, _fact(shop, "1"))
    alert = _only(session)
    move(session, alert, AlertState.SNOOZED, user_id=person, until=TODAY + timedelta(days=7))
    _on(TODAY + timedelta(days=6))
    settle(session)
    assert alert.state is AlertState.SNOOZED
    _on(TODAY + timedelta(days=7))
    settle(session)
    assert (alert.state, alert.snoozed_until) == (AlertState.OPEN, None)
    assert (moves_of(session, alert)[0].user_id, alert.state_changed_by_id) == (None, None)


def test_an_alert_closes_after_its_last_day_unless_a_person_opens_it_again(
    factory: sessionmaker[Session],
) -> None:
    with factory() as session:
        shop, person = make_shop(session).id, make_user(session).id
        tell(session, _fact(shop, "1", expires_on=TODAY.isoformat()))
        alert = _only(session)
        settle(session)
        assert alert.state is AlertState.OPEN
        _on(TODAY + timedelta(days=1))
        settle(session)
        assert (alert.state, alert.closed_because) == (AlertState.CLOSED, Closing.EXPIRED)
        move(session, alert, AlertState.OPEN, user_id=person)
        settle(session)
        assert alert.state is AlertState.OPEN


def test_each_look_wakes_what_is_due(factory: sessionmaker[Session], settings: Settings) -> None:
    with factory.begin() as session:
        shop = make_shop(session).id
        tell(session, _fact(shop, "1"))
        move(session, _only(session), AlertState.SNOOZED, until=TODAY)
    detect(factory, settings, [])
    with factory() as session:
        assert _only(session).state is AlertState.OPEN
