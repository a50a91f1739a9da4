"""Pages that only scripts fill, in a real browser that has no network but the crawl's own."""

import os

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from crawlers import browser
from ops.cli import cli
from tests.crawlers.conftest import Crawling, quick_children, shop_crawl
from tests.crawlers.server import Answer, Site
from vigie.errors import VigieError
from vigie.store import Outcome, Review, Source
from vigie.store import Site as SiteRow

__all__ = ["quick_children", "shop_crawl"]
PAGE = '<!doctype html><title>Avis</title><script src="/app.js"></script><img src="/photo.png">'
# What it fetches it shows; and it tries every way out that a page has.
SCRIPT = """
addEventListener("load", async () => {
  const other = "ELSEWHERE";
  new Image().src = `http://${other}/image`;
  new WebSocket(`ws://${other}/socket`);
  navigator.sendBeacon(`http://${other}/beacon`, "x");
  const lines = new RTCPeerConnection({iceServers: [{urls: `stun:${other}`}]});
  lines.createDataChannel("x");
  lines.createOffer().then(offer => lines.setLocalDescription(offer));
  for (const url of [`http://${other}/fetch`, "/prive/avis.json", "file:///etc/passwd"])
    await fetch(url).catch(() => 0);
  await fetch("/envoi", {method: "POST", body: "x"}).catch(() => 0);
  const frame = document.createElement("iframe");
  frame.src = `http://${other}/frame`;
  document.body.append(frame);
  const reviews = await (await fetch("/avis.json")).json();
  const data = document.createElement("script");
  data.type = "application/ld+json";
  data.textContent = JSON.stringify({"@context": "https://schema.org", "@type": "LocalBusiness",
    name: "Garage", review: reviews});
  document.body.append(data);
});
"""
REVIEWS = """[{"@type": "Review", "author": "Anne B.", "datePublished": "2026-10-02",
  "reviewBody": "Très bon accueil.", "reviewRating": {"@type": "Rating", "ratingValue": 5}}]"""


def _chromium_or_skip() -> None:
    if browser.chromium() is None and os.environ.get("CI") != "true":
        pytest.skip("chromium is absent: install Debian's chromium to run the browser tests")


@pytest.mark.usefixtures("quick_children")
def test_scripts_fill_a_page_and_lead_nowhere_else(shop_crawl: Crawling) -> None:
    _chromium_or_skip()
    with Site() as site, Site() as elsewhere:
        script = SCRIPT.replace("ELSEWHERE", elsewhere.url("").removeprefix("http://"))
        site.pages |= {
            "/robots.txt": Answer("User-agent: *\nDisallow: /prive/\n", kind="text/plain"),
            "/avis": Answer(PAGE, kind="text/html; charset=iso-8859-1"),
            "/app.js": Answer(script, kind="text/javascript"),
            "/avis.json": Answer(REVIEWS, kind="application/json"),
        }
        source_id = shop_crawl.add(site.url("/avis"))
        _set(shop_crawl, source_id, "--browser")
        shop_crawl.settings = shop_crawl.settings.model_copy(update={"source_timeout_s": 60})
        (result,) = shop_crawl.crawl([source_id])
        assert result.outcome is Outcome.OK, result.sentence
        # What is asked once of every site, whatever reads it, comes besides.
        rules = ("/robots.txt", "/.well-known/tdmrep.json", "/page-absente-")
        own = [path for path in site.paths() if not path.startswith(rules)]
        assert own == ["/avis", "/app.js", "/avis.json"]
        assert elsewhere.paths() == []
        assert {agent.partition("/")[0] for _, agent in site.asked} == {"Vigie"}
    with shop_crawl.factory() as session:
        assert session.scalars(select(Review.text)).all() == ["Très bon accueil."]
        # Every request of the page took its turn at the site.
        assert session.scalars(select(SiteRow.requests_made)).one() == len(site.asked)


def test_without_a_browser_the_command_says_what_is_missing(
    shop_crawl: Crawling, monkeypatch: pytest.MonkeyPatch
) -> None:
    source_id = shop_crawl.add("http://127.0.0.1:9/avis")
    monkeypatch.setattr(browser, "CHROMIUMS", ("no-such-browser",))
    with pytest.raises(VigieError, match="chromium"):
        _set(shop_crawl, source_id, "--browser")
    with shop_crawl.factory() as session:
        assert session.get_one(Source, source_id).options == {}


def _set(crawling: Crawling, source_id: int, option: str) -> None:
    environment = {"VIGIE_DATA_DIR": str(crawling.settings.data_dir)}
    words = ["source", "set", str(source_id), option]
    CliRunner().invoke(cli, words, env=environment, catch_exceptions=False)
