"""Reviews: what was said, by whom, when, of what, and what the owner answered."""

import re
from dataclasses import dataclass
from typing import Any

from crawlers.extract import phrases
from crawlers.extract.blocks import holds
from crawlers.extract.context import Context
from crawlers.extract.dates import Dated
from crawlers.extract.items import ExtractedReview, Problem
from crawlers.extract.locate import cards
from crawlers.extract.node import Node
from crawlers.extract.ratings import Rating
from crawlers.extract.replies import is_reply, reply_of
from crawlers.extract.review_ids import are_positional, external_id
from crawlers.extract.review_ratings import is_rated_badly, rating_of, usual_best
from crawlers.extract.reviewed import (
    is_nameless,
    item_name,
    item_of,
    item_url,
    names_item,
    only_thing,
)
from crawlers.extract.schema import REVIEW_TEXT, REVIEWS
from crawlers.extract.text import LINE_LIMIT, fold
from crawlers.extract.tree import Element
from crawlers.extract.visible import Surroundings
from crawlers.extract.whole_text import whole_text

REVIEW_LIMIT = 2_000
_TITLE = ("name", "headline", "summary", "title")
_EXPERIENCED = ("experiencedDate", "dateOfExperience", "experienceDate", "visitDate", "dateVisited",
                "stayDate", "contentReferenceTime")  # fmt: skip
_VERIFIED = ("verified", "isVerified", "verifiedPurchase", "verifiedBuyer")
_SAMPLE = 3
_WORD = re.compile(r"\b[A-Za-z]{6,}\b", re.ASCII)
# What any card may show; the rest is looked for where the page speaks of it.
_SEEN = frozenset(("text", "author", "rating", "published"))


def read_reviews(nodes: list[Node], context: Context) -> list[ExtractedReview]:
    """Return the page's reviews in order, copies included."""
    stated = [
        node
        for node in nodes
        if node.is_a(REVIEWS) and node.role != "itemReviewed" and not is_reply(node)
    ]
    found = [node for node in stated if not node.is_of_another()]
    if len(found) < len(stated):
        context.note(Problem("reviews-of-another", str(len(stated) - len(found))))
    if len(found) > REVIEW_LIMIT:
        context.note(Problem("too-many-reviews", str(REVIEW_LIMIT)))
        del found[REVIEW_LIMIT:]
    if not found:
        return []
    shared = _Shared(usual_best(found, nodes), are_positional(found), only_thing(nodes), {})
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
    if any("datePublished" not in node.props for node in reviews) or (
        context.mentions_replies or context.mentions_visits
    ):
        return any(_may_be_shown(node, context) for node in reviews[:_SAMPLE])
    return False


def _may_be_shown(node: Node, context: Context) -> bool:
    """Say whether the longest word of a review's text stands on the page outside of its markup."""
    words = _WORD.findall((node.body(*REVIEW_TEXT) or "")[:300])
    return not words or holds(context.around_items, max(words, key=len).encode())


def _review(node: Node, shared: _Shared, context: Context) -> ExtractedReview | None:
    if node.is_blank_form("author", *_TITLE, *REVIEW_TEXT):
        # The card that a script copies for each review.
        return None
    rating, problem = rating_of(node, shared.usual_best)
    context.note(problem)
    published = context.date(node, "datePublished", "dateCreated", "uploadDate", "dtreviewed")
    edited = context.date(node, "dateModified")
    values: dict[str, Any] = {
        "title": node.line(*_TITLE),
        "text": whole_text(node.body(*REVIEW_TEXT)),
        "author": _byline(node.line("author", "creator", "reviewer", limit=LINE_LIMIT)),
        "rating": rating,
        "published": published,
        "experienced": context.date(node, *_EXPERIENCED),
        "edited": edited if edited != published else None,
        "verified": _verified(node),
    }
    reply = reply_of(node, context)
    values["reply_text"], values["reply_date"] = reply if reply else (None, None)
    if values["text"] is None and reply is None and isinstance(node.raw("comment"), str):
        values["text"] = node.body("comment")
    item = item_of(node)
    if not names_item(node) and (item is None or is_nameless(item)):
        item = shared.only_thing or item
    element = node.element
    if element is None:
        element = context.element_of(node.id or node.link("url"))
    if element is None:
        element = shared.cards.get(node)
    owner = item_name(item, node)
    taken = [] if element is None else _fill_from_visible(element, owner, node, values, context)
    if _is_nobodys(values, taken):
        return None
    link = context.absolute(node.link("url"))
    return ExtractedReview(
        external_id=None if shared.positional else external_id(node),
        url=link or (context.absolute(node.id) if node.id and "/" in node.id else None),
        item_name=owner,
        item_type=item.type if item else None,
        item_url=item_url(item, context),
        language=node.line("inLanguage", limit=32),
        syntax=node.syntax,
        visible_fields=tuple(taken),
        **_flat(values),
    )


def _is_nobodys(values: dict[str, Any], taken: list[str]) -> bool:
    """Say whether a review is what programs write before there is any: no star, no word.

    A title alone is one where its author is marked too; themes mark any article as a review.
    """
    rating: Rating | None = values["rating"]
    if not values["text"] and rating is None:
        return not values["title"] or not values["author"] or "author" in taken
    if rating is None or rating.value != 0:
        return False
    return not values["text"] or fold(values["text"]) == fold(values["title"])


def _byline(name: str | None) -> str | None:
    """Return "Marie" for "Par Marie" and "Marie a écrit :"; an address is no name."""
    if not name or name.startswith(("http://", "https://")):
        return None
    # What stands around a name begins with one of these letters, or ends so.
    if name[0] not in "pPbB" and name[-1] not in ":tT":
        return name
    return phrases.BYLINE.sub("", name) or None


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


def _verified(node: Node) -> bool | None:
    value = node.raw(*_VERIFIED)
    if isinstance(value, str):
        return value.strip().casefold() in ("true", "1", "yes", "oui")
    return bool(value) if value is not None else None


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
            if values["author"] is None and beside.pictures(values["title"]):
                # Cards of testimonials mark the name of who speaks as the review's.
                values["author"], values["title"] = values["title"], None
    if "rating" in missing and not is_rated_badly(node):
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
