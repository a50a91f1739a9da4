from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_shop
from tests.web.conftest import arrive
from vigie import clock
from vigie.store import AuditEntry, Message, MessageState
from vigie.store.message import SIGN_IN, WEEKLY

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> None:
    clock.set_clock(lambda: NOW)


def make_mail(session: Session, state: MessageState, **traits: Any) -> Message:
    values = {
        "dedupe_key": f"{state}:{len(session.scalars(select(Message)).all())}",
        "channel": "email",
        "kind": WEEKLY,
        "recipient": "garage@example.org",
        "subject": "Votre semaine",
        "mime": b"Bonjour",
        "state": state,
        "attempts": 1,
        "created_at": datetime(2026, 3, 10, tzinfo=UTC),
        "next_attempt_at": datetime(2026, 3, 10, tzinfo=UTC),
    }
    mail = Message(**{**values, **traits})
    session.add(mail)
    session.flush()
    return mail


def test_a_mail_that_failed_says_why_and_is_sent_again(app: Flask, session: Session) -> None:
    operator = arrive(app, session, operator=True)
    assert "Aucun courrier n’a encore été préparé." in operator.text("/courriers")
    shop = make_shop(session, slug="garage", name="Garage du Pont")
    mail = make_mail(
        session,
        MessageState.FAILED,
        last_error="Boîte pleine : essayez plus tard.",
        shop_id=shop.id,
    )
    make_mail(session, MessageState.SENT, subject="Déjà lu", sent_at=NOW)
    session.commit()
    assert "Un courrier n’a pas pu partir" in operator.text("/sources")
    listed = operator.text("/courriers")
    assert "en échec · 1" in listed
    assert "Point de la semaine à garage@example.org · Garage du Pont" in listed
    assert "Boîte pleine" in listed
    failed = operator.text("/courriers?etat=failed")
    assert "Déjà lu" not in failed
    told = operator.follow(operator.post(f"/courriers/{mail.id}/renvoyer"))
    assert "« Votre semaine » repartira" in told
    session.refresh(mail)
    assert (mail.state, mail.next_attempt_at) == (MessageState.QUEUED, NOW)
    # What it told stays told: the next brief goes on from when it was made.
    assert mail.created_at < NOW
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "message-again")).one()
    assert (entry.subject_id, entry.user_id is not None) == (mail.id, True)
    assert "Aucun courrier n’est dans cet état." in operator.text("/courriers?etat=failed")
    assert "n’a pas pu partir" not in operator.text("/sources")


def test_only_what_failed_and_still_serves_is_sent_again(app: Flask, session: Session) -> None:
    mails = [
        make_mail(session, MessageState.SENT, sent_at=NOW),
        make_mail(session, MessageState.FAILED, kind=SIGN_IN),
        make_mail(session, MessageState.FAILED, mime=b"", attempts=0),
    ]
    operator = arrive(app, session, operator=True)
    assert "Renvoyer" not in operator.text("/courriers")
    for mail, words in zip(mails, ("déjà parti", "une heure", "rien à envoyer"), strict=True):
        assert words in operator.follow(operator.post(f"/courriers/{mail.id}/renvoyer"))
    assert operator.post("/courriers/999/renvoyer").status_code == 404


def test_mails_are_for_operators(app: Flask, session: Session) -> None:
    mail = make_mail(session, MessageState.FAILED)
    owner = arrive(app, session, make_shop(session))
    assert owner.get("/courriers").status_code == 403
    assert owner.post(f"/courriers/{mail.id}/renvoyer").status_code == 403


def test_a_long_outbox_is_shown_a_page_at_a_time(app: Flask, session: Session) -> None:
    for number in range(27):
        make_mail(session, MessageState.SENT, subject=f"Semaine n° {number}", sent_at=NOW)
    operator = arrive(app, session, operator=True)
    assert "Semaine n° 26" in operator.text("/courriers")
    second = operator.text("/courriers?page=2&etat=sent")
    assert "Semaine n° 1 " in second
    assert "Semaine n° 26" not in second
