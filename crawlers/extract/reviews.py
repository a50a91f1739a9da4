"""Reviews: what was said, by whom, when, of what, and what the owner answered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawlers.extract import phrases
from crawlers.extract.context import Context
from crawlers.extract.dates import Dated
from crawlers.extract.items import ExtractedReview, Problem
from crawlers.extract.locate import cards
from crawlers.extract.node import Node
from crawlers.extract.ratings import Rating, number_in, read_rating
from crawlers.extract.schema import AGGREGATE_RATINGS, BUSINESSES, PRODUCTS, RATINGS, REVIEWS
from crawlers.extract.text import LINE_LIMIT
from crawlers.extract.tree import Element
from crawlers.extract.visible import Surroundings
from crawlers.extract.whole_text import whole_text

REVIEW_LIMIT = 2_000
_TEXT = ("reviewBody", "description", "text", "articleBody")
_TITLE = ("name", "headline", "summary", "title")
_REPLIES = ("comment", "reply", "ownerReply", "ownerResponse", "businessReply", "companyReply",
            "sellerReply", "response", "reviewReply")  # fmt: skip
_EXPERIENCED = ("experiencedDate", "dateOfExperience", "experienceDate", "visitDate", "dateVisited",
                "stayDate", "contentReferenceTime")  # fmt: skip
_RATING_NAMES = ("reviewRating", "rating", "starRating")
_REPLY_NAMES = frozenset(_REPLIES)
_VERIFIED = ("verified", "isVerified", "verifiedPurchase", "verifiedBuyer")
# Things that hold reviews without being what they are about.
HOLDERS_ONLY = frozenset(
    (
        "ListItem",
        "ItemList",
        "WebPage",
        "WebSite",
        "CollectionPage",
        "ItemPage",
        "AggregateRating",
        "Review",
        "QAPage",
        "ProfilePage",
        "AboutPage",
    )
)
_RATERS = AGGREGATE_RATINGS | RATINGS
_THINGS = PRODUCTS | BUSINESSES
_SAMPLE = 3
_WORD = re.compile(r"\b[A-Za-z]{6,}\b", re.ASCII)
# What any card may show; the rest is looked for where the page speaks of it.
_SEEN = frozenset(("text", "author", "rating", "published"))
_POSITION = re.compile(r"(\D*)(\d{1,4})$")


def read_reviews(nodes: list[Node], context: Context) -> list[ExtractedReview]:
    """Return the page's reviews in order, copies included."""
    stated = [node for node in nodes if node.is_a(REVIEWS) and node.role != "itemReviewed"]
    found = [node for node in stated if not node.is_of_another()]
    if len(found) < len(stated):
        context.note(Problem("reviews-of-another", str(len(stated) - len(found))))
    if len(found) > REVIEW_LIMIT:
        context.note(Problem("too-many-reviews", str(REVIEW_LIMIT)))
        del found[REVIEW_LIMIT:]
    if not found:
        return []
    shared = _Shared(_usual_best(found, nodes), _positional(found), _only_thing(nodes), {})
    hidden = [node for node in found if node.element is None]
    if hidden and _worth_locating(hidden, context):
        shared.cards.update(cards(hidden, context.root))
    reviews = (_review(node, shared, context) for node in found)
    return [review for review in reviews if review is not None]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the reviews of a page have in common."""

    usual_best: float | None
    positional: bool
    # The one thing that the page is about, for reviews that do not say.
    only_thing: Node | None
    # Where reviews told in JSON-LD are shown.
    cards: dict[Node, Element]


def _worth_locating(reviews: list[Node], context: Context) -> bool:
    """Say whether the visible page may add to what JSON-LD says."""
    if not any(_may_be_shown(node, context) for node in reviews[:_SAMPLE]):
        return False
    if context.mentions_replies or context.mentions_visits:
        return True
    return any("datePublished" not in node.props for node in reviews)


def _may_be_shown(node: Node, context: Context) -> bool:
    """Say whether the longest word of a review's text stands on the page outside of its markup."""
    words = _WORD.findall((node.body(*_TEXT) or "")[:300])
    return not words or max(words, key=len).encode() in context.around_items


