"""Tuning from the page: what a change would do, made only when confirmed, taken back by a click."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import make_shop, make_source
from tests.web.conftest import Person, arrive, visible
from vigie import clock
from vigie.settings import Settings
from vigie.store import (
    AuditEntry,
    ChangeSet,
    Crawl,
    Credential,
    Health,
    Outcome,
    Reach,
    Site,
    Source,
)
from vigie.tuning import rhythms
from vigie.vault import Vault

# A Friday, one o'clock in France.
NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
SECRET = "cle-tres-secrete-4242"


@pytest.fixture(autouse=True)
def _a_friday() -> None:
    clock.set_clock(lambda: NOW)


def two_sources(session: Session) -> tuple[Source, Source]:
    """Make two sources of one site, read each day, of two pages a run and of one."""
    first = make_source(session, label="Avis du Coin", next_run_at=NOW + timedelta(hours=5))
    site = session.get_one(Site, first.site_id)
    site.host = "avis.example"
    second = make_source(
        session,
        make_shop(session, name="Boulangerie", trade="boulangerie"),
        label="Pain et avis",
        site_id=site.id,
        next_run_at=NOW + timedelta(hours=2),
        health=Health.BROKEN,
    )
    make_crawl(session, first, pages=2)
    session.commit()
    return first, second


def make_crawl(session: Session, source: Source, **traits: object) -> Crawl:
    started = NOW - timedelta(hours=3)
    values = {
        "started_at": started,
        "finished_at": started + timedelta(seconds=7.4),
        "outcome": Outcome.OK,
        "evidence": {},
    }
    crawl = Crawl(source_id=source.id, **{**values, **traits})
    session.add(crawl)
    session.flush()
    return crawl


def address(*sources: Source, **wishes: str) -> str:
    pairs = [("source", str(source.id)) for source in sources] + list(wishes.items())
    return f"/sources/regler?{urlencode(pairs)}"


def confirm(person: Person, url: str) -> TestResponse:
    """Send the form of a preview as the browser does, with all its hidden fields."""
    html = person.get(url).text
    form = re.search(r'(?s)<form class="actions" method="post".*?</form>', html)
    assert form, visible(html)
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0]):
        fields.setdefault(name, []).append(value)
    return person.client.post("/sources/regler", data=fields)


def test_the_page_shows_what_a_change_would_do_and_writes_nothing(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, second = two_sources(sqlite_session)
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    text = operator.text(address(first, heures="6", budget="5"))
    assert "vu au bout de 5,4 heures en moyenne, contre 12 heures" in text
    # Two pages four times a day, and one page of the other source, of which nothing is changed.
    assert "avis.example 2 3 9 5 requêtes par jour dépassé" in text
    assert "tout y sera lu 1,8 fois moins souvent" in text
    assert "vendredi 20 mars à 13:00 samedi" not in text
    assert "vendredi 20 mars à 13:00 vendredi 20 mars à 19:00 samedi 21 mars à 01:00" in text
    assert text.count(" mars à ") >= 10
    assert "Avis du Coin · Garage n° " in text
    # All of it once a week, ten pages; in between, two.
    make_crawl(sqlite_session, first, pages=2, reach=Reach.KNOWN)
    make_crawl(sqlite_session, first, pages=18, reach=Reach.WHOLE)
    sqlite_session.commit()
    assert "avis.example 2 4,1 10 sans limite" in operator.text(address(first, heures="6"))
    assert "Cadence chaque jour toutes les 6 heures" in text
    assert "Budget du site sans limite 5 requêtes par jour" in text
    sqlite_session.expire_all()
    assert (first.cadence_s, second.cadence_s) == (86_400, 86_400)
    assert sqlite_session.scalars(select(ChangeSet)).all() == []


def test_a_change_is_made_audited_and_taken_back_by_one_click(app: Flask, session: Session) -> None:
    first, second = two_sources(session)
    operator = arrive(app, session, operator=True)
    told = operator.follow(confirm(operator, address(first, second, heures="48", plage="8-20")))
    assert "3 réglages sont faits" in told
    session.expire_all()
    assert (first.cadence_s, second.cadence_s) == (172_800, 172_800)
    assert first.next_run_at == NOW + timedelta(hours=29)
    site = session.get_one(Site, first.site_id)
    assert (site.open_minute, site.close_minute) == (480, 1200)

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[1:]
    assert {entry.user_id is not None and entry.at == NOW for entry in entries} == {True}
    assert entries[0].detail["from"]["cadence_s"] == 86_400
    assert entries[0].detail["to"]["cadence_s"] == 172_800
    listed = operator.text("/sources/reglages")
    assert "Plusieurs réglages 20 mars 2026 à 13:00" in listed
    assert "Heures du site toute la journée de 8 h à 20 h" in listed
    assert "Cadence chaque jour tous les 2 jours" in operator.text(f"/sources/{first.id}")

    change = session.scalars(select(ChangeSet)).one()
    undone = operator.follow(operator.post(f"/sources/reglages/{change.id}/annuler"))
    assert "3 réglages sont annulés" in undone
    session.expire_all()
    assert (first.cadence_s, first.next_run_at) == (86_400, NOW + timedelta(hours=5))
    assert (site.open_minute, site.close_minute) == (None, None)
    again = operator.follow(operator.post(f"/sources/reglages/{change.id}/annuler"))
    assert f"Le réglage n° {change.id} est déjà annulé." in again


def test_a_change_and_its_way_back_keep_the_moment_of_the_next_run(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, _ = two_sources(sqlite_session)
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    wishes = ({"heures": "6"}, {"cron": "30 8 * * 1-5"}, {"choix": "adaptee"})
    next_runs = []
    for wish in wishes:
        confirm(operator, address(first, **wish))
        sqlite_session.refresh(first)
        next_runs.append(first.next_run_at)
    # Due at once; on Monday at half past eight in France; a mean of its own gaps after the last.
    assert next_runs[:2] == [NOW, datetime(2026, 3, 23, 7, 30, tzinfo=UTC)]
    assert first.cadence_kind == "adaptive"
    assert "Adaptée aux nouveautés" in operator.text(f"/sources/{first.id}")
    for change in sqlite_session.scalars(select(ChangeSet).order_by(ChangeSet.id.desc())).all():
        operator.post(f"/sources/reglages/{change.id}/annuler")
    sqlite_session.refresh(first)
    assert (first.cadence_kind, first.cron, first.cadence_s) == ("interval", None, 86_400)
    assert first.next_run_at == NOW + timedelta(hours=5)


def test_undo_leaves_what_was_changed_since_and_says_so(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, second = two_sources(sqlite_session)
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    confirm(operator, address(first, second, etat="pause"))
    confirm(operator, address(first, etat="reprise"))
    both, one = sqlite_session.scalars(select(ChangeSet).order_by(ChangeSet.id))
    told = operator.follow(operator.post(f"/sources/reglages/{both.id}/annuler"))
    assert "Le réglage est annulé : Pain et avis · Boulangerie." in told
    assert "Laissé tel quel, car changé depuis : Avis du Coin" in told
    sqlite_session.expire_all()
    assert (first.paused, second.paused) == (False, False)
    confirm(operator, address(first, etat="pause"))
    told = operator.follow(operator.post(f"/sources/reglages/{one.id}/annuler"))
    assert "Rien n’est annulé : Avis du Coin" in told
    sqlite_session.refresh(first)
    assert first.paused


def test_what_would_do_something_else_by_now_is_shown_again(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, _ = two_sources(sqlite_session)
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    seen = re.search(r'name="vu" value="(\w+)"', operator.get(address(first, heures="6")).text)
    assert seen
    first.cadence_s = 3600
    sqlite_session.commit()
    answer = operator.post("/sources/regler", source=str(first.id), heures="6", vu=seen[1])
    assert "Quelque chose a changé entre l’aperçu et la confirmation" in visible(answer.text)
    sqlite_session.refresh(first)
    assert first.cadence_s == 3600


def test_sources_are_chosen_by_ticks_or_by_a_filter_and_asked_for(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, second = two_sources(sqlite_session)
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    only = operator.text("/sources?metier=boulangerie&site=avis.example&plateforme=structured")
    assert "Pain et avis" in only
    assert "Avis du Coin" not in only
    assert "Régler 2 sources" in operator.text("/sources/regler?lot=filtre&site=avis.example")
    retried = confirm(operator, "/sources/regler?lot=filtre&site=avis.example&lecture=retry")
    assert "Un réglage est fait : Pain et avis" in operator.follow(retried)
    sqlite_session.expire_all()
    assert (first.run_requested_at, second.run_requested_at) == (None, NOW)
    assert "Tout est déjà ainsi" in operator.text(address(second, lecture="now"))
    assert "Aucune source n’est choisie" in operator.follow(operator.get("/sources/regler"))
    assert operator.get("/sources/regler?source=999999").status_code == 404


def test_of_a_site_of_many_sources_those_not_chosen_are_counted_together(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rhythms, "ONE_BY_ONE", 1)
    first, _ = two_sources(session)
    for _ in range(2):
        make_source(session, site_id=first.site_id, paused=True)
    session.commit()
    operator = arrive(app, session, operator=True)
    # The other that the clock reads counts as the site's runs do: two pages.
    assert "avis.example 4 4 10 sans limite" in operator.text(address(first, heures="6"))
    assert "avis.example 4 4 0 sans limite" in operator.text("/sites?q=avis.e")


def test_the_sites_show_what_they_are_asked_against_their_budget(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, _ = two_sources(sqlite_session)
    site = sqlite_session.get_one(Site, first.site_id)
    site.requests_per_day, site.requests_day, site.requests_made = 2, NOW.date(), 1
    sqlite_session.commit()
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    text = operator.text("/sites?q=AVIS.")
    assert "avis.example 2 3 1 2 requêtes par jour dépassé toute la journée non précisée" in text
    assert "Régler 2 sources" in operator.text("/sources/regler?lot=filtre&site=avis.example")
    assert "Aucun site ne correspond" in operator.text("/sites?q=%25")


def test_a_spent_budget_and_a_back_off_put_the_next_runs_off(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, _ = two_sources(sqlite_session)
    site = sqlite_session.get_one(Site, first.site_id)
    site.requests_per_day, site.requests_day, site.requests_made = 40, NOW.date(), 40
    sqlite_session.commit()
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    spent = operator.text(address(first, heures="6"))
    assert "Le budget de avis.example est épuisé pour aujourd’hui" in spent
    assert "Les dix prochaines lectures samedi 21 mars à 00:00 samedi 21 mars à 06:00" in spent
    # In the long run, a day's end changes nothing.
    assert "vu au bout de 3 heures en moyenne" in spent
    more = operator.text(address(first, heures="6", budget="41"))
    assert "Les dix prochaines lectures vendredi 20 mars à 13:00" in more
    site.paused_until = NOW + timedelta(minutes=90)
    sqlite_session.commit()
    paused = operator.text(address(first, heures="6", budget="41"))
    assert "rien n’y est lu avant le ven. 20/03 14:30" in paused
    assert "Les dix prochaines lectures vendredi 20 mars à 14:30" in paused


def test_what_cannot_be_set_is_refused_in_one_sentence(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, _ = two_sources(sqlite_session)
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    for wish, said in (
        ({"heures": "0,1"}, "de 0,25 à 744"),
        ({"heures": "nan"}, "de 0,25 à 744"),
        ({"cron": "61 * * * *"}, "n’est pas une expression cron"),
        ({"heures": "6", "cron": "0 6 * * *"}, "Plusieurs cadences"),
        ({"budget": "0"}, "de 1 à 1000000"),
        ({"budget": "²"}, "de 1 à 1000000"),
        ({"plage": "matin"}, "n’est pas une plage d’heures"),
    ):
        text = operator.text(address(first, **wish))
        assert (said in text, "Confirmer" in text) == (True, False), wish


def test_no_change_is_made_without_the_form_s_own_token(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, _ = two_sources(sqlite_session)
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    for url in ("regler", "reglages/1/annuler", f"{first.id}/pause", f"{first.id}/identifiants"):
        assert operator.client.post(f"/sources/{url}").status_code == 400


def test_the_log_tells_each_crawl_with_its_pages_and_can_be_filtered(
    sqlite_app: Flask, sqlite_session: Session
) -> None:
    first, _ = two_sources(sqlite_session)
    page = {"url": first.url, "status": 403, "bytes": 48_211, "reviews": 0, "listings": 0}
    evidence = {
        "reason": "crawl-status-blocked",
        "args": {"status": 403},
        "pages": [page, {**page, "url": "https://a.example/<b>", "status": None, "trouble": "dns"}],
        "rules": {"robots": "allowed", "tdm": "none"},
    }
    bad = make_crawl(sqlite_session, first, outcome=Outcome.BLOCKED, pages=2, evidence=evidence)
    for _ in range(30):
        make_crawl(sqlite_session, first, outcome=Outcome.UNCHANGED)
    sqlite_session.commit()
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    log = f"/sources/{first.id}/lectures"
    assert "32 lectures" in operator.text(log)
    assert "Page 2 sur 2" in operator.text(f"{log}?page=2")
    assert "1 lecture " in operator.text(f"{log}?issue=blocked")
    text = operator.text(f"/lectures/{bad.id}")
    assert "Le site refuse la lecture (réponse 403)." in text
    assert f"{first.url} 403 48 ko 0 0" in text
    assert "&lt;b&gt; — Le nom du site est introuvable" in text
    assert "robots.txt permet la lecture" in text
    assert "7,4 s" in text
    assert operator.get("/lectures/999999").status_code == 404


def test_credentials_are_replaced_shown_masked_and_asked_for_again_never(
    sqlite_app: Flask, sqlite_settings: Settings, sqlite_session: Session
) -> None:
    source, other = two_sources(sqlite_session)
    source.platform, source.health = "trustpilot", Health.BLOCKED
    sqlite_session.commit()
    operator = arrive(sqlite_app, sqlite_session, operator=True)
    page = f"/sources/{source.id}/identifiants"
    assert operator.text(page).count("Manque encore.") == 2
    source.url = "https://api.trustpilot.com/v1/business-units/46a1f3d2000064000500a1b2/reviews"
    sqlite_session.commit()
    assert operator.text(page).count("Manque encore.") == 1
    assert "46a1f3d2000064000500a1b2, d’après l’adresse de la source." in operator.text(page)
    answer = operator.post(page, api_key=SECRET, business_unit="5a1b")
    told = operator.follow(answer)
    assert "sont enregistrés" in told
    assert "••••••••4242, depuis le 20 mars 2026." in told
    assert SECRET not in operator.get(page).text + operator.get(f"/sources/{source.id}").text
    sqlite_session.expire_all()
    kept = sqlite_session.scalars(select(Credential)).one()
    assert Vault(sqlite_settings).open(kept.sealed) == SECRET
    assert (source.options["business_unit"], source.run_requested_at) == ("5a1b", NOW)
    last = sqlite_session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert last.detail == {"names": ["api_key", "business_unit"]}
    assert "garde ce qu’elle avait" in operator.follow(operator.post(page))
    assert operator.get(f"/sources/{other.id}/identifiants").status_code == 404
