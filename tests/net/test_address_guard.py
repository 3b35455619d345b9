"""Which addresses the guard admits."""

from __future__ import annotations

import pytest

from digest.net.address_guard import AddressGuard

REFUSED = {
    "127.0.0.1": "127.0.0.1 is a loopback address",
    "127.255.255.254": "127.255.255.254 is a loopback address",
    "10.0.0.1": "10.0.0.1 is a private address",
    "172.16.0.1": "172.16.0.1 is a private address",
    "172.31.255.255": "172.31.255.255 is a private address",
    "192.168.1.1": "192.168.1.1 is a private address",
    "169.254.169.254": "169.254.169.254 is a link-local address",
    "100.64.0.1": "100.64.0.1 is a carrier-grade NAT address",
    "100.100.100.200": "100.100.100.200 is a carrier-grade NAT address",
    "168.63.129.16": "168.63.129.16 is a cloud metadata address",
    "0.0.0.0": "0.0.0.0 is an unspecified address",  # noqa: S104  nothing binds it
    "192.0.0.192": "192.0.0.192 is a reserved address",
    "192.0.2.1": "192.0.2.1 is a documentation address",
    "198.18.0.1": "198.18.0.1 is a benchmarking address",
    "224.0.0.1": "224.0.0.1 is a multicast address",
    "240.0.0.1": "240.0.0.1 is a reserved address",
    "255.255.255.255": "255.255.255.255 is the broadcast address",
    "::1": "::1 is a loopback address",
    "::": ":: is an unspecified address",
    "fe80::1": "fe80::1 is a link-local address",
    "fe80::1%lo": "fe80::1%lo is a link-local address",
    "fd00:ec2::254": "fd00:ec2::254 is a private address",
    "fec0::1": "fec0::1 is a private address",
    "ff02::1": "ff02::1 is a multicast address",
    "2001:db8::1": "2001:db8::1 is a documentation address",
    "100::1": "100::1 is a reserved address",
    "5f00::1": "5f00::1 is a reserved address",
    "64:ff9b:1::1": "64:ff9b:1::1 is a reserved address",
    "::ffff:127.0.0.1": "::ffff:127.0.0.1 is a loopback address",
    "::ffff:a9fe:a9fe": "::ffff:a9fe:a9fe is a link-local address",
    "::127.0.0.1": "::127.0.0.1 is a loopback address",
    "2002:7f00:1::": "2002:7f00:1:: is a loopback address",
    "2002:a00:1::1": "2002:a00:1::1 is a private address",
    "64:ff9b::7f00:1": "64:ff9b::7f00:1 is a loopback address",
    "64:ff9b::a9fe:a9fe": "64:ff9b::a9fe:a9fe is a link-local address",
    "2001:0:7f00:1::": "2001:0:7f00:1:: is a loopback address",
    "2001:0:808:808::80ff:fffe": "2001:0:808:808::80ff:fffe is a loopback address",
    "localhost": "localhost is not an IP address",
    "": " is not an IP address",
    "2130706433": "2130706433 is not an IP address",
}
ADMITTED = [
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]


@pytest.mark.parametrize(("ip", "reason"), REFUSED.items())
def test_an_address_that_is_not_globally_routable_is_refused_with_its_kind(
    ip: str, reason: str
) -> None:
    """Every special range, and every IPv6 form that carries an IPv4 address, is refused by name."""
    assert AddressGuard([]).refuse(ip) == reason


@pytest.mark.parametrize("ip", ADMITTED)
def test_a_global_address_is_admitted(ip: str) -> None:
    """Public space is open, in IPv4, IPv6 and through translation."""
    assert AddressGuard([]).refuse(ip) is None


@pytest.mark.parametrize("ip", ["127.0.1.5", "::ffff:127.0.1.5", "64:ff9b::7f00:105", "fd00::7"])
def test_allow_readmits_an_address_in_every_spelling(ip: str) -> None:
    """A network in `allow` is open, also where an IPv6 address carries one of its addresses."""
    assert AddressGuard(["127.0.1.0/24", "fd00::/8"]).refuse(ip) is None


def test_allow_opens_nothing_beside_itself() -> None:
    """The neighbour of an allowed network stays closed."""
    assert AddressGuard(["127.0.1.0/24"]).refuse("127.0.2.1") == "127.0.2.1 is a loopback address"
