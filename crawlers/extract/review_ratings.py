"""The rating that a review gives, and the scale that it leaves to the rest of the page."""

from collections.abc import Iterator

from crawlers.extract.items import Problem
from crawlers.extract.node import Node
from crawlers.extract.ratings import Rating, number_in, read_rating
from crawlers.extract.schema import AGGREGATE_RATINGS, RATINGS

_RATING_NAMES = ("reviewRating", "rating", "starRating")
_RATERS = AGGREGATE_RATINGS | RATINGS


def rating_of(node: Node, usual_best: float | None) -> tuple[Rating | None, Problem | None]:
    """Return the rating that the markup gives, or why it was dropped."""
    for holder in _rating_nodes(node):
        value = holder.raw("ratingValue", "value", "rating")
        if value is not None:
            return read_rating(
                holder.plain(value) if isinstance(value, str) else value,
                holder.raw("worstRating", "worst"),
                holder.raw("bestRating", "best"),
                usual_best,
            )
    value = node.raw("reviewRating", "ratingValue", "rating", "starRating")
    if isinstance(value, str):
        value = node.plain(value)
    return read_rating(value, node.raw("worstRating"), node.raw("bestRating"), usual_best)


def _rating_nodes(node: Node) -> Iterator[Node]:
    """Yield the overall rating before those of one aspect (TripAdvisor gives both)."""
    holders = list(node.nodes(*_RATING_NAMES))
    if len(holders) < 2:
        yield from holders
        return
    yield from (one for one in holders if "reviewAspect" not in one.props)
    yield from (one for one in holders if "reviewAspect" in one.props)


def usual_best(reviews: list[Node], nodes: list[Node]) -> float | None:
    """Return the best that holds where a review states none: what the rest of the page says."""
    stated: set[float] = set()
    unstated: list[float] = []
    raters = {one: None for one in nodes if one.is_a(_RATERS)}
    raters |= {one: None for review in reviews for one in review.nodes(*_RATING_NAMES)}
    for holder in raters:
        best = number_in(holder.raw("bestRating", "best"))
        if best:
            stated.add(best)
        elif (value := number_in(holder.raw("ratingValue", "value"))) is not None:
            unstated.append(value)
    if len(stated) == 1:
        only = stated.pop()
        return only if all(value <= only for value in unstated) else None
    return 10.0 if not stated and any(5 < value <= 10 for value in unstated) else None


def is_rated_badly(node: Node) -> bool:
    """A rating that the markup states and that was dropped is not looked for elsewhere."""
    return any(one.raw("ratingValue") is not None for one in _rating_nodes(node))
