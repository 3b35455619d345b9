"""The sample newsroom answers as real publishers do, over real HTTP, and its texts are fit to be
shown.
"""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
from calendar import timegm
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import feedparser  # type: ignore[import-untyped]
import pytest
from ruamel.yaml import YAML

from digest.demo.material import Publisher, SampleItem, load_publishers
from digest.demo.newsroom import Newsroom, RequestLine

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHERS = load_publishers()
BY_SLUG = {publisher.slug: publisher for publisher in PUBLISHERS}
LIVE = [publisher for publisher in PUBLISHERS if publisher.items]
ITEMS = [item for publisher in PUBLISHERS for item in publisher.items]
READABLE = [item for item in ITEMS if not item.link]
DAYS = {date(2025, 9, 22), date(2025, 9, 23)}
THIRD = date(2025, 9, 24)  # a small day, on which what was told comes back
SHARED_RUN = 12


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """The newsroom, open."""
    with Newsroom() as room:
        yield room


class Answer:
    """A response as a client sees it, content coding undone."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        raw = response.read()
        self.body = (
            gzip.decompress(raw) if response.getheader("Content-Encoding") == "gzip" else raw
        )
        self.text = self.body.decode()


def get(room: Newsroom, host: str, target: str, **headers: str) -> Answer:
    """The answer of one host to a GET, asked as the program would: by name, through the
    resolver.
    """
    ((address, port),) = room.resolve(host, 80)
    connection = http.client.HTTPConnection(address, port, timeout=5)
    try:
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", target, headers={"Host": host, **fields})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def get_feed(room: Newsroom, publisher: Publisher) -> Answer:
    """The publisher's feed, asked for again where it was busy."""
    answer = get(room, publisher.host, "/feed")
    return get(room, publisher.host, "/feed") if answer.status == 503 else answer


def listed(publisher: Publisher, body: bytes) -> list[tuple[str, str, datetime]]:
    """Title, link and date of every item, as a feed reader sees them."""
    if publisher.format == "json":
        rows = json.loads(body)["items"]
        return [(r["title"], r["url"], datetime.fromisoformat(r["date_published"])) for r in rows]
    parsed = feedparser.parse(body)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [
        (
            e.title,
            e.link,
            datetime.fromtimestamp(timegm(e.get("published_parsed") or e.updated_parsed), UTC),
        )
        for e in parsed.entries
    ]


def runs(item: SampleItem) -> set[tuple[str, ...]]:
    """Every run of twelve words in the item's body."""
    words = re.findall(r"\w+", " ".join(item.paragraphs).lower())
    return {tuple(words[i : i + SHARED_RUN]) for i in range(len(words) - SHARED_RUN + 1)}


def item_named(path: str) -> SampleItem:
    """The item whose address ends like this."""
    return next(item for item in ITEMS if item.path.endswith("/" + path))


# ---------------------------------------------------------------- feeds


@pytest.mark.parametrize("publisher", LIVE, ids=lambda p: p.slug)
def test_feed_lists_what_was_published(newsroom: Newsroom, publisher: Publisher) -> None:
    """Every feed is well formed and gives each item's title, link and time."""
    expected = [(i.title, publisher.feed_link(i), i.published) for i in publisher.items]
    assert listed(publisher, get_feed(newsroom, publisher).body) == expected


def test_every_feed_format_is_used() -> None:
    """RSS 2.0, Atom, RSS 1.0 and JSON Feed all occur."""
    assert {publisher.format for publisher in LIVE} == {"rss", "atom", "rdf", "json"}


@pytest.mark.parametrize("publisher", LIVE, ids=lambda p: p.slug)
def test_feed_is_not_sent_twice(newsroom: Newsroom, publisher: Publisher) -> None:
    """A feed answers 304 without a body to its ETag, and to its Last-Modified, each alone."""
    first = get_feed(newsroom, publisher)
    assert first.headers["Cache-Control"] == "max-age=300"
    by_tag = get(newsroom, publisher.host, "/feed", If_None_Match=first.headers["ETag"])
    by_date = get(
        newsroom, publisher.host, "/feed", If_Modified_Since=first.headers["Last-Modified"]
    )
    assert [(a.status, a.body) for a in (by_tag, by_date)] == [(304, b"")] * 2


