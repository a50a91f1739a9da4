from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_review, make_shop, make_source
from tests.web.conftest import arrive
from vigie.clock import now
from vigie.store import AuditEntry, Review, Rival, Shop, Source


@pytest.fixture
def source(session: Session) -> Source:
    source = make_source(session, make_shop(session, slug="garage"), label="Avis du Coin")
    make_review(session, source)
    make_review(session, source)
    session.commit()
    return source


def test_a_source_is_removed_in_two_steps(app: Flask, session: Session, source: Source) -> None:
    operator = arrive(app, session, operator=True)
    address = f"/sources/{source.id}/retirer"
    assert address in operator.get(f"/sources/{source.id}").text
    asked = operator.text(address)
    assert "Sera effacé pour de bon : 2 avis." in asked
    assert "mettez-la plutôt en pause" in asked
    assert session.scalars(select(Review)).all() != []
    number = source.id
    told = operator.follow(operator.post(address))
    assert "Source retirée : Avis du Coin. Effacé : 2 avis." in told
    session.expire_all()
    assert session.scalars(select(Review)).all() == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "source-remove")).one()
    assert (entry.subject_id, entry.user_id is not None) == (number, True)
    assert operator.get(address).status_code == 404


def test_a_source_that_is_being_read_stays(app: Flask, session: Session, source: Source) -> None:
    source.claimed_until = now() + timedelta(minutes=5)
    operator = arrive(app, session, operator=True)
    told = operator.follow(operator.post(f"/sources/{source.id}/retirer"))
    assert "en cours de lecture" in told
    assert len(session.scalars(select(Review)).all()) == 2


def test_a_shop_goes_with_the_rivals_that_were_ticked(
    app: Flask, session: Session, source: Source
) -> None:
    ticked, kept, _ = (make_shop(session, name=f"Garage {letter}") for letter in "BCD")
    for rival in (ticked, kept):
        session.add(Rival(shop_id=source.shop_id, rival_id=rival.id))
    operator = arrive(app, session, operator=True)
    address = "/commerces/garage/retirer"
    asked = operator.text(address)
    assert "une source et 2 avis" in asked
    assert "Garage B" in asked
    assert "Garage C" in asked
    assert "Garage D" not in asked
    told = operator.follow(operator.post(address, address, concurrent=str(ticked.id)))
    assert "Commerce retiré : Garage B." in told
    session.expire_all()
    assert set(session.scalars(select(Shop.name))) == {"Garage C", "Garage D"}


def test_only_a_rival_watched_for_the_shop_alone_goes_with_it(
    app: Flask, session: Session, source: Source
) -> None:
    stranger = make_shop(session)
    operator = arrive(app, session, operator=True)
    operator.post("/commerces/garage/retirer", concurrent=str(stranger.id))
    session.expire_all()
    assert session.scalars(select(Shop.id)).all() == [stranger.id]


def test_only_operators_remove(app: Flask, session: Session, source: Source) -> None:
    owner = arrive(app, session, source.shop)
    assert "retirer" not in owner.get("/commerces/garage").text
    for address in (f"/sources/{source.id}/retirer", "/commerces/garage/retirer"):
        assert owner.get(address).status_code == 403
        assert owner.post(address).status_code == 403
    assert len(session.scalars(select(Review)).all()) == 2
