"""The quick reader of plain feeds beside feedparser: what the one reads, the other reads alike."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

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

WORDS = (
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
    with_comment = text.rstrip() + "<!-- xml:base -->"
    assert not is_plain(with_comment)
    return parse_feed(with_comment.encode(), "", URL)


@pytest.mark.parametrize("text", [RSS, ATOM])
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
        ("<category>Money</category>", "<dc:date>2026-02-05</dc:date>"),
        ("<item>", "<item xml:lang='de'>"),
        ("<description>About", "<description><b>About</b>"),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_feedparser(old: str, new: str) -> None:
    """Each of these means something to it."""
    changed = RSS.replace(old, new, 1)
    assert (changed != RSS, is_plain(changed)) == (True, False)


def test_the_two_readers_agree_on_whatever_both_read() -> None:
    """Over thousands of mutations of the feeds above, always the same ones."""
    chance = random.Random(5)  # noqa: S311  # repeatable, not secret
    taken = 0
    for _ in range(5000):
        seed, other = chance.sample([RSS.encode(), ATOM.encode()], 2)
        text = mutated(seed, other, WORDS, chance).decode("utf-8", "ignore")
        if is_plain(text):
            taken += 1
            assert quickly(text) == slowly(text), text
    assert taken > 100
