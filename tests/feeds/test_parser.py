"""Feeds in every format and dialect, each with what it says."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import FetchFailed
from digest.feeds.parser import ParsedEntry, ParsedFeed, parse_feed
from digest.model import Link
from tests.examples import examples

URL = "https://news.example/feeds/all.xml"
DAY = datetime(2026, 2, 5, 10, 30, tzinfo=UTC)
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)


def parse(text: str | bytes, content_type: str = "application/xml") -> ParsedFeed:
    """Parse what came from URL."""
    return parse_feed(text.encode() if isinstance(text, str) else text, content_type, URL)


def rss(items: str, channel: str = "<title>News</title><link>https://news.example/</link>") -> str:
    """An RSS 2.0 document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        f" {NAMESPACES}><channel>{channel}{items}</channel></rss>"
    )


def item(inside: str) -> ParsedEntry:
    """The entry that one RSS item becomes."""
    return parse(rss(f"<item>{inside}</item>")).entries[0]


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">N&amp;amp;ws</title><link href="https://news.example/"/>
<link rel="self" href="https://news.example/feeds/all.xml"/><entry><id>tag:1</id><title>Chips</title><link rel="enclosure" href="/a.jpg"
type="image/jpeg"/><link rel="alternate" href="/chips?utm_source=feed"/>
<updated>2026-02-05T11:30:00+01:00</updated><author><name>Ann</name></author>
<content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content><summary>One.</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>N&amp;ws</title><link>https://news.example/</link></channel>
<item rdf:about="tag:1"><title>Chips</title><link>https://news.example/chips</link><dc:creator>Ann</dc:creator>
<dc:date>2026-02-05T10:30:00Z</dc:date><description>One.

Two.</description></item></rdf:RDF>"""
RSS = rss(
    """<item><guid isPermaLink="false">tag:1</guid><title>Chips</title><link>https://news.example/chips#top</link><dc:creator>Ann</dc:creator>
