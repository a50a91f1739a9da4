"""Which URLs and network addresses a crawl may go to."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
# Addresses that carry an IPv4 one inside, by which a private host can be reached (RFC 6052, 3056).
_NAT64 = ip_network("64:ff9b::/96")


def split_web_url(url: str) -> SplitResult | None:
    """Return the parts of an http(s) URL with a host and no credentials, None for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    fine = parts.scheme in DEFAULT_PORTS and parts.hostname and "@" not in parts.netloc
    return parts if fine and port != 0 else None


def site_of(parts: SplitResult) -> str:
    """Return ``host`` or, for an unusual port, ``host:port``: what politeness is kept by."""
    host = _ascii((parts.hostname or "").rstrip(".").lower())
    if ":" in host:
        host = f"[{host}]"
    usual = parts.port in (None, DEFAULT_PORTS[parts.scheme])
    return host if usual else f"{host}:{parts.port}"


def _ascii(host: str) -> str:
    """Return a name with accents as DNS has it ("xn--..."); Scrapy's requests do the same."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def same_site(url: str, site: str) -> bool:
    """Say whether a URL is of a site; "www." makes no other site."""
    parts = split_web_url(url)
    return parts is not None and site_of(parts).removeprefix("www.") == site.removeprefix("www.")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public Internet.

    Loopback, private, link-local (cloud metadata), carrier, multicast and reserved ranges are
    not, nor are IPv6 addresses that stand for such an IPv4 one.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (inner := _inner_ipv4(ip)) is not None:
        ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner_ipv4(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
