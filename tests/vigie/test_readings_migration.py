"""The step from one score a review to readings: both ways, on both databases."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.factories import make_review, make_score, make_source
from vigie.store import Base
from vigie.store.score import current_model
from vigie.store.upgrade import migrating, upgrade

SCORE = """
INSERT INTO score (review_id, model, text_hash, p1, p2, p3, p4, p5, stars, label, scored_at)
VALUES (:review, :model, 'h', 0.1, 0.2, 0.3, 0.2, 0.2, 3.25, 'neu', :moment)
"""


def _downgrade(engine: Engine) -> None:
    with migrating(engine) as config:
        command.downgrade(config, "0001")


def test_an_older_database_keeps_its_scores_and_goes_on_showing_its_newest_model(
    session: Session, engine: Engine
) -> None:
    source = make_source(session)
    reviews = [make_review(session, source).id for _ in range(2)]
    session.commit()
    _downgrade(engine)
    with engine.begin() as connection:
        for review in reviews:
            for model, moment in (("vieux", "2026-01-01"), ("neuf", "2026-02-01")):
                connection.execute(
                    text(SCORE), {"review": review, "model": model, "moment": moment}
                )
    upgrade(engine)
    with engine.connect() as connection:
        kept = connection.execute(
            text("SELECT model, stars, language, disagrees FROM score ORDER BY id")
        ).all()
        turns = connection.execute(text("SELECT model, state FROM reading_model ORDER BY model"))
        assert [(row.model, row.stars, row.language) for row in kept] == [
            ("vieux", 3.25, None),
            ("neuf", 3.25, None),
        ] * 2
        assert not any(row.disagrees for row in kept)
        assert turns.all() == [("neuf", "shown"), ("vieux", "retired")]
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert current_model(session) == "neuf"


def test_going_back_keeps_every_score_that_has_numbers(session: Session, engine: Engine) -> None:
    source = make_source(session)
    read, unread = (make_review(session, source) for _ in range(2))
    make_score(session, read, stars=1.5, label="neg", language="fr")
    make_score(session, unread, stars=None, label="und", language="und")
    session.commit()
    _downgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT review_id, stars, label FROM score")).all()
    assert rows == [(read.id, 1.5, "neg")]
    upgrade(engine)
    session.expire_all()
    assert current_model(session) == "modele-1"
