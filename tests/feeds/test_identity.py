"""Entries whose feed changes their GUIDs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from digest.config.schema import Feed
from digest.feeds.fetch import entries_of, fetch_feed
from digest.feeds.identity import Known, recognised
from digest.feeds.parser import parse_feed
from digest.store import entries as kept
from digest.store import open_state
from tests.servers import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from digest.model import Entry
    from digest.net.http import Client
    from tests.servers import ScriptedServer

NOW = datetime(2026, 2, 5, 6, 30, tzinfo=UTC)
DATE = "Thu, 05 Feb 2026 05:00:00 GMT"
FEED = Feed(url="https://a.example/feed")


def rss(*items: str) -> bytes:
    """A feed of items."""
    return (
        "<rss"
        f" version='2.0'><channel><title>N</title>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>".encode()
    )


def item(
    guid: str, title: str = "Rates rise", link: str = "https://a.example/1", date: str = DATE
) -> str:
    """One item."""
    return (
        "<guid"
        f" isPermaLink='false'>{guid}</guid><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>"
    )


def entries(*items: str) -> tuple[Entry, ...]:
    """What a feed of these items brings."""
    return entries_of(FEED, parse_feed(rss(*items), "", FEED.url), NOW)


def known(*items: str) -> list[Known]:
    """What was kept of a feed of these items."""
    return [Known(entry.id, entry.url, entry.title, entry.published) for entry in entries(*items)]


def same(new: str, *old: str) -> bool:
    """Whether the new item is one of the old ones."""
    ids = {one.id for one in known(*old)}
    return recognised(entries(new), known(*old))[0].id in ids


def test_a_new_guid_with_the_old_link_and_title_is_the_old_entry() -> None:
    """Whatever its date says now."""
    assert same(item("b", date="Thu, 05 Feb 2026 06:00:00 GMT"), item("a"))


def test_a_new_guid_with_the_old_title_and_date_is_the_old_entry() -> None:
    """Its link may carry a session."""
    assert same(item("b", link="https://a.example/1;jsessionid=9"), item("a"))


def test_less_likeness_is_another_entry() -> None:
    """A page that is written anew every day, a column with one title, a second story of one
    minute.
    """
    assert not same(item("b", title="Rates fall"), item("a"))
    assert not same(
        item("b", link="https://a.example/2", date="Fri, 06 Feb 2026 05:00:00 GMT"), item("a")
    )
    assert not same(item("b", title="Rates fall", link="https://a.example/2"), item("a"))


def test_an_entry_that_the_feed_still_has_is_not_another_one() -> None:
    """Two items that look alike stand side by side."""
    found = recognised(entries(item("a"), item("b", link="https://a.example/2")), known(item("a")))
    assert [entry.id for entry in found] == [
        entry.id for entry in entries(item("a"), item("b", link="https://a.example/2"))
    ]


def test_an_old_entry_is_recognised_once() -> None:
    """Of two that are like it, the first is it."""
    new = entries(item("b"), item("c", link="https://a.example/2"))
    old = known(item("a"))
    assert [entry.id for entry in recognised(new, old)] == [old[0].id, new[1].id]


def test_items_that_are_the_same_but_for_their_guid_count_once() -> None:
    """Link, title and date alike: the feed lists it twice."""
    assert len(entries(item("a"), item("b"))) == 1
    assert len(entries(item("a"), item("b", title="Rates fall"))) == 2


def test_a_feed_that_changes_its_guids_each_time_brings_nothing_twice(
    tmp_path: Path, server: ScriptedServer, client: Client
) -> None:
    """Three runs, three GUIDs, one entry, first seen when it was."""
    count = iter(range(9))

    def changing(_headers: Mapping[str, str]) -> Reply:
        return Reply(body=rss(item(f"guid-{next(count)}")))

    server.routes["/feed"] = changing
    feed = Feed(url=server.url + "/feed")
    with open_state(tmp_path / "state") as db:
        for day in range(3):
            got = fetch_feed(feed, None, client, NOW + timedelta(days=day))
            kept.save(db, recognised(got.entries, kept.alike(db, feed.url, got.entries)))
        rows = db.execute("SELECT first_seen FROM entries").fetchall()
    assert len(rows) == 1
    assert rows[0]["first_seen"].startswith("2026-02-05")
