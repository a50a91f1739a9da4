"""Which URLs and network addresses a crawl may go to."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
# What is no part of a host's name, but makes parsers disagree on where the name ends.
_STRANGE = re.compile(r"[\x00-\x20\x7f%\\@]")
# A last label that resolvers read as a number (WHATWG URL, "ends in a number").
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\.*\Z", re.DOTALL)
# IPv6 by which IPv4 hosts are reached on networks without IPv4 (RFC 6052).
_NAT64 = ip_network("64:ff9b::/96")
# The only IPv6 range from which public addresses are given out (RFC 4291, IANA).
_UNICAST = ip_network("2000::/3")
# Public to some versions of Python's registry, but: protocols' own (a cloud's metadata among them),
# 6to4 relays, another cloud's metadata; protocols' own again, 6to4, documentation.
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
    )
)
# What an operator may write to mean a page of their own machine or network.
_OWN = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"),
    )
)
# A cloud's metadata within the private ranges (AWS by IPv6).
_METADATA = ip_network("fd00:ec2::/32")
# Ports of other services below 1024 are not web pages; these above it are not either
# (WHATWG fetch, "bad port").
_LOWEST_FREE_PORT = 1024
_BAD_PORTS = frozenset(
    (1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6679, 6697, 10080)
) | frozenset(range(6665, 6670))


def split_web_url(url: str) -> SplitResult | None:
    """Return the parts of an http(s) URL with a host and no credentials, None for any other.

    An IP address must be written as such: four decimal numbers, or IPv6 in brackets without a
    zone. Decimal, octal, hexadecimal and short forms, and digits of other scripts, are refused.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or port == 0 or _STRANGE.search(parts.netloc):
        return None
    return parts if _is_plain(host) else None


def is_web_port(port: int | None) -> bool:
    """Say whether pages are served on a port, not mail, files or databases."""
    if port is None or port in DEFAULT_PORTS.values():
        return True
    return port >= _LOWEST_FREE_PORT and port not in _BAD_PORTS


def site_of(parts: SplitResult) -> str:
    """Return ``host`` or, for an unusual port, ``host:port``: what politeness is kept by."""
    host = ascii_host(parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    usual = parts.port in (None, DEFAULT_PORTS[parts.scheme])
    return host if usual else f"{host}:{parts.port}"


def ascii_host(host: str) -> str:
    """Return a host as DNS has it: "xn--..." for accents, the shortest form of an IPv6 address.

    Empty where it can be no host.
    """
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError:
            return ""
    try:
        return host.lower().encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def same_site(url: str, site: str) -> bool:
    """Say whether a URL is of a site; "www." makes no other site."""
    parts = split_web_url(url)
    return parts is not None and site_of(parts).removeprefix("www.") == site.removeprefix("www.")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public Internet.

    Loopback, private, link-local (cloud metadata), carrier, multicast and reserved ranges are
    not, nor is an IPv6 address that is another spelling of an IPv4 one (mapped, compatible,
    translated, 6to4, Teredo, ISATAP).
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in _UNICAST or _is_isatap(ip):
            return False
    if any(ip in network for network in _REFUSED):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def may_be_own(host: str) -> bool:
    """Say whether a host is plainly written as one of the operator's own machine or network.

    A name that merely leads to one is not: whoever holds the name could point it anywhere.
    """
    if host == "localhost":
        return True
    try:
        ip = ip_address(host)
    except ValueError:
        return False
    return any(ip in network for network in _OWN) and ip not in _METADATA


def is_written_address(host: str) -> bool:
    """Say whether a host is an IP address, not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_plain(host: str) -> bool:
    known = ascii_host(host)
    if not known.rstrip("."):
        return False
    if ":" in host or not _NUMERIC.match(known):
        return True
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False


def _is_isatap(ip: IPv6Address) -> bool:
    """RFC 5214, 6.1: the interface identifier says that an IPv4 address follows."""
    return (int(ip) >> 32) & 0xFDFFFFFF == 0x00005EFE


def is_home(url: str) -> bool:
    """Say whether an address is that of a site's own first page."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
