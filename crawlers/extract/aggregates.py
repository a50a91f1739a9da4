"""Aggregate ratings: what the page states about all the reviews of a thing."""

import re
from itertools import islice

from crawlers.extract import phrases
from crawlers.extract.context import Context
from crawlers.extract.items import AggregateRating
from crawlers.extract.node import Node
from crawlers.extract.numbers import count_of
from crawlers.extract.ratings import read_rating
from crawlers.extract.reviewed import HOLDERS_ONLY, NAMES, item_url, only_thing
from crawlers.extract.schema import AGGREGATE_RATINGS, PRODUCTS
from crawlers.extract.stars import drawn_rating
from crawlers.extract.text import LINE_LIMIT
from crawlers.extract.tree import Element, text_of

RATING_LIMIT = 1_000
# The characters that a rating shows, not those of a whole list that it stands around.
_SHOWN = 300
# The elements that draw a rating and its count.
_DRAWN = 60
# A page's own rating may stand outside of its thing, twice at most.
_FEW = 3
_OF_SITE = re.compile(r"(?:^|\s)(?:header|aside)(?:\s|$)|footer|sidebar|copyright", re.I)
_OPINIONS = frozenset(("avis", "comm", "témo", "revi"))


def read_ratings(nodes: list[Node], context: Context) -> list[AggregateRating]:
    """Return the aggregate ratings in order, copies included."""
    found = [node for node in nodes if node.is_a(AGGREGATE_RATINGS)][:RATING_LIMIT]
    own = [node for node in found if not node.is_another()]
    own = [node for node in own if not _is_of_nameless(node, len(own))]
    # A widget's rating is of the page's one thing, unless that one's is told.
    lost = [node for node in own if _is_lost(node)]
    only = only_thing(nodes) if lost and len(lost) == len(own) else None
    ratings = (_rating(node, only, context) for node in own)
    return [rating for rating in ratings if rating is not None]


def _is_of_nameless(node: Node, count: int) -> bool:
    """Say whether a rating is of a card that names no product."""
    if node.element is None or "itemReviewed" in node.props:
        return False
    holder = node.parent
    if holder is None:
        return count > _FEW
    return holder.is_a(PRODUCTS) and "name" not in holder.props


def _rating(node: Node, only: Node | None, context: Context) -> AggregateRating | None:
    review_count = count_of(_plain(node, "reviewCount", "count"))
    rating_count = count_of(_plain(node, "ratingCount", "votes"))
    stated = review_count is not None or rating_count is not None
    taken: tuple[str, ...] = ()
    if not stated and node.element is not None:
        review_count, rating_count, taken = _shown_counts(node.element)
    value = _plain(node, "ratingValue", "rating", "average", "value")
    nested = next(node.nodes("rating", "ratingValue"), None)
    scale = nested if nested is not None else node
    if nested is not None:
        value = _plain(nested, "average", "ratingValue", "value")
    rating, problem = read_rating(
        value, _plain(scale, "worstRating", "worst"), _plain(scale, "bestRating", "best")
    )
    if rating is not None and rating.value == 0 and not (review_count or rating_count):
        # "0 sur 5 (0 avis)" is nobody's opinion.
        rating = None
    if rating is None and review_count is None and rating_count is None:
        context.note(problem)
        return None
    if value is None and node.element is not None and (review_count or rating_count):
        rating = drawn_rating(list(islice(node.element.iter("*"), _DRAWN)))
        taken += ("value",) if rating else ()
    context.note(problem)
    item = _item(node) or (only if _is_lost(node) else None)
    return AggregateRating(
        value=rating.value if rating else None,
        worst=rating.worst if rating else None,
        best=rating.best if rating else None,
        normalised=rating.normalised if rating else None,
        review_count=review_count,
        rating_count=rating_count,
        item_name=_item_name(item, node),
        item_type=item.type if item else None,
        item_url=item_url(item, context),
        syntax=node.syntax,
        visible_fields=taken,
    )


def _is_lost(node: Node) -> bool:
    """Say whether a rating is marked as a thing's, which is not around it, nor is it the site's."""
    element = node.element
    if element is None or node.parent is not None or "itemprop" not in element.attrib:
        return False
    around = (
        f"{above.tag} {above.get('id') or ''} {above.get('class') or ''}"
        for above in element.iterancestors()
    )
    return "itemReviewed" not in node.props and not any(map(_OF_SITE.search, around))


def _shown_counts(element: Element) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Read "(128 avis)" beside the value: reviews, ratings, and which of the two was read."""
    found = phrases.COUNTED.search(text_of(element)[:_SHOWN])
    count = count_of(found.group(1)) if found else None
    if found is None or count is None:
        return None, None, ()
    if found.group(2)[:4].casefold() in _OPINIONS:
        return count, None, ("review_count",)
    return None, count, ("rating_count",)


def _plain(node: Node, *names: str) -> object:
    value = node.raw(*names)
    return node.plain(value) if isinstance(value, str) else value


def _item_name(item: Node | None, node: Node) -> str | None:
    if item is None:
        # Plugins mark the page, or what is rated itself as a review: its name is there.
        item = node.parent
    stated = item.line(*NAMES, limit=LINE_LIMIT) if item is not None else None
    return stated or node.line("itemReviewed", "itemreviewed", limit=LINE_LIMIT)


def _item(node: Node) -> Node | None:
    """Return the thing that a rating is of."""
    if stated := next(node.nodes("itemReviewed", "itemreviewed"), None):
        return stated
    return next((holder for holder in node.holders() if not holder.is_a(HOLDERS_ONLY)), None)
