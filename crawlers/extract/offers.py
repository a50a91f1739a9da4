"""Offers: which things a page sells, and the price of each."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from crawlers.extract.items import Problem
from crawlers.extract.node import Node
from crawlers.extract.numbers import count_of
from crawlers.extract.prices import Price, currency_of, read_price
from crawlers.extract.schema import AGGREGATE_OFFERS, BUSINESSES, OFFERS, ORGANISATIONS, PRODUCTS

# Offers that are part of something else than a sale on this page.
_OTHER_ROLES = frozenset(
    ("addOn", "acceptedOffer", "expectsAcceptanceOf", "seeks", "itemShipped", "brand",
     "manufacturer", "itemReviewed")
)  # fmt: skip
_NOT_ITEMS = (
    ORGANISATIONS
    | BUSINESSES
    | {
        "Person",
        "OfferCatalog",
        "ListItem",
        "ItemList",
        "WebPage",
        "WebSite",
        "CollectionPage",
        "ItemPage",
        "SearchResultsPage",
        "SearchAction",
        "BuyAction",
    }
)
_LIST_PRICES = frozenset(
    (
        "listprice",
        "strikethroughprice",
        "srp",
        "msrp",
        "suggestedretailprice",
        "minimumadvertisedprice",
    )
)
_NOT_EVERYBODYS = frozenset(("referenceQuantity", "validForMemberTier"))
_OUT = re.compile(r"(?:out.?of.?stock|sold.?out|discontinued)/?$", re.I)


@dataclass(frozen=True)
class Sale:
    """A thing for sale and the offer of it: either may be missing, never both."""

    item: Node | None
    offer: Node | None
    price: Price | None = None
    problem: Problem | None = None
    in_catalogue: bool = False

    def is_of_another(self) -> bool:
        """Say whether it is only shown beside what the page sells."""
        item, offer = self.item, self.offer
        return (item is not None and item.is_another()) or (
            offer is not None and offer.is_another()
        )

    @cached_property
    def sources(self) -> list[Node]:
        """What speaks of it: the item, its group, and what its offer is part of, its offer last."""
        item, offer = self.item, self.offer
        around = offer.parent if offer is not None and offer.role == "offers" else None
        if around is item or (around is not None and not around.is_a(PRODUCTS)):
            around = None
        sources = [one for one in (item, around, offer) if one is not None]
        if item is not None:
            group = next(item.nodes("isVariantOf"), None)
            if group is None and item.role == "hasVariant":
                group = item.parent
            if group is not None:
                sources.insert(1, group)
        return sources

    @cached_property
    def said(self) -> Set[str]:
        """The names of all that is said of it: most of what is asked for is not."""
        first, *others = self.sources
        return first.props.keys() | {name for one in others for name in one.props}


def sales(nodes: list[Node]) -> Iterator[Sale]:
    """Yield each thing for sale once, in the order of the page.

    Of two prices of one thing by one seller, such as the one struck through and the one to pay,
    the lower is asked, of what is in stock.
    """
    stated = list(_stated(nodes))
    times = Counter(id(sale.item or sale.offer) for sale in stated)
    found: dict[tuple[int, object], Sale] = {}
    # The thing's own address, which some of its offers state too, tells no two of them apart.
    addresses: dict[int, set[str]] = {}
    for sale in stated:
        thing = id(sale.item or sale.offer)
        if times[thing] > 1 and sale.item and sale.offer and (link := sale.offer.link("url")):
            addresses.setdefault(thing, set()).add(link)
    for sale in stated:
        thing = id(sale.item or sale.offer)
        several = len(addresses.get(thing, ())) > 1
        key = (thing, _difference(sale, several) if times[thing] > 1 else None)
        known = found.get(key)
        if known is None or _is_cheaper(sale, known):
            found[key] = sale
    yield from found.values()


def _is_cheaper(sale: Sale, known: Sale) -> bool:
    if sale.price is None or known.price is None:
        return known.price is None and sale.price is not None
    if _is_out(sale) != _is_out(known):
        return _is_out(known)
    return 0 < sale.price.amount < known.price.amount


def _is_out(sale: Sale) -> bool:
    stated = sale.offer.link("availability") if sale.offer is not None else None
    return stated is not None and _OUT.search(stated) is not None


def _stated(nodes: list[Node]) -> Iterator[Sale]:
    """Yield each thing for sale as often as the page states it."""
    alone = _only_unsold(nodes)
    for node in nodes:
        if node.is_a(OFFERS):
            if node.role in _OTHER_ROLES or _summed_up(node) or _is_of_rated(node, nodes):
                continue
            if _is_of_theme(node):
                continue
            item = item_of(node)
            if item is None and "name" not in node.props and not node.is_another():
                item = alone
            yield Sale(item, node, *_price(node, item), _in_catalogue(node))
        elif node.is_a(PRODUCTS) and not any(node.nodes("offers", "offer", "makesOffer")):
            catalogued = _in_catalogue(node) and node.role == "itemListElement"
            if not catalogued and not _priced(node):
                continue
            yield Sale(node, None, *_price(node), catalogued)


def _only_unsold(nodes: list[Node]) -> Node | None:
    """Return the page's only thing that may be sold, for an offer written outside of it."""
    things = [node for node in nodes if node.is_a(PRODUCTS) and "name" in node.props]
    if len(things) != 1 or any(things[0].nodes("offers", "offer")):
        return None
    return things[0]


