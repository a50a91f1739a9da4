"""What the owner answered to a review, as the markup says it."""

from crawlers.extract.context import Context
from crawlers.extract.dates import Dated
from crawlers.extract.node import Node
from crawlers.extract.reviewed import item_of
from crawlers.extract.schema import REVIEW_TEXT, REVIEWS

_REPLIES = ("comment", "reply", "ownerReply", "ownerResponse", "businessReply", "companyReply",
            "sellerReply", "response", "reviewReply")  # fmt: skip
_REPLY_NAMES = frozenset(_REPLIES)


def is_reply(node: Node) -> bool:
    """Say whether a review is the answer to the one that holds it."""
    return node.role in _REPLY_NAMES and node.parent is not None and node.parent.is_a(REVIEWS)


def reply_of(node: Node, context: Context) -> tuple[str, Dated | None] | None:
    """Return the reply's text and date."""
    if _REPLY_NAMES.isdisjoint(node.props):
        return None
    item = item_of(node)
    owner = item.line("name") if item else None
    replies = list(node.nodes(*_REPLIES))
    # Other customers comment too: the owner's, then an organisation's, then the first.
    replies.sort(key=lambda reply: _distance(reply, owner))
    for reply in replies:
        if text := reply.body("text", "description", "commentText", "articleBody", "reviewBody"):
            return text, context.date(reply, "datePublished", "dateCreated", "commentTime")
    text = node.body(*_REPLIES[1:]) or (node.body("comment") if node.body(*REVIEW_TEXT) else None)
    return (text, None) if text and not replies else None


def _distance(reply: Node, owner: str | None) -> int:
    author = next(reply.nodes("author", "creator"), None)
    if owner and reply.line("author", "creator") == owner:
        return 0
    return 1 if author is not None and not author.is_a(frozenset(("Person",))) else 2
