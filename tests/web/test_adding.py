"""Adding sources and trying recipes from the operator's pages."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import make_shop, make_source
from tests.web.conftest import Person, arrive, visible
from vigie import clock
from vigie.settings import Settings
from vigie.store import AuditEntry, Permission, RecipeTrial, Site, Source
from web.app import create_app
from web.database import ENGINE

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
ADD, TRY = "/sources/ajouter", "/sources/recette"
PLAIN = {"commerce": "garage", "permission": "written", "choix": "adaptee"}


@pytest.fixture
def operator(sqlite_app: Flask, sqlite_session: Session) -> Person:
    clock.set_clock(lambda: NOW)
    make_shop(sqlite_session, name="Garage du Pont", slug="garage", postcode="37000")
    return arrive(sqlite_app, sqlite_session, operator=True)


def look(operator: Person, url: str, **fields: str) -> TestResponse:
    return operator.post(ADD, adresse=url, **{**PLAIN, **fields})


def add(operator: Person, url: str, **fields: str) -> TestResponse:
    """Look at what an address is, then confirm it, as the browser does."""
    mark = re.search(r'name="vu" value="([^"]*)"', look(operator, url, **fields).text)
    assert mark
    return look(operator, url, faire="ajouter", vu=mark[1], **fields)


def test_an_address_is_recognised_before_anything_is_written_then_added(
    operator: Person, sqlite_session: Session
) -> None:
    url = "https://fr.trustpilot.com/review/garage.example"
    text = visible(look(operator, url, nom="Chez  Trustpilot").text)
    assert "Reconnue : Trustpilot" in text
    assert "Donne avis" in text
    assert "Permission de lecture Accord écrit" in text
    assert "Cadence Adaptée aux nouveautés" in text
    assert re.search(r"Manque encore [^.]*Clé d’interface", text)
    sqlite_session.expire_all()
    for table in (Source, Site):
        assert sqlite_session.scalar(select(func.count()).select_from(table)) == 0

    added = add(operator, url, nom="Chez  Trustpilot")
    source = sqlite_session.scalars(select(Source)).one()
    assert added.headers["Location"] == f"/sources/{source.id}/identifiants"
    assert "Chez Trustpilot est ajoutée" in operator.follow(added)
    assert (source.platform, source.label) == ("trustpilot", "Chez Trustpilot")
    assert (source.cadence_kind, source.next_run_at) == ("adaptive", NOW)
    assert source.site is not None
    assert source.site.permission is Permission.WRITTEN
    audited = sqlite_session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-2:]
    assert [one.action for one in audited] == ["site-permission", "source-add"]
    assert {one.user_id for one in audited} == {audited[0].user_id} - {None}
    again = look(operator, url)
    assert (again.status_code, "déjà suivie" in again.text) == (400, True)


def test_what_the_address_does_not_tell_can_be_given_at_once(
    operator: Person, sqlite_session: Session
) -> None:
    told = visible(look(operator, "https://www.facebook.com/garagedupont").text)
    assert "garagedupont Lu dans l’adresse." in told
    shown = look(operator, "https://www.boamp.fr/")
    assert 'name="option-trades"' in shown.text
    # The département is the shop's own.
    assert 'value="37"' in shown.text
    add(operator, "https://www.boamp.fr/", **{"option-trades": "270", "heures": "12"})
    source = sqlite_session.scalars(select(Source)).one()
    assert source.options == {"trades": "270", "departements": "37"}
    assert (source.cadence_kind, source.cadence_s) == ("interval", 43_200)
    # What was looked at is what is added.
    moved = look(operator, "https://avis.example/", faire="ajouter", vu="1 boamp https://x/")
    assert "Reconnue : Page web" in visible(moved.text)
    assert sqlite_session.scalar(select(func.count()).select_from(Source)) == 1


def test_what_cannot_be_added_is_refused_in_one_sentence_and_the_form_keeps_what_was_written(
    operator: Person, sqlite_session: Session
) -> None:
    page = "https://avis.example/garage"
    for url, fields, said in (
        ("http://169.254.169.254/latest/meta-data/", {}, "réseau privé"),
        ("http://127.0.0.1:8000/", {}, "votre propre réseau"),
        ("http://[::1]:9000/", {}, "votre propre réseau"),
        ("http://0x7f000001/", {}, "adresse d’une page"),
        ("https://moi:mot@avis.example/", {}, "un identifiant"),
        ("javascript:alert(1)", {}, "adresse d’une page"),
        ("https://avis.example:22/", {}, "un service qui n’est pas une page"),
        (page, {"commerce": "autre"}, "« autre »"),
        (page, {"permission": "toutes"}, "n’est pas une permission"),
        (page, {"plateforme": "zzz"}, "« zzz »"),
        (page, {"heures": "0,1"}, "de 0,25 à 744"),
        (page, {"option-zzz": "1"}, "« zzz »"),
        (page, {"essai": "99"}, "n’existe pas ou plus"),
        ("https://fr.trustpilot.com/review/a.example",
         {"essai-service": "http://192.168.1.4:80/"}, "votre propre réseau"),
    ):  # fmt: skip
        answer = look(operator, url, nom="<b>Nom</b>", faire="ajouter", **fields)
        assert answer.status_code == 400, url
        assert said in visible(answer.text), url
        assert "&lt;b&gt;Nom" in answer.text
        assert "<b>Nom" not in answer.text
    assert sqlite_session.scalar(select(func.count()).select_from(Source)) == 0
    # A site of the sandbox, which the command has allowed, is one like any other.
    site = Site(host="127.0.0.1:8000", private_allowed=True, created_at=NOW)
    sqlite_session.add(site)
    sqlite_session.commit()
    assert add(operator, "http://127.0.0.1:8000/").status_code == 303


def recipe(**more: str) -> dict[str, str]:
    plain = {"kind": "reviews", "items": ".avis", "champ-text": "p", "best": "5"}
    return {"adresse": "https://avis.example/garage", **plain, **more}


def answer(session: Session, **found: Any) -> RecipeTrial:
    """Answer the last trial as the schedule does."""
    trial = session.scalars(select(RecipeTrial).order_by(RecipeTrial.id.desc())).first()
    assert trial is not None
    trial.answered_at = NOW
    trial.answer = {"status": 200, "trouble": None, "count": 0, "kept": 0, "found": {"text": 0},
                    "items": [], "next": "", "stated": None, **found}  # fmt: skip
    session.commit()
    return trial


def test_a_recipe_is_tried_shown_mended_and_kept_as_a_source(
    operator: Person, sqlite_session: Session
) -> None:
    assert "champ-price" in operator.get(f"{TRY}?kind=listings").text
    asked = operator.post(TRY, **recipe())
    page = asked.headers["Location"]
    assert "Essai en cours" in operator.follow(asked)
    assert operator.get(page).headers["Refresh"] == "3"
    clock.set_clock(lambda: NOW + timedelta(minutes=2))
    assert "« vigie run » est en marche" in operator.text(page)
    assert "Refresh" not in operator.get(page).headers
    trial = answer(sqlite_session)
    assert json.loads(trial.recipe) == {
        "kind": "reviews", "items": ".avis", "fields": {"text": "p"}, "best": 5.0
    }  # fmt: skip
    assert "« .avis » (items) ne désigne rien" in operator.text(page)
    assert "Enregistrer comme source" not in operator.text(page)
    answer(sqlite_session, trouble="robots")
    assert "robots.txt du site interdit cette page" in operator.text(page)
    items = [{"text": "Très <script>alert(1)</script> bien", "author": "Jeanne D."}]
    found = {"text": 2, "title": 0}
    answer(sqlite_session, count=2, kept=2, found=found, items=items, next="https://b.example/2")
    html, text = operator.get(page).text, operator.text(page)
    assert "2 avis ont été lus ; 2 seraient gardés." in text
    assert "Texte p 2 sur 2 Titre nulle part" in text
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    mend = operator.get(f"{TRY}?essai={trial.id}").text
    assert 'value=".avis"' in mend
    add(operator, trial.url, essai=str(trial.id))
    source = sqlite_session.scalars(select(Source)).one()
    assert (source.platform, source.options) == ("recipe", {"recipe": trial.recipe})


def test_the_recipe_of_a_source_is_mended_by_a_trial(
    operator: Person, sqlite_session: Session
) -> None:
    old = json.dumps({"kind": "reviews", "items": "li", "fields": {"text": "p"}})
    source = make_source(sqlite_session, platform="recipe", options={"recipe": old})
    sqlite_session.commit()
    assert 'value="li"' in operator.get(f"{TRY}?source={source.id}").text
    for kind, said in (("listings", "autre chose"), ("reviews", "est remplacée")):
        fields = {"champ-title": "b"} if kind == "listings" else {}
        given = {**recipe(source=str(source.id), kind=kind), **fields}
        given.pop("champ-text" if kind == "listings" else "", None)
        asked = operator.post(TRY, **given)
        answer(sqlite_session, count=1, kept=1)
        assert "Remplacer la recette" in operator.text(asked.headers["Location"])
        told = operator.post(asked.headers["Location"] + "/remplacer")
        assert said in operator.follow(told), kind
    sqlite_session.expire_all()
    assert json.loads(source.options["recipe"])["items"] == ".avis"
    assert source.run_requested_at == NOW


def test_a_recipe_that_cannot_be_used_is_refused_before_it_is_tried(
    operator: Person, sqlite_session: Session
) -> None:
    for fields, said in (
        ({"items": "li["}, "au caractère 3, à partir de « [ »"),
        ({"items": ""}, "Il manque « items »"),
        ({"champ-text": "x" * 1_001}, "dépasse"),
        ({"best": "cinq"}, "« best »"),
        ({"state": "__X__", "items": "a["}, "« a[ », n’est pas fini"),
        ({"state": "__X__", "items": "a.b c"}, "à partir de « c »"),
        ({"adresse": "http://10.0.0.1/"}, "votre propre réseau"),
    ):
        refused = operator.post(TRY, **recipe(**fields))
        assert (refused.status_code, said in visible(refused.text)) == (400, True), fields
    assert operator.post(TRY, **recipe(next="x" * 70_000)).status_code == 413
    for _ in range(5):
        assert operator.post(TRY, **recipe()).status_code == 303
    assert "5 essais attendent déjà" in visible(operator.post(TRY, **recipe()).text)
    assert sqlite_session.scalar(select(func.count()).select_from(RecipeTrial)) == 5


def test_only_operators_add_sources_and_try_recipes(
    sqlite_app: Flask, operator: Person, sqlite_session: Session
) -> None:
    operator.post(TRY, **recipe())
    owner = arrive(sqlite_app, sqlite_session)
    for path in (ADD, TRY, f"{TRY}/1"):
        assert owner.get(path).status_code == 403
    for path in (ADD, TRY, f"{TRY}/1/remplacer"):
        assert owner.post(path, **recipe()).status_code == 403
        assert operator.client.post(path, data=recipe()).status_code == 400
    clock.set_clock(lambda: NOW + timedelta(days=1, minutes=1))
    assert operator.get(f"{TRY}/1").status_code == 404


def test_odd_numbers_and_characters_break_nothing(operator: Person) -> None:
    for path in (f"{TRY}?essai={10**30}", f"{TRY}?source={10**30}", f"{TRY}/{10**30}"):
        assert operator.get(path).status_code == 404, path
    assert operator.get(f"{TRY}?kind=z").status_code == 200
    odd = look(operator, "https://avis.example/\0", commerce="\0garage", nom="a\0\u202eb")
    assert (odd.status_code, "adresse d’une page" in visible(odd.text)) == (400, True)
    fine = add(operator, "https://avis.example/a", nom="a\0\u202eb", **{"option-wanted": "\0yes"})
    assert "ab est ajoutée" in operator.follow(fine)
    assert look(operator, "https://avis.example/b", essai=str(10**30)).status_code == 400


def test_an_application_without_collection_has_no_such_pages(
    sqlite_settings: Settings, sqlite_session: Session
) -> None:
    app = create_app(sqlite_settings)
    operator = arrive(app, sqlite_session, operator=True)
    assert [operator.get(path).status_code for path in (ADD, TRY)] == [404, 404]
    assert ADD not in operator.get("/sources").text
    app.extensions[ENGINE].dispose()
