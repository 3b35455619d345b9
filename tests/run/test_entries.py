"""What is one piece and when it is new: feeds as publishers have them, over two days of real runs."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any

import pytest

from digest.cli.document_results import document_json
from digest.config.schema import Config, Daily, Editions, Feed, Limits, Network
from digest.errors import QuietDay
from digest.run import pipeline
from digest.run.job import job_for
from digest.run.session import Session
from digest.store import open_state
from tests.means import MEANS
from tests.servers import ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.model import Kind

MONDAY = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
LEASE = (
    "Tarn Compute leases 300 megawatts for AI training in Norway",
    (
        "Tarn Compute signed a lease for 300 megawatts in Norway, worth $2.2 billion until 2038.",
        "The company trains language models for banks and will spend $900 million on AI chips.",
        "Its finance chief Lena Moe said that demand for data center capacity has doubled.",
        "Power there costs 4 cents a kilowatt-hour, a third of what data centers in Dublin pay.",
    ),
)
CHIPS = (
    "Ostra sells its first inference chip at half the price of rivals",
    (
        "Ostra began to sell an inference chip for $9,000, half of what rivals ask for theirs.",
        "Cloud providers ordered 40,000 of the AI chips, and Ostra expects $350 million of revenue.",
        "Its founder Ravi Sen said that a million tokens cost 12 cents on the new hardware.",
    ),
)
BONDS = (
    "Wendel Bank lends $5 billion to builders of AI data centers",
    (
        "Wendel Bank lent $5 billion to four builders of data centers for AI training.",
        "The loans run for seven years and are secured by graphics processors, the bank said.",
        "Its analyst Ada Krol expects prices of used accelerators to fall by 30 percent a year.",
    ),
)
NEWS = {"lease": LEASE, "chips": CHIPS, "bonds": BONDS}
BOTH = ("lease", "chips")


def item(name: str, *, link: str = "", date: str = "", guid: str = "", more: str = "") -> str:
    """An RSS item about one of NEWS."""
    title, paragraphs = NEWS[name]
    return (
        f"<item><title>{escape(title)}</title>{f'<link>{link}</link>' if link else ''}"
        f"{f'<pubDate>{date}</pubDate>' if date else ''}{guid}{more}"
        f"<description>{escape(' '.join(paragraphs))}</description></item>"
    )


def rss(*items: str) -> bytes:
    """A feed."""
    return (
        "<rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel>"
        f"<title>Fjord Wire</title>{''.join(items)}</channel></rss>"
    ).encode()


def article(*names: str) -> bytes:
    """A page with one of NEWS, or several under anchors of their names."""
    told = "".join(
        f"<h{2 if names[1:] else 1} id='{name}'>{escape(NEWS[name][0])}</h{2 if names[1:] else 1}>"
        + "".join(f"<p>{escape(text)}</p>" for text in NEWS[name][1])
        for name in names
    )
    return (
        "<!doctype html><html lang='en'><head><title>Fjord Wire</title></head><body><article>"
        f"{told}</article></body></html>"
    ).encode()


class Wire:
    """A publisher, and the newsletter that reads its feed."""

    def __init__(self, server: ScriptedServer, home: Path) -> None:
        self.server, self.home = server, home
        self.kind: Kind = "news"

    def config(self) -> Config:
        """Reads one feed; a single story makes an issue."""
        return Config(
            feeds=(Feed(url=self.server.url + "/feed", kind=self.kind),),
            editions=Editions(daily=Daily(min_stories=1, per_feed=9, top_stories=9)),
            limits=Limits(host_gap=0, workers=1),
            network=Network(allow=("127.0.0.0/8",)),
            state=self.home / "digest.sqlite3",
            output=self.home / "output",
        )

    @contextmanager
    def session(self, now: datetime) -> Iterator[Session]:
        """The program at that time."""
        with open_state(self.home / "digest.sqlite3") as db:
            yield Session(self.config(), db, now=now, **MEANS)

    def run(self, now: datetime, feed: bytes) -> dict[str, Any]:
        """The day's issue; of a quiet day only what was left out."""
        self.server.routes["/feed"] = feed
        with self.session(now) as session:
            job = job_for(session, "daily", None)
            try:
                pipeline.run(session, job)
            except QuietDay:
                return {"sections": [], "left_out": []}
        return json.loads((self.home / "output" / job.id / "issue.json").read_text())  # type: ignore[no-any-return]

    def show(self, named: str) -> dict[str, Any]:
        """What `digest show --json` prints."""
        with self.session(TUESDAY) as session:
            return document_json(session, named)


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """A publisher with a page for each of NEWS."""
    with serving({f"/{name}": article(name) for name in NEWS}) as server:
        yield Wire(server, tmp_path)


