"""Each service's parser against its twin over real sockets: the base URL alone differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from crawlers.platforms import PLATFORMS
from crawlers.platforms.base import Account, Answer, AnswerError, Ask
from ops.demo.sites import Town
from ops.demo.twins.avis_verifies import website_of
from ops.demo.twins.etsy import number_of
from ops.demo.twins.judge_me import domain_of
from ops.demo.twins.server import TwinServer
from ops.demo.twins.service import KEY, Service
from ops.demo.twins.trustpilot import unit_of

TODAY = date(2026, 11, 23)
SHOP, SELLER = "garage-du-pont-vieux", "garage-du-pont-vieux"
OPTIONS = {
    "google": {"location": f"accounts/1/locations/{SHOP}", "client_id": "vigie"},
    "trustpilot": {"business_unit": unit_of(SHOP)},
    "avis_verifies": {"website_id": website_of(SHOP)},
    "judge_me": {"shop_domain": domain_of(SHOP)},
    "etsy": {"shop_id": str(number_of(SHOP))},
    "etsy_listings": {"shop_id": str(number_of(SHOP))},
    "ebay": {"seller": SELLER, "client_id": "vigie"},
    "boamp": {"trades": "270, 383", "departements": "37"},
    "facebook": {"page_id": SHOP},
}
KEYED = sorted(OPTIONS.keys() - {"avis_verifies", "boamp"})
REVIEWED = ("google", "trustpilot", "avis_verifies", "judge_me", "etsy", "facebook")


@dataclass
class Running:
    """The twins at their address."""

    service: Service
    base_url: str

    def account(self, name: str, key: str = KEY) -> Account:
        """Return a source's account, with the right key unless told."""
        secrets = {one.name: key for one in PLATFORMS[name].needs if one.secret}
        return Account(f"{self.base_url}/", self.base_url, secrets, OPTIONS[name])

    def walk(self, name: str, account: Account) -> Iterator[Answer]:
        """Yield each answer of a run, from the first to the last page."""
        platform = PLATFORMS[name]
        ask: Ask | None = platform.first(account)
        while ask is not None:
            answer = platform.read(_fetch(ask), ask, account, TODAY)
            yield answer
            ask = answer.next


def _fetch(ask: Ask) -> bytes:
    request = Request(ask.url, ask.body or None, dict(ask.headers), method=ask.method)
    try:
        with urlopen(request, timeout=5) as response:
            return bytes(response.read())
    except HTTPError as error:
        with error:
            return error.read()


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with TwinServer(Service(Town(TODAY, TODAY))) as server:
        yield Running(server.service, server.url)


@pytest.fixture
def twins(running: Running) -> Iterator[Running]:
    yield running
    running.service.most, running.service.town.day = 1_000, TODAY
    running.service.a_page = None


@pytest.mark.parametrize("name", REVIEWED)
@pytest.mark.parametrize("a_page", [None, 20])
def test_every_review_of_the_town_is_read_once(
    twins: Running, name: str, a_page: int | None
) -> None:
    twins.service.a_page = a_page
    shown = twins.service.reviews(SHOP)
    read = [one for answer in twins.walk(name, twins.account(name)) for one in answer.reviews]
    hidden = {one.text for one in shown if one.reference.endswith("ff")}
    expected = {one.text for one in shown} - (hidden if name == "judge_me" else set())
    assert {one.text for one in read} == expected
    assert len({one.external_id for one in read}) == len(read) == len(expected)
    assert all(one.author or name == "etsy" for one in read)


@pytest.mark.parametrize("name", ["google", "trustpilot", "avis_verifies"])
def test_replies_come_with_their_dates(twins: Running, name: str) -> None:
    answered = {one.reply for one in twins.service.reviews(SHOP) if one.reply} - {None}
    read = [one for answer in twins.walk(name, twins.account(name)) for one in answer.reviews]
    assert {one.reply_text for one in read if one.reply_date} - {None} <= answered
    assert any(one.reply_text for one in read)


@pytest.mark.parametrize("name", ["ebay", "etsy_listings"])
def test_offers_come_with_prices_that_move(twins: Running, name: str) -> None:
    def prices() -> set[tuple[str | None, int | None, str | None]]:
        every = [one for run in twins.walk(name, twins.account(name)) for one in run.listings]
        return {(one.title, one.price_cents, one.currency) for one in every}

    now = prices()
    twins.service.a_page = 1
    assert prices() == now
    twins.service.town.day = TODAY - timedelta(days=30)
    before = prices()
    assert now - before
    assert all(cents and currency == "EUR" for _, cents, currency in now)


def test_tenders_are_those_of_the_trade_and_the_departement(twins: Running) -> None:
    twins.service.a_page = 2
    read = [one for run in twins.walk("boamp", twins.account("boamp")) for one in run.tenders]
    assert {one.external_id for one in read} == {"26-70011", "26-70012", "26-70013"}
    assert all(one.deadline and one.buyer and one.departements == ("37",) for one in read)


@pytest.mark.parametrize("name", KEYED)
def test_a_wrong_key_is_told_from_an_empty_service(twins: Running, name: str) -> None:
    with pytest.raises(AnswerError) as told:
        list(twins.walk(name, twins.account(name, key="une autre")))
    assert told.value.kind in ("refused", "expired")


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_too_many_requests_are_told_as_such(twins: Running, name: str) -> None:
    twins.service.most = 0
    with pytest.raises(AnswerError) as told:
        list(twins.walk(name, twins.account(name)))
    assert told.value.kind == "quota"
