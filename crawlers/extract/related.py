"""What stands on a product's page without being what the page is about: suggestions, carousels."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from crawlers.extract.context import Context
from crawlers.extract.node import RELATED_ROLE, Node
from crawlers.extract.schema import AGGREGATE_RATINGS, OFFERS, PRODUCTS
from crawlers.extract.tree import Element, text_of

# Class names of rows that turn, and of what shops call their suggestions.
_MARK = re.compile(
    r"related|similar|up-?sell|cross-?sell|recommend|suggest|recently|(?:may|might|also)-?like"
    r"|associe|complement|carousel|carrousel|slider|slick|swiper|owl-|splide|glide|flickity",
    re.I,
)
_HEADING = re.compile(
    r"vous (?:aimer|pourriez|devriez|plaira)|aussi\b|similaires?|complémentaires?|associés?"
    r"|récemment|derni(?:ers|ères) .{0,20}(?:vus|vues|consulté)|recommand|suggestions?"
    r"|coups? de cœur|clients? (?:ont|qui)|mêmes? (?:catégorie|marque|gamme|univers)"
    r"|accessoires|avec (?:ce|cet|cette) |compléte[rz]|also\b|related|similar|recently|you may",
    re.I,
)
_HEADINGS = ("h2", "h3", "h4", "h5")
_TITLE_LENGTH = 80
_CLIMB_LIMIT = 12
_BEFORE_LIMIT = 3


def set_aside(nodes: list[Node], context: Context) -> None:
    """Give the role of a related thing to what the page only suggests beside its own product."""
    cards = [node for node in nodes if node.element is not None and _is_card(node)]
    lists = [
        node for node in nodes if node.is_a(_LISTS) and _HEADING.search(node.line("name") or "")
    ]
    if not cards and not lists:
        return
    own, around = _own_product(nodes, cards, context)
    if own is None:
        return
    for node in lists:
        if node not in own.holders():
            node.role = RELATED_ROLE
    for card in cards:
        if card is not own and card.role in _FREE and _is_suggested(card.element, around):
            card.role = RELATED_ROLE
    if own.element is not None:
        _give_back(own, nodes, context)


def _give_back(own: Node, nodes: list[Node], context: Context) -> None:
    """Take from a product marked on the whole page the offers and ratings of nameless cards."""
    around_title = {above for title in context.root.iter("h1") for above in title.iterancestors()}
    for part in nodes:
        element = part.element
        if part.parent is not own or element is None or not part.is_a(_OF_CARDS):
            continue
        around = next((one for one in element.iterancestors() if one in around_title), None)
        if _is_suggested(element, around):
            if part.role:
                own.props[part.role].remove(part)
            part.role = RELATED_ROLE


def _is_card(node: Node) -> bool:
    return node.is_a(PRODUCTS) or (node.is_a(OFFERS) and node.parent is None)


_LISTS = frozenset(("ItemList",))
_OF_CARDS = OFFERS | AGGREGATE_RATINGS
_FREE = (None, "itemListElement", "item")


def _own_product(
    nodes: list[Node], cards: list[Node], context: Context
) -> tuple[Node | None, Element | None]:
    """Return the product that the page is about: with the page's title, or at its address."""
    by_element = {card.element: card for card in cards}
    titled = {
        above: None
        for title in (context.root.iter("h1") if cards else ())
        if (above := next((one for one in title.iterancestors() if one in by_element), None))
        is not None
    }
    if len(titled) == 1:
        element = next(iter(titled))
        return by_element[element], element
    if titled:
        return None, None
    here = {_path(url) for url in (context.page_url, context.canonical) if url}
    sold = [
        node
        for node in nodes
        if node.element is None and node.is_a(PRODUCTS) and any(node.nodes("offers"))
    ]
    at_home = [node for node in sold if _path(context.absolute(node.link("url"))) in here]
    return (at_home[0] if len({node.line("name") for node in at_home}) == 1 else None), None


def _path(url: str | None) -> str | None:
    try:
        return urlsplit(url).path.rstrip("/") if url else None
    except ValueError:
        return None


def _is_suggested(card: Element, around: Element | None) -> bool:
    """Say whether a card stands in a row that turns, or under a title that suggests."""
    for step, above in enumerate(islice(_outwards(card), _CLIMB_LIMIT)):
        if above is around or above.tag in ("body", "main", "html"):
            return False
        if step and _MARK.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
        if any(_HEADING.search(title) for title in _titles(above)):
            return True
    return False


def _outwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _titles(element: Element) -> Iterator[str]:
    """Yield the headings that stand just before an element."""
    for before in islice(element.itersiblings(preceding=True), _BEFORE_LIMIT):
        if not isinstance(before.tag, str):
            continue
        heading = before if before.tag in _HEADINGS else next(before.iter(*_HEADINGS), None)
        if heading is not None:
            yield text_of(heading)[:_TITLE_LENGTH]
            return