def _only_thing(nodes: list[Node]) -> Node | None:
    things = [node for node in nodes if node.is_a(_THINGS) and "name" in node.props]
    return things[0] if len(things) == 1 else None


def _review(node: Node, shared: _Shared, context: Context) -> ExtractedReview | None:
    rating, problem = _rating(node, shared.usual_best)
    context.note(problem)
    published = context.date(node, "datePublished", "dateCreated", "uploadDate", "dtreviewed")
    edited = context.date(node, "dateModified")
    values: dict[str, Any] = {
        "title": node.line(*_TITLE),
        "text": whole_text(node.body(*_TEXT)),
        "author": _byline(node.line("author", "creator", "reviewer", limit=LINE_LIMIT)),
        "rating": rating,
        "published": published,
        "experienced": context.date(node, *_EXPERIENCED),
        "edited": edited if edited != published else None,
        "verified": _verified(node),
    }
    reply = _reply(node, context)
    values["reply_text"], values["reply_date"] = reply if reply else (None, None)
    if values["text"] is None and reply is None and isinstance(node.raw("comment"), str):
        values["text"] = node.body("comment")
    item = _item(node) or (None if _names_item(node) else shared.only_thing)
    element = node.element
    if element is None:
        element = context.element_of(node.id or node.link("url"))
    if element is None:
        element = shared.cards.get(node)
    owner = _item_name(item, node)
    taken = [] if element is None else _fill_from_visible(element, owner, node, values, context)
    if not (values["text"] or values["rating"] or values["title"]):
        return None
    link = context.absolute(node.link("url"))
    return ExtractedReview(
        external_id=None if shared.positional else _external_id(node),
        url=link or (context.absolute(node.id) if node.id and "/" in node.id else None),
        item_name=owner,
        item_type=item.type if item else None,
        item_url=context.absolute(item.link("url") or item.id) if item else None,
        language=node.line("inLanguage", limit=32),
        syntax=node.syntax,
        visible_fields=tuple(taken),
        **_flat(values),
    )


def _byline(name: str | None) -> str | None:
    """Return "Marie" for "Par Marie" and "Marie a écrit :"."""
    return phrases.BYLINE.sub("", name) or None if name else None


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    """Spread ratings and dates over the fields of a review."""
    flat = dict(values)
    rating: Rating | None = flat.pop("rating")
    if rating is not None:
        flat |= {
            "rating": rating.value,
            "rating_worst": rating.worst,
            "rating_best": rating.best,
            "rating_normalised": rating.normalised,
        }
    for name in ("published", "experienced", "edited", "reply_date"):
        dated: Dated | None = flat[name]
        flat[name] = dated.value if dated else None
        flat[f"{name}_precision"] = dated.precision if dated else None
    return flat


def _rating(node: Node, usual_best: float | None) -> tuple[Rating | None, Problem | None]:
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


def _usual_best(reviews: list[Node], nodes: list[Node]) -> float | None:
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


def _item(node: Node) -> Node | None:
    for item in node.nodes("itemReviewed", "itemreviewed"):
        return item
    for holder in node.holders():
        if not holder.is_a(HOLDERS_ONLY):
            return holder
    return None


def _names_item(node: Node) -> bool:
    return "itemReviewed" in node.props or "itemreviewed" in node.props


def _item_name(item: Node | None, node: Node) -> str | None:
    name = item.line("name", "legalName", "headline", limit=LINE_LIMIT) if item else None
    return name or node.line("itemReviewed", "itemreviewed", limit=LINE_LIMIT)


def _verified(node: Node) -> bool | None:
    value = node.raw(*_VERIFIED)
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "1", "yes", "oui")
    return bool(value) if value is not None else None


