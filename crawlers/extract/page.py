"""One page, read: the order of the steps and nothing else."""

import re
from dataclasses import dataclass
from datetime import date

from crawlers.extract.aggregates import read_ratings
from crawlers.extract.blocks import PlainBlocks, holds, plain_blocks
from crawlers.extract.business import read_businesses
from crawlers.extract.charset import to_utf8
from crawlers.extract.clones import without_clones
from crawlers.extract.context import Context
from crawlers.extract.dedupe import merge_businesses, merge_listings, merge_ratings, merge_reviews
from crawlers.extract.graph import tie
from crawlers.extract.items import ExtractError, Page, PageLinks, Problem
from crawlers.extract.jsonld import blocks_of, read_json_ld
from crawlers.extract.links import read_links
from crawlers.extract.listing_ids import called_apart
from crawlers.extract.listings import read_listings
from crawlers.extract.microdata import read_microdata
from crawlers.extract.microformats import MICROFORMATS_TRACE, read_microformats
from crawlers.extract.node import Node
from crawlers.extract.rdfa import read_rdfa
from crawlers.extract.related import set_aside
from crawlers.extract.reviews import read_reviews
from crawlers.extract.tree import Tree

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
    tree = Tree(utf8)
    lowered = utf8.lower()
    traces = _traces(lowered)
    blocks = plain_blocks(utf8, lowered) if traces.json_ld >= 0 else None
    if (blocks is None or not blocks.texts) and tree.root is None:
        return _empty(tree)
    context = Context(
        tree=tree,
        page_url=url,
        today=today,
        around_items=_around_items(utf8, traces, blocks),
        lowered=lowered,
    )
    nodes = _nodes(traces, blocks, context)
    set_aside(nodes, context)
    return Page(
        reviews=merge_reviews(read_reviews(nodes, context)),
        ratings=merge_ratings(read_ratings(nodes, context)),
        listings=called_apart(merge_listings(read_listings(nodes, context))),
        businesses=merge_businesses(read_businesses(nodes, context)),
        tree=tree,
        find_links=lambda: (
            read_links(tree.root, utf8, url) if tree.root is not None else PageLinks()
        ),
        problems=list(dict.fromkeys(context.problems)),
    )


_JSON_LD = re.compile(rb"\+(?:json|ld)")
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


def _traces(lowered: bytes) -> _Traces:
    typed = holds(lowered, b"typeof=")
    return _Traces(
        json_ld=_first(_JSON_LD, lowered),
        microdata=lowered.find(b"itemscope") if holds(lowered, b"itemscope") else -1,
        rdfa=_first(_RDFA, lowered) if typed else -1,
        microformats=_first(MICROFORMATS_TRACE, lowered),
    )


def _first(pattern: re.Pattern[bytes], lowered: bytes) -> int:
    found = pattern.search(lowered)
    return found.start() if found else -1


def _around_items(utf8: bytes, traces: _Traces, blocks: PlainBlocks | None) -> bytes:
    """Return the part of the page that the items stand in: looking there is enough."""
    if blocks is not None:
        return blocks.rest
    if traces.json_ld >= 0 or traces.microformats >= 0:
        return utf8
    starts = [start for start in (traces.microdata, traces.rdfa) if start >= 0]
    last_property = utf8.rfind(b"property=") if traces.rdfa >= 0 else -1
    end = max(utf8.rfind(b"itemprop"), last_property, utf8.rfind(b"itemscope"))
    if not starts or end < 0:
        return utf8
    return utf8[max(0, min(starts) - _BEFORE_ITEMS) : end + _AFTER_ITEMS]


def _nodes(traces: _Traces, blocks: PlainBlocks | None, context: Context) -> list[Node]:
    nodes: list[Node] = []
    if traces.json_ld >= 0:
        texts = blocks.texts if blocks is not None else blocks_of(context.root)
        nodes += read_json_ld(texts, context.problems)
    if traces.microdata >= 0:
        nodes += read_microdata(context.root, context.problems)
    if traces.rdfa >= 0:
        nodes += read_rdfa(context.root, context.problems, context.lowered)
    if traces.microformats >= 0:
        nodes += read_microformats(context.root, context.problems)
    if any(node.element is not None for node in nodes) and context.mentions_copies:
        nodes = without_clones(nodes)
    return tie(nodes, context.url)


def _empty(tree: Tree) -> Page:
    return Page(
        reviews=[],
        ratings=[],
        listings=[],
        businesses=[],
        tree=tree,
        find_links=PageLinks,
        problems=[Problem("no-markup")],
    )
