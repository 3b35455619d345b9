"""What tells the items of a feed apart, and where each leads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from digest.feeds.parser import parse_feed
from digest.feeds.shared_addresses import Holder, shared_addresses, shared_pages

if TYPE_CHECKING:
    from digest.feeds.parsed import ParsedEntry

AT = "https://docs.example"


def parsed(*items: str) -> tuple[ParsedEntry, ...]:
    """The items of an RSS feed."""
    text = (
        "<rss version='2.0' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'><channel>"
        f"<title>N</title>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )
    return parse_feed(text.encode(), "", f"{AT}/feed").entries


def atom(*entries: str) -> tuple[ParsedEntry, ...]:
    """The entries of an Atom feed."""
    inside = "".join(f"<entry>{one}</entry>" for one in entries)
    text = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title>{inside}</feed>"
    return parse_feed(text.encode(), "", f"{AT}/feed").entries


@pytest.mark.parametrize(
    ("links", "urls"),
    [
        (("log#v2", "log#v1"), ("log#v2", "log#v1")),
        (("log#v2", "log"), ("log#v2", "log")),
        (("app#/post/1", "app#/post/2"), ("app#/post/1", "app#/post/2")),
        (("one#x", "two#x"), ("one", "two")),  # what every link has tells nothing apart
        (("one#x", "one#x"), ("one", "one")),
        (("log#v2",), ("log#v2",)),  # a feed of the newest item alone
        (("log#top",), ("log",)),
        (("log#utm_source=rss",), ("log",)),
        (("log?utm_source=rss#v2", "log?utm_source=rss#v1"), ("log#v2", "log#v1")),
    ],
)
def test_an_anchor_stays_where_it_tells_items_apart(
    links: tuple[str, ...], urls: tuple[str, ...]
) -> None:
    """All else in it is where the reader came from, or where on a page of its own an item begins."""
    found = parsed(*(f"<title>{i}</title><link>{AT}/{link}</link>" for i, link in enumerate(links)))
    assert tuple(entry.url.removeprefix(f"{AT}/") for entry in found) == urls


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("<link>/show</link><title>A</title>", "<link>/show</link><title>B</title>", True),
        ("<link>/show</link><title>A</title>", "<link>/show</link><title>A</title>", False),
        ("<guid>7</guid><title>A</title>", "<guid>7</guid><title>A, corrected</title>", False),
        ("<guid>7</guid><link>/a</link>", "<guid>7</guid><link>/b</link>", True),
        (
            "<guid>7</guid><enclosure url='/1.mp3' type='audio/mpeg'/>",
            "<guid>7</guid><enclosure url='/2.mp3' type='audio/mpeg'/>",
            True,
        ),
        (f"<guid>{AT}/</guid><title>A</title>", f"<guid>{AT}/</guid><title>B</title>", True),
    ],
)
def test_items_that_share_what_should_tell_them_apart(one: str, other: str, *, two: bool) -> None:
    """An address that several items have is nobody's GUID; under an id a title may be corrected."""
    first, second = parsed(one, other)
    assert (first.guid != second.guid) is two


@pytest.mark.parametrize(
    ("item", "url"),
    [
        (f"<guid>{AT}/1</guid>", f"{AT}/1"),
        (f"<guid isPermaLink='false'>{AT}/1</guid>", ""),
        ("<guid>1</guid>", ""),
        (
            f"<link>https://feeds.example/~r/1</link><feedburner:origLink>{AT}/1</feedburner:origLink>",
            f"{AT}/1",
        ),
        (f"<enclosure url='{AT}/1.mp3' type='audio/mpeg'/>", f"{AT}/1.mp3"),
        (f"<link>{AT}/1</link><enclosure url='{AT}/1.mp3' type='audio/mpeg'/>", f"{AT}/1"),
        (
            f"<guid isPermaLink='false'>x</guid><enclosure url='{AT}/1.mp3' type='audio/mpeg'/>",
            f"{AT}/1.mp3",
        ),
    ],
)
def test_where_an_rss_item_leads(item: str, url: str) -> None:
    """Its own page before its id, and its recording where there is neither."""
    assert parsed(f"<title>T</title>{item}")[0].url == url


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        (f"<id>{AT}/1</id>", f"{AT}/1"),
        ("<id>tag:docs.example,2026:1</id>", ""),
        (f"<id>{AT}/1</id><link href='{AT}/2'/>", f"{AT}/2"),
    ],
)
def test_where_an_atom_entry_leads(entry: str, url: str) -> None:
    """An id that is a URL is an address where there is no link."""
    assert atom(f"<title>T</title><updated>2026-02-05T10:00:00Z</updated>{entry}")[0].url == url


