"""How a source is read: its platform, and the account that its requests are made with."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from sqlalchemy.orm import Session

from crawlers.addresses import site_of, split_web_url
from crawlers.platforms import PLATFORMS
from crawlers.platforms.base import Account, Platform
from crawlers.troubles import Trouble
from vigie.errors import VigieError
from vigie.store import Source
from vigie.store.credential import credentials_of
from vigie.vault import Vault

HIDDEN = "•••"
# Shorter ones would hide every other word.
LEAST_HIDDEN = 4


class NoAccessError(Exception):
    """A source cannot be asked: ``trouble`` says what its account lacks."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(str(trouble))


@dataclass(frozen=True, slots=True)
class Reader:
    """A platform with the account of one source."""

    platform: Platform
    account: Account

    @property
    def is_service(self) -> bool:
        """Whether a service is asked under its own terms; else web pages are read."""
        return bool(self.platform.base_url)

    @property
    def hosts(self) -> frozenset[str]:
        """The sites that its requests may go to: the service, and where it gives its tokens."""
        asked = (self.account.base_url, self.platform.first(self.account).url)
        return frozenset(site_of(parts) for url in asked if (parts := split_web_url(url)))

    def shown(self, url: str) -> str:
        """Return an address without the secrets that some services want in it."""
        for secret in self.account.secrets.values():
            if len(secret) >= LEAST_HIDDEN:
                for written in {secret, quote(secret, safe=""), quote_plus(secret)}:
                    url = url.replace(written, HIDDEN)
        return url


def reader_of(session: Session, vault: Vault, source: Source) -> Reader:
    """Return how a source is read.

    Raises:
        NoAccessError: a secret was not given, or cannot be opened any more.
    """
    platform = PLATFORMS[source.platform]
    secrets = _secrets(session, vault, source)
    if any(need.secret and not secrets.get(need.name) for need in platform.needs):
        raise NoAccessError(Trouble.ACCESS_MISSING)
    options = {name: str(value) for name, value in source.options.items()}
    base_url = (source.base_url or platform.base_url).rstrip("/")
    return Reader(platform, Account(source.url, base_url, secrets, options))


def _secrets(session: Session, vault: Vault, source: Source) -> Mapping[str, str]:
    try:
        held = credentials_of(session, source).items()
        return {name: vault.open(one.sealed) for name, one in held}
    except VigieError:
        raise NoAccessError(Trouble.ACCESS_SEALED) from None
