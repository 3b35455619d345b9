"""The client against servers that behave and servers that do not."""

from __future__ import annotations

import gzip
import time
import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest

from digest.errors import FetchFailed, NotReached
from digest.net.decompress import zstd
from digest.net.freshness import Validators
from digest.net.http import DEFAULT_USER_AGENT, Client
from tests.servers import Reply, Route, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from http.server import BaseHTTPRequestHandler

    from tests.conftest import MakeClient

MB = 1_000_000
TEXT = b"The quick brown fox jumps over the lazy dog. " * 200


def failure(client: Client, url: str, max_bytes: int = MB) -> FetchFailed:
    """What a `get` that must fail raises."""
    with pytest.raises(FetchFailed) as caught:
        client.get(url, max_bytes=max_bytes)
    assert caught.value.url == url
    return caught.value


def moved(status: int, to: str) -> Reply:
    """A redirect."""
    return Reply(status, {"Location": to})


def test_a_plain_answer_comes_whole(server: ScriptedServer, client: Client) -> None:
    """Status, headers in any letter case, body and address of a 200 answer are handed over; the
    request says who asks.
    """
    server.routes["/feed?a=b%20c"] = Reply(headers={"ETag": '"1"', "X-Two": "b"}, body=b"hello")
    response = client.get(server.url + "/feed?a=b%20c#part", accept="text/html", max_bytes=5)
    assert (response.status, response.body, response.headers["eTaG"]) == (200, b"hello", '"1"')
    assert response.final_url == server.url + "/feed?a=b%20c"
    assert response.permanent_url is None
    assert server.seen[0].headers["User-Agent"] == DEFAULT_USER_AGENT
    assert server.seen[0].headers["Accept"] == "text/html"
    assert server.seen[0].headers["Host"] == f"127.0.0.1:{server.port}"


def test_credentials_in_a_url_are_not_sent(server: ScriptedServer, client: Client) -> None:
    """A user name in a URL reaches neither the server nor the answer's address."""
    server.routes["/"] = b"ok"
    response = client.get(f"http://user:secret@127.0.0.1:{server.port}/", max_bytes=MB)
    assert "Authorization" not in server.seen[0].headers
    assert "secret" not in response.final_url


def test_no_cookie_is_kept(server: ScriptedServer, client: Client) -> None:
    """A cookie that one answer sets is not in the next request."""
    server.routes["/"] = Reply(headers={"Set-Cookie": "id=1"}, body=b"ok")
    client.get(server.url + "/", max_bytes=MB)
    client.get(server.url + "/", max_bytes=MB)
    assert "Cookie" not in server.seen[1].headers


def test_a_conditional_request_may_be_answered_304(server: ScriptedServer, client: Client) -> None:
    """Validators go out as they came in, and 304 is an answer to them."""
    server.routes["/"] = Reply(304, {"ETag": '"2"'})
    response = client.get(
        server.url + "/",
        validators=Validators('W/"ä"', "Mon, 02 Feb 2026 00:00:00 GMT"),
        max_bytes=MB,
    )
    assert (response.status, response.body, response.headers["etag"]) == (304, b"", '"2"')
    assert server.seen[0].headers["If-None-Match"] == 'W/"ä"'
    assert server.seen[0].headers["If-Modified-Since"] == "Mon, 02 Feb 2026 00:00:00 GMT"


def test_an_unasked_304_is_a_failure(server: ScriptedServer, client: Client) -> None:
    """A 304 to a request without validators leaves nothing to read."""
    server.routes["/"] = Reply(304)
    assert failure(client, server.url + "/").reason == "HTTP 304 Not Modified"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "HTTP 404 Not Found"),
        (410, "HTTP 410 Gone"),
        (500, "HTTP 500 Internal Server Error"),
        (402, "HTTP 402 Payment Required"),
        (599, "HTTP 599"),
    ],
)
def test_an_error_status_is_named(
    server: ScriptedServer, client: Client, status: int, reason: str
) -> None:
    """Any other status is the reason, asked for once only."""
    server.routes["/"] = Reply(status)
    error = failure(client, server.url + "/")
    assert (error.reason, error.status, len(server.seen)) == (reason, status, 1)


