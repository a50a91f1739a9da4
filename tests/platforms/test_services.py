"""A source of a service, from its account to its rows: a real child process, twins on loopback."""

import logging
from collections.abc import Iterator
from datetime import date
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from crawlers.run import CrawlResult, run_batch
from crawlers.sources import add_source
from ops.demo.sites import Town
from ops.demo.twins import TWINS
from ops.demo.twins.judge_me import domain_of
from ops.demo.twins.service import KEY, Service
from ops.demo.twins.trustpilot import unit_of
from tests.crawlers.conftest import Crawling, quick_children, shop_crawl
from vigie import vault
from vigie.clock import now
from vigie.errors import VigieError
from vigie.store import Crawl, Credential, Health, Outcome, Review, Shop, Site, Source

__all__ = ["quick_children", "shop_crawl"]
TODAY = date(2026, 11, 20)
SHOP = "garage-du-pont-vieux"
PLACES = {
    "trustpilot": {"business_unit": unit_of(SHOP)},
    "google": {"location": f"accounts/1/locations/{SHOP}", "client_id": "vigie"},
    "judge_me": {"shop_domain": domain_of(SHOP)},
}


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[Service, str]]:
    service = Service(Town(TODAY, TODAY))
    app = Flask(__name__)
    for twin in TWINS.values():
        app.register_blueprint(twin(service))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield service, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _add(crawling: Crawling, name: str, base_url: str, key: str | None = KEY) -> int:
    with crawling.factory.begin() as session:
        source = add_source(
            session, crawling.settings, session.get_one(Shop, crawling.shop_id),
            f"https://exemple.fr/{name}", platform=name, options=PLACES[name], base_url=base_url,
        )  # fmt: skip
        session.get_one(Site, source.site_id).min_delay_s = 0.0
        if key is not None:
            for secret in ("api_key", "client_secret", "refresh_token", "api_token"):
                sealed = vault.Vault(crawling.settings).seal(key)
                session.add(
                    Credential(source_id=source.id, name=secret, sealed=sealed, set_at=now())
                )
        return source.id


def _crawl(crawling: Crawling, source_id: int) -> CrawlResult:
    (result,) = run_batch(crawling.settings, [source_id])
    return result


@pytest.mark.usefixtures("quick_children")
@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_service_is_read_to_its_end_then_to_what_is_known(
    shop_crawl: Crawling, service: tuple[Service, str], name: str
) -> None:
    town, base_url = service
    town.a_page = 30
    source_id = _add(shop_crawl, name, base_url)
    first, second = _crawl(shop_crawl, source_id), _crawl(shop_crawl, source_id)
    shown = len(town.reviews("garage-du-pont-vieux"))
    assert first.outcome is Outcome.OK, first.sentence
    assert first.new == first.reviews > shown * 0.9
    assert (second.outcome, second.new) == (Outcome.UNCHANGED, 0)
    assert second.pages < first.pages
    with shop_crawl.factory() as session:
        assert session.get_one(Source, source_id).health is Health.HEALTHY
        written = str(session.scalars(select(Crawl.evidence)).all())
        assert KEY not in written
        assert session.scalars(select(Review)).first() is not None


@pytest.mark.usefixtures("quick_children")
@pytest.mark.parametrize(
    ("key", "words"), [("une autre", "vérifiez la clé"), (None, "vigie credentials set")]
)
def test_a_wrong_or_missing_key_blocks_the_source_and_says_the_remedy(
    shop_crawl: Crawling, service: tuple[Service, str], key: str | None, words: str
) -> None:
    source_id = _add(shop_crawl, "trustpilot", service[1], key)
    result = _crawl(shop_crawl, source_id)
    assert result.outcome is Outcome.BLOCKED
    assert words in result.sentence.replace("\u00a0", " ")


@pytest.mark.usefixtures("quick_children")
def test_a_spent_quota_puts_the_source_off(
    shop_crawl: Crawling, service: tuple[Service, str]
) -> None:
    service[0].most = 0
    source_id = _add(shop_crawl, "judge_me", service[1])
    result = _crawl(shop_crawl, source_id)
    assert result.outcome is Outcome.UNREACHABLE
    assert "plus tard" in result.sentence
    with shop_crawl.factory() as session:
        source = session.get_one(Source, source_id)
        assert source.site is not None
        assert source.site.paused_until is not None
        assert source.health is Health.LATE


def test_a_twin_is_only_of_the_operators_own_network(shop_crawl: Crawling) -> None:
    with pytest.raises(VigieError, match="--base-url"):
        _add(shop_crawl, "trustpilot", "https://pages.example")


def test_secrets_are_sealed_anew_and_an_old_key_is_dropped(
    shop_crawl: Crawling, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _add(shop_crawl, "trustpilot", "http://127.0.0.1:9")
    key_file = shop_crawl.settings.data_dir / vault.FILE_NAME
    before = key_file.read_text()
    with shop_crawl.factory() as session:
        sealed = {one.sealed for one in session.scalars(select(Credential))}
        assert not any(KEY in one for one in sealed)
        assert vault.rotate(session, shop_crawl.settings) == len(sealed)
        opened = vault.Vault(shop_crawl.settings)
        assert {opened.open(one.sealed) for one in session.scalars(select(Credential))} == {KEY}
    assert key_file.read_text() != before
    assert key_file.stat().st_mode & 0o077 == 0
    with pytest.raises(VigieError, match="autre clé"):
        opened.open(next(iter(sealed)))
    assert KEY not in caplog.text