def test_feed_is_sent_to_stale_validators(newsroom: Newsroom) -> None:
    """If-None-Match decides alone, an older date brings the feed, and so does a date nobody can
    read.
    """
    fresh = get(newsroom, "meridian.example", "/feed").headers["Last-Modified"]
    stale = "Mon, 22 Sep 2025 00:00:00 GMT"
    both = get(
        newsroom, "meridian.example", "/feed", If_None_Match='"other"', If_Modified_Since=fresh
    )
    older = get(newsroom, "meridian.example", "/feed", If_Modified_Since=stale)
    unreadable = get(newsroom, "meridian.example", "/feed", If_Modified_Since="yesterday")
    assert [a.status for a in (both, older, unreadable)] == [200, 200, 200]


def test_gzip_only_when_accepted(newsroom: Newsroom) -> None:
    """The same bytes come with and without gzip."""
    plain = get(newsroom, "tapeout.example", "/feed")
    packed = get(newsroom, "tapeout.example", "/feed", Accept_Encoding="gzip, br")
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.body == packed.body


def test_one_feed_gives_a_ttl_and_one_the_whole_text(newsroom: Newsroom) -> None:
    """Rack & Row states a ttl; The Tapeout Letter carries its articles in content:encoded."""
    assert feedparser.parse(get(newsroom, "rackandrow.example", "/feed").body).feed.ttl == "60"
    entry = feedparser.parse(get(newsroom, "tapeout.example", "/feed").body).entries[0]
    assert BY_SLUG["tapeout"].items[0].paragraphs[-1] in entry.content[0].value


def test_episodes_have_audio_and_notes(newsroom: Newsroom) -> None:
    """A podcast's entry has an enclosure, a length in seconds and notes that end with the show's
    own line.
    """
    show = BY_SLUG["costpertoken"]
    entry = feedparser.parse(get(newsroom, show.host, "/feed").body).entries[0]
    assert entry.enclosures[0].type == "audio/mpeg"
    assert int(entry.itunes_duration) == show.items[0].audio_seconds
    assert entry.content[0].value.endswith(f"<p>{show.promo}</p>")


def test_one_episode_has_a_transcript(newsroom: Newsroom) -> None:
    """The short edition's feed entry names a WebVTT transcript with speakers, as long as the
    episode.
    """
    feed = get(newsroom, "interconnect.example", "/feed").text
    (url,) = re.findall(
        r'<podcast:transcript url="http://interconnect.example(.*?)" type="text/vtt"/>', feed
    )
    answer = get(newsroom, "interconnect.example", url)
    assert answer.headers["Content-Type"].startswith("text/vtt")
    assert answer.text.startswith("WEBVTT\n")
    assert set(re.findall(r"<v (.*?)>", answer.text)) == {"Dario Quill", "Colette Marsh"}
    minutes, seconds = re.findall(r"--> 00:(\d\d):(\d\d)", answer.text)[-1]
    assert (
        0
        <= item_named("five-minutes-minimum-bill").audio_seconds
        - (int(minutes) * 60 + int(seconds))
        < 10
    )


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("item", READABLE, ids=lambda i: i.path)
def test_page_holds_the_article(newsroom: Newsroom, item: SampleItem) -> None:
    """A page that is open has every paragraph, a byline, og tags, JSON-LD and its canonical
    address.
    """
    publisher = BY_SLUG[item.publisher]
    answer = get(newsroom, publisher.host, item.path + "?utm_source=feed")
    if publisher.behaviour == "cookie-wall" or item.behaviour == "payment":
        assert item.paragraphs[0][:40] not in answer.text
        return
    assert answer.status == 200
    assert f'<html lang="{publisher.language}">' in answer.text
    assert f'<link rel="canonical" href="{publisher.page_url(item)}">' in answer.text
    assert 'property="og:title"' in answer.text
    linked = json.loads(re.findall(r'ld\+json">(.*?)</script>', answer.text)[0])
    assert (linked["headline"], linked["publisher"]["name"]) == (item.title, publisher.name)
    for paragraph in item.paragraphs:
        assert f"<p>{paragraph.replace('&', '&amp;')}</p>".replace("\n", "<br>\n") in answer.text


