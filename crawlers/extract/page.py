"""One page, read: the order of the steps and nothing else."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from crawlers.extract.aggregates import read_ratings
from crawlers.extract.business import read_businesses
from crawlers.extract.charset import to_utf8
from crawlers.extract.clones import without_clones
from crawlers.extract.context import Context
from crawlers.extract.dedupe import merge_businesses, merge_listings, merge_ratings, merge_reviews
from crawlers.extract.graph import tie
from crawlers.extract.items import ExtractError, Page, PageLinks, Problem
from crawlers.extract.jsonld import read_json_ld
from crawlers.extract.links import read_addresses, read_links
from crawlers.extract.listings import read_listings
from crawlers.extract.microdata import read_microdata
from crawlers.extract.microformats import MICROFORMATS_TRACE, read_microformats
from crawlers.extract.node import Node
from crawlers.extract.rdfa import read_rdfa
from crawlers.extract.reviews import read_reviews
from crawlers.extract.tree import Element, parse

MAX_PAGE_BYTES = 10_000_000


def read_page(
    body: bytes, url: str | None = None, charset: str | None = None, today: date | None = None
) -> Page:
    """Read everything that a page's markup says.

    Args:
        body: the page as received, at most ``MAX_PAGE_BYTES``.
        url: its address, which makes its links absolute.
        charset: the charset of its HTTP Content-Type, if any; the page's bytes may overrule it.
        today: the day from which "il y a 3 semaines" counts, and after which dates are dropped.

    Raises:
        ExtractError: ``page-too-large``. Nothing else, whatever the page.
    """
    if len(body) > MAX_PAGE_BYTES:
        raise ExtractError("page-too-large", len(body), MAX_PAGE_BYTES)
    utf8 = to_utf8(body, charset)
    root = parse(utf8)
    if root is None:
        return _empty()
    base, canonical = read_addresses(root, url)
    traces = _traces(utf8)
    context = Context(
        root=root,
        url=base or canonical,
        page_url=url,
        canonical=canonical,
        today=today,
        around_items=_around_items(utf8, traces),
    )
    nodes = _nodes(traces, root, context)
    return Page(
        reviews=merge_reviews(read_reviews(nodes, context)),
        ratings=merge_ratings(read_ratings(nodes, context)),
        listings=merge_listings(read_listings(nodes, context)),
        businesses=merge_businesses(read_businesses(nodes, context)),
        root=root,
        find_links=partial(read_links, root, utf8, url),
        problems=list(dict.fromkeys(context.problems)),
    )


_JSON_LD = re.compile(rb"\+(?:json|ld)")
_MICRODATA = re.compile(rb"itemscope")
# Not the operator of scripts, which no quote follows.
_RDFA = re.compile(rb"typeof=[\"']")
_BEFORE_ITEMS, _AFTER_ITEMS = 5_000, 20_000


@dataclass(frozen=True, slots=True)
class _Traces:
    """The first byte that looks like each syntax, -1 for none: most pages have one."""

    json_ld: int
    microdata: int
    rdfa: int
    microformats: int


def _traces(utf8: bytes) -> _Traces:
    lowered = utf8.lower()
    return _Traces(
        *(
            found.start() if (found := pattern.search(lowered)) else -1
            for pattern in (_JSON_LD, _MICRODATA, _RDFA, MICROFORMATS_TRACE)
        )
    )


def _around_items(utf8: bytes, traces: _Traces) -> bytes:
    """Return the part of the page that the marked elements stand in: looking there is enough."""
    if traces.json_ld >= 0 or traces.microformats >= 0:
        return utf8
    starts = [start for start in (traces.microdata, traces.rdfa) if start >= 0]
    end = max(utf8.rfind(b"itemprop"), utf8.rfind(b"property="), utf8.rfind(b"itemscope"))
    if not starts or end < 0:
        return utf8
    return utf8[max(0, min(starts) - _BEFORE_ITEMS) : end + _AFTER_ITEMS]


def _nodes(traces: _Traces, root: Element, context: Context) -> list[Node]:
    nodes: list[Node] = []
    if traces.json_ld >= 0:
        nodes += read_json_ld(root, context.problems)
    if traces.microdata >= 0:
        nodes += read_microdata(root, context.problems)
    if traces.rdfa >= 0:
        nodes += read_rdfa(root, context.problems)
    if traces.microformats >= 0:
        nodes += read_microformats(root, context.problems)
    if context.mentions_copies and any(node.element is not None for node in nodes):
        nodes = without_clones(nodes)
    return tie(nodes, context.url)


def _empty() -> Page:
    return Page(
        reviews=[],
        ratings=[],
        listings=[],
        businesses=[],
        root=None,
        find_links=PageLinks,
        problems=[Problem("no-markup")],
    )
