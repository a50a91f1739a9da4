"""Adding a source: the URL is made sure of, and its site is known."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.sources import add_source, needs_of
from tests.factories import make_shop
from vigie.clock import now
from vigie.errors import VigieError
from vigie.settings import Settings
from vigie.store import Permission, Site
from vigie.store.credential import keep_credential


def test_a_page_is_watched_at_once_under_the_name_of_its_site(
    sqlite_session: Session, sqlite_settings: Settings
) -> None:
    source = add_source(
        sqlite_session,
        sqlite_settings,
        make_shop(sqlite_session),
        " HTTPS://Avis.Example:443/pont#bas",
    )
    assert source.url == "https://avis.example/pont"
    assert (source.label, source.platform, source.cadence_s) == (
        "avis.example",
        "structured",
        86400,
    )
    assert source.next_run_at is not None
    assert source.next_run_at <= now()


@pytest.mark.parametrize(
    ("url", "missing"),
    [
        ("https://mybusiness.googleapis.com/v4/accounts/1/locations/2/reviews",
         ["client_id", "client_secret", "refresh_token"]),
        ("https://www.google.fr/maps/place/Garage/@47.3,0.6,17z",
         ["location", "client_id", "client_secret", "refresh_token"]),
        ("https://api.trustpilot.com/v1/business-units/46a1f3d2000064000500a1b2/reviews",
         ["api_key"]),
        ("https://fr.trustpilot.com/review/poterie.fr", ["business_unit", "api_key"]),
        ("https://judge.me/reviews/stores/poterie.myshopify.com", ["api_token"]),
        ("https://openapi.etsy.com/v3/application/shops/12/reviews", ["api_key"]),
        ("https://www.ebay.de/usr/garage_du_port", ["client_id", "client_secret"]),
        ("https://www.facebook.com/GarageDuPort", ["page_token"]),
        ("https://www.boamp.fr/pages/recherche/?refine.dc=76&refine.code_departement=37", []),
        ("https://cl.avis-verifies.com/fr/cache/5/f/7/5f7b1b3a-5b0b-4b5a-9b0a-5e8b1b3a5b0b"
         "/AWS/WEBSITE_API/reviews.json", []),
    ],
)  # fmt: skip
def test_what_an_address_tells_is_not_asked_for(
    sqlite_session: Session, sqlite_settings: Settings, url: str, missing: list[str]
) -> None:
    source = add_source(sqlite_session, sqlite_settings, make_shop(sqlite_session), url)
    assert [need.name for need in needs_of(source)] == missing
    keep_credential(sqlite_session, source, "api_key", "scellé")
    sqlite_session.flush()
    assert "api_key" not in [need.name for need in needs_of(source)]


def test_two_pages_of_a_host_share_its_site(
    sqlite_session: Session, sqlite_settings: Settings
) -> None:
    shop = make_shop(sqlite_session)
    first = add_source(sqlite_session, sqlite_settings, shop, "https://avis.example/a")
    second = add_source(
        sqlite_session,
        sqlite_settings,
        shop,
        "https://avis.example/b",
        permission=Permission.WRITTEN,
    )
    assert first.site_id == second.site_id
    assert sqlite_session.scalars(select(Site.permission)).all() == [Permission.WRITTEN]


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8123/avis", True),
        ("http://localhost:8123/avis", True),
        ("http://192.168.1.10/avis", True),
        ("http://[::1]:8123/avis", True),
        ("https://1.1.1.1/avis", False),
        ("https://avis.example/avis", False),
        ("https://[2606:4700::1111]/avis", False),
    ],
)
def test_only_an_address_written_as_private_is_put_on_the_allow_list(
    sqlite_session: Session, sqlite_settings: Settings, url: str, allowed: bool
) -> None:
    source = add_source(sqlite_session, sqlite_settings, make_shop(sqlite_session), url)
    assert sqlite_session.get_one(Site, source.site_id).private_allowed is allowed


@pytest.mark.parametrize(
    "url",
    [
        "",
        "avis.example/pont",
        "ftp://avis.example/",
        "javascript:alert(1)",
        "https://",
        "https:///avis",
        "https://avis example/",
        "https://avis.example:port/",
        "https://avis.example/\x00",
        "https://avis.example/\nHost: x",
        "https://[::1/",
        "https://avis.example/" + "a" * 3000,
    ],
)
def test_a_malformed_url_is_refused_in_one_sentence(
    sqlite_session: Session, sqlite_settings: Settings, url: str
) -> None:
    with pytest.raises(VigieError, match="adresse"):
        add_source(sqlite_session, sqlite_settings, make_shop(sqlite_session), url)


def test_credentials_in_a_url_are_refused_and_not_repeated(
    sqlite_session: Session, sqlite_settings: Settings
) -> None:
    with pytest.raises(VigieError, match="identifiant") as refused:
        add_source(
            sqlite_session,
            sqlite_settings,
            make_shop(sqlite_session),
            "https://moi:secret@avis.example/",
        )
    assert "secret" not in str(refused.value)


def test_a_page_is_watched_once_for_a_shop(
    sqlite_session: Session, sqlite_settings: Settings
) -> None:
    shop = make_shop(sqlite_session)
    add_source(sqlite_session, sqlite_settings, shop, "https://avis.example/pont")
    with pytest.raises(VigieError, match="déjà"):
        add_source(sqlite_session, sqlite_settings, shop, "https://avis.example/pont#haut")


def test_a_page_of_wanted_ads_is_told_to_be_one(
    sqlite_session: Session, sqlite_settings: Settings
) -> None:
    shop, url = make_shop(sqlite_session), "https://annonces.example/recherches"
    with pytest.raises(VigieError, match="« peut-être » ne va pas"):
        add_source(sqlite_session, sqlite_settings, shop, url, options={"wanted": "peut-être"})
    # A service of tenders has no listings.
    told = {"wanted": "yes"}
    with pytest.raises(VigieError, match="pas une option"):
        add_source(sqlite_session, sqlite_settings, shop, "https://www.boamp.fr/", options=told)
    source = add_source(sqlite_session, sqlite_settings, shop, url, options=told)
    assert source.options == told