@pytest.mark.parametrize("publisher", PUBLISHERS, ids=lambda p: p.slug)
def test_robots_and_front_page(newsroom: Newsroom, publisher: Publisher) -> None:
    """Every host has a robots.txt that lets articles be read, and a front page that names its
    feed.
    """
    assert (
        get(newsroom, publisher.host, "/robots.txt").text == "User-agent: *\nDisallow: /account/\n"
    )
    assert f'href="{publisher.feed_url}"' in get(newsroom, publisher.host, "/").text


def test_head_has_no_body(newsroom: Newsroom) -> None:
    """HEAD answers with the length and nothing after it."""
    connection = http.client.HTTPConnection("127.0.0.1", newsroom.port, timeout=5)
    connection.request("HEAD", "/feed", headers={"Host": "meridian.example:80"})
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"")
    assert int(response.headers["Content-Length"]) > 0
    connection.close()


# ---------------------------------------------------------------- misbehaviour


def test_failing_feeds_fail(newsroom: Newsroom) -> None:
    """One feed always answers 500, one always 404, and an unknown page is 404."""
    assert [get(newsroom, "tariffwatch.example", "/feed").status for _ in range(2)] == [500, 500]
    assert get(newsroom, "foundryfloor.example", "/feed").status == 404
    assert get(newsroom, "meridian.example", "/2025/09/22/nothing").status == 404


def test_busy_feed_is_busy_once(newsroom: Newsroom) -> None:
    """The first request for Baseload Desk's feed is told to come back in a second, the next is
    served.
    """
    first = get(newsroom, "baseload.example", "/feed")
    assert (first.status, first.headers["Retry-After"]) == (503, "1")
    assert get(newsroom, "baseload.example", "/feed").status == 200


def test_cookie_wall_answers_200_without_the_article(newsroom: Newsroom) -> None:
    """Seed & Series shows a consent form in place of each article; its feed says the essentials."""
    publisher = BY_SLUG["seedandseries"]
    for item in publisher.items:
        answer = get(newsroom, publisher.host, item.path)
        assert (answer.status, "consent" in answer.text) == (200, True)
        assert 2 <= len(re.findall(r"\.(?: |$)", item.summary)) <= 4


def test_column_for_subscribers_answers_402(newsroom: Newsroom) -> None:
    """One column wants payment; its feed text has three or four sentences."""
    item = item_named("nine-and-a-quarter")
    assert get(newsroom, "closingspread.example", item.path).status == 402
    assert 3 <= len(re.findall(r"\.(?: |$)", item.summary)) <= 4


def test_hostile_page_gives_orders(newsroom: Newsroom) -> None:
    """One article's body carries a prompt injection, a javascript: link and a script."""
    text = get(newsroom, "commitnotes.example", item_named("review-load").path).text
    body = text.split('<div class="article-body">')[1].split("</article>")[0]
    assert "Ignore all previous instructions" in body
    assert 'href="javascript:' in body
    assert "<script>" in body


def test_one_feed_leads_to_a_metadata_address(newsroom: Newsroom) -> None:
    """One entry links to the address where clouds keep their machines' credentials."""
    links = [
        link
        for _, link, _ in listed(BY_SLUG["courier"], get(newsroom, "courier.example", "/feed").body)
    ]
    assert "http://169.254.169.254/latest/meta-data/" in links


# ---------------------------------------------------------------- the server


def test_only_its_own_hosts_resolve(newsroom: Newsroom) -> None:
    """A known name leads to the loopback server whatever its case, an address stands for itself;
    every other name is unknown.
    """
    assert newsroom.resolve("Meridian.example", 80) == [("127.0.0.1", newsroom.port)]
    assert newsroom.resolve("169.254.169.254", 80) == [("169.254.169.254", 80)]
    for host in ("example", "other.example", "openai.com"):
        with pytest.raises(socket.gaierror):
            newsroom.resolve(host, 80)


