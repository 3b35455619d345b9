"""Servers that hand out a cookie on the way and want it back before they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.errors import FetchFailed
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from digest.net.http import Client

MB = 1_000_000


def _asking(cookie: str, location: str) -> Callable[[Mapping[str, str]], Reply]:
    """Shows its page to who brings the cookie and sends everybody else to get it."""
    set_cookie = {"Location": location, "Set-Cookie": f"{cookie}; Path=/; HttpOnly"}
    return lambda headers: (
        Reply(body=b"the page")
        if cookie in headers.get("Cookie", "").split("; ")
        else Reply(302, set_cookie)
    )


def test_a_page_that_sends_back_to_itself_with_a_cookie_is_read(
    server: ScriptedServer, client: Client
) -> None:
    """It is no loop when the second request is another one; the next request starts without it."""
    server.routes["/page"] = _asking("seen=1", "/page")
    for _ in range(2):
        assert client.get(f"{server.url}/page", max_bytes=MB).body == b"the page"
    assert [asked.headers.get("Cookie") for asked in server.seen] == [None, "seen=1"] * 2


def test_a_gate_elsewhere_on_the_host_may_set_it(server: ScriptedServer, client: Client) -> None:
    """There and back again, as shops for journals do."""
    server.routes["/gate"] = Reply(302, {"Location": "/feed", "Set-Cookie": "ok=y; Path=/"})
    server.routes["/feed"] = lambda headers: (
        Reply(body=b"<rss/>") if "ok=y" in headers.get("Cookie", "") else Reply(303, {"Location": "/gate"})
    )  # fmt: skip
    assert client.get(f"{server.url}/feed", max_bytes=MB).body == b"<rss/>"


@pytest.mark.parametrize(
    "set_cookie",
    ["a=1; Path=/other", "a=1; Secure", "a=1; Max-Age=0", "a=1; Domain=example.org", f"a={'x' * 9000}"],
)  # fmt: skip
def test_a_cookie_that_may_not_be_sent_is_not(
    server: ScriptedServer, client: Client, set_cookie: str
) -> None:
    """For another path or host, over TLS alone, outlived, or larger than servers bear: a loop."""
    server.routes["/"] = Reply(302, {"Location": "/", "Set-Cookie": set_cookie})
    with pytest.raises(FetchFailed, match="redirect loop"):
        client.get(f"{server.url}/", max_bytes=MB)
    assert "Cookie" not in server.seen[-1].headers


def test_another_host_does_not_get_it(server: ScriptedServer, client: Client) -> None:
    """Nor does the port of another server on the way make it a friend."""
    with serving({"/": b"there"}, "127.0.0.2") as other:
        server.routes["/"] = Reply(302, {"Location": f"{other.url}/", "Set-Cookie": "id=1"})
        client.get(f"{server.url}/", max_bytes=MB)
        assert "Cookie" not in other.seen[0].headers


def test_a_server_that_is_never_content_is_left(server: ScriptedServer, client: Client) -> None:
    """A new cookie at every step ends where redirects end."""
    count = iter(range(100))
    server.routes["/"] = lambda _headers: Reply(
        302, {"Location": "/", "Set-Cookie": f"n={next(count)}"}
    )
    with pytest.raises(FetchFailed, match="redirects"):
        client.get(f"{server.url}/", max_bytes=MB)
    assert len(server.seen) <= client.limits.redirects + 1
