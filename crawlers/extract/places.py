"""Where a thing is sold, and by whom."""

from crawlers.extract.node import Node
from crawlers.extract.offers import Sale
from crawlers.extract.text import COPYRIGHT, LINE_LIMIT, one_line


def place_of(sale: Sale) -> str | None:
    """Return the city or area: of the offer, else of the thing, else of its seller."""
    for one, names in (
        (sale.offer, ("availableAtOrFrom", "areaServed")),
        (sale.item, ("location", "address", "contentLocation", "locationCreated", "areaServed")),
        (sale.offer, ("seller", "offeredBy")),
    ):
        if one is None or one.props.keys().isdisjoint(names):
            continue
        is_seller = "seller" in names
        for value in one.values(*names):
            if isinstance(value, Node):
                text = _place_name(value, is_seller)
            else:
                text = None if is_seller else one_line(one.plain(value))
            if text:
                return text.replace(" ,", ",")[:LINE_LIMIT]
    return None


def _place_name(place: Node, is_seller: bool) -> str | None:
    address = next(place.nodes("address"), place)
    if city := address.line("addressLocality", limit=LINE_LIMIT):
        return city
    plain = (value for value in place.values("address") if not isinstance(value, Node))
    written = [text for value in plain if (text := one_line(place.plain(value)))]
    if written:
        return ", ".join(written)
    region = address.line("addressRegion", limit=LINE_LIMIT)
    # A seller's name is no place.
    return region or (None if is_seller else place.line("name") or address.line("postalCode"))


def seller_of(sale: Sale) -> str | None:
    """Return the name of who sells."""
    if sale.offer is None:
        return None
    if name := sale.offer.line("seller", "offeredBy", "merchant", "vendor", limit=LINE_LIMIT):
        return None if name.startswith(("http://", "https://")) else COPYRIGHT.sub("", name) or name
    holder = sale.offer.parent
    if sale.offer.role == "makesOffer" and holder is not None:
        return holder.line("name", limit=LINE_LIMIT)
    return sale.item.line("provider", limit=LINE_LIMIT) if sale.item is not None else None
