"""From an entry to its document, over HTTP, through worker processes, into the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Config, Feed, Limits, Network
from digest.editions.registry import edition_named
from digest.errors import FetchFailed
from digest.extract.document import retry_at
from digest.model import Document, Entry, Window
from digest.run.extract import extract
from digest.run.job import Job, covered
from digest.run.session import Session
from digest.store import boilerplate, documents, entries
from digest.store.state import open_state
from tests.extract.pages import PARAGRAPHS, TITLE, page, pdf
from tests.means import MEANS
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=2), NOW)
JOB = Job(edition_named("daily"), NOW.date(), WINDOW)
FEED = "https://meridian.example/feed"
HTML = {"Content-Type": "text/html; charset=utf-8"}
TEASER = (
    "Acme will spend $41 billion on data centres this year, up from $36 billion, the company told"
    " investors."
)


class Desk:
    """A server for pages, and a state to read them into."""

    def __init__(self, server: ScriptedServer, session: Session) -> None:
        self.server, self.session = server, session

    def publish(
        self, path: str, reply: Reply, *, title: str = TITLE, text: str = TEASER, dated: bool = True
    ) -> None:
        """An entry that leads to a page."""
        self.server.routes[path] = reply
        published = NOW - timedelta(hours=3) if dated else None
        entry = Entry(
            path,
            FEED,
            self.server.url + path,
            title,
            published,
            NOW - timedelta(hours=1),
            text=text,
        )
        entries.save(self.session.db, [entry])

    def read(self) -> dict[str, Document]:
        """The documents of all entries, by path."""
        with self.session.client() as client:
            extract(self.session, client, JOB)
        ids = [entry.id for entry in covered(self.session, JOB).entries]
        return documents.of(self.session.db, ids)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """One publisher, one worker."""
    limits = Limits(host_gap=0, timeout=2, deadline=5, workers=1)
    config = Config(feeds=(Feed(url=FEED),), limits=limits, network=Network(allow=("127.0.0.0/8",)))
    with serving({}) as server, open_state(tmp_path / "d.sqlite3") as db:
        yield Desk(server, Session(config=config, db=db, now=NOW, **MEANS))


def test_what_stands_in_an_articles_place_gives_way_to_the_feed(desk: Desk) -> None:
    """A wall, a status, a shell and a soft error: the feed's text with its basis, and in words
    why.
    """
    wall = page(
        "We value your privacy. Accept cookies to read this page.", title="Before you continue"
    )
    login = b'<html><body><form><input name="user"><input type="password"></form></body></html>'
    shell = (
        b"<html><body><div id=root></div><noscript>Please enable JavaScript.</noscript><script"
        b" src=/app.js></script></body></html>"
    )
    sorry = [
        f"Sorry, we moved things around; have a look at story {word} of our latest ones instead of"
        " this."
        for word in "ABCDE"
    ]
    gone = page(*sorry, title="Not found")
    for path, reply in {
        "/article": Reply(200, HTML, page()),
        "/wall": Reply(200, HTML, wall),
        "/paid": Reply(402, HTML, b"Payment required"),
        "/login": Reply(200, HTML, login),
        "/shell": Reply(200, HTML, shell),
        "/gone": Reply(200, HTML, gone),
        "/film": Reply(200, {"Content-Type": "video/mp4"}, b"\0" * 99),
    }.items():
        desk.publish(path, reply)
    read = desk.read()
    assert (read["/article"].basis, read["/article"].note) == ("article", "")
    assert {
        path: (found.basis, found.text) for path, found in read.items() if path != "/article"
    } == dict.fromkeys(read.keys() - {"/article"}, ("feed-text", TEASER))
    notes = {path: found.note for path, found in read.items()}
    assert "no article" in notes["/wall"]
    assert "402" in notes["/paid"]
    assert "asks for a password" in notes["/login"]
    assert "asks for scripts to be run" in notes["/shell"]
    assert "something else" in notes["/gone"]
    assert "video/mp4" in notes["/film"]


def test_an_article_in_parts_is_read_whole(desk: Desk) -> None:
    """The parts come after each other, from the same host, and each once."""
    first = page(*PARAGRAPHS[:2], head='<link rel="next" href="/story?page=2">')
    desk.publish("/story", Reply(200, HTML, first))
    desk.server.routes["/story?page=2"] = Reply(
        200, HTML, page(*PARAGRAPHS[2:4], head='<link rel="next" href="/story?page=3">')
    )
    desk.server.routes["/story?page=3"] = Reply(
        200, HTML, page(PARAGRAPHS[4] + " " + PARAGRAPHS[4][::-1])
    )
    assert desk.read()["/story"].text.startswith("\n".join(PARAGRAPHS))
    assert [seen.path for seen in desk.server.seen] == [
        "/robots.txt",
        "/story",
        "/story?page=2",
        "/story?page=3",
    ]


def test_a_part_that_is_missing_ends_the_article(desk: Desk) -> None:
    """What was read stays."""
    desk.publish("/story", Reply(200, HTML, page(head='<link rel="next" href="/story?page=2">')))
    assert desk.read()["/story"].text == "\n".join(PARAGRAPHS)


def test_a_filing_is_read(desk: Desk) -> None:
    """A PDF is an article, whatever it is served as."""
    plain = [paragraph.replace("“", "").replace("”", "") for paragraph in PARAGRAPHS]
    lines = tuple(part for paragraph in plain for part in (paragraph[:70], paragraph[70:]))
    desk.publish("/q4.pdf", Reply(200, {"Content-Type": "application/octet-stream"}, pdf(lines)))
    read = desk.read()["/q4.pdf"]
    assert (read.basis, read.note) == ("article", "")
    assert "Acme will spend $41 billion" in read.text


def test_a_page_served_under_a_strange_name_is_read(desk: Desk) -> None:
    """Some servers call every file by one type."""
    desk.publish("/story", Reply(200, {"Content-Type": "application/rss+xml"}, page()))
    assert desk.read()["/story"].basis == "article"


def test_an_undated_entry_takes_its_pages_date(desk: Desk) -> None:
    """It is shown with the document; the window goes by when the entry was first seen."""
    desk.publish(
        "/story",
        Reply(200, HTML, page(head='<meta name="date" content="2026-02-03T08:00:00Z">')),
        dated=False,
    )
    assert desk.read()["/story"].published == datetime(2026, 2, 3, 8, tzinfo=UTC)


SUBJECTS = (
    "Grid operators in Norway want more time for cables",
    "Chip tariffs return to the Senate floor in March",
    "A short history of transistor radios and their makers",
    "Nurses ask what hospital software may decide alone",
)
PROMOTION = "Get unlimited digital access for $1 for four weeks."


def articles(desk: Desk, subjects: tuple[str, ...], *, repeated: str) -> None:
    """Pages on unlike subjects that share a sentence."""
    for i, subject in enumerate(subjects):
        own = [
            f"{subject}, and {word} is what the people concerned said about it on day {i} of the"
            " talks."
            for word in "ABCDE"
        ]
        desk.publish(
            f"/{i}-{len(desk.server.routes)}",
            Reply(200, HTML, page(*own, repeated, own[0][::-1], title=subject)),
            title=subject,
            text=f"{subject}.",
        )


def test_what_a_publisher_repeats_is_taken_out_of_the_first_pages_too(desk: Desk) -> None:
    """A new publisher's pages are compared with each other before anything reads them."""
    articles(desk, SUBJECTS[:3], repeated=PROMOTION)
    assert all(
        "unlimited" not in found.text and "on day" in found.text for found in desk.read().values()
    )


