"""The store through its public door, on SQLite and on PostgreSQL."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from tests.factories import SOME_MOMENT, make_review, make_shop, make_source
from vigie.clock import now
from vigie.errors import NotFoundError, StoreError
from vigie.settings import Settings, load_settings
from vigie.store import Base, Review, Shop
from vigie.store.session import open_engine, store_errors
from vigie.store.shop import shop_by_slug
from vigie.store.source import claim_source, due_source_ids, source_by_id
from vigie.store.upgrade import check, upgrade
from vigie.store.upsert import insert_if_absent


def test_the_migrations_make_exactly_the_models_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_keeps_what_is_stored(session: Session, engine: Engine) -> None:
    make_shop(session, slug="pont-vieux")
    session.commit()
    upgrade(engine)
    check(engine)
    assert shop_by_slug(session, "pont-vieux").city == "Tours"


def test_a_database_from_a_newer_version_is_refused_and_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for step in (check, upgrade):
        with pytest.raises(StoreError, match="version plus récente"):
            step(engine)


def test_a_database_that_was_never_made_says_so_and_makes_no_file(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)
    with pytest.raises(StoreError, match="vigie init"):
        check(open_engine(settings))
    assert list(tmp_path.iterdir()) == []


def test_a_corrupt_database_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "vigie.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="abîmée"):
        check(open_engine(load_settings(data_dir=tmp_path)))


def test_a_locked_database_is_named_with_its_remedy(sqlite_settings: Settings) -> None:
    engine = open_engine(sqlite_settings)
    holder = sqlite3.connect(sqlite_settings.data_dir / "vigie.sqlite3", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 10"))
        with pytest.raises(StoreError, match="verrouillée"), store_errors(engine):
            connection.execute(text("INSERT INTO role (name) VALUES ('x')"))
    holder.close()
    engine.dispose()


def test_a_bug_of_ours_is_not_dressed_up_as_a_broken_database(engine: Engine) -> None:
    with (
        engine.connect() as connection,
        pytest.raises(DatabaseError, match="no_such_table"),
        store_errors(engine),
    ):
        connection.execute(text("SELECT * FROM no_such_table"))


def test_a_server_that_does_not_answer_is_named() -> None:
    settings = load_settings(database_url="postgresql+psycopg://vigie:secret@127.0.0.1:9/vigie")
    with pytest.raises(StoreError, match="ne répond pas") as caught:
        check(open_engine(settings))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["not a url", "oracle+nothing://x/y"])
def test_an_address_that_is_no_database_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="n’est pas reconnue"):
        open_engine(load_settings(database_url=url))


def test_moments_come_back_aware_and_in_utc(session: Session) -> None:
    paris_noon = datetime.fromisoformat("2026-07-01T12:00:00+02:00")
    make_review(session, make_source(session), published_at=paris_noon)
    session.commit()
    session.expunge_all()
    review = session.scalars(select(Review)).one()
    assert review.published_at == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert review.published_at.tzinfo is UTC


def test_a_naive_moment_is_a_bug_and_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="naive"):
        make_shop(session, created_at=datetime(2026, 7, 1))


def test_an_insert_by_key_writes_once(session: Session) -> None:
    values = {"slug": "x", "name": "X", "trade": "garage", "country": "FR"}
    first, second = (
        insert_if_absent(session, Shop, ["slug"], created_at=now(), **values) for _ in range(2)
    )
    assert (first, second) == (True, False)


def test_an_unknown_shop_or_source_is_named(session: Session) -> None:
    with pytest.raises(NotFoundError, match="boulangerie-x"):
        shop_by_slug(session, "boulangerie-x")
    with pytest.raises(NotFoundError, match="12345"):
        source_by_id(session, 12345)


def test_what_is_due_skips_the_paused_and_the_held_but_not_what_a_person_asked_for(
    session: Session,
) -> None:
    due = make_source(session, next_run_at=SOME_MOMENT)
    make_source(session, next_run_at=SOME_MOMENT + timedelta(days=1))
    make_source(session, paused=True)
    make_source(session, claimed_until=SOME_MOMENT + timedelta(hours=1))
    asked = make_source(session, paused=True, run_requested_at=SOME_MOMENT)
    assert set(due_source_ids(session, SOME_MOMENT)) == {due.id, asked.id}


def test_only_one_of_two_runs_takes_a_source(session: Session) -> None:
    source = make_source(session)
    session.commit()
    until = now() + timedelta(minutes=10)
    assert claim_source(session, source.id, "first", until)
    assert not claim_source(session, source.id, "second", until)


def test_a_claim_that_ran_out_can_be_taken_over(session: Session) -> None:
    source = make_source(session, claimed_until=now() - timedelta(seconds=1))
    session.commit()
    assert claim_source(session, source.id, "second", now() + timedelta(minutes=10))


def test_sqlite_runs_in_wal_mode_with_foreign_keys(sqlite_settings: Settings) -> None:
    engine = open_engine(sqlite_settings)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.execute(text("INSERT INTO rival (shop_id, rival_id) VALUES (1, 2)"))
    engine.dispose()