def told(issue: dict[str, Any]) -> list[str]:
    """The names of the stories of an issue."""
    titles = {title: name for name, (title, _) in NEWS.items()}
    return sorted(
        titles[source["title"]]
        for section in issue["sections"]
        for story in section["stories"]
        for source in story["sources"]
    )


def urls(issue: dict[str, Any]) -> list[str]:
    """Where an issue's sources lead."""
    return [
        source["url"]
        for section in issue["sections"]
        for story in section["stories"]
        for source in story["sources"]
    ]


# ---------------------------------------------------------------- when it is new


@pytest.mark.parametrize(
    "date",
    [
        "2026-03-02",
        "2 March 2026",
        "Mon, 02 Mar 2026 00:00:00 +0100",
        "Sun, 01 Mar 2026 21:00:00 GMT",
        "",
    ],
)
def test_what_a_feed_shows_late_is_told_late(wire: Wire, date: str) -> None:
    """On Monday after the cut-off a feed brings what it dates by the day, by an earlier hour, or not
    at all.
    """
    first = item("lease", link=f"{wire.server.url}/lease", date="Mon, 02 Mar 2026 05:00:00 GMT")
    late = item("chips", link=f"{wire.server.url}/chips", date=date)
    assert told(wire.run(MONDAY, rss(first))) == ["lease"]
    assert told(wire.run(TUESDAY, rss(late, first))) == ["chips"]


def test_what_is_long_past_is_named(wire: Wire) -> None:
    """A feed that puts up an old piece does not make it news, and the editor is told."""
    first = item("lease", link=f"{wire.server.url}/lease", date="Mon, 02 Mar 2026 05:00:00 GMT")
    new = item("bonds", link=f"{wire.server.url}/bonds", date="Tue, 03 Mar 2026 05:00:00 GMT")
    old = item("chips", link=f"{wire.server.url}/chips", date="Sun, 22 Feb 2026 05:00:00 GMT")
    wire.run(MONDAY, rss(first))
    issue = wire.run(TUESDAY, rss(old, new, first))
    assert told(issue) == ["bonds"]
    (why,) = [left["why"] for left in issue["left_out"] if left["entry_url"].endswith("/chips")]
    assert why == "published on 2026-02-22, long before it was first seen"


@pytest.mark.parametrize("date", ["Fri, 27 Feb 2026 05:00:00 GMT", "2026-02-27"])
def test_a_feed_that_is_new_does_not_bring_last_week(wire: Wire, date: str) -> None:
    """On a first run only what was published in the window is."""
    old = item("chips", link=f"{wire.server.url}/chips", date=date)
    new = item("lease", link=f"{wire.server.url}/lease", date="Mon, 02 Mar 2026 05:00:00 GMT")
    assert told(wire.run(MONDAY, rss(old, new))) == ["lease"]


@pytest.mark.parametrize("date", ["Sat, 01 Jan 0001 00:00:00 GMT", "1969-12-31T23:00:00Z", "0"])
def test_a_generators_zero_is_no_date(wire: Wire, date: str) -> None:
    """It counts from when it was first seen."""
    assert told(
        wire.run(MONDAY, rss(item("chips", link=f"{wire.server.url}/chips", date=date)))
    ) == ["chips"]


# ---------------------------------------------------------------- what is one piece