def test_what_was_learned_is_known_on_another_day(desk: Desk) -> None:
    """One page is then enough; documents that were settled stay as they are."""
    articles(desk, SUBJECTS[:3], repeated=PROMOTION)
    before = desk.read()
    articles(desk, SUBJECTS[3:], repeated=PROMOTION)
    after = desk.read()
    assert len(after) == 4
    assert not any("unlimited" in found.text for found in after.values())
    assert {path: after[path] for path in before} == before


def test_a_wall_at_every_address_is_seen_through(desk: Desk) -> None:
    """Nothing is left of a text that stands on all pages: the feed's own is used."""
    wall = [
        f"We value your privacy, and reason {word} for which you see this notice is written down"
        " in it."
        for word in "ABCDE"
    ]
    for i, subject in enumerate(SUBJECTS):
        desk.publish(
            f"/{i}", Reply(200, HTML, page(*wall, title=subject)), title=subject, text=f"{subject}."
        )
    assert {found.basis for found in desk.read().values()} == {"feed-text"}


def test_what_is_no_longer_seen_is_forgotten(desk: Desk) -> None:
    """And no site has more than its share."""
    db = desk.session.db
    boilerplate.save(db, "a.example", ["old"], NOW - timedelta(days=200))
    boilerplate.save(db, "b.example", ["b"], NOW - timedelta(days=200))
    boilerplate.save(db, "a.example", [f"new {i}" for i in range(400)], NOW)
    assert len(boilerplate.of(db, "a.example")) == boilerplate.PER_SITE
    assert "old" not in boilerplate.of(db, "a.example")
    assert boilerplate.of(db, "b.example") == {"b"}


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (FetchFailed("u", "no answer within 10 s"), True),
        (FetchFailed("u", "name does not resolve"), True),
        (FetchFailed("u", "HTTP 503 Service Unavailable", status=503), True),
        (FetchFailed("u", "HTTP 404 Not Found", status=404), False),
        (FetchFailed("u", "redirect loop", status=302), False),
        (FetchFailed("u", "refused: 127.0.0.1 is a loopback address"), False),
        (FetchFailed("u", "this is no absolute URL"), False),
        (FetchFailed("u", "the URL is too long"), False),
        (FetchFailed("u", "larger than 5 MB"), False),
        (FetchFailed("u", "more than 5 redirects"), False),
    ],
)
def test_only_a_passing_trouble_is_worth_another_try(error: FetchFailed, *, again: bool) -> None:
    """A page that is too large today is too large in two hours."""
    assert (retry_at(error, NOW) is not None) == again


def test_an_entry_without_a_link_is_its_feeds_text(desk: Desk) -> None:
    """Nobody is asked, and the note says why."""
    entries.save(
        desk.session.db, [Entry("e", FEED, "", TITLE, NOW - timedelta(hours=3), NOW, text=TEASER)]
    )
    read = desk.read()["e"]
    assert (read.basis, read.text, read.note, desk.server.seen) == (
        "feed-text",
        TEASER,
        "the feed gives no link",
        [],
    )