@pytest.mark.parametrize(
    ("chain", "permanent"),
    [((301, 308), "/2"), ((301, 302), "/1"), ((302, 301), None), ((307, 303), None)],
)
def test_redirects_are_followed_and_permanent_ones_noted(
    server: ScriptedServer, client: Client, chain: tuple[int, int], permanent: str | None
) -> None:
    """The permanent address is where the leading 301 and 308 steps end; a temporary step ends
    it.
    """
    server.routes |= {"/": moved(chain[0], "/1"), "/1": moved(chain[1], "2"), "/2": b"here"}
    response = client.get(server.url + "/", max_bytes=MB)
    assert (response.body, response.final_url) == (b"here", server.url + "/2")
    assert response.permanent_url == (server.url + permanent if permanent else None)


REDIRECTS_THAT_FAIL: dict[str, tuple[Route, str]] = {
    "to itself": (moved(302, "/"), "redirect loop"),
    "to a file": (moved(302, "file:///etc/passwd"), "only http and https are fetched, not file:"),
    "to a script": (
        moved(302, "javascript:alert(1)"),
        "only http and https are fetched, not javascript:",
    ),
    "nowhere": (Reply(302), "HTTP 302 Found"),
    "to the metadata service": (
        moved(301, "http://169.254.169.254/latest/"),
        "refused: 169.254.169.254 is a link-local address",
    ),
    "to a private network": (moved(307, "//10.1.2.3/"), "refused: 10.1.2.3 is a private address"),
}


@pytest.mark.parametrize("name", REDIRECTS_THAT_FAIL)
def test_a_redirect_is_judged_like_any_url(
    server: ScriptedServer, client: Client, name: str
) -> None:
    """Loops, other schemes and closed networks are refused at the hop where they appear."""
    route, reason = REDIRECTS_THAT_FAIL[name]
    server.routes["/"] = route
    assert failure(client, server.url + "/").reason == reason


def test_a_long_chain_of_redirects_ends(server: ScriptedServer, client: Client) -> None:
    """After five hops nobody follows any further."""
    server.routes |= {f"/{i}": moved(302, f"/{i + 1}") for i in range(10)}
    assert failure(client, server.url + "/0").reason == "more than 5 redirects"
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http and https are fetched, not file:"),
        ("ftp://example.org/", "only http and https are fetched, not ftp:"),
        ("/feed", "this is no absolute URL"),
        ("http:///feed", "the URL names no host"),
        ("http://[::1", "this is no valid URL: "),
        ("http://a\nb/", "this is no valid URL: "),
        ("http://x/" + "y" * 9000, "the URL is too long"),
        (f"http://{'a' * 64}.example/", "name does not resolve"),
    ],
)
def test_what_is_no_web_address_is_refused(client: Client, url: str, reason: str) -> None:
    """A URL that cannot be asked is a failure like any other."""
    assert failure(client, url).reason.startswith(reason)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (503, {}, 1),
        (429, {"Retry-After": "2"}, 2),
        (503, {"Retry-After": "5"}, 5),
        (502, {}, 1),
        (504, {}, 1),
    ],
)
def test_a_passing_failure_is_tried_once_more(
    server: ScriptedServer,
    make_client: MakeClient,
    status: int,
    headers: dict[str, str],
    wait: float,
) -> None:
    """502, 503, 504 and a short Retry-After get a second try after the wait, and a second failure
    none.
    """
    waits: list[float] = []
    client = make_client(clock=lambda: 0.0, sleep=waits.append, deadline=10)
    answers = iter([Reply(status, headers), Reply(body=b"fine")])
    server.routes |= {"/": lambda _: next(answers), "/always": Reply(status, headers)}
    assert client.get(server.url + "/", max_bytes=MB).body == b"fine"
    assert waits == [wait]
    assert failure(client, server.url + "/always").status == status
    assert [seen.path for seen in server.seen] == ["/", "/", "/always", "/always"]


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "6"}])
def test_a_wait_that_is_long_or_unknown_is_not_waited_for(
    server: ScriptedServer, make_client: MakeClient, headers: dict[str, str]
) -> None:
    """A 429 that says nothing of when, or of more than five seconds, is a failure at once."""
    waits: list[float] = []
    server.routes["/"] = Reply(429, headers)
    assert (
        failure(make_client(clock=lambda: 0.0, sleep=waits.append), server.url + "/").status == 429
    )
    assert (waits, len(server.seen)) == ([], 1)


