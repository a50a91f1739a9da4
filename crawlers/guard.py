"""The guard: no request leaves for an address that the operator has not allowed.

Every request passes here, redirects and robots.txt included. A name is resolved once, its
addresses are checked, and the connection goes to the one that was checked (no second look-up that
could answer otherwise).
"""

import asyncio
import socket
from collections.abc import Sequence
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from twisted.internet import defer
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IReactorPluggableResolver, IResolverSimple
from zope.interface import implementer  # type: ignore[import-untyped]  # It ships no types.

from crawlers.addresses import DEFAULT_PORTS, is_public, same_site, site_of, split_web_url
from crawlers.passes import Trouble

DNS_TIMEOUT_S = 10.0
# The meta keys that requests of ours carry: the site's host, whether its address may be private,
# its row, what the site's rules were found to say (a dict), and "this asks for the rules".
SITE, PRIVATE, SITE_ID = "vigie_site", "vigie_private", "vigie_site_id"
RULES, ROBOTS = "vigie_rules", "vigie_robots"
_pinned: dict[str, str] = {}


class RefusedError(IgnoreRequest):
    """A request that must not leave, or must not be read; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(str(trouble))


class Guard:
    """Downloader middleware, the first of all."""

    async def process_request(self, request: Request) -> None:
        """Check where a request goes, and pin its address.

        Raises:
            RefusedError: not http(s), credentials, another site than the source's, a private
                address that is not the operator's own, or no address.
        """
        parts = split_web_url(request.url)
        if parts is None:
            raise RefusedError(Trouble.FORBIDDEN_ADDRESS)
        site = request.meta.get(SITE, "")
        own = same_site(request.url, site)
        host = parts.hostname or ""
        addresses = await _resolve(host, parts.port or DEFAULT_PORTS[parts.scheme])
        # The allow-list is one host and port, as the operator wrote it.
        allowed = own and request.meta.get(PRIVATE, False) and site_of(parts) == site
        if not allowed and not all(is_public(address) for address in addresses):
            raise RefusedError(Trouble.FORBIDDEN_ADDRESS)
        if not own and not request.meta.get(ROBOTS):
            raise RefusedError(Trouble.ELSEWHERE)
        _pinned[host] = next(address for address in addresses if ":" not in address)


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await asyncio.wait_for(
            loop.getaddrinfo(host, port, type=socket.SOCK_STREAM), DNS_TIMEOUT_S
        )
    except (OSError, UnicodeError, TimeoutError):
        raise RefusedError(Trouble.DNS) from None
    addresses = [str(entry[4][0]) for entry in found]
    # Twisted's plain resolver connects by IPv4.
    if not any(":" not in address for address in addresses):
        trouble = Trouble.DNS if all(map(is_public, addresses)) else Trouble.FORBIDDEN_ADDRESS
        raise RefusedError(trouble)
    return addresses


@implementer(IResolverSimple)
class PinnedResolver:
    """Scrapy's DNS resolver: knows only what the guard has checked."""

    def __init__(self, reactor: IReactorPluggableResolver) -> None:
        self._reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: IReactorPluggableResolver) -> Self:
        """Make one, as Scrapy asks for it."""
        return cls(reactor)

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installResolver(self)  # type: ignore[call-arg, misc]  # zope's methods have no self.

    def getHostByName(  # noqa: N802  # Twisted's name.
        self, name: str, timeout: Sequence[int] = ()
    ) -> "defer.Deferred[Any]":
        """Return the pinned address of a name."""
        if name in _pinned:
            return defer.succeed(_pinned[name])
        return defer.fail(DNSLookupError(f"{name} was not checked"))
