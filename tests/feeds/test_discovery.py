"""From home pages to feeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from digest.errors import FetchFailed
from digest.feeds.discovery import FoundFeed, Named, discover, linked, named, usual
from tests.servers import Reply

if TYPE_CHECKING:
    from digest.net.http import Client
    from tests.servers import ScriptedServer

HOME = "https://a.example/blog/"
RSS = "application/rss+xml"


def feed(*links: str, title: str = "News", enclosure: str = "") -> bytes:
    """An RSS feed with these links."""
    items = "".join(
        f"<item><link>{link}</link><guid>{link}</guid><title>{link}</title>{enclosure}</item>"
        for link in links
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


def page(*links: str, body: str = "") -> bytes:
    """A page with these links in its head."""
    return (
        "<!DOCTYPE"
        f" html><html><head><title>Home</title>{''.join(links)}</head><body>{body}</body></html>".encode()
    )


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (f"<link rel=alternate type={RSS} href=feed.xml>", HOME + "feed.xml"),
        (
            "<LINK REL='Alternate Home' TYPE='application/atom+xml; charset=utf-8' HREF='/atom'>",
            "https://a.example/atom",
        ),
        (
            "<link rel='feed' type='application/feed+json' href='//b.example/feed.json'>",
            "https://b.example/feed.json",
        ),
        ("<link rel='alternate' type='application/json' href='feed.json'>", HOME + "feed.json"),
        (
            f"<base href='https://c.example/'><link rel=alternate type={RSS} href=feed>",
            "https://c.example/feed",
        ),
        (f"<link rel=alternate type={RSS} href='\nfeed.xml\t'>", HOME + "feed.xml"),
    ],
)
def test_a_feed_that_a_page_names_is_found(link: str, url: str) -> None:
    """In every format, relative or not, in any letter case."""
    assert named(page(link), "text/html", HOME) == (Named(url, ""),)


@pytest.mark.parametrize(
    "link",
    [
        "<link rel=stylesheet type=text/css href=feed.css>",
        "<link rel=alternate hreflang=de href=/de>",
        "<link rel=alternate type=application/json+oembed href=/oembed>",
        f"<link rel=alternate type={RSS} href='javascript:alert(1)'>",
        f"<link rel=alternate type={RSS}>",
        f"<link rel=alternate type={RSS} title='Blog &raquo; Comments Feed' href=/comments/feed/>",
        f"<!-- <link rel=alternate type={RSS} href=/old> -->",
    ],
)
def test_what_is_no_feed_is_not_found(link: str) -> None:
    """Translations, embeds, scripts, comments of both kinds."""
    assert named(page(link), "text/html", HOME) == ()


def test_links_in_the_text_are_told_by_their_address() -> None:
    """Only what looks like a feed; articles about feeds do not."""
    body = "".join(
        f"<a href='{to}'>x</a>"
        for to in (
            "/rss.xml",
            "/about-rss-readers",
            "feed/",
            "/blog.atom",
            "/comments/feed/",
            "/rss.xml",
        )
    )
    found = linked(page(body=body), "text/html", HOME)
    assert [link.url for link in found] == [
        "https://a.example/rss.xml",
        HOME + "feed/",
        "https://a.example/blog.atom",
    ]


def test_usual_places_are_below_the_page_and_at_the_root() -> None:
    """Each once."""
    places = [link.url for link in usual("https://a.example/blog?x=1")]
    assert places[0] == HOME + "feed"
    assert "https://a.example/feed" in places
    assert len(places) == len(set(places))


def test_named_feeds_are_fetched_and_those_that_are_none_left_out(
    server: ScriptedServer, client: Client
) -> None:
    """One in several formats counts once; one that is gone, or no feed, does not count; the rest is
    not guessed.
    """
    as_json = {
        "version": "https://jsonfeed.org/version/1",
        "title": "N",
        "items": [{"id": "1", "url": "http://a.example/1"}],
    }
    audio = "<enclosure url='http://a.example/1.mp3' type='audio/mpeg'/>"
    server.routes |= {
        "/": page(
            *(
                f"<link rel=alternate type={RSS} href={to}>"
                for to in ("/one", "/one.json", "/gone", "/page", "/show")
            )
        ),
        "/one": feed("http://a.example/1"),
        "/one.json": json.dumps(as_json).encode(),
        "/page": page(),
        "/show": feed("http://a.example/2", title="Show", enclosure=audio),
        "/feed": feed("http://a.example/9"),
    }
    found = discover(server.url + "/", client)
    assert found == (
        FoundFeed(server.url + "/one", "News", "news", 1, None),
        FoundFeed(server.url + "/show", "Show", "podcast", 1, None),
    )
    assert "/feed" not in [seen.path for seen in server.seen]


def test_a_feed_is_its_own(server: ScriptedServer, client: Client) -> None:
    """Whatever type it is served with."""
    server.routes["/x"] = Reply(
        headers={"Content-Type": "text/html"}, body=feed("http://a.example/1")
    )
    assert [found.url for found in discover(server.url + "/x", client)] == [server.url + "/x"]


def test_a_page_that_names_none_is_searched_in_the_usual_places(
    server: ScriptedServer, client: Client
) -> None:
    """Only then."""
    server.routes |= {"/": page(), "/rss.xml": feed("http://a.example/1")}
    assert [found.url for found in discover(server.url + "/", client)] == [server.url + "/rss.xml"]


def test_a_page_that_cannot_be_had_is_a_failure(server: ScriptedServer, client: Client) -> None:
    """Nothing is guessed about a site that does not answer."""
    with pytest.raises(FetchFailed, match="HTTP 404"):
        discover(server.url + "/", client)
    assert len(server.seen) == 1