<pubDate>Thu, 05 Feb 2026 10:30:00 GMT</pubDate><description>One.</description>
<content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item>""",
    "<title>N&amp;ws</title><link>https://news.example</link>",
)
RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>N&amp;ws</title><link>https://news.example/</link><item><title>Chips</title><link>https://news.example/chips</link>
<guid>tag:1</guid><author>ann@news.example (Ann)</author><pubDate>05 Feb 2026 10:30 UT</pubDate>
<description>&lt;p&gt;One.&lt;/p&gt;Two.</description></item></channel></rss>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "N&ws",
    "home_page_url": "https://news.example/",
    "items": [
        {
            "id": "tag:1",
            "url": "/chips",
            "title": "Chips",
            "authors": [{"name": "Ann"}],
            "date_published": "2026-02-05T10:30:00Z",
            "content_text": "One.\nTwo.",
        }
    ],
}


@pytest.mark.parametrize(
    "document",
    [ATOM, RDF, RSS, RSS_091, json.dumps(JSON)],
    ids=["atom", "rdf", "rss", "rss091", "json"],
)
def test_every_format_says_the_same(document: str) -> None:
    """One story in five formats is one entry, field for field."""
    feed = parse(document)
    assert (feed.title, feed.home_url.rstrip("/"), feed.problems) == (
        "N&ws",
        "https://news.example",
        (),
    )
    entry = ParsedEntry(
        guid="tag:1",
        url="https://news.example/chips",
        title="Chips",
        published=DAY,
        author="Ann",
        text="One.\nTwo.",
    )
    assert feed.entries == (entry,)


TITLES = {
    "<title>AT&amp;T</title>": "AT&T",
    "<title>AT&amp;amp;T</title>": "AT&T",
    "<title><![CDATA[AT&amp;T]]></title>": "AT&T",
    "<title>It&amp;#8217;s &lt;em&gt;new&lt;/em&gt;</title>": "It\u2019s new",
    "<title>1 &lt; 2</title>": "1 < 2",
    "<title>\n  Two\n  lines </title>": "Two lines",
    "<title></title><description>One two three four five six seven eight nine ten eleven twelve"
    " thirteen. And more.</description>": (
        "One two three four five six seven eight nine ten eleven twelve thirteen."
    ),
    f"<description>We sold the plant, and then {'a word ' * 30}</description>": (
        "We sold the plant…"
    ),
    f"<description>{'word ' * 60}</description>": f"{'word ' * 11}word…",
    "<description>Short &lt;b&gt;post&lt;/b&gt;</description>": "Short post",
    "<title>undefined</title><description>Rates rose.</description>": "Rates rose.",
    "<title>[object Object]</title><description>Rates rose.</description>": "Rates rose.",
    "<title>{{ post.title }}</title><description>Rates rose.</description>": "Rates rose.",
    "<title>#N/A</title><link>https://news.example/rates-rose</link>": "rates rose",
    "<title>Null results in {{ braces }} count</title>": "Null results in {{ braces }} count",
}


@pytest.mark.parametrize(("inside", "title"), TITLES.items())
def test_titles_are_plain_text(inside: str, title: str) -> None:
    """However often a title was escaped; where there is none, the first sentence of the text, or
    whole clauses of it.
    """
    assert item(inside).title == title


LINKS = {
    "<link>https://news.example/a?utm_source=rss&amp;id=1</link>": "https://news.example/a?id=1",
    "<link>/a</link>": "https://news.example/a",
    "<link>a b</link>": "https://news.example/a%20b",
    "<link>//cdn.example/a</link>": "https://cdn.example/a",
    "<link>\nhttps://news.example/\n a\n</link>": "https://news.example/%20a",
    '<guid isPermaLink="true">https://news.example/g</guid>': "https://news.example/g",
    '<guid isPermaLink="false">https://news.example/g</guid>': "",
    "<guid>17</guid>": "",
    "<link>javascript:alert(1)</link>": "",
    "<link>file:///etc/passwd</link>": "",
    "<link>mailto:a@b.example</link>": "",
    "<link>http://[::1</link>": "",
    "<link>N/A</link>": "",
    "<link>{{ page.url }}</link>": "",
    "<link>/n/a</link>": "https://news.example/n/a",
    "": "",
}


@pytest.mark.parametrize(("inside", "url"), LINKS.items())
def test_links_are_absolute_and_lead_to_the_web(inside: str, url: str) -> None:
    """Relative links are resolved, trackers dropped, and what is no http or https is no link."""
    assert item(inside).url == url


def test_xml_base_goes_before_the_feeds_address() -> None:
    """Atom resolves against xml:base; without it against where the feed came from."""
    entry = '<entry {}><id>1</id><title>t</title><link href="x"/></entry>'
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        + entry.format('xml:base="https://base.example/b/"')
        + entry.format("")
        + "</feed>"
    )
    assert [found.url for found in parse(feed).entries] == [
        "https://base.example/b/x",
        "https://news.example/feeds/x",
    ]


def test_an_entry_without_a_guid_gets_one_that_lasts() -> None:
    """The link stands in for the GUID, else a hash of title and date, which only those two
    change.
    """
    assert item("<link>https://news.example/a?utm_source=x</link>").guid == "https://news.example/a"
    bare = item("<title>a</title><description>one</description>").guid
    assert bare == item("<title>a</title><description>two</description>").guid
    assert bare != item("<title>b</title>").guid


def test_a_guid_that_several_links_share_identifies_none() -> None:
    """Items with one GUID and different links are told apart by their links; real duplicates keep
    it.
    """
    entry = "<item><guid isPermaLink='false'>same</guid><link>https://news.example/{}</link></item>"
    assert [e.guid for e in parse(rss(entry.format(1) + entry.format(2))).entries] == [
        "https://news.example/1",
        "https://news.example/2",
    ]
    assert [e.guid for e in parse(rss(entry.format(1) * 2)).entries] == ["same", "same"]


def test_dates_stay_unknown_when_they_are() -> None:
    """No date and an unreadable one are None; an unreadable first date leaves the next."""
    assert item("<title>x</title>").published is None
    assert item("<pubDate>soon</pubDate>").published is None
    assert (
        item("<pubDate>{{ date }}</pubDate><dc:date>2026-02-05T10:30:00Z</dc:date>").published
        == DAY
    )
    assert item("<pubDate>2026-02-05 10:30:00</pubDate>").published == DAY


EPISODE = """<title>E1</title><enclosure url="/cover.png" type="image/png"/><enclosure url="/e1.mp4" type="video/mp4"/>
<enclosure url="/e1.mp3?utm_source=x" type="audio/MPEG" length="1"/><itunes:duration>{}</itunes:duration>
<podcast:transcript url="/e1.vtt" type="text/vtt"/><podcast:transcript url="/e1.srt" type="application/x-subrip" language="en"/>
<podcast:transcript url="javascript:x" type="text/html"/><podcast:transcript url="/e1.vtt" type="text/vtt"/>
<podcast:chapters url="/e1.json" type="application/json+chapters"/>"""


def test_an_episode_keeps_its_files() -> None:
    """The audio, every transcript once and in order, the chapters and the length."""
    feed = parse(rss(f"<item><title>E0</title></item><item>{EPISODE.format('1:02:03')}</item>"))
    episode = feed.entries[1]
    assert feed.entries[0].transcripts == ()
    assert episode.enclosure == Link("https://news.example/e1.mp3?utm_source=x", "audio/mpeg")
    assert episode.transcripts == (
        Link("https://news.example/e1.vtt", "text/vtt"),
        Link("https://news.example/e1.srt", "application/x-subrip", "en"),
    )
    assert (episode.chapters_url, episode.seconds) == ("https://news.example/e1.json", 3723)


PODLOVE = """<psc:chapters xmlns:psc="http://podlove.org/simple-chapters" version="1.2"><psc:chapter start="0" title="Hello"/>
<psc:chapter start="00:01:01.500" title="Chips &amp; power"/><psc:chapter start="soon" title="?"/>
<psc:chapter start="1:02:03" title="Bye"/></psc:chapters>"""


def test_chapters_in_the_feed_are_listed_in_the_notes() -> None:
    """Podlove Simple Chapters, unless the notes list chapters of their own."""
    assert (
        item(f"<title>E</title><description>Notes.</description>{PODLOVE}").text
        == "Notes.\n(0:00) Hello\n(1:01) Chips & power\n(1:02:03) Bye"
    )
    own = "(0:00) One (1:00) Two (2:00) Three"
    assert item(f"<title>E</title><description>{own}</description>{PODLOVE}").text == own


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("3723", 3723),
        ("62:03", 3723),
        ("1:02:03.5", 3723),
        ("0", None),
        ("", None),
        ("an hour", None),
        ("9" * 30, None),
        ("1:2:3:4", None),
    ],
)
def test_lengths_of_episodes(written: str, seconds: int | None) -> None:
    """Seconds, minutes or hours; nonsense is unknown."""
    assert item(EPISODE.format(written)).seconds == seconds


def test_the_feeds_own_facts() -> None:
    """ttl and languages; an item's own language goes with the item."""
    feed = parse(
        rss(
            "<item><dc:language>fr</dc:language></item>",
            "<title>x</title><ttl> 30 </ttl><language>en-US</language>",
        )
    )
    assert (feed.ttl_minutes, feed.language, feed.entries[0].language) == (30, "en-US", "fr")
    assert parse(rss("", "<ttl>soon</ttl>")).ttl_minutes is None