@pytest.mark.parametrize("guids", [True, False], ids=["guids", "links-only"])
def test_a_changelogs_entries_are_told_apart_by_their_anchors(wire: Wire, *, guids: bool) -> None:
    """Each is told once, with its own text and its own link; the page is fetched once."""

    def entry(name: str, date: str) -> str:
        guid = f"<guid isPermaLink='false'>log-{name}</guid>" if guids else ""
        return item(name, link=f"{wire.server.url}/log#{name}", date=date, guid=guid)

    lease = entry("lease", "Mon, 02 Mar 2026 05:00:00 GMT")
    wire.server.routes["/log"] = article("lease")
    assert told(wire.run(MONDAY, rss(lease))) == ["lease"]
    wire.server.routes["/log"] = article("chips", "lease")
    issue = wire.run(TUESDAY, rss(entry("chips", "Tue, 03 Mar 2026 05:00:00 GMT"), lease))
    assert told(issue) == ["chips"]
    assert urls(issue) == [f"{wire.server.url}/log#chips"]
    document = wire.show(f"{wire.server.url}/log#chips")
    assert document["basis"] == "article"
    assert "Ostra" in document["text"]
    assert "Tarn" not in document["text"]


def test_two_entries_of_one_page_have_each_their_own_text(wire: Wire) -> None:
    """Both on one day: each under its own headline with its own evidence, from one request."""
    wire.server.routes["/log"] = article("chips", "lease")
    items = [
        item(name, link=f"{wire.server.url}/log#{name}", date="Mon, 02 Mar 2026 05:00:00 GMT")
        for name in BOTH
    ]
    issue = wire.run(MONDAY, rss(*items))
    assert told(issue) == ["chips", "lease"]
    assert [seen.path for seen in wire.server.seen].count("/log") == 1
    for section in issue["sections"]:
        for story in section["stories"]:
            (source,) = story["sources"]
            text = wire.show(source["entry"])["text"]
            for insight in story["insights"]:
                assert insight["entry"] == source["entry"]
                assert all(
                    one["entry"] == source["entry"]
                    and text[one["start"] : one["end"]] == one["quote"]
                    for one in insight["evidence"]
                )


def test_one_address_without_anchors_is_no_entrys_own(wire: Wire) -> None:
    """The feed's text is each entry's own, where the page has no part of its title; `show` names
    both.
    """
    wire.server.routes["/log"] = article("chips").replace(NEWS["chips"][0].encode(), b"Notes")
    items = [
        item(name, link=f"{wire.server.url}/log", guid=f"<guid>{name}</guid>", date="Mon, 02 Mar 2026 05:00:00 GMT")
        for name in BOTH
    ]  # fmt: skip
    assert told(wire.run(MONDAY, rss(*items))) == ["chips", "lease"]
    named = wire.show(f"{wire.server.url}/log")["entries"]
    assert {one["title"] for one in named} == {NEWS[name][0] for name in BOTH}
    texts = {one["title"]: wire.show(one["entry"]) for one in named}
    assert {one["basis"] for one in texts.values()} == {"feed-text"}
    assert "Ostra" not in texts[LEASE[0]]["text"]


def episode(name: str, server: ScriptedServer, *, link: str, guid: str, date: str) -> str:
    """An episode with a recording and a transcript."""
    spoken = "\n\n".join(
        f"00:{i:02d}:00.000 --> 00:{i:02d}:50.000\n<v Lena Moe>{text}"
        for i, text in enumerate([*NEWS[name][1], *NEWS[name][1]])
    )
    server.routes[f"/{name}.vtt"] = f"WEBVTT\n\n{spoken}\n".encode()
    files = (
        f"<enclosure url='{server.url}/{name}.mp3' type='audio/mpeg' length='1'/>"
        f"<podcast:transcript url='{server.url}/{name}.vtt' type='text/vtt'/>"
    )
    return item(name, link=link, guid=guid, date=date, more=files)


@pytest.mark.parametrize("guid", ["<guid isPermaLink='false'>{}</guid>", ""], ids=["guids", "none"])
def test_a_shows_episodes_may_all_link_to_the_show(wire: Wire, guid: str) -> None:
    """The second is told although the first was, under one address; neither is told again."""
    wire.kind = "podcast"
    wire.server.routes["/show"] = article("lease")
    old, new = (
        episode(
            name, wire.server, link=f"{wire.server.url}/show", guid=guid.format(name), date=date
        )
        for name, date in (
            ("lease", "Mon, 02 Mar 2026 05:00:00 GMT"),
            ("chips", "Tue, 03 Mar 2026 05:00:00 GMT"),
        )
    )
    assert told(wire.run(MONDAY, rss(old))) == ["lease"]
    assert told(wire.run(TUESDAY, rss(new, old))) == ["chips"]
    assert told(wire.run(TUESDAY + timedelta(days=1), rss(new, old))) == []


