"""A sitemap as the way to a site's pages: unchanged ones are left alone, long ones take turns."""

import gzip
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from crawlers import run
from crawlers.listed_pages import changed_at
from crawlers.platforms import PLATFORMS, recognised
from crawlers.platforms.base import Account, AnswerError, Ask
from crawlers.platforms.base import Answer as Read
from crawlers.run import CrawlResult
from crawlers.sources import add_source
from tests.crawlers.conftest import Crawling, shop_crawl
from tests.crawlers.in_process import child_on
from tests.crawlers.server import Answer
from vigie.clock import now
from vigie.store import Crawl, Listing, Outcome, PricePoint, Shop, Source

__all__ = ["shop_crawl"]
OLD = "2026-03-01"
HOST = "https://boutique.example"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _map(*entries: tuple[str, str], kind: str = "urlset") -> str:
    inner = "url" if kind == "urlset" else "sitemap"
    listed = "".join(
        f"<{inner}><loc>{url if '://' in url else HOST + url}</loc>"
        f"<lastmod>{changed}</lastmod></{inner}>"
        for url, changed in entries
    )
    return f"{HEAD}<{kind} {NAMESPACE}>{listed}</{kind}>"


@dataclass
class Shelf:
    """A site of products by number: their prices, and when each was changed."""

    prices: dict[int, int]
    changed: dict[int, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    absent: tuple[int, ...] = ()

    def answer(self, path: str) -> Answer:
        self.asked.append(path)
        listed = [(f"/produit/{n}", self.changed.get(n, OLD)) for n in self.prices]
        if path == "/robots.txt":
            return Answer(f"User-agent: *\nSitemap: {HOST}/plan.xml\n")
        if path == "/plan.xml":
            both = ("/plan-1.xml", OLD), ("/plan-2.xml.gz", OLD), ("/plan.xml", OLD)
            return Answer(_map(*both, kind="sitemapindex"))
        if path == "/plan-1.xml":
            return Answer(_map(("https://ailleurs.example/x", OLD), ("/contact", OLD), *listed[:2]))
        if path == "/plan-2.xml.gz":
            return Answer(gzip.compress(_map(*listed[2:]).encode()))
        if int(path[9:]) in self.absent:
            return Answer("absent", 404)
        offer = {"@type": "Offer", "price": self.prices[int(path[9:])], "priceCurrency": "EUR"}
        product = {"@context": "https://schema.org", "@type": "Product", "name": f"Pièce {path}"}
        data = json.dumps({**product, "sku": path, "offers": offer})
        return Answer(f'<html><script type="application/ld+json">{data}</script></html>')


def _add(crawling: Crawling, url: str, **options: str) -> int:
    with crawling.factory.begin() as session:
        shop = session.get_one(Shop, crawling.shop_id)
        made = add_source(
            session, crawling.settings, shop, url, platform="sitemap", options=options
        )
        return made.id


def test_a_long_sitemap_is_read_in_turns_and_unchanged_pages_are_left_alone(
    shop_crawl: Crawling, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf({number: 10 * number for number in range(1, 6)})
    monkeypatch.setattr(run, "run_child", child_on(shelf.answer))
    source_id = _add(shop_crawl, HOST, pages="/produit/")

    def crawl() -> CrawlResult:
        shelf.asked.clear()
        return shop_crawl.crawl([source_id])[0]

    # Six requests a run; four lead to the pages.
    first, second = crawl(), crawl()
    assert (first.outcome, first.listings) == (Outcome.PARTIAL, 2)
    assert first.sentence.startswith("2 pages lues sur les 5 du plan du site")
    assert "les suivantes continuent" in first.sentence
    assert (second.outcome, second.new, second.listings) == (Outcome.PARTIAL, 2, 4)
    third = crawl()
    assert (third.outcome, third.new) == (Outcome.OK, 1)
    assert [one for one in shelf.asked if "produit" in one] == ["/produit/5"]
    assert crawl().outcome is Outcome.UNCHANGED
    assert shelf.asked == ["/robots.txt", "/plan.xml", "/plan-1.xml", "/plan-2.xml.gz"]

    shelf.prices[3], shelf.changed[3] = 99, f"{now() + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    del shelf.prices[4]
    shelf.prices[6], shelf.absent = 60, (6,)
    changed = crawl()
    assert [one for one in shelf.asked if "produit" in one] == ["/produit/6", "/produit/3"]
    assert (changed.outcome, changed.changed) == (Outcome.OK, 1)
    assert "sauf une, interdite" in changed.sentence
    assert crawl().changed == 1
    with shop_crawl.factory() as session:
        gone = session.scalars(select(Listing.sku).where(Listing.ended_at.is_not(None))).all()
        assert gone == ["/produit/4"]
        prices = select(PricePoint.price_cents).join(Listing).where(Listing.sku == "/produit/3")
        assert sorted(filter(None, session.scalars(prices))) == [3000, 9900]
        evidence = session.scalars(select(Crawl.evidence).order_by(Crawl.id)).all()[3]
        assert evidence["sitemap"] == {"listed": 5, "unchanged": 5}
        assert session.get_one(Source, source_id).platform == "sitemap"


def test_a_sitemap_that_is_a_trap_ends() -> None:
    platform = PLATFORMS["sitemap"]
    account = Account(f"{HOST}/sitemap.xml", "", {}, {})

    def read(body: bytes) -> Read:
        return platform.read(body, Ask(account.url), account, date(2026, 11, 20))

    bomb = gzip.compress(b"<urlset>" + bytes(60_000_000))
    with pytest.raises(AnswerError, match="too-large"):
        read(bomb)
    entity = '<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    inner = "<urlset><url><loc>https://a.example/&f;</loc></url></urlset>"
    name = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    assert all(name not in one.url for one in read(f"{entity}{inner}".encode()).listed)
    with pytest.raises(AnswerError, match="unreadable"):
        read(b"\x1f\x8b\x08rien")
    assert read(b"<urlset></sitemapindex>").listed == ()
    assert recognised(f"{HOST}/sitemap_index.xml.gz") is platform
    assert recognised(f"{HOST}/flux.xml") is not platform


@given(st.one_of(st.text(), st.dates().map(str), st.datetimes().map(str)))
def test_no_date_of_a_sitemap_raises(written: str) -> None:
    since = changed_at(written)
    assert since is None or since.tzinfo is not None


def test_a_day_lasts_until_its_end_anywhere_on_earth() -> None:
    assert changed_at("2026-11-20") == datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert changed_at("9999-12-31") is None


def test_sitemaps_of_sitemaps_without_end_are_followed_three_deep(
    shop_crawl: Crawling, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(path: str) -> Answer:
        asked.append(path)
        return Answer(_map((f"{path[:-4]}x.xml", OLD), kind="sitemapindex"))

    monkeypatch.setattr(run, "run_child", child_on(answer))
    (result,) = shop_crawl.crawl([_add(shop_crawl, f"{HOST}/sitemap.xml")])
    assert len(asked) == 4
    assert result.outcome is Outcome.BROKEN