CHARSETS: dict[str, tuple[bytes, str]] = {
    "utf-8 as labelled": (
        rss("<item><title>prête €2 à Évry</title></item>").encode(),
        "text/xml; charset=utf-8",
    ),
    "windows-1252 labelled utf-8": (
        rss("<item><title>prête €2 à Évry</title></item>").encode("cp1252"),
        "application/rss+xml; charset=utf-8",
    ),
    "utf-8 labelled latin-1": (
        rss("<item><title>prête €2 à Évry</title></item>").encode(),
        "text/xml; charset=iso-8859-1",
    ),
    "windows-1252 labelled latin-1": (
        rss("<item><title>prête €2 à Évry</title></item>")
        .replace("utf-8", "iso-8859-1")
        .encode("cp1252"),
        "text/xml",
    ),
    "utf-16 with a mark": (
        rss("<item><title>prête €2 à Évry</title></item>")
        .replace("utf-8", "utf-16")
        .encode("utf-16"),
        "text/xml",
    ),
    "utf-16 without": (
        rss("<item><title>prête €2 à Évry</title></item>").encode("utf-16-be"),
        "text/xml",
    ),
    "no label at all": (
        rss("<item><title>prête €2 à Évry</title></item>").partition("?>")[2].encode(),
        "",
    ),
    "an unknown label": (
        rss("<item><title>prête €2 à Évry</title></item>").replace("utf-8", "x-klingon").encode(),
        "text/xml; charset=rot13",
    ),
    "html entities": (
        rss("<item><title>pr&ecirc;te &euro;2 &agrave; &Eacute;vry</title></item>").encode(),
        "",
    ),
}