def test_request_for_another_host_is_misdirected(newsroom: Newsroom) -> None:
    """A Host header that names nobody gets 421, as RFC 9110 has it."""
    connection = http.client.HTTPConnection("127.0.0.1", newsroom.port, timeout=5)
    connection.request("GET", "/feed", headers={"Host": "other.example"})
    assert connection.getresponse().status == 421
    connection.close()


def test_requests_are_kept(newsroom: Newsroom) -> None:
    """What was asked can be looked up afterwards, conditional header fields included."""
    get(newsroom, "meridian.example", "/feed?x=1", If_None_Match='"a"', If_Modified_Since="b")
    assert newsroom.requests == [RequestLine("GET", "meridian.example", "/feed", 200, '"a"', "b")]


def test_closed_newsroom_has_no_port() -> None:
    """Before it is opened and after it is closed, asking for its port is an error."""
    room = Newsroom()
    with room:
        assert room.port
    with pytest.raises(RuntimeError, match="closed"):
        _ = room.port


# ---------------------------------------------------------------- the configuration


def test_configuration_lists_every_feed() -> None:
    """feeds.yaml subscribes to each of the newsroom's feeds, with its kind and title."""
    config = YAML(typ="safe", pure=True).load(
        files("digest.demo").joinpath("feeds.yaml").read_text("utf-8")
    )
    configured = [(f["url"], f.get("kind", "news"), f["title"]) for f in config["feeds"]]
    assert configured == [(f.url, f.kind, f.title) for f in Newsroom().feeds]
    assert config["network"]["allow"] == ["127.0.0.1/32"]


# ---------------------------------------------------------------- the texts


def test_newsroom_is_large_enough() -> None:
    """At least a dozen publishers with items, and three podcasts; two days have 18 to 23 items,
    and the third a few.
    """
    assert len([p for p in LIVE if p.kind == "news"]) >= 12
    assert len([p for p in LIVE if p.kind == "podcast"]) == 3
    per_day = {day: sum(item.published.date() == day for item in ITEMS) for day in DAYS}
    few = sum(item.published.date() == THIRD for item in ITEMS)
    assert sum(per_day.values()) + few == len(ITEMS)
    assert 5 <= few <= 10
    assert all(18 <= count <= 23 for count in per_day.values()), per_day


@pytest.mark.parametrize("item", READABLE, ids=lambda i: i.path)
def test_text_is_long_enough(item: SampleItem) -> None:
    """Articles have 180 to 380 words and show notes 120 to 250."""
    low, high = (120, 250) if item.audio_seconds else (180, 380)
    assert low <= item.words <= high


def test_nothing_is_written_twice() -> None:
    """No two texts share a run of twelve words, except the wire story and its syndicated copy."""
    seen: dict[tuple[str, ...], SampleItem] = {}
    for item in sorted(ITEMS, key=lambda i: i.published):
        for run in runs(item):
            first = seen.setdefault(run, item)
            assert first is item or item.syndicated_from == first.publisher, (
                item.path,
                " ".join(run),
            )


def test_syndicated_copy_has_another_headline() -> None:
    """The Courier runs the wire's text under a headline of its own."""
    copy = next(item for item in ITEMS if item.syndicated_from)
    original = item_named("nvidia-openai-letter-of-intent")
    assert copy.title != original.title
    assert len(runs(copy) & runs(original)) > 0.9 * len(runs(copy))


def test_publishers_are_invented() -> None:
    """Every host is under .example, which RFC 2606 keeps for nobody."""
    assert all(publisher.host.endswith(".example") for publisher in PUBLISHERS)


def test_publishers_disagree_about_a_figure() -> None:
    """The wire has Halden's bonds at $1.25 billion, the markets column at $1.4 billion."""
    assert "$1.25 billion" in item_named("halden-compute-bonds").paragraphs[0]
    assert "$1.4 billion" in item_named("nine-and-a-quarter").paragraphs[0]
