import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import make_listing, make_shop, make_source
from tests.web.conftest import arrive
from tests.web.test_alerts import make_alert


def test_an_owner_sees_her_shop_and_no_other(app: Flask, session: Session) -> None:
    mine, theirs = make_shop(session, name="Chez moi"), make_shop(session, name="Chez eux")
    alert = make_alert(session, theirs)
    listing = make_listing(session, make_source(session, theirs))
    owner = arrive(app, session, mine)

    assert "Chez moi" in owner.text("/")
    assert "Chez eux" not in owner.text("/")
    assert owner.get(f"/commerces/{mine.slug}").status_code == 200
    for page in ("", "/avis", "/annonces", "/note.svg", "/sentiment.svg"):
        assert owner.get(f"/commerces/{theirs.slug}{page}").status_code == 404
    assert owner.get(f"/annonces/{listing.id}/prix.svg").status_code == 404
    assert owner.post(f"/alertes/{alert.id}/vue").status_code == 404


def test_an_operator_sees_every_shop(app: Flask, session: Session) -> None:
    shop = make_shop(session, name="Chez eux")
    operator = arrive(app, session, operator=True)
    assert "Chez eux" in operator.text("/")
    assert operator.get(f"/commerces/{shop.slug}").status_code == 200
    assert operator.get("/sources").status_code == 200


@pytest.mark.parametrize("action", ["pause", "reprise", "lire", "identifiants"])
def test_sources_are_for_operators(sqlite_app: Flask, sqlite_session: Session, action: str) -> None:
    source = make_source(sqlite_session)
    owner = arrive(sqlite_app, sqlite_session, source.shop)
    assert "Sources" not in owner.text("/").split("Mon compte")[0]
    for response in (
        owner.get("/sources"),
        owner.get(f"/sources/{source.id}"),
        owner.get(f"/sources/{source.id}/lectures"),
        owner.get(f"/sources/{source.id}/identifiants"),
        owner.get("/lectures/1"),
        owner.get("/sites"),
        owner.get(f"/sources/regler?source={source.id}"),
        owner.post("/sources/regler"),
        owner.get("/sources/reglages"),
        owner.post("/sources/reglages/1/annuler"),
        owner.post(f"/sources/{source.id}/{action}"),
    ):
        assert response.status_code == 403
        assert "réservée aux opérateurs" in response.text


def test_someone_without_a_shop_is_told_whom_to_ask(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    assert "rattaché à aucun commerce" in arrive(sqlite_app, sqlite_session).text("/")