def test_a_host_that_asks_for_a_long_wait_is_left_alone(
    server: ScriptedServer, client: Client
) -> None:
    """Retry-After beyond a few seconds is handed on, and for the rest of the run the host is not
    asked again.
    """
    server.routes |= {"/": Reply(429, {"Retry-After": "120"}), "/other": b"ok"}
    error = failure(client, server.url + "/")
    assert (error.reason, error.retry_after) == ("HTTP 429 Too Many Requests", 120)
    later = failure(client, server.url + "/other")
    assert later.reason == "asked to wait 120 s"
    assert len(server.seen) == 1


def test_hanging_and_dripping_servers_are_left_in_time(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    """Silence ends at the timeout, and an endless trickle at the deadline, in the body as in the
    headers.
    """

    def drip_headers(handler: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 400:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.02)

    client = make_client(timeout=0.6, deadline=1.5)
    server.routes |= {"/hang": server.hang, "/drip": server.drip}
    began = time.monotonic()
    assert failure(client, server.url + "/hang").reason == "no answer within 0.6 s"
    assert failure(client, server.url + "/drip").reason == "not complete within 1.5 s"
    with serving({}, raw=drip_headers) as slow:
        assert failure(client, slow.url + "/").reason == "not complete within 1.5 s"
    assert time.monotonic() - began < 25


def compressed(name: str, data: bytes = TEXT) -> bytes:
    """`data` in one content coding."""
    bare = zlib.compressobj(9, zlib.DEFLATED, -15)
    makers: dict[str, Callable[[], bytes]] = {
        "gzip": lambda: gzip.compress(data),
        "x-gzip": lambda: gzip.compress(data[:100]) + gzip.compress(data[100:]) + b"\0" * 8,
        "deflate": lambda: zlib.compress(data),
        "Deflate": lambda: bare.compress(data) + bare.flush(),
        "zstd": lambda: zstd.compress(data[:100]) + zstd.compress(data[100:]),
        "br": lambda: bytes(brotli.compress(data, quality=4)),
        "br, gzip": lambda: gzip.compress(brotli.compress(data, quality=4)),
        "identity": lambda: data,
    }
    return makers[name]()


# A frame that asks for a window of 128 MB (RFC 9659 allows 8).
WIDE = bytes.fromhex("28b52ffd00884d000010000001005b2711820000")
CODINGS = ["gzip", "x-gzip", "deflate", "Deflate", "br", "zstd", "br, gzip", "identity"]


@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_that_is_asked_for_is_undone(
    server: ScriptedServer, client: Client, coding: str
) -> None:
    """gzip and zstd (also in several frames), zlib and bare deflate, brotli and two in a row give
    the same bytes.
    """
    server.routes["/"] = Reply(headers={"Content-Encoding": coding}, body=compressed(coding))
    assert client.get(server.url + "/", max_bytes=MB).body == TEXT


@pytest.mark.parametrize("coding", CODINGS[:-1])
def test_a_truncated_coding_is_recognised(
    server: ScriptedServer, client: Client, coding: str
) -> None:
    """A compressed body that ends too early is damaged, even where what came decodes well."""
    data = compressed(coding).rstrip(b"\0")
    server.routes["/"] = Reply(headers={"Content-Encoding": coding}, body=data[:-6])
    assert failure(client, server.url + "/").reason.endswith("data: it ends too early")


@pytest.mark.parametrize(
    ("coding", "body", "reason"),
    [
        ("gzip", b"plain", "damaged gzip data"),
        ("br", b"plain \xff\xff", "damaged brotli data"),
        ("deflate", b"\xff\xff\xff", "damaged deflate data"),
        ("deflate", b"x", "damaged deflate data: it ends too early"),
        ("zstd", b"plain", "damaged zstd data"),
        ("zstd", WIDE, "damaged zstd data"),
        ("compress", b"x", "unknown content coding 'compress'"),
        ("gzip, gzip, gzip, gzip", b"x", "too many content codings"),
    ],
)
def test_a_lying_content_encoding_is_named(
    server: ScriptedServer, client: Client, coding: str, body: bytes, reason: str
) -> None:
    """What is not coded as it says is damaged."""
    server.routes["/"] = Reply(headers={"Content-Encoding": coding}, body=body)
    assert failure(client, server.url + "/").reason == reason


def test_an_empty_coded_body_is_empty(server: ScriptedServer, client: Client) -> None:
    """No bytes at all are no damage."""
    server.routes["/"] = Reply(headers={"Content-Encoding": "gzip"})
    assert client.get(server.url + "/", max_bytes=MB).body == b""


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "br, gzip"])
def test_a_bomb_is_not_inflated(server: ScriptedServer, client: Client, coding: str) -> None:
    """A few kilobytes that stand for 50 MB are given up at the limit."""
    server.routes["/"] = Reply(
        headers={"Content-Encoding": coding}, body=compressed(coding, bytes(50 * MB))
    )
    assert failure(client, server.url + "/").reason == "larger than 1 MB once decompressed"


