"""The guard: no request leaves for an address that the operator has not allowed.

Every request passes here, redirects and files of rules included. A name is resolved once, its
addresses are checked, and the connection goes to those that were checked (no second look-up that
could answer otherwise).
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IReactorPluggableNameResolver,
)
from zope.interface import implementer  # type: ignore[import-untyped]  # It ships no types.

from crawlers.addresses import (
    DEFAULT_PORTS,
    ascii_host,
    is_public,
    is_web_port,
    is_written_address,
    same_site,
    site_of,
    split_web_url,
)
from crawlers.troubles import Trouble

DNS_TIMEOUT_S = 10.0
# The meta keys that requests of ours carry: the site's host, whether its address may be private,
# its row, what the site's rules were found to say (a dict), and "this asks for the rules".
SITE, PRIVATE, SITE_ID = "vigie_site", "vigie_private", "vigie_site_id"
RULES, ROBOTS = "vigie_rules", "vigie_robots"
# A service is asked by its interface, under its terms: rules for readers of pages are not for it.
SERVICE = "vigie_service"
# What was checked, by host and port, in the order in which the resolver gave it.
_pinned: dict[tuple[str, int], list[str]] = {}
ADDRESSES_LIMIT = 6
Resolve = Callable[[str, int], Awaitable[list[str]]]


class RefusedError(IgnoreRequest):
    """A request that must not leave, or must not be read; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(str(trouble))


async def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a name, as the system resolves it.

    Raises:
        OSError, UnicodeError, TimeoutError: it has none.
    """
    found = await asyncio.wait_for(
        asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM), DNS_TIMEOUT_S
    )
    return [str(entry[4][0]) for entry in found]


class Guard:
    """Downloader middleware, the first of all."""

    def __init__(self, resolve: Resolve = look_up) -> None:
        self._resolve = resolve

    async def process_request(self, request: Request) -> None:
        """Check where a request goes, and pin its addresses.

        Raises:
            RefusedError: not http(s), credentials, an address written in disguise, a port of
                another service, another site than the source's, an address that is not public
                nor the operator's own, or no address.
        """
        parts = split_web_url(request.url)
        if parts is None:
            raise RefusedError(Trouble.FORBIDDEN_ADDRESS)
        site = request.meta.get(SITE, "")
        # The allow-list is one host and port, as the operator wrote it.
        allowed = request.meta.get(PRIVATE, False) and site_of(parts) == site
        host = ascii_host(parts.hostname or "")
        if not allowed and not is_web_port(parts.port):
            raise RefusedError(Trouble.FORBIDDEN_ADDRESS)
        if not allowed and is_written_address(host) and not is_public(host):
            raise RefusedError(Trouble.FORBIDDEN_ADDRESS)
        if not same_site(request.url, site) and not request.meta.get(ROBOTS):
            # Not even its name is looked up.
            raise RefusedError(Trouble.ELSEWHERE)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        addresses = await self._addresses(host, port)
        if not allowed and not all(is_public(address) for address in addresses):
            raise RefusedError(Trouble.FORBIDDEN_ADDRESS)
        _pinned[host, port] = addresses

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError, TimeoutError):
            found = []
        if not found:
            raise RefusedError(Trouble.DNS)
        return list(dict.fromkeys(found))


@implementer(IHostnameResolver)
class PinnedResolver:
    """Scrapy's DNS resolver: knows only what the guard has checked."""

    def __init__(self, reactor: IReactorPluggableNameResolver) -> None:
        self._reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: IReactorPluggableNameResolver) -> Self:
        """Make one, as Scrapy asks for it."""
        return cls(reactor)

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)  # type: ignore[call-arg, misc]  # zope's methods have no self.

    def resolveHostName(  # noqa: N802  # Twisted's names.
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Give the checked addresses of a host and port; the connection tries them in turn."""
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        for address in _pinned.get((ascii_host(hostName), portNumber), ())[:ADDRESSES_LIMIT]:
            kind = IPv6Address if ":" in address else IPv4Address
            resolutionReceiver.addressResolved(kind("TCP", address, portNumber))
        resolutionReceiver.resolutionComplete()
        return resolution
