"""TLS that is wrong in every usual way, and what the report calls it."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.errors import FetchFailed
from tests.servers import Reply, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import MakeClient
    from tests.servers import ScriptedServer

HERE = Path(__file__).parent
VALID = (
    HERE / "news.example.pem"
)  # self-signed, with its key, for the name news.example; so are expired.pem and early.pem


def ask(make_client: MakeClient, port: int, host: str = "news.example") -> str:
    """Fetch from the TLS server at `port`; returns the body, or what went wrong."""
    client = make_client(resolver=lambda _host, _port: [("127.0.0.1", port)])
    try:
        return client.get(f"https://{host}/", max_bytes=1000).body.decode()
    except FetchFailed as error:
        return error.reason


@pytest.mark.parametrize(
    ("certificate", "trusted", "host", "said"),
    [
        ("news.example.pem", "news.example.pem", "news.example", "secret"),
        (
            "news.example.pem",
            "news.example.pem",
            "other.example",
            "TLS: the certificate is for another name",
        ),
        (
            "news.example.pem",
            "news.example.pem",
            "192.0.2.1",
            "TLS: the certificate is for another address",
        ),
        ("news.example.pem", "expired.pem", "news.example", "TLS: the certificate is self-signed"),
        ("expired.pem", "expired.pem", "news.example", "TLS: the certificate has expired"),
        ("early.pem", "early.pem", "news.example", "TLS: the certificate is not valid yet"),
        (
            "stranger.pem",
            "news.example.pem",
            "news.example",
            (
                "TLS: the certificate is from an unknown authority, or the server leaves out the"
                " intermediate one"
            ),
        ),
    ],
)
def test_a_certificate_is_checked_and_what_is_wrong_with_it_is_named(
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
    certificate: str,
    trusted: str,
    host: str,
    said: str,
) -> None:
    """Connecting to the judged address leaves TLS as strict as ever."""
    monkeypatch.setenv("SSL_CERT_FILE", str(HERE / trusted))
    with serving({"/": b"secret"}, tls=HERE / certificate) as server:
        assert ask(make_client, server.port, host) == said


@contextlib.contextmanager
def answering(data: bytes) -> Iterator[int]:
    """A server that answers the first bytes of any connection with `data` and closes; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(data)

        threading.Thread(target=answer, daemon=True).start()
        yield listener.getsockname()[1]


ALERT = b"\x15\x03\x01\x00\x02\x02%c"  # a fatal alert (RFC 8446, section 6)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (ALERT % 70, "TLS: the server speaks only versions that are no longer safe"),
        (ALERT % 40, "TLS: no cipher that both sides take"),
        (ALERT % 112, "TLS: the server knows no site of this name"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "TLS: the server does not speak it on this port"),
        (b"", "TLS: the server broke off"),
    ],
)
def test_a_handshake_that_fails_says_why(make_client: MakeClient, sent: bytes, said: str) -> None:
    """Old protocols, no common cipher, an unknown name, plain HTTP, silence."""
    with answering(sent) as port:
        assert ask(make_client, port) == said


def test_a_redirect_to_http_is_asked_over_https(
    make_client: MakeClient, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked for over https never comes over http; most servers that redirect there answer
    over https as well.
    """
    monkeypatch.setenv("SSL_CERT_FILE", str(VALID))
    with serving(
        {"/": Reply(302, {"Location": "http://news.example/new"}), "/new": b"news"}, tls=VALID
    ) as secure:
        asked: list[int] = []

        def resolver(_host: str, port: int) -> list[tuple[str, int]]:
            asked.append(port)
            return [("127.0.0.1", {443: secure.port, 80: server.port}[port])]

        response = make_client(resolver=resolver).get("https://news.example/", max_bytes=1000)
    assert (response.body, response.final_url, set(asked)) == (
        b"news",
        "https://news.example/new",
        {443},
    )
    assert not server.seen


@pytest.mark.parametrize(("path", "why"), [("/", "redirect loop"), ("/new", "HTTP 404 Not Found")])
def test_a_page_that_is_only_to_be_had_over_http_is_refused(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, path: str, why: str
) -> None:
    """The refusal names the downgrade, and what came of asking over https all the same."""
    monkeypatch.setenv("SSL_CERT_FILE", str(VALID))
    with serving(
        {"/": Reply(301, {"Location": f"http://news.example{path}"})}, tls=VALID
    ) as server:
        assert (
            ask(make_client, server.port)
            == f"refused: redirected from https to http, and over https: {why}"
        )