def _reply(node: Node, context: Context) -> tuple[str, Dated | None] | None:
    if _REPLY_NAMES.isdisjoint(node.props):
        return None
    item = _item(node)
    owner = item.line("name") if item else None
    replies = list(node.nodes(*_REPLIES))
    # Other customers comment too: the owner's, then an organisation's, then the first.
    replies.sort(key=lambda reply: _distance(reply, owner))
    for reply in replies:
        if text := reply.body("text", "description", "commentText", "articleBody", "reviewBody"):
            return text, context.date(reply, "datePublished", "dateCreated", "commentTime")
    text = node.body(*_REPLIES[1:]) or (node.body("comment") if node.body(*_TEXT) else None)
    return (text, None) if text and not replies else None


def _distance(reply: Node, owner: str | None) -> int:
    author = next(reply.nodes("author", "creator"), None)
    if owner and reply.line("author", "creator") == owner:
        return 0
    return 1 if author is not None and not author.is_a(frozenset(("Person",))) else 2


def _external_id(node: Node) -> str | None:
    stated = node.line("identifier", "reviewId", "reviewID", limit=LINE_LIMIT)
    if stated:
        return stated
    element = node.element
    if element is not None:
        for name in ("data-review-id", "data-reviewid", "data-id", "data-avis-id"):
            if value := element.get(name):
                return str(value)[:LINE_LIMIT]
    for link in (node.id, node.link("url")):
        # A page's own address is no identity; a fragment or a last segment with a digit is.
        last = re.split(r"[/#=]", (link or "").rstrip("/"))[-1]
        if (
            link
            and ("#" in link or "review" in link.casefold() or "avis" in link.casefold())
            and any(map(str.isdigit, last))
        ):
            return last[:LINE_LIMIT]
    if element is not None and any(map(str.isdigit, element.get("id") or "")):
        return str(element.get("id"))[:LINE_LIMIT]
    return None


def _positional(reviews: list[Node]) -> bool:
    """Say whether identifiers only count the reviews of this page ("#review0", "#review1")."""
    numbers = []
    for node in reviews:
        found = _POSITION.match(_external_id(node) or "")
        if not found:
            return False
        numbers.append(int(found.group(2)))
    return len(numbers) > 1 and sorted(numbers) == list(
        range(min(numbers), min(numbers) + len(numbers))
    ) and min(numbers) <= 1  # fmt: skip


def _fill_from_visible(
    element: Element, owner: str | None, node: Node, values: dict[str, Any], context: Context
) -> list[str]:
    """Fill what the markup lacks from what stands beside it; return the fields so filled."""
    missing = {name for name, value in values.items() if value is None}
    if missing.isdisjoint(_SEEN) and not context.mentions_anything:
        return []
    beside = Surroundings(element, context.today, values["text"])
    if node.element is not None:
        if "text" in missing:
            values["text"] = whole_text(beside.text())
        if "author" in missing:
            values["author"] = beside.author()
    if "rating" in missing and not _rated_badly(node):
        values["rating"] = beside.rating()
    if "published" in missing or ("experienced" in missing and context.mentions_visits):
        dates = beside.dates()
        values["published"] = values["published"] or dates.published
        values["experienced"] = values["experienced"] or dates.experienced
        values["edited"] = values["edited"] or dates.edited
    if "reply_text" in missing and context.mentions_replies:
        values["reply_text"], values["reply_date"] = beside.reply(owner)
    if "verified" in missing and context.mentions_verified:
        values["verified"] = beside.verified()
    if values["verified"] is None and element.get("data-verified-buyer") == "true":
        values["verified"] = True
    return sorted(name for name in missing if values[name] is not None)


def _rated_badly(node: Node) -> bool:
    """A rating that the markup states and that was dropped is not looked for elsewhere."""
    return any(one.raw("ratingValue") is not None for one in _rating_nodes(node))
