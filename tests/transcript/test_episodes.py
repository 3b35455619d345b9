"""The words of an episode, found over HTTP, into the store."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Config, Feed, Limits, Network
from digest.editions.registry import edition_named
from digest.feeds.parser import parse_feed
from digest.model import Document, Entry, Link, Window
from digest.run.extract import extract
from digest.run.job import Job
from digest.run.session import Session
from digest.store import documents, entries, open_state
from digest.transcript.preference import ranked
from tests.means import MEANS
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=1), NOW)
JOB = Job(edition_named("daily"), NOW.date(), WINDOW)
FEED = "https://show.example/feed"
NOTES = "Ann Roe on power.\n(0:00) Intro\n(1:00) The price of a gigawatt\n(2:00) Who pays"
SAID = [
    f"A gigawatt of power costs more than the {i} thousand chips that it feeds, and nobody has"
    " enough of it."
    for i in range(2, 52, 2)
]
VTT = "WEBVTT\n\n" + "".join(
    f"00:{i:02d}.000 --> 00:{i + 2:02d}.000\n<v Ann Roe>{text}\n\n" for i, text in enumerate(SAID)
)
PAGE = "<html><body><nav>Home</nav><h1>Episode</h1><p>About.</p>{}</body></html>"


class Show:
    """A server with one episode on it, and the state to read it into."""

    def __init__(self, server: ScriptedServer, session: Session) -> None:
        self.server, self.session = server, session

    def read(
        self,
        *transcripts: tuple[str, str],
        page: str | None = None,
        chapters: str = "",
        language: str = "en",
    ) -> Document:
        """The document of the episode. Transcripts are given by path and type; what the server does
        not have is a 404.
        """
        links = tuple(Link(self.server.url + path, kind) for path, kind in transcripts)
        if page is not None:
            self.server.routes["/1"] = Reply(
                200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()
            )
        entry = Entry(
            "e1",
            FEED,
            f"{self.server.url}/1",
            "On power",
            NOW - timedelta(hours=2),
            NOW,
            "podcast",
            language=language,
            text=NOTES,
            enclosure=Link(f"{self.server.url}/1.mp3", "audio/mpeg"),
            transcripts=links,
            chapters_url=chapters and self.server.url + chapters,
        )
        with self.session.db:
            entries.save(self.session.db, [entry])
        with self.session.client() as client:
            extract(self.session, client, JOB)
        return documents.of(self.session.db, ["e1"])["e1"]

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, robots.txt aside."""
        return [seen.path for seen in self.server.seen if seen.path != "/robots.txt"]


@pytest.fixture
def show(tmp_path: Path) -> Iterator[Show]:
    """One show, one worker."""
    limits = Limits(host_gap=0, timeout=2, deadline=5, workers=1)
    config = Config(
        feeds=(Feed(url=FEED, kind="podcast"),),
        limits=limits,
        network=Network(allow=("127.0.0.0/8",)),
    )
    with serving({"/t.vtt": VTT.encode()}) as server, open_state(tmp_path / "d.sqlite3") as db:
        yield Show(server, Session(config=config, db=db, now=NOW, **MEANS))


def test_the_feeds_transcript_is_the_document(show: Show) -> None:
    """With its marks, the notes' chapters, the recording and the notes themselves; the page is not
    asked for.
    """
    document = show.read(("/t.vtt", "text/vtt"))
    assert (document.basis, document.note, document.language) == ("transcript", "", "en")
    assert document.text.startswith(SAID[0])
    assert (document.marks[0].second, document.marks[0].speaker) == (0.0, "Ann Roe")
    assert [chapter.title for chapter in document.chapters] == [
        "Intro",
        "The price of a gigawatt",
        "Who pays",
    ]
    assert (document.audio_url, document.notes) == (f"{show.server.url}/1.mp3", NOTES)
    assert show.asked == ["/t.vtt"]


def test_the_next_best_is_read_when_the_best_cannot_be(show: Show) -> None:
    """A transcript that is missing, is audio, or holds nothing costs one request."""
    show.server.routes["/t.json"] = b'{"segments": []}'
    show.server.routes["/sound.vtt"] = Reply(200, {"Content-Type": "audio/mpeg"}, b"\0")
    document = show.read(
        ("/t.json", "application/json"), ("/sound.vtt", "text/vtt"), ("/t.vtt", "application/srt")
    )
    assert document.basis == "transcript"
    assert show.asked == ["/sound.vtt", "/t.json", "/t.vtt"]


@pytest.mark.parametrize(
    "page",
    [
        PAGE.format('<a href="/t.vtt">Transcript</a>'),
        PAGE.format('<a href="/t.vtt#top">Read the full transcript</a>'),
        PAGE.format(
            f"<h2>Transcript</h2>{''.join(f'<p><b>Ann Roe:</b> {text}</p>' for text in SAID)}<h2>Comments</h2><p>First!</p>"
        ),
        PAGE.format(
            "<div"
            f' class="episode-transcript">{"".join(f"<p>Ann Roe: {text}</p>" for text in SAID)}</div><p>Not'
            " said.</p>"
        ),
    ],
    ids=["linked", "named-link", "below-a-heading", "in-a-container"],
)
def test_a_transcript_on_the_episodes_page_or_behind_its_link(show: Show, page: str) -> None:
    """What else the page has is not said in the episode."""
    document = show.read(page=page)
    assert document.basis == "transcript"
    assert document.marks[0].speaker == "Ann Roe"
    assert all(line.startswith("A gigawatt") for line in document.text.split("\n"))


