"""Tie the nodes of a page together: ``@id`` references, and the parts of one thing told apart."""

from urllib.parse import urljoin

from crawlers.extract.node import Node

# Properties whose plain value may be the identifier of a thing on the page.
_REFERENCES = (
    "itemOffered",
    "itemReviewed",
    "offers",
    "makesOffer",
    "review",
    "reviews",
    "reviewRating",
    "aggregateRating",
    "seller",
    "offeredBy",
    "author",
    "provider",
    "brand",
    "comment",
    "mainEntity",
    "isVariantOf",
    "hasVariant",
    "address",
    "parentItem",
    "about",
)


def tie(nodes: list[Node], base_url: str | None) -> list[Node]:
    """Return the nodes with references replaced by what they name.

    References carry no property of their own; they leave the list. Nodes that share an identifier
    are one thing when nothing in them disagrees.
    """
    known: dict[str, Node] = {}
    kept: list[Node] = []
    merged: set[Node] = set()
    for node in nodes:
        if node.id is None:
            kept.append(node)
            continue
        node.id = _absolute(node.id, base_url)
        first = known.get(node.id)
        if first is None or (not first.props and node.props):
            known[node.id] = node
            kept.append(node)
        elif node.props and _merge(first, node):
            merged.add(node)
        elif node.props:
            kept.append(node)
    for node in kept if known else ():
        if node.props:
            _follow(node, known, merged, base_url)
    return [node for node in kept if node.props or node.element is not None or node.id is None]


def _absolute(identifier: str, base_url: str | None) -> str:
    if base_url is None:
        return identifier
    if identifier.startswith("#") and len(identifier) > 1:
        return base_url.partition("#")[0] + identifier
    try:
        return urljoin(base_url, identifier)
    except ValueError:
        return identifier


def _merge(first: Node, other: Node) -> bool:
    """Add what another part says of the same thing, unless the two disagree."""
    if first.syntax != other.syntax:
        return False
    for name, values in other.props.items():
        mine = first.props.get(name)
        if mine and not any(isinstance(v, Node) for v in (*mine, *values)) and mine != values:
            return False
    first.types = tuple(dict.fromkeys((*first.types, *other.types)))
    for name, values in other.props.items():
        if name not in first.props:
            first.props[name] = []
            for value in values:
                if isinstance(value, Node) and value.parent is other:
                    value.parent = None
                first.add(name, value)
        else:
            for value in values:
                if isinstance(value, Node):
                    value.parent = None if value.parent is other else value.parent
                    first.add(name, value)
    if first.parent is None and other.parent is not None:
        first.parent, first.role = other.parent, other.role
    return True


def _follow(node: Node, known: dict[str, Node], merged: set[Node], base_url: str | None) -> None:
    for name, values in node.props.items():
        for index, value in enumerate(values):
            if isinstance(value, Node):
                is_reference = value.id and (not value.props or value in merged)
                target = known.get(value.id or "") if is_reference else None
            elif isinstance(value, str) and name in _REFERENCES and known and len(value) < 2000:
                target = known.get(_absolute(value.strip(), base_url))
            else:
                continue
            if target is None or target is value or target is node or not target.props:
                continue
            values[index] = target
            if target.parent is None:
                target.parent, target.role = node, name
