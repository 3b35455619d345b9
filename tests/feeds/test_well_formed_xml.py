"""The quick reader of plain feeds beside feedparser: what the one reads, the other reads alike."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from feedparser.api import StrictFeedParser  # type: ignore[import-untyped]  # it ships no types

from bench.fuzz import mutated
from digest.feeds.parser import parse_feed
from digest.feeds.plain_text import clean, legal_references
from digest.feeds.well_formed_xml import read_wellformed
from digest.feeds.xml_prolog import open_document

if TYPE_CHECKING:
    from digest.feeds.parsed import ParsedFeed

URL = "https://a.example/blog/feed"
RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>News</title><link>https://a.example/</link><atom:link href="https://a.example/feed" rel="self"
 type="application/rss+xml"/>
<description>About <![CDATA[& more]]></description><language>en</language><ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>
<sy:updateFrequency>1</sy:updateFrequency><image><url>i.png</url><title>I</title><link>https://a.example/</link></image>
<item><title>Rates rise — again</title><link>/1?utm_source=rss</link>
<guid isPermaLink="false">p=1</guid><dc:creator><![CDATA[Ann]]></dc:creator>
<pubDate>Thu, 05 Feb 2026 05:00:00 GMT</pubDate><category>Money</category><description>&lt;p&gt;Short&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>All of <b>it</b></p><p>Twice</p>]]></content:encoded><slash:comments>0</slash:comments></item>
<item><guid>https://a.example/2</guid><title>AT&amp;T &lt; Two</title><enclosure url="/2.mp3" type="audio/mpeg" length="9"/>
<author>b@a.example (Bo)</author></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title type="html">N &amp;amp;
 &lt;b&gt;V&lt;/b&gt;</title><id>urn:n</id>
<link href="/"/><link rel="self" href="/feed"/><updated>2026-02-05T05:00:00Z
</updated><author><name>Ann</name><email>ann@a.example</email></author>
<entry><id>tag:a.example,2026:1</id><title>Rates &lt; 5</title>
<link rel="alternate" type="text/html" href="1"/><published>2026-02-05T05:00:00+01:00</published>
<updated>2026-02-06T05:00:00Z</updated><author><name>Bo</name><uri>/bo</uri></author><summary>Short</summary>
<content type="html">&lt;p&gt;All of it&lt;/p&gt;</content><link rel="enclosure" href="/1.mp3" type="audio/mpeg"/></entry></feed>"""
PODCAST = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Talk</title><link>https://a.example/</link><description>About it</description><itunes:summary>About</itunes:summary>
<itunes:owner><itunes:name>Ann</itunes:name><itunes:email>ann@a.example</itunes:email></itunes:owner><itunes:author>Ann</itunes:author>
<itunes:image href="i.png"/><itunes:category text="News"><itunes:category text="Tech"/></itunes:category><atom:id>urn:talk</atom:id>
<podcast:value type="lightning"><podcast:valueRecipient name="a" split="9"/></podcast:value><generator>G</generator>
<item><guid isPermaLink="false">e1</guid><title>One</title><media:title>Another</media:title><link>https://a.example/1</link>
<description>Short</description><itunes:summary>Somewhat longer</itunes:summary><content:encoded>&lt;p&gt;The longest of all&lt;/p&gt;</content:encoded>
<itunes:author>Bo</itunes:author><dc:creator>Cy</dc:creator><itunes:duration>12:03</itunes:duration><itunes:explicit>no</itunes:explicit>
<pubDate>Thu, 05 Feb 2026 05:00:00 GMT</pubDate><enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="9"/>
<media:content url="v.mp4"><media:thumbnail url="t.png"/></media:content><podcast:transcript url="/1.vtt" type="text/vtt"/></item>
<item><guid isPermaLink="false">e2</guid><itunes:summary>First</itunes:summary><description>Then a second one</description></item>
</channel></rss>"""
SEEDS = (RSS, ATOM, PODCAST)

WORDS = (
    b"<itunes:summary>A summary</itunes:summary>",
    b"<media:title>m</media:title>",
    b"<itunes:author>x</itunes:author>",
    b"<podcast:season>2</podcast:season>",
    b"<itunes:subtitle>s</itunes:subtitle>",
    b"<atom:updated>2026-02-05T05:00:00Z</atom:updated>",
    b" xml:base='/b/'",
    b"<content:encoded>long and longer than any</content:encoded>",
    b"<![CDATA[<b>x</b>]]>",
    b"&amp;",
    b"&lt;i&gt;",
    b"<title>x</title>",
    b"<item>",
    b"</item>",
    b" isPermaLink='true'",
    b" xml:lang='de'",
    b" rel='alternate'",
    b"<language>de</language>",
    "é".encode(),
    "Ã©".encode(),
    b"&#x80;",
    b"<x/>",
    b"<link>y</link>",
    b"<link href='z'/>",
    b" type='xhtml'",
    b" type='text'",
    b"<dc:date>2026</dc:date>",
    b"<!-- c -->",
    b"https://b.example/",
    b"  ",
    b"<guid>g</guid>",
)


def is_plain(text: str) -> bool:
    """Whether the quick reader takes it."""
    document = open_document(legal_references(clean(text)))
    return read_wellformed(document.text, document.root) is not None


def quickly(text: str) -> ParsedFeed:
    """What becomes of a feed that the quick reader takes."""
    assert is_plain(text)
    return parse_feed(text.encode(), "", URL)


def slowly(text: str) -> ParsedFeed:
    """What feedparser makes of it: a comment keeps the quick reader away."""
    with_comment = text.rstrip() + "<!-- xml:lang xml:lang -->"
    assert not is_plain(with_comment)
    return parse_feed(with_comment.encode(), "", URL)


@pytest.mark.parametrize("text", SEEDS)
def test_plain_feeds_are_read_quickly_and_alike(text: str) -> None:
    """Everything that entries are made of is the same."""
    assert quickly(text).entries
    assert quickly(text) == slowly(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</channel>", ""),  # damaged
        (
            "<title>AT&amp;T &lt; Two</title>",
            "<title>Two &amp;amp; three</title>",
        ),  # a title that may be HTML
        ("<title>AT&amp;T &lt; Two</title>", "<title>Two</title><title>Three</title>"),
        (
            "<title>AT&amp;T &lt; Two</title>",
            "<title>caf\u00c3\u00a9</title>",
        ),  # UTF-8 that was taken for Latin-1
        (
            "<title>AT&amp;T &lt; Two</title>",
            "<title>&#x93;Two&#x94;</title>",
        ),  # windows-1252 by number
        ("Thu, 05 Feb 2026 05:00:00 GMT", "soon"),
        ("<category>Money</category>", "<dc:title>Money</dc:title>"),
        ("<item>", "<item xml:lang='de'>"),
        ("<description>About", "<description><b>About</b>"),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_feedparser(old: str, new: str) -> None:
    """Each of these means something to it."""
    changed = RSS.replace(old, new, 1)
    assert (changed != RSS, is_plain(changed)) == (True, False)


def _known_to_feedparser() -> set[tuple[str, str]]:
    """The prefix and the name of every element that feedparser reads."""
    handlers = (name for name in dir(StrictFeedParser) if name.startswith(("_start_", "_end_")))
    bare = {name.removeprefix("_start_").removeprefix("_end_") for name in handlers}
    return {
        (prefix, name[len(prefix) :].strip("_"))
        for name in bare
        for prefix in ("", "itunes", "media", "dc", "dcterms")
        if name.startswith(prefix) and (prefix or "_" not in name)
    }


def test_what_is_passed_over_means_nothing_to_feedparser() -> None:
    """No element that it reads, in a feed or in an item, makes an entry or a feed another."""
    passed = 0
    for prefix, name in sorted(_known_to_feedparser()):
        tag = f"{prefix}:{name}" if prefix else name
        space = ' xmlns:dcterms="http://purl.org/dc/terms/"' if prefix == "dcterms" else ""
        for place in ("</item>", "</channel>"):
            changed = PODCAST.replace(place, f"<{tag}{space}>2020-01-02</{tag}>{place}", 1)
            if is_plain(changed):
                passed += 1
                assert quickly(changed) == slowly(changed), changed
    assert passed > 50


def test_the_two_readers_agree_on_whatever_both_read() -> None:
    """Over thousands of mutations of the feeds above, always the same ones."""
    chance = random.Random(5)  # noqa: S311  # repeatable, not secret
    taken = 0
    for _ in range(5000):
        seed, other = chance.sample([one.encode() for one in SEEDS], 2)
        text = mutated(seed, other, WORDS, chance).decode("utf-8", "ignore")
        if is_plain(text):
            taken += 1
            assert quickly(text) == slowly(text), text
    assert taken > 100
