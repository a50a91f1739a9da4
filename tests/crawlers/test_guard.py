"""Where a request may go: every form of a private address is refused before any connection."""

import asyncio

import pytest
from scrapy import Request
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.addresses import is_public, same_site, site_of, split_web_url
from crawlers.guard import PRIVATE, SITE, Guard, PinnedResolver, RefusedError
from crawlers.troubles import Trouble
from tests.crawlers.conftest import Crawling
from tests.crawlers.server import Site, page, review
from vigie.store import Outcome

PRIVATE_URLS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://localhost/",
    "http://10.0.0.5/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://[2002:7f00:1::]/",
    "http://[64:ff9b::7f00:1]/",
]
NOT_WEB_URLS = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://user:secret@example.org/",
    "http://@example.org/",
    "http://",
    "http:///chemin",
    "http://example.org:99999/",
    "http://[::1/",
    "gopher://example.org/",
]


def _ask(url: str, private: bool = False) -> None:
    parts = split_web_url(url)
    meta = {SITE: site_of(parts) if parts else "", PRIVATE: private}
    request = Request("http://example.org/", meta=meta)
    # Scrapy would make some of these URLs harmless by escaping them.
    request._url = url
    asyncio.run(Guard().process_request(request))


@pytest.mark.parametrize("url", PRIVATE_URLS)
def test_a_private_address_is_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(RefusedError) as refused:
        _ask(url)
    assert refused.value.trouble in (Trouble.FORBIDDEN_ADDRESS, Trouble.DNS)


@pytest.mark.parametrize("url", NOT_WEB_URLS)
def test_only_web_addresses_without_credentials_are_asked(url: str) -> None:
    assert split_web_url(url) is None
    with pytest.raises(RefusedError) as refused:
        _ask(url)
    assert refused.value.trouble is Trouble.FORBIDDEN_ADDRESS


def test_the_operators_own_private_page_is_allowed_for_its_host_and_port_alone() -> None:
    _ask("http://127.0.0.1:8080/avis", private=True)
    meta = {SITE: "127.0.0.1:8080", PRIVATE: True}
    for url in ("http://127.0.0.1:8081/", "http://localhost:8080/", "http://10.0.0.1:8080/"):
        with pytest.raises(RefusedError):
            asyncio.run(Guard().process_request(Request(url, meta=meta)))


def test_a_public_page_of_another_site_is_not_read_in_the_name_of_this_one() -> None:
    request = Request("http://1.1.1.1/", meta={SITE: "8.8.8.8", PRIVATE: False})
    with pytest.raises(RefusedError) as refused:
        asyncio.run(Guard().process_request(request))
    assert refused.value.trouble is Trouble.ELSEWHERE


@pytest.mark.parametrize(
    ("address", "public"),
    [("1.1.1.1", True), ("2606:4700::1111", True), ("::ffff:1.1.1.1", False), ("::", False)],
)
def test_public_addresses_are_told_from_the_others(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_with_accents_is_the_one_that_dns_knows() -> None:
    parts = split_web_url("https://Café.fr/avis")
    assert parts is not None
    assert site_of(parts) == "xn--caf-dma.fr"
    assert same_site("https://xn--caf-dma.fr/", "café.fr".encode("idna").decode())


def test_www_makes_no_other_site_but_a_port_does() -> None:
    assert same_site("https://www.avis.fr/page", "avis.fr")
    assert same_site("http://AVIS.fr:80/", "www.avis.fr")
    assert not same_site("https://avis.fr:8443/", "avis.fr")
    assert not same_site("https://avis.fr.mechant.example/", "avis.fr")


def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_checked() -> None:
    answers = [["1.1.1.1", "2606:4700::1111"], ["127.0.0.1"]]

    async def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    request = Request("http://rebind.example/", meta={SITE: "rebind.example", PRIVATE: False})
    asyncio.run(Guard(rebinding).process_request(request))
    assert _connects_to("rebind.example", 80) == ["1.1.1.1", "2606:4700::1111"]
    # For a port that was not checked there is nothing to connect to.
    assert _connects_to("rebind.example", 8080) == []
    with pytest.raises(RefusedError):
        asyncio.run(Guard(rebinding).process_request(request))


def test_a_site_elsewhere_is_not_even_looked_up() -> None:
    async def unused(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    request = Request("http://ailleurs.example/", meta={SITE: "avis.example", PRIVATE: False})
    with pytest.raises(RefusedError) as refused:
        asyncio.run(Guard(unused).process_request(request))
    assert refused.value.trouble is Trouble.ELSEWHERE


def _connects_to(host: str, port: int) -> list[str]:
    heard = _Heard()
    PinnedResolver(None).resolveHostName(heard, host, port)  # type: ignore[arg-type]  # Not installed.
    return heard.hosts


class _Heard:
    """A receiver of addresses, as Twisted's connections are."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802  # Twisted's names.
        pass

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


def test_a_page_is_read_by_ipv6(shop_crawl: Crawling) -> None:
    with Site({"/avis": page([review(1)])}, at="::1") as site:
        source = shop_crawl.add(site.url("/avis", host="[::1]"))
        (result,) = shop_crawl.crawl([source])
        assert "/avis" in site.paths()
    assert (result.outcome, result.new) == (Outcome.OK, 1)
