"""What a page holds, as frozen dataclasses: nothing here knows how it was marked up."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, ClassVar

from crawlers.extract.text import TITLE_LIMIT, one_line
from crawlers.extract.tree import Tree

JSON_LD, MICRODATA, RDFA, MICROFORMATS = "json-ld", "microdata", "rdfa", "microformats"
OPEN_GRAPH = "opengraph"


class ExtractError(Exception):
    """The page cannot be read at all: the only error that leaves this package.

    Args:
        code: ``page-too-large``; its French text is ``extract-error-<code>``.
        detail: the size read, in bytes.
        limit: the size allowed, in bytes.
    """

    def __init__(self, code: str, detail: int, limit: int) -> None:
        self.code = code
        self.detail = detail
        self.limit = limit
        super().__init__(f"{code}: {detail} > {limit}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on the page that was dropped or cut; French text: ``extract-problem-<code>``."""

    code: str
    detail: str = ""


class Line:
    """Something that prints as one JSON line, its ``kind`` first and null for what is absent."""

    __slots__ = ()
    kind: ClassVar[str]

    def to_dict(self) -> dict[str, Any]:
        """Return the kind, then every field in its order."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}  # type: ignore[arg-type]
        return {"kind": self.kind} | {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedReview(Line):
    """One review; dates are ISO, precisions ``day``, ``month`` or ``year``."""

    kind: ClassVar[str] = "review"

    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = None
    author: str | None = None
    rating: float | None = None
    rating_worst: float | None = None
    rating_best: float | None = None
    # In [0, 1], by the worst and the best rating.
    rating_normalised: float | None = None
    published: str | None = None
    published_precision: str | None = None
    experienced: str | None = None
    experienced_precision: str | None = None
    edited: str | None = None
    edited_precision: str | None = None
    reply_text: str | None = None
    reply_date: str | None = None
    reply_date_precision: str | None = None
    # What is reviewed, so that a related product's reviews can be told apart.
    item_name: str | None = None
    item_type: str | None = None
    item_url: str | None = None
    language: str | None = None
    verified: bool | None = None
    syntax: str = JSON_LD
    # The fields that the markup lacked and the visible text gave.
    visible_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateRating(Line):
    """What the page states about all the reviews of a thing."""

    kind: ClassVar[str] = "rating"

    value: float | None = None
    worst: float | None = None
    best: float | None = None
    normalised: float | None = None
    review_count: int | None = None
    rating_count: int | None = None
    item_name: str | None = None
    item_type: str | None = None
    item_url: str | None = None
    syntax: str = JSON_LD
    visible_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedListing(Line):
    """Something offered for sale; ``condition`` and ``availability`` are schema.org's names."""

    kind: ClassVar[str] = "listing"

    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    description: str | None = None
    category: str | None = None
    brand: str | None = None
    sku: str | None = None
    gtin: str | None = None
    mpn: str | None = None
    model: str | None = None
    condition: str | None = None
    availability: str | None = None
    # A decimal with a dot: "36.99"; None where the page gives none ("sur devis").
    price: str | None = None
    price_cents: int | None = None
    price_high_cents: int | None = None
    offer_count: int | None = None
    currency: str | None = None
    price_valid_until: str | None = None
    place: str | None = None
    published: str | None = None
    published_precision: str | None = None
    image: str | None = None
    # How many are shown of it; a list shows fewer than its own page.
    photos: int | None = None
    seller: str | None = None
    mileage_km: int | None = None
    year: int | None = None
    fuel: str | None = None
    transmission: str | None = None
    schema_type: str | None = None
    syntax: str = JSON_LD
    visible_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Business(Line):
    """The shop or artisan that the page is about."""

    kind: ClassVar[str] = "business"

    name: str | None = None
    type: str | None = None
    telephone: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    url: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    opening_hours: tuple[str, ...] = ()
    price_range: str | None = None
    siret: str | None = None
    vat: str | None = None
    syntax: str = JSON_LD


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where the rest of the list is: absolute http(s) URLs."""

    next: str | None = None
    pages: tuple[str, ...] = ()
    canonical: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything read on one page."""

    reviews: list[ExtractedReview]
    ratings: list[AggregateRating]
    listings: list[ExtractedListing]
    businesses: list[Business]
    problems: list[Problem]
    # The page itself, for what is read only when asked.
    tree: Tree = field(repr=False, compare=False)
    find_links: Callable[[], PageLinks] = field(repr=False, compare=False)

    @property
    def root(self) -> Any:
        """The root of the page's tree; None for a page without any markup."""
        return self.tree.root

    @cached_property
    def links(self) -> PageLinks:
        """Where the rest of the list is; looked for when asked."""
        return self.find_links()

    @cached_property
    def title(self) -> str | None:
        """The page's own title."""
        element = self.root.find("head/title") if self.root is not None else None
        return one_line(element.text or "", TITLE_LIMIT) if element is not None else None

    def items(self) -> list[Line]:
        """Return every item, in the order in which the command prints them."""
        return [*self.businesses, *self.ratings, *self.reviews, *self.listings]
