"""The business itself: name, address, hours, identifiers."""

import re

from crawlers.extract.context import Context
from crawlers.extract.items import Business
from crawlers.extract.node import Node
from crawlers.extract.schema import (
    BUSINESSES,
    CIVIC_PLACES,
    ORGANISATIONS,
    PRODUCTS,
    REVIEWS,
)
from crawlers.extract.text import COPYRIGHT, LINE_LIMIT

BUSINESS_LIMIT = 200
# Organisations that are named on a page because of something else.
_OTHER_ROLES = frozenset(
    (
        "author",
        "creator",
        "publisher",
        "copyrightHolder",
        "brand",
        "manufacturer",
        "sourceOrganization",
        "memberOf",
        "parentOrganization",
        "sponsor",
        "hiringOrganization",
        "worksFor",
        "affiliation",
        "reviewedBy",
        "location",
    )
)
# The publisher of the site is the shop, as Yoast writes it.
_OWN_PAGES = frozenset(("WebSite", "WebPage", "ItemPage", "AboutPage", "ContactPage"))
_OWN_MARKS = (
    "telephone",
    "aggregateRating",
    "review",
    "reviews",
    "openingHours",
    "vatID",
    "taxID",
    "openingHoursSpecification",
    "priceRange",
)
# Only places that receive customers have these.
_OF_SHOPS = frozenset(("openingHours", "openingHoursSpecification", "priceRange"))
_NO_BUSINESS = PRODUCTS | ORGANISATIONS | CIVIC_PLACES | {"Person"}
_SIRET = re.compile(r"(?<!\d)\d{3}[ \u00a0]?\d{3}[ \u00a0]?\d{3}(?:[ \u00a0]?\d{5})?(?!\d)")
_ADDRESS = re.compile(
    r"^(?P<street>.{0,150}?)[,\s]{1,5}(?P<postcode>\d{5})\s{1,3}(?P<city>\D{2,80})$"
)


def read_businesses(nodes: list[Node], context: Context) -> list[Business]:
    """Return the businesses of the page in order, copies included."""
    found = [node for node in nodes if _is_business(node)][:BUSINESS_LIMIT]
    publishers = {node.line("publisher") for node in nodes if node.is_a(REVIEWS)} - {None}
    if publishers:
        # Where the reviews are of another, who publishes them is the platform.
        others = [node for node in found if node.line("name", "legalName") not in publishers]
        found = others or found
    return [_business(node, context) for node in found]


def _is_business(node: Node) -> bool:
    own = node.is_a(BUSINESSES) or _receives(node)
    if not (own or node.is_a(ORGANISATIONS)) or not node.line("name", "legalName"):
        return False
    other = node.role in _OTHER_ROLES and not (node.parent and node.parent.is_a(_OWN_PAGES))
    if own:
        return not other
    if other or node.role == "seller":
        return False
    # A bare organisation is most often the site's own; it counts when it tells about itself.
    if "Place" in node.types:
        return any(name in node.props for name in ("aggregateRating", "review", "reviews"))
    has_address = any(address.props for address in node.nodes("address"))
    return has_address or any(name in node.props for name in _OWN_MARKS)


def _receives(node: Node) -> bool:
    """Say whether a thing of a type that schema.org lacks ("BarberShop") tells where and when."""
    if not node.types or node.is_a(_NO_BUSINESS) or _OF_SHOPS.isdisjoint(node.props):
        return False
    return any(address.props for address in node.nodes("address"))


def _business(node: Node, context: Context) -> Business:
    address = next(node.nodes("address"), None)
    street, postcode, city = _written_address(node) if address is None else (None, None, None)
    geo = next(node.nodes("geo"), node)
    name = node.line("name", "legalName", limit=LINE_LIMIT) or ""

    def part(name: str) -> str | None:
        return address.line(name, limit=LINE_LIMIT) if address is not None else None

    return Business(
        name=COPYRIGHT.sub("", name) or name,
        type=node.type,
        telephone=_number(node.line("telephone", "phone", limit=64)) or _number(part("telephone")),
        street=part("streetAddress") or street,
        postcode=part("postalCode") or postcode,
        city=part("addressLocality") or city,
        region=part("addressRegion"),
        country=part("addressCountry"),
        url=context.absolute(node.link("url")),
        latitude=_coordinate(geo, "latitude", 90),
        longitude=_coordinate(geo, "longitude", 180),
        opening_hours=tuple(_hours(node)),
        price_range=node.line("priceRange", limit=64),
        siret=_siret(node),
        vat=node.line("vatID", limit=32),
        syntax=node.syntax,
    )


def _number(stated: str | None) -> str | None:
    """Return a number that can be called: "06 XX XX XX XX" is to come."""
    return None if stated and "xx" in stated.casefold() else stated


def _written_address(node: Node) -> tuple[str | None, str | None, str | None]:
    text = node.line("address", limit=LINE_LIMIT)
    if text is None:
        return None, None, None
    found = _ADDRESS.match(text)
    if found is None:
        return text, None, None
    return found["street"].rstrip(", ") or None, found["postcode"], found["city"].strip(" ,")


def _coordinate(geo: Node, name: str, limit: int) -> float | None:
    value = geo.raw(name)
    try:
        number = float(str(value).strip().replace(",", ".")[:30])
    except ValueError:
        return None
    return number if -limit <= number <= limit else None


def _hours(node: Node) -> list[str]:
    lines = [node.plain(value) for value in node.values("openingHours")]
    for spec in node.nodes("openingHoursSpecification"):
        days = [node.plain(day).rsplit("/", 1)[-1] for day in spec.values("dayOfWeek")]
        opens, closes = spec.line("opens"), spec.line("closes")
        if days or opens:
            lines.append(f"{','.join(days)} {opens or ''}-{closes or ''}".strip(" -"))
    return [" ".join(line.split())[:LINE_LIMIT] for line in lines[:50] if line.strip()]


def _siret(node: Node) -> str | None:
    """Return a SIRET or SIREN stated as the tax or registration number."""
    for name in ("siret", "siren", "taxID", "leiCode", "iso6523Code", "identifier"):
        for value in node.values(name):
            text = node.plain(value) if not isinstance(value, Node) else value.line("value") or ""
            found = _SIRET.search(text[:100])
            number = re.sub(r"\D", "", found.group()) if found else ""
            if number and _luhn(number):
                return number
    return None


def _luhn(number: str) -> bool:
    """Check the key of a SIREN or SIRET (ISO/IEC 7812-1)."""
    doubled = "".join(
        str(int(digit) * (1 + index % 2)) for index, digit in enumerate(reversed(number))
    )
    return sum(map(int, doubled)) % 10 == 0
