"""The pages in a real browser: on a telephone, at a desk, by keyboard, on paper."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests.factories import make_listing, make_review, make_score, make_shop, make_source
from tests.web.conftest import PASSWORD
from tests.web.test_alerts import make_alert
from vigie.clock import now
from vigie.store import MemberRole, PricePoint, Rival, Source, UrgencyMention
from web.accounts import add_member, create_user

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# A machine without the browser says so; continuous integration always has it.
pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason=f"{CHROMIUM} is absent: install Debian's chromium to run the browser tests",
)
EMAIL = "patronne@example.org"
TELEPHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
WIDTHS = [pytest.param(TELEPHONE, id="390px"), pytest.param(DESK, id="1280px")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def url(sqlite_app: Flask, sqlite_session: Session) -> Iterator[str]:
    """The address of a served Vigie with a shop that has something of everything."""
    _fill(sqlite_session)
    server = make_server("127.0.0.1", 0, sqlite_app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _fill(session: Session) -> None:
    shop = make_shop(session, slug="garage", name="Garage du Pont")
    rival = make_shop(session, name="Garage d’en face")
    session.add(Rival(shop_id=shop.id, rival_id=rival.id))
    source = make_source(session, shop, label="Avis du Coin avec un nom bien long")
    for days in range(90):
        _review(session, source, days)
    listing = make_listing(session, source, title="Peugeot208essence" * 6)
    session.add(PricePoint(listing_id=listing.id, seen_at=now(), price_cents=1, currency="EUR"))
    make_alert(session, shop)
    user = create_user(session, EMAIL, operator=True, password=PASSWORD)
    add_member(session, user, shop, MemberRole.OWNER)
    session.commit()


def _review(session: Session, source: Source, days: int) -> None:
    review = make_review(
        session,
        source,
        rating=1.0 if days % 9 == 0 else 5.0,
        published_at=now() - timedelta(days=days),
        # One word longer than the screen, as an address or a cry can be.
        text="Super" + "r" * 200 if days == 3 else f"Avis d’il y a {days} jours.",
        reply_text="Merci !" if days % 5 == 0 else None,
    )
    if days < 5:
        make_score(
            session,
            review,
            label="neu",
            language="nl" if days == 2 else "fr",
            disagrees=days == 1,
            **dict.fromkeys(("mixed_praise_start", "mixed_complaint_start"), 0),
            **dict.fromkeys(("mixed_praise_end", "mixed_complaint_end"), len(review.text)),
        )
        key = {"review_id": review.id, "model": "modele-1", "kind": "securite"}
        session.add(UrgencyMention(**key, start=0, end=len(review.text)))


def sign_in(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Adresse e-mail").first.fill(EMAIL)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Commerces")


@pytest.mark.parametrize("viewport", WIDTHS)
def test_every_page_fits_the_screen_and_obeys_its_own_policy(
    browser: Browser, url: str, viewport: ViewportSize
) -> None:
    with browser.new_context(viewport=viewport) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda sent: None if sent.url.startswith(url) else complaints.append(sent.url),
        )
        sign_in(page, url)
        for path in ("", "/avis", "/annonces", "/marches", "/alertes", "/retirer"):
            _fits(page, f"{url}/commerces/garage{path}")
        tuning = ("/sources/regler?source=1&heures=6&plage=8-20", "/sites", "/sources/1/lectures")
        alerts = ("/alertes/1", "/alertes/justesse")
        adding = ("/sources/ajouter?commerce=garage", "/sources/recette?kind=listings")
        running = ("/courriers", "/sources/1/retirer")
        for path in ("/", "/sources", "/sources/1", "/compte", *tuning, *alerts, *adding, *running):
            _fits(page, url + path)
        assert complaints == []


def _fits(page: Page, address: str) -> None:
    page.goto(address)
    for summary in page.locator("summary").all():
        summary.click()
    page.wait_for_load_state("networkidle")
    excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert excess <= 0, f"{address} is {excess} pixels too wide"


def test_the_charts_are_drawn_for_the_width_of_the_screen(browser: Browser, url: str) -> None:
    for viewport, narrow in ((TELEPHONE, True), (DESK, False)):
        with browser.new_context(viewport=viewport) as context:
            page = context.new_page()
            sign_in(page, url)
            page.goto(f"{url}/commerces/garage")
            chart = page.get_by_alt_text("Courbe de la note moyenne")
            drawn = chart.evaluate("image => [image.naturalWidth, image.currentSrc]")
            assert drawn[0] > 100
            assert ("etroit" in drawn[1]) is narrow


def test_filtering_acknowledging_and_taking_back_work_without_a_script(
    browser: Browser, url: str
) -> None:
    with browser.new_context(viewport=TELEPHONE, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, url)
        page.get_by_role("link", name="Garage du Pont").click()
        page.get_by_label("Sentiment").select_option("Négatif")
        page.get_by_label("Période").select_option("4 semaines")
        page.get_by_role("button", name="Filtrer").click()
        assert "sentiment=neg" in page.url
        expect(page.locator("article")).to_have_count(4)
        expect(page.get_by_label("Sentiment")).to_have_value("neg")
        page.get_by_label("Urgents").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**urgents=oui**")
        expect(page.locator("article")).to_have_count(1)
        expect(page.get_by_label("Urgents")).to_be_checked()
        page.get_by_role("link", name="Vue d’ensemble").click()
        page.get_by_role("button", name="J’ai vu").click()
        expect(page.get_by_role("status")).to_contain_text("notée comme vue")
        page.get_by_role("button", name="Annuler").click()
        expect(page.get_by_role("button", name="J’ai vu")).to_be_visible()


def test_the_keyboard_alone_signs_in_skips_the_menu_and_acknowledges(
    browser: Browser, url: str
) -> None:
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        page.goto(url)
        press_until(page, "email")
        page.keyboard.type(EMAIL)
        press_until(page, "password")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Commerces")

        page.goto(f"{url}/commerces/garage")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        page.keyboard.press("Enter")
        for _ in range(20):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.textContent.trim()")
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"no sign of focus on « {focused} »"
            if focused == "J’ai vu":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("notée comme vue")


def test_a_source_is_added_on_a_telephone_without_scripts(browser: Browser, url: str) -> None:
    with browser.new_context(viewport=TELEPHONE, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/sources")
        page.get_by_role("link", name="Ajouter une source").click()
        page.get_by_label("Commerce").fill("garage")
        page.get_by_label("Adresse").fill("https://www.boamp.fr/")
        page.get_by_label("Cadence").select_option("chaque jour")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Reconnue")).to_contain_text("BOAMP")
        page.get_by_label("Codes des métiers").fill("270")
        page.get_by_role("button", name="Ajouter cette source").click()
        expect(page.get_by_role("status")).to_contain_text("est ajoutée")


def press_until(page: Page, element_id: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == element_id:
            return
    raise AssertionError(f"Tab never reaches #{element_id}")


def test_paper_gets_the_content_without_the_menus(browser: Browser, url: str) -> None:
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        sign_in(page, url)
        page.goto(f"{url}/commerces/garage")
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".site-header")).to_be_hidden()
        expect(page.get_by_role("button", name="Filtrer")).to_be_hidden()
