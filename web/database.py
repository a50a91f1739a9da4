"""The request's database session: opened when a page first asks, closed with the request."""

from flask import Flask, current_app
from sqlalchemy.orm import Session, scoped_session

from vigie.settings import Settings
from vigie.store.session import open_engine, session_factory

ENGINE, SESSIONS = "vigie_engine", "vigie_sessions"


def init_app(app: Flask, settings: Settings) -> None:
    """Prepare the engine; nothing is connected yet."""
    engine = open_engine(settings)
    sessions = scoped_session(session_factory(engine))
    app.extensions[ENGINE] = engine
    app.extensions[SESSIONS] = sessions

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        sessions.remove()


def db() -> Session:
    """Return the request's session."""
    sessions: scoped_session[Session] = current_app.extensions[SESSIONS]
    return sessions()
