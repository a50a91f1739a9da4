"""Listings: one for each thing for sale, with what its item and its offer say together."""

from dataclasses import replace
from typing import Any

from crawlers.extract.beside_sale import fill_from_visible
from crawlers.extract.blocks import holds
from crawlers.extract.context import Context
from crawlers.extract.items import ExtractedListing, Problem
from crawlers.extract.listing_ids import external_id, id_in_url
from crawlers.extract.node import Node
from crawlers.extract.offers import Sale, offer_count, sales
from crawlers.extract.opengraph import OPEN_GRAPH_TRACE, read_open_graph
from crawlers.extract.prices import cents
from crawlers.extract.sale_words import address_of, image_of, photos_of, words_of
from crawlers.extract.states import availability_of, condition_of
from crawlers.extract.vehicles import vehicle_facts

LISTING_LIMIT = 2_000


def read_listings(nodes: list[Node], context: Context) -> list[ExtractedListing]:
    """Return the page's listings in order, copies included."""
    listings = _sold(nodes, context)
    if not listings and holds(context.tree.utf8, OPEN_GRAPH_TRACE) and context.root is not None:
        listings = _sold([*nodes, *read_open_graph(context.root, nodes)], context)
    if len(listings) == 1 and listings[0].url is None:
        # A page that sells one thing is that thing's address.
        url = context.canonical or context.page_url
        number = listings[0].external_id or (id_in_url(url) if url else None)
        listings = [replace(listings[0], url=url, external_id=number)]
    return listings


def _sold(nodes: list[Node], context: Context) -> list[ExtractedListing]:
    listings: list[ExtractedListing] = []
    offered = list(sales(nodes))
    own = [sale for sale in offered if not sale.is_of_another()]
    if len(own) < len(offered):
        context.note(Problem("listings-of-another", str(len(offered) - len(own))))
    for sale in own:
        if len(listings) >= LISTING_LIMIT:
            context.note(Problem("too-many-listings", str(LISTING_LIMIT)))
            break
        listing = _listing(sale, context, alone=len(own) == 1)
        if listing is not None:
            listings.append(listing)
    return listings


def _listing(sale: Sale, context: Context, alone: bool) -> ExtractedListing | None:
    item = sale.item
    offer = sale.offer
    main = item or offer
    if main is None:
        return None
    context.note(sale.problem)
    values = words_of(sale)
    values["price"] = sale.price
    values["url"] = address_of(sale, context)
    values["availability"] = availability_of(sale)
    taken = fill_from_visible(sale, values, context, alone)
    stands_alone = sale.in_catalogue or (sale.item is None and not _is_lost(main))
    if not values["title"] or not (values["price"] or stands_alone or _says_something(sale)):
        return None
    price = values.pop("price")
    published = _published(sale, context)
    holder = offer if offer is not None else main
    until = context.date(holder, "priceValidUntil", may_be_future=True)
    return ExtractedListing(
        **values,
        external_id=external_id(sale, values["url"], context),
        condition=condition_of(sale),
        price=price.text if price else None,
        price_cents=cents(price.amount) if price else None,
        price_high_cents=cents(price.high) if price and price.high is not None else None,
        currency=price.currency if price else None,
        offer_count=offer_count(offer),
        price_valid_until=until.value if until else None,
        published=published.value if published else None,
        published_precision=published.precision if published else None,
        image=image_of(sale, context),
        photos=photos_of(sale),
        schema_type=main.type,
        syntax=main.syntax,
        visible_fields=tuple(taken),
        **vehicle_facts(main),
    )


def _is_lost(offer: Node) -> bool:
    """Say whether an offer is marked as a thing's, and no thing is around it."""
    element = offer.element
    return offer.parent is None and element is not None and "itemprop" in element.attrib


def _says_something(sale: Sale) -> bool:
    """An offer without a price is one when it says at least whether or where the thing is sold."""
    offer = sale.offer
    if offer is None:
        return False
    return any(
        offer.raw(name) is not None or any(offer.nodes(name))
        for name in (
            "availability",
            "url",
            "itemOffered",
            "sku",
            "seller",
            "offeredBy",
            "offerCount",
        )
    )


def _published(sale: Sale, context: Context) -> Any:
    names = ("availabilityStarts", "datePosted", "datePublished", "dateCreated")
    for one in (sale.offer, sale.item):
        # A book's own date of publication is not its advert's.
        own = names if one is sale.offer else names[1:2]
        if one is not None and (found := context.date(one, *own)):
            return found
    return None
