"""Headers, cookies and error pages: what every response carries."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.web.conftest import Person, arrive, visible
from vigie.settings import load_settings
from web.app import create_app
from web.database import ENGINE


def test_nothing_comes_from_elsewhere_and_no_script_is_inline(sqlite_app: Flask) -> None:
    page = Person(sqlite_app).get("/connexion")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "no-store"
    assert "https://" not in page.text
    assert "http://" not in page.text
    assert " style=" not in page.text


def test_every_file_that_a_page_names_is_served_here(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    person = arrive(sqlite_app, sqlite_session)
    named = re.findall(r'<(?:link|script)[^>]+(?:href|src)="([^"]+)"', person.get("/").text)
    assert len(named) == 3
    for url in named:
        with person.get(url) as response:
            assert response.status_code == 200, url


@pytest.mark.parametrize(
    ("url", "secure"), [("http://x.example", False), ("https://x.example", True)]
)
def test_cookies_are_guarded_and_secure_behind_https(
    tmp_path: Path, url: str, secure: bool
) -> None:
    app = create_app(load_settings(data_dir=tmp_path, public_url=url))
    response = app.test_client().get("/connexion")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("vigie=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure
    assert ("Strict-Transport-Security" in response.headers) is secure
    app.extensions[ENGINE].dispose()


def test_errors_speak_french_and_show_a_way_out(sqlite_app: Flask, sqlite_session: Session) -> None:
    person = arrive(sqlite_app, sqlite_session)
    missing = person.get("/rien")
    assert missing.status_code == 404
    assert "Page introuvable" in missing.text
    assert "Revenir aux commerces" in missing.text
    assert person.get("/alertes/1/vue").status_code == 405
    huge = person.client.post("/compte/mot-de-passe", data={"nouveau": "x" * 200_000})
    assert huge.status_code == 413
    assert "trop lourd" in huge.text


def test_a_bug_shows_a_sentence_and_no_traceback(
    sqlite_app: Flask, sqlite_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = arrive(sqlite_app, sqlite_session)

    def bug() -> str:
        raise ZeroDivisionError("le secret")

    monkeypatch.setitem(sqlite_app.view_functions, "home.show", bug)
    page = person.get("/")
    assert page.status_code == 500
    assert "Une erreur de notre côté" in page.text
    assert "secret" not in page.text


def test_a_database_that_does_not_answer_is_told_as_such(
    sqlite_app: Flask, sqlite_session: Session, sqlite_settings: object
) -> None:
    person = arrive(sqlite_app, sqlite_session)
    sqlite_session.close()
    engine = sqlite_app.extensions[ENGINE]
    engine.dispose()
    path = Path(engine.url.database)
    for file in path.parent.glob("vigie.sqlite3*"):
        file.unlink()
    path.write_bytes(b"this is no database " * 500)
    page = person.get("/")
    assert page.status_code == 503
    assert "La base de données ne répond pas" in visible(page.text)
    assert str(path) not in page.text


def test_every_page_is_in_french_with_a_title_and_a_way_past_the_menu(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    person = arrive(sqlite_app, sqlite_session, operator=True)
    for url in ("/", "/sources", "/compte"):
        html = person.get(url).text
        assert '<html lang="fr">' in html
        assert "· Vigie</title>" in html
        assert 'href="#contenu"' in html
        assert html.count("<h1") == 1