def item_of(offer: Node) -> Node | None:
    """Return the thing that an offer is for."""
    for item in offer.nodes("itemOffered"):
        return item
    holder = offer.parent
    if holder is not None and offer.role in ("offers", "offer") and not holder.is_a(_NOT_ITEMS):
        return holder if holder.props else None
    return None


def _summed_up(node: Node) -> bool:
    """An offer sums up the offers in it; beside single ones an aggregate is only their summary."""
    holder = node.parent
    if holder is None:
        return False
    if node.role == "offers" and holder.is_a(OFFERS):
        return True
    if not node.is_a(AGGREGATE_OFFERS):
        return False
    beside = any(not other.is_a(AGGREGATE_OFFERS) for other in holder.nodes("offers"))
    return beside or any(any(one.nodes("offers")) for one in holder.nodes("hasVariant", "model"))


def _is_of_rated(node: Node, nodes: list[Node]) -> bool:
    """Say whether an aggregate is what a rating says of a thing that the page itself sells."""
    holder = node.parent
    if holder is None or holder.role != "itemReviewed" or not node.is_a(AGGREGATE_OFFERS):
        return False
    name = holder.line("name")
    return any(
        other.is_a(PRODUCTS)
        and other.role != "itemReviewed"
        and any(other.nodes("offers"))
        and other.line("name") == name
        for other in nodes
    )


def _is_of_theme(offer: Node) -> bool:
    """Say whether a theme calls all its pages offers: the mark is the page's, and no price."""
    return (
        offer.element is not None
        and offer.element.tag in ("html", "body")
        and not (_priced(offer) or any(offer.nodes("itemOffered")))
    )


def _in_catalogue(node: Node) -> bool:
    return any(
        holder.is_a(frozenset(("OfferCatalog",))) or holder.role == "hasOfferCatalog"
        for holder in node.holders()
    )


def _priced(node: Node) -> bool:
    return "price" in node.props or "lowPrice" in node.props or "priceSpecification" in node.props


def _difference(sale: Sale, by_address: bool) -> object:
    """What makes two offers of one thing two listings: who, which, in what state, where."""
    offer = sale.offer
    if offer is None:
        return None
    return (
        offer.line("seller", "offeredBy", "merchant"),
        offer.line("sku", "gtin", "gtin13", "mpn", "productID", "serialNumber"),
        sale.price.currency if sale.price else None,
        offer.line("itemCondition"),
        offer.link("url") if by_address else None,
        offer.line("name", "description", "category"),
    )


def _price(*holders: Node | None) -> tuple[Price | None, Problem | None]:
    """Return the price that the offer states, else the item."""
    problem = None
    for holder in holders:
        if holder is None:
            continue
        price, trouble = _price_of(holder)
        problem = problem or trouble
        if price is not None:
            return price, problem
    return None, problem


def _price_of(holder: Node) -> tuple[Price | None, Problem | None]:
    problem = None
    for source in _price_sources(holder):
        low, problem = read_price(_value(source, "price", "lowPrice", "minPrice"))
        if low is None:
            continue
        high, _ = read_price(_value(source, "highPrice", "maxPrice"))
        top = high.amount if high is not None and high.amount > low.amount else low.high
        currency = (
            currency_of(_value(source, "priceCurrency", "currency"))
            or currency_of(_value(holder, "priceCurrency", "currency"))
            or low.currency
        )
        return Price(low.amount, top, currency), problem
    return _spread(holder), problem


def _price_sources(holder: Node) -> Iterator[Node]:
    """Yield what may state the price: the holder, then its prices that are not compared to."""
    yield holder
    if "priceSpecification" not in holder.props:
        return
    asked = [
        spec
        for spec in holder.nodes("priceSpecification")
        if (spec.line("priceType") or "").rsplit("/", 1)[-1].casefold() not in _LIST_PRICES
    ]
    # A unit price ("3,20 € le kg") comes with a reference quantity, a member's with the tier of a
    # programme; the price comes without.
    yield from sorted(asked, key=lambda spec: not _NOT_EVERYBODYS.isdisjoint(spec.props))


def _spread(aggregate: Node) -> Price | None:
    """Return the lowest and highest of the offers that an offer holds."""
    if not aggregate.is_a(OFFERS):
        return None
    prices = [price for one in aggregate.nodes("offers") if (price := _price_of(one)[0])]
    if not prices:
        return None
    amounts = [price.amount for price in prices]
    high: Decimal | None = max(amounts) if max(amounts) > min(amounts) else None
    return Price(min(amounts), high, prices[0].currency)


def _value(node: Node, *names: str) -> object:
    value = node.raw(*names)
    return node.plain(value) if isinstance(value, str) else value


def offer_count(offer: Node | None) -> int | None:
    """Return how many offers an aggregate states, or holds."""
    if offer is None or not offer.is_a(AGGREGATE_OFFERS):
        return None
    return count_of(_value(offer, "offerCount")) or len(list(offer.nodes("offers"))) or None