def test_a_recording_is_a_link(wire: Wire) -> None:
    """An episode without one is told, and leads to its recording, which is not fetched as a page."""
    wire.kind = "podcast"
    date = "Mon, 02 Mar 2026 05:00:00 GMT"
    issue = wire.run(MONDAY, rss(episode("chips", wire.server, link="", guid="", date=date)))
    assert urls(issue) == [f"{wire.server.url}/chips.mp3"]
    assert "/chips.mp3" not in [seen.path for seen in wire.server.seen]


def test_a_story_told_under_another_guid_is_not_told_again(wire: Wire) -> None:
    """An address that is one piece's own still says so."""
    date = "Mon, 02 Mar 2026 05:00:00 GMT"
    link = f"{wire.server.url}/chips"
    wire.run(MONDAY, rss(item("chips", link=link, guid="<guid>one</guid>", date=date)))
    again = item("chips", link=link, guid="<guid>two</guid>", date="Tue, 03 Mar 2026 05:00:00 GMT")
    assert told(wire.run(TUESDAY, rss(again))) == []


def test_a_link_that_only_the_publisher_can_open_reaches_no_reader(wire: Wire) -> None:
    """The editor is told which it is."""
    date = "Mon, 02 Mar 2026 05:00:00 GMT"
    closed = item("chips", link="http://wiki/chips", date=date)
    issue = wire.run(MONDAY, rss(closed, item("lease", link=f"{wire.server.url}/lease", date=date)))
    assert told(issue) == ["lease"]
    (left,) = issue["left_out"]
    assert (left["entry_url"], "wiki" in left["why"]) == ("http://wiki/chips", True)


def test_a_link_with_its_subscribers_key_reaches_no_reader(wire: Wire) -> None:
    """Who has it could open the private feed's recordings in the subscriber's name."""
    date = "Mon, 02 Mar 2026 05:00:00 GMT"
    link = f"{wire.server.url}/chips?auth=q7Rk20vWz81mN4"
    private = item("chips", link=link, date=date)
    issue = wire.run(
        MONDAY, rss(private, item("lease", link=f"{wire.server.url}/lease", date=date))
    )
    assert told(issue) == ["lease"]
    assert [left["why"] for left in issue["left_out"]] == [
        "its link holds a subscriber's key (auth)"
    ]


# ---------------------------------------------------------------- whose it is, what it is called


@pytest.mark.parametrize("source", ["Skagen Times", "Halvorsen & Daughters"])
def test_what_an_aggregator_passes_on_is_its_publishers(wire: Wire, source: str) -> None:
    """The source that the item names, and a headline without that name at its end."""
    named = item(
        "chips",
        link=f"{wire.server.url}/plain",
        date="Mon, 02 Mar 2026 05:00:00 GMT",
        more=f"<source url='https://a.example'>{escape(source)}</source>",
    ).replace("</title>", f" - {escape(source)}</title>")
    wire.server.routes["/plain"] = article("chips").replace(b"<title>Fjord Wire</title>", b"")
    issue = wire.run(MONDAY, rss(named))
    (found,) = issue["sections"][0]["stories"][0]["sources"]
    assert (found["publisher"], found["title"]) == (source, CHIPS[0])


@pytest.mark.parametrize("version", ["v3.1.0", "Release 3.1-rc2"])
def test_a_release_is_headed_by_its_project(wire: Wire, version: str) -> None:
    """By what its feed calls the project; that is its publisher, too."""
    named = item("chips", link=f"{wire.server.url}/chips", date="Mon, 02 Mar 2026 05:00:00 GMT")
    feed = rss(named.replace(escape(CHIPS[0]), version)).replace(
        b"<title>Fjord Wire", b"<title>Release notes from ostra-runtime"
    )
    (story,) = wire.run(MONDAY, feed)["sections"][0]["stories"]
    assert story["headline"] == f"ostra-runtime {version}"
    assert story["sources"][0]["publisher"] == "ostra-runtime"
