"""What a platform is: a declaration and a pure parser. No network, no database, no clock here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

from crawlers.extract.items import ExtractedListing, ExtractedReview, PageLinks, Problem
from vigie.store.site import Permission


@dataclass(frozen=True, slots=True)
class Need:
    """What the operator gives; French label: ``platform-need-<name>``. A secret is encrypted.

    What is ``optional`` only narrows or changes what is asked for.
    """

    name: str
    secret: bool
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; keys and tokens live in its headers and body, which are never logged.

    ``charset`` is what the header of its response says, where it says one.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    method: str = "GET"
    body: bytes = field(default=b"", repr=False)
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """A public call for tenders; dates are ISO. No person's name or contact is ever in it."""

    external_id: str
    title: str | None = None
    buyer: str | None = None
    departements: tuple[str, ...] = ()
    deadline: str | None = None
    published: str | None = None
    url: str | None = None
    # The trades: what the service calls them, and its codes.
    descriptors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    nature: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, or another sitemap, that a site lists; ``changed`` is when, as it writes it."""

    url: str
    changed: str | None = None
    is_map: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What one response held."""

    reviews: tuple[ExtractedReview, ...] = ()
    listings: tuple[ExtractedListing, ...] = ()
    tenders: tuple[Tender, ...] = ()
    # The following page.
    next: Ask | None = None
    stated_reviews: int | None = None
    stated_ratings: int | None = None
    # The service itself says that there is nothing.
    stated_zero: bool = False
    # External ids that the service says are deleted.
    gone: tuple[str, ...] = ()
    # The reviews come in the order of their last change, not of their publication.
    by_change: bool = False
    # Of a web page: where the rest is, and what was dropped.
    links: PageLinks = field(default_factory=PageLinks)
    # Of a sitemap.
    listed: tuple[Listed, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What a source needs to ask: ``base_url`` is the service's, or its twin's in the sandbox."""

    url: str
    base_url: str
    secrets: Mapping[str, str] = field(repr=False)
    options: Mapping[str, str]


class AnswerError(Exception):
    """An answer that is no page: the only error that leaves a platform.

    Args:
        kind: ``refused`` (401, 403), ``expired`` (the grant is over), ``quota``, ``gone`` (404) or
            ``unreadable``; of a web page also ``captcha``, ``login`` and ``too-large``. The French
            remedy is ``platform-error-<kind>``.
        retry_after_s: how long the service asks to wait, in seconds.
    """

    def __init__(self, kind: str, retry_after_s: float | None = None) -> None:
        self.kind = kind
        self.retry_after_s = retry_after_s
        super().__init__(kind)

    @property
    def message_id(self) -> str:
        """The remedy's id in the catalogue."""
        return f"platform-error-{self.kind}"


class Platform(Protocol):
    """A service: what it gives, what it needs, how it is asked and read."""

    @property
    def name(self) -> str:
        """ "trustpilot"."""

    @property
    def kinds(self) -> frozenset[str]:
        """Of "reviews", "listings", "tenders"."""

    @property
    def base_url(self) -> str:
        """The real service, asked under its terms; empty for a reader of web pages."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the operator gives."""

    @property
    def permission(self) -> Permission:
        """On what ground it is read."""

    def recognises(self, url: str) -> bool:
        """Tell whether an address is one of the service's."""

    def first(self, account: Account) -> Ask:
        """Return the first request of a run."""

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one response.

        Raises:
            AnswerError: never anything else, whatever the bytes.
        """


@runtime_checkable
class ReadsAddresses(Protocol):
    """A service whose addresses tell some of what it needs."""

    def told_by(self, url: str) -> Mapping[str, str]:
        """Return the needs that an address answers, by name."""


@runtime_checkable
class LooksUp(Protocol):
    """A service that can be asked for a single review: so it says which ones are deleted."""

    def one(self, external_id: str, ask: Ask) -> Ask:
        """Return the request for a review, in the manner of ``ask``, which asked for a page."""
