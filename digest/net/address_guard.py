"""Which IP addresses a URL from the outside may lead to: globally routable ones, and what the user
has allowed.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# The IANA special-purpose registries, spelled out: what `ipaddress` calls private or global changed
# between
# Python 3.11 and 3.13, and a security boundary must not move with the interpreter. The first match
# names the address.
_SPECIAL = tuple(
    (ipaddress.ip_network(network), kind)
    for network, kind in (
        ("127.0.0.0/8", "a loopback address"),
        ("10.0.0.0/8", "a private address"),
        ("172.16.0.0/12", "a private address"),
        ("192.168.0.0/16", "a private address"),
        ("169.254.0.0/16", "a link-local address"),
        ("100.64.0.0/10", "a carrier-grade NAT address"),
        ("168.63.129.16/32", "a cloud metadata address"),  # Azure's, in the middle of public space
        ("0.0.0.0/8", "an unspecified address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a documentation address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("192.88.99.0/24", "a reserved address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("224.0.0.0/4", "a multicast address"),
        ("255.255.255.255/32", "the broadcast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::1/128", "a loopback address"),
        ("::/128", "an unspecified address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
        ("2001:db8::/32", "a documentation address"),
        ("3fff::/20", "a documentation address"),
        ("2001::/23", "a reserved address"),
    )
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


# of a machine's own network: RFC 6762, RFC 8375, ICANN's of 2024, and what routers hand out
_PRIVATE_DOMAINS = (".local", ".internal", ".home.arpa", ".lan", ".intranet", ".localdomain")


_REFUSAL = re.compile(
    rf"refused: (\S+) is (?:{'|'.join(sorted({re.escape(kind) for _, kind in _SPECIAL}))})(?:,"
    r" and |$)"
)


def off_limits(reason: str) -> str:
    """The address that a fetch was refused for, "" when it failed for another `reason`; only
    `network.allow` would admit it.
    """
    found = _REFUSAL.match(reason)
    return found[1] if found else ""


class AddressGuard:
    """Says which addresses are off limits. `allow` holds networks in CIDR notation that are
    admitted all the same.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allow = tuple(ipaddress.ip_network(network, strict=False) for network in allow)

    def refuse(self, ip: str) -> str | None:
        """The reason why nothing may connect to `ip` ("127.0.0.1 is a loopback address"), or None
        when it may.
        """
        try:
            address = ipaddress.ip_address(ip)
        except ValueError:
            return f"{ip} is not an IP address"
        kind = self._kind(address)
        return f"{ip} is {kind}" if kind else None

    def closed(self, url: str) -> str:
        """The host of a URL that only its own machine or network can open: a name of one label, one
        of a private domain, an address that is off limits; "" for one that anybody may open.
        """
        try:
            name = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:
            return ""
        if name == "localhost" or name.endswith(".localhost"):
            return name if self.refuse("127.0.0.1") else ""
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name if "." not in name or name.endswith(_PRIVATE_DOMAINS) else ""
        return name if self.refuse(name) else ""

    def _kind(self, address: Address) -> str | None:
        if any(address in network for network in self._allow):
            return None
        embedded = _embedded(address)
        if embedded:
            return next((kind for inner in embedded if (kind := self._kind(inner))), None)
        named = next((kind for network, kind in _SPECIAL if address in network), None)
        if named or address.version == 4 or address in _GLOBAL_V6:
            return named
        return "a reserved address"


def _embedded(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses that packets to this IPv6 address may end at (RFC 4291, 6052, 3056,
    4380).
    """
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if (
        address.ipv4_mapped
        or address in _NAT64
        or (address in _COMPATIBLE and int(address) > 0xFFFF)
    ):
        return (low,)
    if address.sixtofour:
        return (address.sixtofour,)
    return address.teredo or ()
