"""The doors of collection that the pages use (``vigie.collection``)."""

from collections.abc import Mapping, Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS
from crawlers.platforms.recipes import FIELDS, read_recipe
from crawlers.sources import add_source, needs_of, site_for_pages, told_by_address
from vigie.collection import NeedFacts, NewSource, PlatformFacts
from vigie.errors import VigieError
from vigie.settings import Settings
from vigie.store import Shop, Source
from vigie.store.audit import audit


class Collection:
    """What reads, as far as the pages may know it; nothing here goes to the network."""

    recipe_fields: Mapping[str, Sequence[str]] = FIELDS

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.platforms: Mapping[str, PlatformFacts] = {
            one.name: PlatformFacts(
                one.name,
                sorted(one.kinds),
                [NeedFacts(need.name, need.secret, need.optional) for need in one.needs],
                bool(one.base_url),
            )
            for one in PLATFORMS.values()
        }

    def add(self, session: Session, shop: Shop, wanted: NewSource, user_id: int) -> Source:
        """Add a source as the command does; the caller commits.

        Raises:
            VigieError: it cannot be added.
        """
        try:
            source = add_source(
                session,
                self._settings,
                shop,
                wanted.url,
                label=wanted.label,
                cadence=wanted.cadence,
                permission=wanted.permission,
                platform=wanted.platform,
                options=wanted.options,
                base_url=wanted.base_url,
                own_machines=False,
                user_id=user_id,
            )
        except IntegrityError:
            # The same form, sent twice at once.
            raise VigieError("source-error-known", url=wanted.url[:200], shop=shop.slug) from None
        audit(session, "source-add", source, user_id, url=source.url)
        return source

    def still_needed(self, source: Source) -> Sequence[str]:
        """Return the names of what its service asks for and that was not given."""
        return [need.name for need in needs_of(source)]

    def told_by_address(self, source: Source) -> Mapping[str, str]:
        """Return what a source's address tells of what its service asks for, by name."""
        return told_by_address(source)

    def check_trial(self, session: Session, url: str, recipe: str) -> str:
        """Return an address as it would be asked for to try a recipe.

        Raises:
            VigieError: the address or the recipe cannot be used.
        """
        read_recipe(recipe)
        return site_for_pages(session, url)[0]
