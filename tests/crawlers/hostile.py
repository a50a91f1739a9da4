"""URLs that lead where no crawl may go, and a crawl of all of them with its sockets watched."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from crawlers.addresses import site_of, split_web_url
from crawlers.run import CrawlResult, run_batch
from tests.crawlers.server import Answer, Handler, Site, page, review
from tests.factories import SOME_MOMENT, make_shop, make_source
from vigie.settings import Settings
from vigie.store import Site as SiteRow
from vigie.store.session import open_engine, session_factory

# PORT is the port of a real server on loopback that waits for whoever comes.
FORMS = {
    "loopback": "http://127.0.0.1:PORT/",
    "loopback, not the first": "http://127.8.9.10:PORT/",
    "short, two parts": "http://127.1:PORT/",
    "short, three parts": "http://127.0.1:PORT/",
    "decimal": "http://2130706433:PORT/",
    "decimal, too large": "http://4425673729:PORT/",
    "hexadecimal": "http://0x7f000001:PORT/",
    "hexadecimal, in capitals": "http://0X7F000001:PORT/",
    "hexadecimal, in parts": "http://0x7f.0x0.0x0.0x1:PORT/",
    "octal": "http://017700000001:PORT/",
    "octal, in parts": "http://0177.0.0.01:PORT/",
    "octal, one part": "http://0177.0.0.1:PORT/",
    "mixed bases": "http://0x7f.0.1:PORT/",
    "leading zeros": "http://127.000.000.001:PORT/",
    "decimal of a public host": "http://134744072/",
    "zero": "http://0:PORT/",
    "unspecified": "http://0.0.0.0:PORT/",
    "trailing dot on an address": "http://127.0.0.1.:PORT/",
    "trailing dots on an address": "http://127.0.0.1..:PORT/",
    "localhost": "http://localhost:PORT/",
    "localhost, trailing dot": "http://localhost.:PORT/",
    "localhost, capitals": "http://LOCALHOST:PORT/",
    "localhost, a name below": "http://vigie.localhost:PORT/",
    "localhost, circled letters": "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
    "digits, circled": "http://①②⑦.⓪.⓪.①:PORT/",
    "digits, full width": "http://１２７.０.０.１:PORT/",
    "digits, mathematical": "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏:PORT/",
    "dots, ideographic": "http://127。0。0。1:PORT/",
    "dots, full width": "http://127．0．0．1:PORT/",
    "percent-encoded digits": "http://%31%32%37.0.0.1:PORT/",
    "private, class A": "http://10.0.0.5/",
    "private, class B": "http://172.16.0.1/",
    "private, class B, the last": "http://172.31.255.254/",
    "private, class C": "http://192.168.1.1/",
    "carrier": "http://100.64.0.1/",
    "carrier, a cloud's metadata": "http://100.100.100.200/latest/meta-data/",
    "link-local": "http://169.254.10.10/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "metadata, decimal": "http://2852039166/latest/meta-data/",
    "metadata, hexadecimal": "http://0xa9fea9fe/latest/meta-data/",
    "metadata, another cloud": "http://192.0.0.192/opc/v2/",
    "metadata, on a public address": "http://168.63.129.16/machine",
    "multicast": "http://224.0.0.1/",
    "broadcast": "http://255.255.255.255/",
    "reserved": "http://240.0.0.1/",
    "documentation": "http://192.0.2.1/",
    "benchmarking": "http://198.18.0.1/",
    "6to4 relay": "http://192.88.99.1/",
    "IPv6 loopback": "http://[::1]:PORT/",
    "IPv6 loopback, in full": "http://[0:0:0:0:0:0:0:1]:PORT/",
    "IPv6 unspecified": "http://[::]:PORT/",
    "IPv4-mapped": "http://[::ffff:127.0.0.1]:PORT/",
    "IPv4-mapped, hexadecimal": "http://[::ffff:7f00:1]:PORT/",
    "IPv4-mapped, in full": "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
    "IPv4-mapped metadata": "http://[::ffff:169.254.169.254]/",
    "IPv4-compatible": "http://[::127.0.0.1]:PORT/",
    "IPv4-translated": "http://[::ffff:0:127.0.0.1]:PORT/",
    "6to4": "http://[2002:7f00:1::]:PORT/",
    "6to4 of a public host": "http://[2002:808:808::1]/",
    "Teredo": "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "NAT64": "http://[64:ff9b::7f00:1]:PORT/",
    "NAT64, local": "http://[64:ff9b:1::7f00:1]:PORT/",
    "ISATAP": "http://[2a01::5efe:7f00:1]:PORT/",
    "IPv6 link-local": "http://[fe80::1]/",
    "IPv6 link-local with a zone": "http://[fe80::1%25eth0]/",
    "IPv6 site-local": "http://[fec0::1]/",
    "IPv6 unique local": "http://[fd00::1]/",
    "IPv6 metadata": "http://[fd00:ec2::254]/latest/meta-data/",
    "IPv6 multicast": "http://[ff02::1]/",
    "IPv6 documentation": "http://[2001:db8::1]/",
    "IPv6 discard": "http://[100::1]/",
    "credentials": "http://user:secret@127.0.0.1:PORT/",
    "credentials that look like a host": "http://example.org@127.0.0.1:PORT/",
    "empty credentials": "http://@127.0.0.1:PORT/",
    "a backslash for an end": "http://example.org\\@127.0.0.1:PORT/",
    "a hash before the sign": "http://127.0.0.1:PORT#@example.org/",
    "a port of mail": "http://public.example:25/",
    "a port of SSH": "http://public.example:22/",
    "a port of a store": "http://public.example:6379/",
    "port zero": "http://public.example:0/",
    "a port too large": "http://public.example:65616/",
    "scheme file": "file:///etc/passwd",
    "scheme ftp": "ftp://127.0.0.1:PORT/",
    "scheme gopher": "gopher://127.0.0.1:PORT/_GET",
    "scheme data": "data:text/html,hello",
    "scheme s3": "s3://bucket/key",
    "no scheme": "//127.0.0.1:PORT/",
    "a name in which an address is written": "http://127.0.0.1.nip.example:PORT/",
    "the same, with dashes": "http://10-0-0-5.nip.example/",
    "a name of the metadata": "http://metadata.internal.example/",
    "a name with a public and a private address": "http://both.example:PORT/",
    "a name with an IPv6 loopback": "http://six.example:PORT/",
    "a name with an IPv4-mapped address": "http://mapped.example:PORT/",
    "a name with 6to4": "http://sixtofour.example:PORT/",
}
# What the fake DNS says.
NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "vigie.localhost": ["127.0.0.1"],
    "public.example": ["1.1.1.1"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "10-0-0-5.nip.example": ["10.0.0.5"],
    "metadata.internal.example": ["169.254.169.254"],
    "both.example": ["1.1.1.1", "127.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "sixtofour.example": ["2002:7f00:1::"],
}
# Where a page, a list of pages, or a file of rules sends on to.
REDIRECTS = (
    "loopback",
    "decimal",
    "octal, in parts",
    "hexadecimal",
    "digits, circled",
    "metadata",
    "private, class A",
    "IPv6 loopback",
    "IPv4-mapped",
    "6to4",
    "credentials",
    "scheme file",
    "scheme ftp",
    "localhost",
    "a name in which an address is written",
    "a port of mail",
)
RULES = ("loopback", "metadata", "IPv6 loopback", "localhost")


@dataclass(frozen=True)
class Figures:
    """What came of it: the results by form, and the connections that were no gateway's."""

    results: Mapping[str, CrawlResult]
    strays: list[tuple[str, int]]
    visits: int
    allowed: int


