"""What the pages may ask of collection, without knowing it: whoever starts Vigie hands it to them.

Nothing here goes to the network: what must be fetched is asked for by a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.orm import Session

from vigie.store import Permission, Shop, Source


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """One thing that a platform asks for; French label: ``platform-need-<name>``."""

    name: str
    secret: bool
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PlatformFacts:
    """A platform as people choose it; ``kinds`` are of "reviews", "listings", "tenders"."""

    name: str
    kinds: Sequence[str]
    needs: Sequence[NeedFacts]
    # Asked by its own interface, under its terms; else web pages are read.
    is_service: bool


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to be added; ``cadence`` is columns of ``Source`` (``vigie.tuning.wishes``)."""

    url: str
    label: str = ""
    permission: Permission = Permission.UNSTATED
    # None: the one that the address is recognised by.
    platform: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    base_url: str | None = None
    cadence: Mapping[str, Any] = field(default_factory=dict)


class Collection(Protocol):
    """The doors of collection that the pages use."""

    @property
    def platforms(self) -> Mapping[str, PlatformFacts]:
        """Every platform, by name."""

    @property
    def recipe_fields(self) -> Mapping[str, Sequence[str]]:
        """What a recipe can read, by kind."""

    def add(self, session: Session, shop: Shop, wanted: NewSource, user_id: int) -> Source:
        """Add a source as the command does, but for a machine of the operator's own that is new.

        The caller commits.

        Raises:
            VigieError: it cannot be added; the sentence names the input and the remedy.
        """

    def still_needed(self, source: Source) -> Sequence[str]:
        """Return the names of what its service cannot be asked without, and nobody gave yet."""

    def told_by_address(self, source: Source) -> Mapping[str, str]:
        """Return what a source's address tells of what its service asks for, by name."""

    def check_trial(self, session: Session, url: str, recipe: str) -> str:
        """Return an address as it would be asked for to try a recipe.

        Raises:
            VigieError: the address or the recipe cannot be used.
        """
