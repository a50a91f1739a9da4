"""A product told in Open Graph (ogp.me): for pages whose markup states no price."""

from crawlers.extract.items import OPEN_GRAPH
from crawlers.extract.node import Node
from crawlers.extract.schema import PRODUCTS
from crawlers.extract.tree import Element

# What must stand in a page's bytes for the search to be worth its time.
OPEN_GRAPH_TRACE = b"price:amount"
_ITEM = {
    "og:title": "name", "og:description": "description", "og:image": "image", "og:url": "url",
    "product:brand": "brand", "og:brand": "brand", "product:retailer_item_id": "sku",
    "product:retailer_part_no": "mpn", "product:category": "category", "product:gtin": "gtin",
    "product:ean": "gtin", "product:isbn": "gtin",
}  # fmt: skip
_OFFER = {
    "product:sale_price:amount": "price", "product:price:amount": "price",
    "og:price:amount": "price", "product:price:currency": "priceCurrency",
    "product:sale_price:currency": "priceCurrency", "og:price:currency": "priceCurrency",
    "product:availability": "availability", "og:availability": "availability",
    "product:condition": "itemCondition",
}  # fmt: skip


def read_open_graph(root: Element, nodes: list[Node]) -> list[Node]:
    """Return the product that the page's head tells; only its offer where the markup names one."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name")
        if name and (content := meta.get("content")):
            said.setdefault(name.casefold(), content)
    offer = _node("Offer", _OFFER, said)
    if "price" not in offer.props:
        return []
    named = [node for node in nodes if node.is_a(PRODUCTS) and "name" in node.props]
    if len(named) == 1:
        return [offer]
    item = _node("Product", _ITEM, said)
    item.add("offers", offer)
    return [item, offer]


def _node(kind: str, names: dict[str, str], said: dict[str, str]) -> Node:
    node = Node(OPEN_GRAPH, (kind,))
    for stated, name in names.items():
        if stated in said and name not in node.props:
            node.add(name, said[stated])
    return node
