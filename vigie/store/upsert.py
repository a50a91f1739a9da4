"""INSERT ... ON CONFLICT, in the words that SQLite and PostgreSQL share."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from vigie.store.base import Base


def insert_for(session: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return the dialect's INSERT, which has ``on_conflict_do_nothing`` and ``..._do_update``."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def insert_if_absent(session: Session, model: type[Base], key: list[str], /, **values: Any) -> bool:
    """Insert a row unless one with the same ``key`` columns is there; say whether it was new."""
    statement = (
        insert_for(session, model)
        .values(**values)
        .on_conflict_do_nothing(index_elements=key)
        .returning(*model.__mapper__.primary_key)
    )
    return session.execute(statement).first() is not None
