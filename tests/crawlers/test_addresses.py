"""Properties of URLs and addresses, whatever people write."""

import ipaddress
import socket

from hypothesis import example, given
from hypothesis import strategies as st

from crawlers.addresses import (
    ascii_host,
    is_public,
    is_web_port,
    may_be_own,
    same_site,
    site_of,
    split_web_url,
)

_IPV4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
_IPV6 = st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)


def _spellings(ip: ipaddress.IPv4Address) -> list[str]:
    number, parts = int(ip), str(ip).split(".")
    return [
        str(number),
        hex(number),
        f"0{number:o}",
        ".".join(hex(int(part)) for part in parts),
        ".".join(f"0{int(part):o}" for part in parts),
        ".".join(part.zfill(3) for part in parts),
        f"{parts[0]}.{number & 0xFFFFFF}",
        f"{parts[0]}.{parts[1]}.{number & 0xFFFF}",
        f"{ip}.",
        str(ip).translate({ord(d): ord("０") + int(d) for d in "0123456789"}),
        str(ip).replace(".", "。"),
        str(ip).replace(".", "．"),
    ]


@given(_IPV4)
@example(ipaddress.IPv4Address("127.0.0.1"))
@example(ipaddress.IPv4Address("169.254.169.254"))
def test_an_address_is_only_taken_in_its_plain_spelling(ip: ipaddress.IPv4Address) -> None:
    assert split_web_url(f"http://{ip}/") is not None
    for spelling in _spellings(ip):
        if spelling != str(ip):
            assert split_web_url(f"http://{spelling}/") is None, spelling


@given(st.text(max_size=60))
@example("127.0.0.1\t")
@example("[::1]:80")
@example("a@b")
def test_what_is_taken_leads_where_it_says(text: str) -> None:
    url = f"http://{text}"
    parts = split_web_url(url)
    if parts is None:
        return
    host = ascii_host(parts.hostname or "")
    assert host
    assert host.isascii()
    assert "@" not in parts.netloc
    assert same_site(url, site_of(parts))
    # Whatever the system reads as an address without asking DNS is one to us, too.
    try:
        found = socket.getaddrinfo(host, 80, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return
    assert {str(entry[4][0]) for entry in found} == {host}


@given(_IPV4)
def test_no_ipv6_spelling_of_an_ipv4_address_is_public_but_nat64(
    ip: ipaddress.IPv4Address,
) -> None:
    number = int(ip)
    low = {
        "mapped": 0xFFFF << 32,
        "compatible": 0,
        "translated": 0xFFFF << 48,
        "local NAT64": (0x64FF9B0001 << 80),
        "ISATAP": (0x2A01 << 112) | (0x5EFE << 32),
        "ISATAP, global": (0x2A01 << 112) | (0x02005EFE << 32),
    }
    for start in low.values():
        assert not is_public(str(ipaddress.IPv6Address(start | number)))
    assert not is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1)))
    nat64 = str(ipaddress.IPv6Address((0x0064FF9B << 96) | number))
    assert is_public(nat64) is is_public(str(ip))


@given(_IPV4 | _IPV6)
def test_what_is_public_is_nothing_else(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if is_public(str(ip)):
        kinds = (ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_reserved)
        assert not any(kinds)
        assert not may_be_own(str(ip))


@given(st.integers(-5, 70_000))
def test_ports_below_1024_are_those_of_pages_alone(port: int) -> None:
    assert is_web_port(port) <= (port in (80, 443) or port >= 1024)
