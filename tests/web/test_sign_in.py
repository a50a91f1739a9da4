from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_shop
from tests.web.conftest import PASSWORD, Person, path_of
from vigie import clock
from vigie.errors import VigieError
from vigie.store import AuditEntry, MemberRole, Message, User
from web.accounts import add_member, create_user
from web.links import sign_in_link

Factory = sessionmaker[Session]


@pytest.fixture
def user(sqlite_factory: Factory) -> User:
    with sqlite_factory.begin() as session:
        return create_user(session, "Patronne@Example.org", password=PASSWORD)


@pytest.fixture
def person(sqlite_app: Flask) -> Person:
    return Person(sqlite_app)


def sign_in(person: Person, email: str, password: str) -> str:
    response = person.post("/connexion", "/connexion", email=email, password=password)
    return "in" if response.status_code == 302 else response.text


def test_every_page_asks_who_is_there(person: Person) -> None:
    for url in ("/", "/commerces/garage", "/sources", "/compte", "/alertes/1/vue", "/rien"):
        response = person.get(url)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/connexion")
    assert "Connectez-vous pour voir cette page." in person.text("/connexion")


def test_a_password_signs_in_and_the_trail_says_so(
    person: Person, user: User, sqlite_factory: Factory
) -> None:
    assert sign_in(person, "patronne@example.org", PASSWORD) == "in"
    assert person.get("/").status_code == 200
    with sqlite_factory() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.user_id) == ("sign-in", user.id)


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("email", ["patronne@example.org", "inconnu@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    person: Person, email: str
) -> None:
    page = sign_in(person, email, "raté raté raté")
    assert "L’adresse ou le mot de passe ne convient pas." in page
    assert person.get("/").status_code == 302


@pytest.mark.usefixtures("user")
def test_trying_passwords_again_and_again_is_slowed_down(person: Person) -> None:
    pages = [sign_in(person, "patronne@example.org", f"essai {n}") for n in range(8)]
    assert "Trop d’essais" not in pages[5]
    assert "Trop d’essais" in pages[7]


def test_a_link_signs_in_for_a_day(person: Person, user: User, sqlite_app: Flask) -> None:
    link = sign_in_link(sqlite_app, user)
    assert link.startswith("http://127.0.0.1:8000/connexion/lien?jeton=")
    later = datetime.now(UTC) + timedelta(hours=25)
    clock.set_clock(lambda: later)
    assert person.get(path_of(link)).status_code == 410
    clock.set_clock(None)
    assert person.get(path_of(link)).headers["Location"] == "/"
    assert person.get("/").status_code == 200


def test_a_link_is_void_once_the_account_is_closed_or_its_mark_changes(
    person: Person, user: User, sqlite_app: Flask, sqlite_factory: Factory
) -> None:
    link = path_of(sign_in_link(sqlite_app, user))
    with sqlite_factory.begin() as session:
        session.get_one(User, user.id).active = False
    assert person.get(link).status_code == 410
    with sqlite_factory.begin() as session:
        again = session.get_one(User, user.id)
        again.active, again.fs_uniquifier = True, "another"
    page = person.get(link)
    assert page.status_code == 410
    assert "Ce lien ne fonctionne plus" in page.text


@pytest.mark.parametrize("token", ["", "x", "a.b", "é", "a" * 5000])
def test_a_forged_link_opens_nothing(person: Person, token: str) -> None:
    assert person.get(f"/connexion/lien?jeton={token}").status_code == 410


def test_a_link_by_mail_waits_in_the_outbox_and_serves_once(
    person: Person, user: User, sqlite_factory: Factory, sqlite_app: Flask
) -> None:
    told = person.follow(
        person.post("/connexion/envoyer", "/connexion", email="PATRONNE@example.org ")
    )
    assert "un lien de connexion est en route" in told
    with sqlite_factory() as session:
        message = session.scalars(select(Message)).one()
    assert (message.channel, message.kind, message.recipient) == ("email", "sign-in", user.email)
    mail = message_from_bytes(message.mime, policy=default)
    assert mail["To"] == user.email
    body = mail.get_content()
    link = path_of(next(line for line in body.split() if line.startswith("http")))

    page = person.get(link)
    assert "Ce lien ouvre le compte patronne@example.org" in page.text
    assert person.get("/").status_code == 302, "reading the page, as scanners do, opens nothing"
    assert person.post(link, link).headers["Location"] == "/"
    assert person.get("/").status_code == 200
    assert Person(sqlite_app).get(link).status_code == 410


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(
    person: Person, sqlite_factory: Factory
) -> None:
    told = person.follow(
        person.post("/connexion/envoyer", "/connexion", email="inconnu@example.org")
    )
    assert "un lien de connexion est en route" in told
    with sqlite_factory() as session:
        assert session.scalars(select(Message)).all() == []


def test_an_address_that_is_none_is_refused_with_the_remedy(person: Person) -> None:
    told = person.follow(person.post("/connexion/envoyer", "/connexion", email="pas une adresse"))
    assert "n’est pas une adresse e-mail" in told


def test_sign_in_leads_back_to_the_page_and_never_to_another_site(
    person: Person, user: User, sqlite_factory: Factory
) -> None:
    with sqlite_factory.begin() as session:
        shop = make_shop(session, slug="garage")
        add_member(session, user, shop, MemberRole.OWNER)
    wanted = person.get("/commerces/garage").headers["Location"]
    response = person.post(wanted, wanted, email=user.email, password=PASSWORD)
    assert response.headers["Location"] == "/commerces/garage"
    person.post("/deconnexion")
    evil = "/connexion?next=https://ailleurs.example/"
    response = person.post(evil, evil, email=user.email, password=PASSWORD)
    assert "ailleurs" not in response.headers.get("Location", "")


def test_signing_out_ends_the_session(person: Person, user: User) -> None:
    person.open_link(user)
    assert person.get("/deconnexion").status_code == 405
    assert person.post("/deconnexion").status_code == 302
    assert person.get("/").status_code == 302


def test_a_new_password_after_a_link_ends_other_sessions(
    person: Person, user: User, sqlite_app: Flask
) -> None:
    other = Person(sqlite_app)
    other.open_link(user)
    person.open_link(user)
    new = "une autre phrase longue"
    told = person.follow(person.post("/compte/mot-de-passe", nouveau=new, encore=new))
    assert "Le mot de passe est enregistré." in told
    assert other.get("/").status_code == 302
    assert sign_in(other, user.email, PASSWORD) != "in"
    assert sign_in(other, user.email, new) == "in"


@pytest.mark.parametrize(
    ("current", "new", "again", "told"),
    [
        ("raté", "une autre phrase longue", "une autre phrase longue", "actuel ne convient pas"),
        (PASSWORD, "court", "court", "de 12 à 200 caractères"),
        (PASSWORD, "une autre phrase longue", "une autre phrase lente", "diffèrent"),
    ],
)
def test_a_new_password_is_refused_with_the_remedy(
    person: Person, user: User, current: str, new: str, again: str, told: str
) -> None:
    sign_in(person, user.email, PASSWORD)
    form = person.post("/compte/mot-de-passe", actuel=current, nouveau=new, encore=again)
    assert told in person.follow(form)


def test_signing_out_everywhere_ends_every_session_and_link(
    person: Person, user: User, sqlite_app: Flask
) -> None:
    link, other = path_of(sign_in_link(sqlite_app, user)), Person(sqlite_app)
    other.open_link(user)
    person.open_link(user)
    assert "Tous les appareils" in person.follow(person.post("/compte/deconnecter-partout"))
    assert other.get("/").status_code == 302
    assert other.get(link).status_code == 410


def test_an_account_needs_a_real_address_a_long_password_and_to_be_new(
    sqlite_factory: Factory, user: User
) -> None:
    with sqlite_factory() as session:
        for email, password in (("rien", None), ("a@b.fr", "court"), (user.email.upper(), None)):
            with pytest.raises(VigieError):
                create_user(session, email, password=password)


def test_a_role_at_a_shop_can_change(sqlite_factory: Factory, user: User) -> None:
    with sqlite_factory.begin() as session:
        shop = make_shop(session)
        add_member(session, user, shop, MemberRole.OWNER)
        assert add_member(session, user, shop, MemberRole.ADVISER).role is MemberRole.ADVISER