def crawl_all(settings: Settings, folder: Path) -> Figures:
    """Crawl every form in real child processes; redirects come from allowed servers."""
    log = folder / "connections"
    log.touch()
    engine = open_engine(settings)
    factory = session_factory(engine)
    with ExitStack() as stack:
        bait = stack.enter_context(Site({"/": page([review(1)])}))
        port = bait.url("/").rpartition(":")[2].strip("/")
        urls = {name: form.replace("PORT", port) for name, form in FORMS.items()}
        gateways = list(_gateways(stack, urls))
        with factory.begin() as session:
            ids = {name: _source(session, url, private=False) for name, url in urls.items()}
            for name, url, _ in gateways:
                ids[name] = _source(session, url, private=True)
        stack.enter_context(_watched(log))
        results = {result.source_id: result for result in run_batch(settings, list(ids.values()))}
    engine.dispose()
    connections = [tuple(json.loads(line)) for line in log.read_text().splitlines()]
    doors = {port for _, _, port in gateways}
    strays = [(host, port) for host, port in connections if port not in doors]
    by_name = {name: results[number] for name, number in ids.items()}
    return Figures(by_name, strays, len(bait.asked), len(connections) - len(strays))


def _gateways(stack: ExitStack, urls: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """Serve what sends on, from allowed hosts; give each form's name, URL and port."""
    pages: dict[str, Answer | Handler] = {}
    for number, name in enumerate(REDIRECTS):
        sends = Answer(status=302, headers={"Location": _header(urls[name])})
        pages[f"/{number}"] = sends
        pages[f"/{number}/sitemap.xml"] = sends
    site = stack.enter_context(Site(pages))
    for number, name in enumerate(REDIRECTS):
        yield f"redirect: {name}", site.url(f"/{number}"), _port(site)
    for number, name in enumerate(REDIRECTS[:4]):
        yield f"sitemap: {name}", site.url(f"/{number}/sitemap.xml"), _port(site)
    for name in RULES:
        sends = Answer(status=301, headers={"Location": _header(urls[name])})
        for path in ("/robots.txt", "/.well-known/tdmrep.json"):
            other = stack.enter_context(Site({path: sends, "/avis": page([review(1)])}))
            yield f"{path}: {name}", other.url("/avis"), _port(other)


def _source(session: Session, url: str, private: bool) -> int:
    parts = split_web_url(url)
    host = site_of(parts) if parts else url[:200]
    site = session.query(SiteRow).filter(SiteRow.host == host).one_or_none()
    if site is None:
        site = SiteRow(host=host, private_allowed=private, min_delay_s=0.0, created_at=SOME_MOMENT)
        session.add(site)
        session.flush()
    return make_source(session, make_shop(session), url=url, site_id=site.id).id


@contextmanager
def _watched(log: Path) -> Iterator[None]:
    """Have child processes write down their connections."""
    before = dict(os.environ)
    spy = str(Path(__file__).parent / "spy")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (spy, before.get("PYTHONPATH"))))
    os.environ["SPY_LOG"] = str(log)
    os.environ["SPY_NAMES"] = json.dumps(NAMES)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _header(url: str) -> str:
    """Write a URL as a header may carry it: UTF-8, whose bytes the server writes one by one."""
    return url.encode().decode("latin-1")


def _port(site: Site) -> int:
    return int(site.url("").rpartition(":")[2])
