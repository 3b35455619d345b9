"""Pages that only send on, and addresses that carry another."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from digest.net.refresh_and_wrapped_links import refresh_of, wrapped_in
from tests.extract.pages import PARAGRAPHS, page
from tests.extract.test_document import HTML, TEASER, Desk, desk
from tests.servers import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["desk"]  # the fixture
ARTICLE = "\n".join(PARAGRAPHS)
AT = "https://a.example/old"


@pytest.mark.parametrize(
    ("html", "onward"),
    [
        ('<meta http-equiv="refresh" content="0; url=https://b.example/new">', "https://b.example/new"),
        ("<META content='3;URL=/new' HTTP-EQUIV=Refresh>", "https://a.example/new"),
        ('<meta http-equiv="refresh" content="0;url=&quot;new?a=1&amp;b=2&quot;">', "https://a.example/new?a=1&b=2"),
        ('<noscript><meta http-equiv=refresh content="0, https://b.example/"></noscript>', "https://b.example/"),
        ("<script>window.location.replace('https:\\/\\/b.example\\/new')</script>", "https://b.example/new"),
        ('<script>location.href = "/new";</script>', "https://a.example/new"),
        ('<meta http-equiv="refresh" content="300; url=https://a.example/other">', ""),  # loads itself anew
        ('<meta http-equiv="refresh" content="0; url=/old#top">', ""),
        ('<meta http-equiv="refresh" content="0">', ""),
        ('<meta http-equiv="refresh" content="0; url=javascript:x()">', ""),
        ('<meta http-equiv="refresh" content="0; url=http://[bad">', ""),
        ('<meta name="description" content="0; url=https://b.example/">', ""),
    ],
)  # fmt: skip
def test_where_a_page_sends(html: str, onward: str) -> None:
    """By refresh or by script; not to itself, not after minutes, and only to the web."""
    assert refresh_of(html, AT, by_script=True) == onward


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        ("https://a.example/url?sa=t&url=https%3A%2F%2Fb.example%2Fx%3Fy%3D1&ct=ga", "https://b.example/x?y=1"),
        ("https://a.example/out?q=http://b.example/x", "http://b.example/x"),
        ("https://a.example/search?q=chips", ""),
        ("https://a.example/x?url=/relative", ""),
        ("https://a.example/x?url=file:///etc/passwd", ""),
        ("http://[bad?url=https://b.example/", ""),
    ],
)  # fmt: skip
def test_which_address_another_carries(url: str, inner: str) -> None:
    """Only a whole one of the web."""
    assert wrapped_in(url) == inner


def _stub(onward: str) -> Reply:
    return Reply(200, HTML, f'<meta http-equiv="refresh" content="0; url={onward}">'.encode())


@pytest.mark.parametrize(
    ("path", "routes"),
    [
        ("/old", {"/old": _stub("/new")}),
        ("/old", {"/old": _stub("/older"), "/older": _stub("/new")}),
        ("/url?url={new}", {"/url?url={new}": Reply(200, HTML, b"<p>Redirect notice</p>")}),
        ("/url?q={new}&x=1", {"/url?q={new}&x=1": Reply(403)}),
    ],
)
def test_what_only_sends_on_is_followed(desk: Desk, path: str, routes: Mapping[str, Reply]) -> None:
    """The article is read where it stands."""
    new = quote(f"{desk.server.url}/new", safe="")
    desk.server.routes |= {at.format(new=new): reply for at, reply in routes.items()}
    desk.server.routes["/new"] = Reply(200, HTML, page())
    at = path.format(new=new)
    desk.publish(at, routes[path])
    found = desk.read()[at]
    assert (found.basis, found.text, found.note) == ("article", ARTICLE, "")


@pytest.mark.parametrize(
    ("onward", "note"),
    [
        ("http://10.0.0.1/x", "refused"),
        ("/gone", "HTTP 404 Not Found at"),
        ("/hidden", "robots.txt does not allow it at"),
    ],
)
def test_what_cannot_be_followed_is_told_truly(desk: Desk, onward: str, note: str) -> None:
    """The same guard and the same robots.txt as for any address."""
    desk.server.routes["/robots.txt"] = b"User-agent: *\nDisallow: /hidden"
    desk.publish("/old", _stub(onward))
    found = desk.read()["/old"]
    assert (found.basis, found.text) == ("feed-text", TEASER)
    assert note in found.note
    assert found.note.endswith("where the page only sends on to")


def test_pages_that_send_in_a_circle_end(desk: Desk) -> None:
    """A few steps, then what is there is judged."""
    desk.server.routes["/b"] = _stub("/a")
    desk.publish("/a", _stub("/b"))
    assert desk.read()["/a"].basis == "feed-text"
    assert len(desk.server.seen) <= 6