@pytest.mark.parametrize(
    ("item", "url"),
    [({"id": f"{AT}/1"}, f"{AT}/1"), ({"id": "1"}, ""), ({"id": f"{AT}/1", "url": f"{AT}/2"}, f"{AT}/2")],
)  # fmt: skip
def test_where_a_json_item_leads(item: dict[str, str], url: str) -> None:
    """As in the other formats."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    (entry,) = parse_feed(json.dumps(feed).encode(), "", f"{AT}/feed").entries
    assert entry.url == url


@pytest.mark.parametrize(
    ("link", "url"), [("<link>/1</link>", f"{AT}/1"), ("", f"{AT}/about-1"), ("<link>one</link>", f"{AT}/one")]
)  # fmt: skip
def test_where_an_rss_1_item_leads(link: str, url: str) -> None:
    """What an item is about is an address where there is no link; a relative link stays one, though
    the item is about the same.
    """
    about = "one" if "one" in link else f"{AT}/about-1"
    text = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        f" xmlns='http://purl.org/rss/1.0/'><channel><title>N</title><link>{AT}</link></channel>"
        f"<item rdf:about='{about}'><title>T</title>{link}</item></rdf:RDF>"
    )
    (entry,) = parse_feed(text.encode(), "", f"{AT}/feed").entries
    assert entry.url == url


def test_a_source_names_the_publisher() -> None:
    """Of what an aggregator passes on, in either format."""
    (item,) = parsed(f"<title>T</title><source url='{AT}'>Fjord Wire</source>")
    (entry,) = atom("<title>T</title><id>x</id><source><title>Fjord Wire</title></source>")
    assert (item.publisher, entry.publisher) == ("Fjord Wire", "Fjord Wire")


def holder(number: int, feed: str, title: str, url: str = "/p", recording: str = "") -> Holder:
    """An entry at an address."""
    kind = "podcast" if recording else "news"
    return Holder(str(number), feed, kind, url, title, recording)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("holders", "shared"),
    [
        ([holder(1, "a", "One")], False),
        ([holder(1, "a", "One"), holder(2, "a", "Two")], True),
        ([holder(1, "a", "One"), holder(2, "a", "One!")], False),  # put up again
        ([holder(1, "a", "One"), holder(2, "b", "One, by Ann")], False),  # two feeds' words for it
        ([holder(1, "a", "Brief", recording="1"), holder(2, "a", "Brief", recording="2")], True),
        ([holder(1, "a", "One", recording="1"), holder(2, "b", "Two", recording="2")], True),
        ([holder(1, "a", "One", recording="1"), holder(2, "b", "One", recording="9")], False),
    ],
)
def test_an_address_is_shared_by_different_pieces(holders: list[Holder], *, shared: bool) -> None:
    """And not by one piece that several feeds bring."""
    assert bool(shared_addresses(holders)) is shared


def test_anchors_share_a_page_and_no_address() -> None:
    """Each is an address of its own on a page that is nobody's."""
    holders = [holder(1, "a", "One", "/log#1"), holder(2, "a", "Two", "/log#2")]
    assert shared_addresses(holders) == frozenset()
    assert set(shared_pages(holders)) == {"/log"}