def test_a_run_ends_and_says_what_it_did_not_get_to(
    server: ScriptedServer, make_client: MakeClient
) -> None:
    """After the run's time nothing is begun, and what is under way ends; neither is said to be the
    server's fault.
    """
    server.routes |= {"/": b"x", "/slow": server.hang}
    client = make_client(run_deadline=1)
    began = time.monotonic()
    with pytest.raises(NotReached, match=r"not reached in time: a run has 1 s"):
        client.get(server.url + "/slow", max_bytes=MB)
    assert time.monotonic() - began < 15
    with pytest.raises(NotReached, match=r"not reached in time: a run has 1 s"):
        client.get(server.url + "/", max_bytes=MB)
    assert [seen.path for seen in server.seen] == ["/slow"]


def endless() -> Iterable[bytes]:
    """Two gigabytes of nothing."""
    return (b"x" * MB for _ in range(2000))


def test_a_flood_is_left(server: ScriptedServer, client: Client) -> None:
    """An answer that does not end is given up at the limit, one of just that size is not."""
    server.routes |= {"/": Reply(body=endless()), "/just": b"x" * MB}
    assert failure(client, server.url + "/").reason == "larger than 1 MB"
    assert len(client.get(server.url + "/just", max_bytes=MB).body) == MB


def test_a_body_shorter_than_promised_is_a_failure(server: ScriptedServer, client: Client) -> None:
    """A wrong Content-Length is told with both numbers."""
    server.routes["/"] = Reply(headers={"Content-Length": "99999"}, body=b"x" * 212)
    assert failure(client, server.url + "/").reason == "connection closed early: 212 of 99999 bytes"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "connection closed without an answer"),
        (b"SSH-2.0-OpenSSH_9\r\n\r\n", "not valid HTTP: illegal status line"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "not valid HTTP: illegal chunk header",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
            "connection closed early: 3 bytes",
        ),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000, "not valid HTTP: "),
    ],
)
def test_what_is_no_http_is_a_failure(client: Client, sent: bytes, reason: str) -> None:
    """A server that hangs up or speaks something else is named as such."""

    def speak(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(sent)

    with serving({}, raw=speak) as server:
        assert failure(client, server.url + "/").reason.startswith(reason)


def test_a_closed_port_refuses(client: Client) -> None:
    """Nobody listening is told from nobody answering."""
    with serving({}) as server:
        url = server.url
    assert failure(client, url + "/").reason == "connection refused"


def test_the_environment_names_no_proxy(
    server: ScriptedServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy in the environment is not used: it would resolve names where the guard cannot see
    it.
    """
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.routes["/"] = b"direct"
    assert client.get(server.url + "/", max_bytes=MB).body == b"direct"
