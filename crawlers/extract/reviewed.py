"""What a review or a rating is about."""

from crawlers.extract.context import Context
from crawlers.extract.node import Node
from crawlers.extract.schema import BUSINESSES, PRODUCTS
from crawlers.extract.text import LINE_LIMIT, PICTURE

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
NAMES = ("name", "legalName", "headline", "serviceType")
_THINGS = PRODUCTS | BUSINESSES


def item_of(node: Node) -> Node | None:
    """Return the thing that a review says it is about, else the one that holds it."""
    for item in node.nodes("itemReviewed", "itemreviewed"):
        return item
    for holder in node.holders():
        if not holder.is_a(HOLDERS_ONLY):
            return holder
    return None


def names_item(node: Node) -> bool:
    """Say whether a review names what it is about itself."""
    return "itemReviewed" in node.props or "itemreviewed" in node.props


def is_nameless(item: Node) -> bool:
    """Say whether a thing only encloses its reviews: another element of the page names it."""
    return item.props.keys() <= {"review", "reviews", "aggregateRating"}


def item_name(item: Node | None, node: Node) -> str | None:
    """Return the name of what a review is about."""
    name = item.line(*NAMES, limit=LINE_LIMIT) if item else None
    name = name or node.line("itemReviewed", "itemreviewed", limit=LINE_LIMIT)
    if name and not name.startswith(("http://", "https://")):
        return name
    # Told by its address alone: what holds the review may name it.
    holders = (holder for holder in node.holders() if not holder.is_a(HOLDERS_ONLY))
    return next(filter(None, (one.line(*NAMES, limit=LINE_LIMIT) for one in holders)), None)


def item_url(item: Node | None, context: Context) -> str | None:
    """Return the address of what a review is about."""
    if item is None:
        return None
    urls = [*map(Node.link_of, item.values("url")), item.id]
    return context.absolute(next((url for url in urls if url and not PICTURE.search(url)), None))


def only_thing(nodes: list[Node]) -> Node | None:
    """Return the one thing that the page is about, for reviews that do not say."""
    things = [node for node in nodes if node.is_a(_THINGS) and "name" in node.props]
    return things[0] if len(things) == 1 else None
