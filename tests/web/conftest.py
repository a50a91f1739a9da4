"""The pages in a test's hands: an application on its own database, and people signed in to it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from crawlers.collection import Collection
from vigie.settings import Settings
from vigie.store import MemberRole, Shop, User
from vigie.store.session import open_engine, session_factory
from web.accounts import add_member, create_user
from web.app import create_app
from web.database import ENGINE
from web.links import sign_in_link

PASSWORD = "le phare voit loin"


class Person:
    """Somebody at a browser: follows links and sends forms with the page's own token."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def get(self, url: str) -> TestResponse:
        return self.client.get(url)

    def text(self, url: str) -> str:
        """Return a page as its reader sees it: without tags, white space joined."""
        page = self.get(url)
        assert page.status_code == 200, page.status
        return visible(page.text)

    def post(self, url: str, token_from: str = "/compte", **fields: str) -> TestResponse:
        token = csrf_of(self.get(token_from).text)
        return self.client.post(url, data={"csrf_token": token, **fields})

    def follow(self, response: TestResponse) -> str:
        """Return what the page behind a redirect tells."""
        assert response.status_code in (302, 303), response.status
        return self.text(response.headers["Location"])

    def open_link(self, user: User) -> TestResponse:
        return self.get(path_of(sign_in_link(self.app, user)))


def visible(html: str) -> str:
    body = re.sub(r"(?s)<head>.*?</head>", " ", html)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\xa0", " ").split())


def csrf_of(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found, "the page has no form"
    return found[1]


def path_of(url: str) -> str:
    return re.sub(r"^https?://[^/]+", "", url)


def _app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings, Collection(settings))
    yield app
    app.extensions[ENGINE].dispose()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on SQLite, then on PostgreSQL."""
    yield from _app(settings)


@pytest.fixture
def sqlite_app(sqlite_settings: Settings) -> Iterator[Flask]:
    """The application where the kind of database does not matter."""
    yield from _app(sqlite_settings)


@pytest.fixture
def sqlite_factory(sqlite_settings: Settings) -> Iterator[sessionmaker[Session]]:
    engine = open_engine(sqlite_settings)
    yield session_factory(engine)
    engine.dispose()


def arrive(app: Flask, session: Session, *shops: Shop, operator: bool = False) -> Person:
    """Return a signed-in person who is a member of these shops."""
    user = create_user(
        session, f"p{id(app)}-{len(shops)}-{operator}@example.org", operator=operator
    )
    for shop in shops:
        add_member(session, user, shop, MemberRole.OWNER)
    session.commit()
    person = Person(app)
    assert person.open_link(user).status_code == 303
    return person


@pytest.fixture
def sqlite_session(sqlite_factory: sessionmaker[Session]) -> Iterator[Session]:
    with sqlite_factory() as session:
        yield session