def test_a_transcript_in_the_pages_metadata(show: Show) -> None:
    """schema.org has a property for it."""
    talk = " ".join(SAID)
    metadata = (
        f'<script type="application/ld+json">{{"@graph": [{{"transcript": "{talk}"}}]}}</script>'
    )
    document = show.read(page=PAGE.format(metadata))
    assert (document.basis, document.text[:10]) == ("transcript", "A gigawatt")


def test_show_notes_when_nothing_is_published(show: Show) -> None:
    """And they say why."""
    document = show.read(page=PAGE.format("<p>No words here.</p>"))
    assert (document.basis, document.text, document.note) == (
        "show-notes",
        NOTES,
        "no transcript published",
    )


def test_show_notes_take_over_the_chapters_of_the_feeds_file(show: Show) -> None:
    """Where the notes themselves list none, and only there."""
    show.server.routes["/c.json"] = (
        b'{"chapters": [{"startTime": 0, "title": "Hello"}, {"startTime": 61, "title": "Chips and'
        b' power"}]}'
    )
    assert "Chips and power" not in show.read(page=PAGE.format(""), chapters="/c.json").text


def test_raw_captions_without_sentences_are_declined(show: Show) -> None:
    """No sentence can be quoted from them."""
    show.server.routes["/raw.txt"] = (
        "so we went there and power is what it costs to run chips " * 40
    ).encode()
    document = show.read(("/raw.txt", "text/plain"), page=PAGE.format(""))
    assert (document.basis, document.note) == (
        "show-notes",
        "no transcript: the transcript has no sentences, only words",
    )


def test_a_passing_trouble_is_tried_again_later(show: Show) -> None:
    """Until then the show notes stand in."""
    show.server.routes["/t.vtt"] = Reply(503)
    assert (
        show.read(("/t.vtt", "text/vtt"), page=PAGE.format("")).note
        == "no transcript: HTTP 503 Service Unavailable"
    )
    show.server.routes["/t.vtt"] = VTT.encode()
    show.session.now = NOW + timedelta(hours=3)
    assert show.read(("/t.vtt", "text/vtt")).basis == "transcript"


def test_robots_are_heeded_for_transcripts(show: Show) -> None:
    """As for pages."""
    show.server.routes["/robots.txt"] = b"User-agent: *\nDisallow: /t.vtt\n"
    document = show.read(("/t.vtt", "text/vtt"), page=PAGE.format(""))
    assert (document.basis, "/t.vtt" in show.asked) == ("show-notes", False)
    assert "robots.txt" in document.note


def test_the_episodes_language_comes_first_then_the_richer_format() -> None:
    """A link that names no language counts as the episode's own; a wrong type is seen through by
    nobody before it is read.
    """
    links = (
        Link("https://a.example/1.txt", "text/plain"),
        Link("https://a.example/de.vtt", "text/vtt", "de"),
        Link("https://a.example/1.srt", "application/x-subrip", "en-GB"),
        Link("https://a.example/1.vtt"),
    )
    assert [link.url.rpartition("/")[2] for link in ranked(links, "en-US")] == [
        "1.vtt",
        "1.srt",
        "1.txt",
        "de.vtt",
    ]


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ('<p>Today: power. <a href="/t/1.vtt">Captions</a></p>', "/t/1.vtt"),
        ('<p><a href="/about">About</a> · <a href="/t/1">Read the full transcript</a></p>', "/t/1"),
        ('<p><a href="/t/1?utm_source=feed">Transcript of this episode</a></p>', "/t/1"),
        (
            (
                '<p>We use <a href="/x">an app that makes a rough transcript of what all of us'
                " say</a>.</p>"
            ),
            "",
        ),
        (
            '<p><a href="/all">All transcripts</a> <a href="mailto:a@b.example">transcript</a></p>',
            "",
        ),
    ],
)
def test_a_transcript_that_the_show_notes_link_to_is_named(markup: str, path: str) -> None:
    """The notes' HTML is in the feed, RSS or JSON; an item without a recording is no episode."""
    notes, audio = (
        escape(markup),
        '<enclosure url="https://s.example/1.mp3" type="audio/mpeg" length="1"/>',
    )
    rss = (
        '<rss version="2.0"><channel><title>S</title><item><title>On'
        f" power</title><link>https://s.example/1</link>{{}}<description>{notes}</description></item></channel></rss>"
    )
    item = {
        "id": "1",
        "url": "https://s.example/1",
        "content_html": markup,
        "attachments": [{"url": "https://s.example/1.mp3", "mime_type": "audio/mpeg"}],
    }
    feeds = (
        rss.format(audio),
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "S", "items": [item]}),
    )
    for feed in feeds:
        (entry,) = parse_feed(
            feed.encode(), "application/octet-stream", "https://s.example/feed"
        ).entries
        assert [link.url for link in entry.transcripts] == (
            [f"https://s.example{path}"] if path else []
        )
    (plain,) = parse_feed(rss.format("").encode(), "text/xml", "https://s.example/feed").entries
    assert plain.transcripts == ()
