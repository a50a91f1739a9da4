"""An adviser's shops together: the changes that hold stand first, the others are to be checked."""

from datetime import date

from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import SOME_MOMENT, make_shop
from tests.web.conftest import arrive
from vigie.store import Alert, AlertState, DetectorMemory, Severity

LEVELS = {"before": 4.5, "after": 3.5, "n_after": 20, "direction": "down", "since": "2026-02-01"}


def _changed(session: Session, name: str, chance: float, state: AlertState) -> None:
    shop = make_shop(session, name=name)
    _watched(session, shop.id)
    session.add(
        Alert(
            shop_id=shop.id,
            key=f"{shop.id}:rating-shift:down:2026-02-01",
            kind="rating-shift",
            subject="rating",
            changed_on=date(2026, 2, 1),
            severity=Severity.WARNING,
            state=state,
            facts={**LEVELS, "chance": chance},
            detected_at=SOME_MOMENT,
        )
    )


def _watched(session: Session, shop_id: int) -> None:
    row = {"seen": 80, "digest": "", "borrows": False, "state": b""}
    session.add(DetectorMemory(shop_id=shop_id, stream="rating", **row))


def test_changes_that_hold_among_all_shops_stand_before_those_to_check(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    _changed(sqlite_session, "Boulangerie Alpha", 0.02, AlertState.OPEN)
    _changed(sqlite_session, "Garage Zoé", 0.0002, AlertState.OPEN)
    _changed(sqlite_session, "Coiffure Brune", 0.0002, AlertState.CLOSED)
    # Forty shops were watched: chance alone does 2 in 100 to nearly one of them.
    for _ in range(37):
        _watched(sqlite_session, make_shop(sqlite_session).id)
    adviser = arrive(sqlite_app, sqlite_session, operator=True)
    text = adviser.text("/")
    sure, check = (
        text.index("Changement sûr 1 alerte"),
        text.index("Changement à vérifier 1 alerte"),
    )
    assert text.index("Garage Zoé") < sure < text.index("Boulangerie Alpha") < check
    assert text.count("Changement sûr 1") == text.count("Changement à vérifier 1") == 1
    assert "au plus un changement sur dix" in text


def test_without_a_change_nothing_is_said_of_certainty(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    make_shop(sqlite_session)
    adviser = arrive(sqlite_app, sqlite_session, operator=True)
    assert "Changement" not in adviser.text("/")
