"""Where connections may lead, however the address is spelled."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from digest.errors import FetchFailed

if TYPE_CHECKING:
    from tests.conftest import MakeClient
    from tests.servers import ScriptedServer

SPELLINGS = {
    "127.0.0.1": "127.0.0.1 is a loopback address",
    "2130706433": "127.0.0.1 is a loopback address, and 2130706433 leads there",
    "0x7f000001": "127.0.0.1 is a loopback address, and 0x7f000001 leads there",
    "0177.1": "127.0.0.1 is a loopback address, and 0177.1 leads there",
    "127.1": "127.0.0.1 is a loopback address, and 127.1 leads there",
    "0": "0.0.0.0 is an unspecified address, and 0 leads there",
    "localhost": "127.0.0.1 is a loopback address, and localhost leads there",
    "[::1]": "::1 is a loopback address",
    "[::ffff:127.0.0.1]": "::ffff:127.0.0.1 is a loopback address",
    "[64:ff9b::7f00:1]": "64:ff9b::7f00:1 is a loopback address",
    "169.254.169.254": "169.254.169.254 is a link-local address",
    "0xa9fea9fe": "169.254.169.254 is a link-local address, and 0xa9fea9fe leads there",
    "10.0.0.1": "10.0.0.1 is a private address",
    "017700000001": "127.0.0.1 is a loopback address, and 017700000001 leads there",
    "0x7f.1": "127.0.0.1 is a loopback address, and 0x7f.1 leads there",
    "LOCALHOST": "127.0.0.1 is a loopback address, and localhost leads there",
    # ideographic full stops, which IDNA takes for dots
    "127。0。0。1": "127.0.0.1 is a loopback address",
    "good.example@127.0.0.1": "127.0.0.1 is a loopback address",
    "good.example:80@127.0.0.1": "127.0.0.1 is a loopback address",
    "[::]": ":: is an unspecified address",
    "[::127.0.0.1]": "::127.0.0.1 is a loopback address",
    "[::ffff:0:127.0.0.1]": (
        "::ffff:0:7f00:1 is a reserved address, and ::ffff:0:127.0.0.1 leads there"
    ),
    "[2002:7f00:1::]": "2002:7f00:1:: is a loopback address",
}
NO_HOSTS = (
    "１２７.０.０.１",  # noqa: RUF001  # that they look like digits is the point
    "①②⑦.⓪.⓪.①",
    "0177.0.0.1",
    "127.000.000.001",
    "%31%32%37.0.0.1",
    "127.0.0.1%00.example",
    "127.0.0.1%2eexample",
    "4294967297",
    "256.256.256.256",
)


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_reaches_a_closed_network(
    make_client: MakeClient, server: ScriptedServer, host: str
) -> None:
    """The address that would be connected to is judged, not the text; the server never hears of
    it.
    """
    with pytest.raises(FetchFailed) as caught:
        make_client(allow=()).get(f"http://{host}:{server.port}/", max_bytes=1000)
    assert caught.value.reason == f"refused: {SPELLINGS[host]}"
    assert not server.seen


@pytest.mark.parametrize("host", NO_HOSTS)
def test_a_spelling_that_is_no_host_reaches_nothing(
    make_client: MakeClient, server: ScriptedServer, host: str
) -> None:
    """Digits of other alphabets, ambiguous octal and escaped characters are no addresses to us,
    whatever they are to others.
    """
    with pytest.raises(FetchFailed, match=r"no valid URL|does not resolve"):
        make_client().get(f"http://{host}:{server.port}/", max_bytes=1000)
    assert not server.seen


def test_an_ipv6_address_is_spoken_to(make_client: MakeClient) -> None:
    """A literal is connected to, and stands in brackets in Host."""
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    heard: list[bytes] = []

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            heard.append(connection.recv(4096))
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    with listener:
        threading.Thread(target=answer, daemon=True).start()
        port = listener.getsockname()[1]
        assert (
            make_client(allow=("::1/128",)).get(f"http://[::1]:{port}/", max_bytes=1000).body
            == b"hi"
        )
    assert f"Host: [::1]:{port}\r\n".encode() in heard[0]


def test_a_name_that_leads_inside_is_refused(
    make_client: MakeClient, server: ScriptedServer
) -> None:
    """A public-looking name with a private address is refused by that address."""
    client = make_client(allow=(), resolver=lambda _host, _port: [("127.0.0.1", server.port)])
    with pytest.raises(
        FetchFailed,
        match=r"refused: 127\.0\.0\.1 is a loopback address, and news\.example leads there",
    ):
        client.get("http://news.example/", max_bytes=1000)


def test_a_name_that_changes_its_address_changes_nothing(
    make_client: MakeClient, server: ScriptedServer
) -> None:
    """DNS rebinding: the name is resolved once per connection, and that very address is connected
    to.
    """
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[tuple[str, int]]:
        asked.append(host)
        return [("127.0.0.1", server.port)] if len(asked) == 1 else [("127.0.0.2", server.port)]

    server.routes["/"] = b"first"
    client = make_client(allow=("127.0.0.1/32",), resolver=rebinding)
    assert client.get("http://news.example/", max_bytes=1000).body == b"first"
    assert asked == ["news.example"]


def test_the_second_resolution_is_judged_again(
    make_client: MakeClient, server: ScriptedServer
) -> None:
    """A name that led outside for the first request and leads inside for the second is refused
    then.
    """
    answers = iter([("127.0.0.1", server.port), ("127.0.0.2", server.port)])
    server.routes["/"] = b"outside"
    server.routes["/gone"] = lambda _: (_ for _ in ()).throw(
        OSError()
    )  # ends the connection, so that the name is asked again
    client = make_client(allow=("127.0.0.1/32",), resolver=lambda _host, _port: [next(answers)])
    with pytest.raises(FetchFailed, match="closed"):
        client.get("http://news.example/gone", max_bytes=1000)
    with pytest.raises(FetchFailed, match=r"refused: 127\.0\.0\.2 is a loopback address"):
        client.get("http://news.example/", max_bytes=1000)


def test_refused_addresses_are_passed_over_and_dead_ones_tried_next(
    make_client: MakeClient, server: ScriptedServer
) -> None:
    """Of several addresses the first admitted one that answers is used; the Host header keeps the
    name.
    """
    server.routes["/"] = b"found"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = closed.getsockname()[1]
        client = make_client(
            allow=("127.0.0.0/24",),
            resolver=lambda _host, _port: [
                ("10.0.0.1", 80),
                ("127.0.0.1", dead),
                ("127.0.0.1", server.port),
            ],
        )
        assert client.get("http://news.example/", max_bytes=1000).body == b"found"
    assert server.seen[0].headers["Host"] == "news.example"


def test_a_resolver_that_hangs_ends_with_the_deadline(
    make_client: MakeClient, server: ScriptedServer
) -> None:
    """The system's resolver has no timeout of its own; the client's holds for it too."""

    def slow(_host: str, _port: int) -> list[tuple[str, int]]:
        server.stopped.wait(60)
        return []

    began = time.monotonic()
    with pytest.raises(FetchFailed, match=r"not complete within 0\.2 s"):
        make_client(timeout=1, deadline=0.2, resolver=slow).get(
            "http://news.example/", max_bytes=1000
        )
    assert time.monotonic() - began < 30


def test_a_name_without_addresses_does_not_resolve(make_client: MakeClient) -> None:
    """An empty answer of the resolver is no address."""
    with pytest.raises(FetchFailed, match="name does not resolve"):
        make_client(resolver=lambda _host, _port: []).get("http://news.example/", max_bytes=1000)


def test_a_bug_in_a_resolver_is_not_a_feeds_failure(make_client: MakeClient) -> None:
    """An exception that no network explains is not made into data."""

    def broken(_host: str, _port: int) -> list[tuple[str, int]]:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        make_client(resolver=broken).get("http://news.example/", max_bytes=1000)