@pytest.mark.parametrize("name", CHARSETS)
def test_text_is_right_whatever_the_labels_say(name: str) -> None:
    """The bytes decide; header and declaration may both be wrong."""
    body, content_type = CHARSETS[name]
    assert parse(body, content_type).entries[0].title == "prête €2 à Évry"


@pytest.mark.parametrize(
    ("charset", "word"),
    [
        ("windows-1251", "Чипы"),
        ("shift_jis", "半導体"),
        ("gb2312", "芯片制造商"),
        ("iso-2022-jp", "半導体"),
        ("koi8-r", "Чипы"),
    ],
)
def test_other_charsets_are_read_by_their_label(charset: str, word: str) -> None:
    """What is no UTF-8 is what the document says, against a header's default."""
    body = rss(f"<item><title>{word}</title></item>").replace("utf-8", charset).encode(charset)
    assert parse(body, "text/xml; charset=iso-8859-1").entries[0].title == word


def test_stray_bytes_do_not_spoil_the_rest() -> None:
    """One paragraph of windows-1252 pasted into UTF-8 leaves both readable, and is told."""
    feed = parse(
        rss("<item><title>prête</title></item><item><title>@</title></item>")
        .encode()
        .replace(b"@", b"d\x92\xc9vry")
    )
    assert [entry.title for entry in feed.entries] == ["prête", "d\u2019Évry"]
    assert feed.problems == ("bytes that are not UTF-8 were read as windows-1252",)


