"""One page, read: the order of the steps and nothing else."""

import re
from datetime import date

from crawlers.extract.aggregates import read_ratings
from crawlers.extract.business import read_businesses
from crawlers.extract.charset import to_utf8
from crawlers.extract.clones import without_clones
from crawlers.extract.context import Context
from crawlers.extract.dedupe import merge_businesses, merge_listings, merge_ratings, merge_reviews
from crawlers.extract.graph import tie
from crawlers.extract.items import ExtractError, Page, PageLinks, Problem
from crawlers.extract.jsonld import read_json_ld
from crawlers.extract.links import read_links
from crawlers.extract.listings import read_listings
from crawlers.extract.microdata import read_microdata
from crawlers.extract.microformats import TRACES, read_microformats
from crawlers.extract.node import Node
from crawlers.extract.rdfa import read_rdfa
from crawlers.extract.reviews import read_reviews
from crawlers.extract.text import TITLE_LIMIT, one_line
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
    links, base = read_links(root, utf8, url)
    context = Context(
        root=root,
        url=base or links.canonical,
        page_url=url,
        canonical=links.canonical,
        today=today,
        utf8=utf8,
    )
    nodes = _nodes(utf8, root, context)
    return Page(
        reviews=merge_reviews(read_reviews(nodes, context)),
        ratings=merge_ratings(read_ratings(nodes, context)),
        listings=merge_listings(read_listings(nodes, context)),
        businesses=merge_businesses(read_businesses(nodes, context)),
        links=links,
        title=_title(root),
        root=root,
        problems=list(dict.fromkeys(context.problems)),
    )


# Not the operator of scripts, which no quote follows.
_TYPEOF = re.compile(rb"typeof=[\"']")


def _nodes(utf8: bytes, root: Element, context: Context) -> list[Node]:
    """Read each syntax that the bytes have a trace of: most pages have one."""
    lowered = utf8.lower()
    nodes: list[Node] = []
    if b"ld+json" in lowered or b"json+ld" in lowered:
        nodes += read_json_ld(root, context.problems)
    if b"itemscope" in lowered:
        nodes += read_microdata(root, context.problems)
    if _TYPEOF.search(lowered):
        nodes += read_rdfa(root, context.problems)
    if any(trace in lowered for trace in TRACES):
        nodes += read_microformats(root, context.problems)
    has_elements = any(node.element is not None for node in nodes)
    if has_elements and (b"clone" in lowered or b"duplicate" in lowered):
        nodes = without_clones(nodes)
    return tie(nodes, context.url)


def _empty() -> Page:
    return Page(
        reviews=[],
        ratings=[],
        listings=[],
        businesses=[],
        links=PageLinks(),
        title=None,
        root=None,
        problems=[Problem("no-markup")],
    )


def _title(root: Element) -> str | None:
    element = root.find("head/title")
    return one_line(element.text or "", TITLE_LIMIT) if element is not None else None