DAMAGED = {
    "truncated": (
        rss("<item><title>one</title></item><item><title>two</title></item><item><title>thr")
        .encode()
        .partition(b"thr")[0]
        + b"thr"
    ),
    "undeclared prefix": (
        b"<rss><channel><item><title>one</title><x:y>z</x:y></item><item><title>two</title></item></channel></rss>"
    ),
    "bare ampersand": (
        b"<rss><channel><item><title>one</title><link>http://x/?a=1&b=2</link></item><item><title>two</title></item></channel></rss>"
    ),
    "leading junk": (
        b"Warning: mysql_connect()<br />\n<b>Oops</b>\n"
        + rss("<item><title>one</title></item><item><title>two</title></item>").encode()
    ),
    "leading blank lines": (
        b"\n\n " + rss("<item><title>one</title></item><item><title>two</title></item>").encode()
    ),
    "control characters": (
        rss("<item><title>one\x08</title></item><item><title>two\x0b</title></item>").encode()
    ),
    "references to no character": (
        b"<rss><channel><item><title>o&#x110000;n&#55296;e&#8;</title></item>"
        b"<item><title>two&#99999999999;&#1</title></item></channel></rss>"
    ),
    "an end tag that feedparser stumbles over": (
        b"<rss><channel><item><title>one</title></media:player></item>"
        b"<item><title>two</title></item></channel></rss>"
    ),
    "a namespace that feedparser stumbles over": (
        b"<rss xmlns:x='http://x /'><channel><x:y/><item><title>one</title></item>"
        b"<item><title>two</title></item></channel></rss>"
    ),
    "inside a page": (
        b"<html><body>"
        + rss("<item><title>one</title></item><item><title>two</title></item>").encode()
        + b"</body></html>"
    ),
    "an harmless entity": (
        b'<!DOCTYPE rss [<!ENTITY % H PUBLIC "-//W3C" "http://www.w3.org/x.ent"> %H; <!ENTITY nbsp'
        b' "&#160;">]>'
        + rss("<item><title>one&nbsp;</title></item><item><title>two</title></item>")
        .partition("?>")[2]
        .encode()
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_feed_is_read_as_far_as_it_goes(name: str) -> None:
    """Broken XML, junk around it and odd characters cost no complete item."""
    assert [entry.title for entry in parse(DAMAGED[name]).entries] == ["one", "two"]


NOT_FEEDS = {
    b"": "empty answer",
    b" \n ": "empty answer",
    b"<!doctype html><html><body>Hello</body></html>": "not a feed: a web page",
    b"<!-- x --><HTML><head></head></HTML>": "not a feed: a web page",
    b"Hello <html>": "not a feed: a web page",
    b"Hello": "not a feed",
    b"<rss><item><textinput></name>": (
        "not a feed that can be read: its XML is too damaged (KeyError)"
    ),
    b"{}": "not a feed: JSON without items",
    b"[1]": "not a feed: JSON without items",
    b'{"items": ': "not a feed: damaged JSON",
    b"[" * 100_000: "not a feed: damaged JSON",
    b"<opml version='2.0'><body/></opml>": "not a feed: XML with the root 'opml'",
    b"\x89PNG\r\n\x1a\n\0\0\0": "not a feed",
}


@pytest.mark.parametrize("body", NOT_FEEDS, ids=lambda body: body[:12].decode("latin-1"))
def test_what_is_no_feed_is_named(body: bytes) -> None:
    """The reason says what came instead."""
    with pytest.raises(FetchFailed) as caught:
        parse(body)
    assert (caught.value.reason, caught.value.url) == (NOT_FEEDS[body], URL)


LAUGHS = "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12))
BOMBS = {
    "billion laughs": (
        "<!DOCTYPE lolz [<!ENTITY a"
        f' "ha">{LAUGHS}]><rss><channel><title>&m;</title></channel></rss>'
    ),
    "external entity": (
        "<!DOCTYPE r [<!ENTITY x SYSTEM"
        ' "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    ),
    "behind a comment": (
        "<!-- <rss> --><!DOCTYPE lolz [<!ENTITY a"
        f' "ha">{LAUGHS}]><rss><channel><title>&m;</title></channel></rss>'
    ),
    "in UTF-16": (
        "<!DOCTYPE lolz [<!ENTITY a"
        f' "ha">{LAUGHS}]><rss><channel><title>&m;</title></channel></rss>'
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_dtd_that_would_do_harm_is_refused(name: str) -> None:
    """Entities that expand into others or name files end the reading at once."""
    body = BOMBS[name].encode("utf-16" if "UTF-16" in name else "utf-8")
    began = time.process_time()
    with pytest.raises(
        FetchFailed,
        match="refused: its DTD declares entities that expand into others or name files",
    ):
        parse(body)
    assert time.process_time() - began < 3


def test_json_feed_of_any_types() -> None:
    """Numbers as ids, a version 1 author, an external link, attachments, and values of the wrong
    type.
    """
    items = [
        {
            "id": 7,
            "external_url": "https://x.example/?utm_source=a",
            "content_html": "<p>Hi</p>",
            "author": {"name": "Bo"},
        },
        {
            "id": "8",
            "attachments": [
                {"url": "/c.png", "mime_type": "image/png"},
                {"url": "/a.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 61.5},
            ],
        },
        {
            "id": None,
            "title": ["x"],
            "tags": 1,
            "authors": "x",
            "attachments": {"a": 1},
            "date_published": 5,
            "content_text": "\ud800lone",
        },
        "not an item",
    ]
    first, second, third = parse(json.dumps({"items": items})).entries
    assert (first.guid, first.url, first.author, first.text, first.title) == (
        "7",
        "https://x.example/",
        "Bo",
        "Hi",
        "Hi",
    )
    assert (second.enclosure, second.seconds) == (
        Link("https://news.example/a.mp3", "audio/mpeg"),
        61,
    )
    assert (third.title, third.published, third.enclosure) == ("lone", None, None)


TOKENS = st.sampled_from(
    [
        *rb"""<rss version='2.0'>
<channel>
<item>
</item>
<title>
</title>
<link>
<link/>
<!DOCTYPE x [
<!ENTITY a 'b'>
]>
<![CDATA[
]]>
&a;
&#0;
&#xD800;
<feed xmlns='http://www.w3.org/2005/Atom'>
<entry>
<id>
xml:base='http://[::1'
<!--
<?xml version='1.0' encoding='utf-16'?>
<podcast:transcript url='a'/>
<pubDate>
{"items":[
{"id":1e999}
]}
<""".split(b"\n"),
        b"\xff\xfe",
        b"\x00",
    ]
)


@examples(150)
@given(
    st.lists(st.one_of(TOKENS, st.binary(max_size=20)), max_size=25).map(b"".join),
    st.sampled_from(["", "text/html; charset=utf-16", "x; charset=\0"]),
)
def test_any_bytes_are_a_feed_or_a_failure(body: bytes, content_type: str) -> None:
    """Nothing that a server can send raises anything but FetchFailed, and all text can be
    stored.
    """
    try:
        feed = parse_feed(body, content_type, URL)
    except FetchFailed:
        return
    assert repr(feed).encode("utf-8")
    for entry in feed.entries:
        assert "".join(
            (entry.guid, entry.url, entry.title, entry.author, entry.language, entry.text)
        ).encode("utf-8")


QUEUE = (
    "<media:content url='https://news.example/q.jpg' medium='image'><media:description>Seen from"
    " the roof, a queue of drivers winds around three sides of the exchange.</media:description>"
    "</media:content>"
)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<description>Rates rose.</description>{QUEUE}", "Rates rose."),
        (f"{QUEUE}<description>Rates rose.</description>", "Rates rose."),
        (f"<media:group>{QUEUE}</media:group><content:encoded>Up.</content:encoded>", "Up."),
        ("<media:description>A talk on rates.</media:description>", "A talk on rates."),
        (f"<description> </description>{QUEUE}", "Seen from the roof, a queue of drivers winds around three sides of the exchange."),
    ],
)  # fmt: skip
def test_words_beside_a_picture_are_not_the_items_own(inside: str, text: str) -> None:
    """A caption is longer than many a summary; a video's description may be all there is."""
    feed = rss(f"<item><title>Rates</title>{inside}</item>").replace(
        "<rss ", '<rss xmlns:media="http://search.yahoo.com/mrss/" '
    )
    assert parse(feed).entries[0].text == text


@pytest.mark.parametrize(
    ("people", "text"),
    [
        ('<podcast:person role="guest">Ann Roe</podcast:person>', "On rents.\nGuest: Ann Roe"),
        (
            '<podcast:person>Bo</podcast:person><podcast:person role="Guest">Cy</podcast:person><podcast:person role="guest">Di</podcast:person>',
            "On rents.\nGuests: Cy, Di\nHost: Bo",
        ),
        ('<podcast:person role="editor">Ed Eng</podcast:person>', "On rents."),
    ],
)  # fmt: skip
def test_an_episodes_guests_are_named(people: str, text: str) -> None:
    """podcast:person says who speaks; the show notes get it where they do not."""
    assert item(f"<title>1</title><description>On rents.</description>{people}").text == text
    named = item(f"<description>Ann Roe, Bo, Cy, Di.</description>{people}")
    assert named.text == "Ann Roe, Bo, Cy, Di."
