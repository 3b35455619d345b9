"""Entries of feeds, each kept once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from digest.feeds.identity import Known
from digest.feeds.shared_addresses import Holder
from digest.model import Entry, Window
from digest.net.urls import page_of
from digest.store.column_values import links, links_json, maybe_moment, maybe_stamp, moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from datetime import datetime

# a day without a time is stored as one of its midnights; it begins and ends elsewhere at other
# times
A_DAY_ELSEWHERE = timedelta(days=2)


def save(db: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """Keep new entries and take over what a feed changed in known ones; the first sight of an entry
    stays, unless a clock has jumped and there was an earlier one.

    Returns how many were new.
    """
    rows = [_row(entry) for entry in entries]
    ids = {row[0] for row in rows}
    there = db.execute(
        "SELECT count(*) FROM entries WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchone()[0]
    db.executemany(
        """INSERT INTO entries (id, feed_url, url, title, published, first_seen, kind, author,
                                language, text, enclosure, transcripts, chapters_url, seconds,
                                day, publisher)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET
               url = excluded.url, title = excluded.title, publisher = excluded.publisher,
               day = CASE WHEN excluded.published IS NULL THEN day ELSE excluded.day END,
               published = coalesce(excluded.published, published),
               first_seen = min(first_seen, excluded.first_seen), author = excluded.author,
               language = excluded.language, text = excluded.text, enclosure = excluded.enclosure,
               transcripts = excluded.transcripts, chapters_url = excluded.chapters_url,
               seconds = excluded.seconds""",
        rows,
    )
    return len(ids) - int(there)


def _row(entry: Entry) -> tuple[object, ...]:
    enclosure = links_json((entry.enclosure,)) if entry.enclosure else None
    return (
        entry.id, entry.feed_url, entry.url, entry.title, maybe_stamp(entry.published),
        stamp(entry.first_seen), entry.kind, entry.author, entry.language, entry.text, enclosure,
        links_json(entry.transcripts), entry.chapters_url, entry.seconds,
        entry.day.isoformat() if entry.day else None, entry.publisher,
    )  # fmt: skip


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        feed_url=row["feed_url"],
        url=row["url"],
        title=row["title"],
        published=maybe_moment(row["published"]),
        first_seen=moment(row["first_seen"]),
        kind=row["kind"],
        author=row["author"],
        language=row["language"],
        text=row["text"],
        enclosure=next(iter(links(row["enclosure"])), None),
        transcripts=links(row["transcripts"]),
        chapters_url=row["chapters_url"],
        seconds=row["seconds"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        publisher=row["publisher"],
    )


def around(db: sqlite3.Connection, window: Window, feeds: Iterable[str]) -> tuple[Entry, ...]:
    """The entries of these feeds that were published in the window or within A_DAY_ELSEWHERE of it,
    and those that were first seen in it; oldest first.
    """
    wanted = set(feeds)
    rows = db.execute(
        """SELECT * FROM entries
           WHERE (coalesce(published, first_seen) > ? AND coalesce(published, first_seen) <= ?)
               OR (first_seen > ? AND first_seen <= ?)
           ORDER BY coalesce(published, first_seen), id""",
        (
            stamp(window.start - A_DAY_ELSEWHERE), stamp(window.end + A_DAY_ELSEWHERE),
            stamp(window.start), stamp(window.end),
        ),
    )  # fmt: skip
    return tuple(_entry(row) for row in rows if row["feed_url"] in wanted)


def alike(db: sqlite3.Connection, feed_url: str, entries: Sequence[Entry]) -> list[Known]:
    """Those that the feed has brought before and that have the id or the title of one of these, as
    they are known again by.
    """
    if not entries:
        return []
    ids, titles = (
        json.dumps(list(values))
        for values in ({entry.id for entry in entries}, {entry.title for entry in entries})
    )
    rows = db.execute(
        """SELECT id, url, title, published FROM entries WHERE feed_url = ?
               AND (id IN (SELECT value FROM json_each(?))
                    OR title IN (SELECT value FROM json_each(?)))""",
        (feed_url, ids, titles),
    )
    return [
        Known(row["id"], row["url"], row["title"], maybe_moment(row["published"])) for row in rows
    ]


def holders(db: sqlite3.Connection, urls: Iterable[str]) -> tuple[Holder, ...]:
    """Every entry that leads to the page of one of these addresses."""
    pages = json.dumps(sorted({page_of(url) for url in urls} - {""}))
    rows = db.execute(
        """SELECT entries.id, feed_url, kind, url, title, enclosure FROM json_each(?) AS page
               JOIN entries ON url = page.value
                    OR (url > page.value || '#' AND url < page.value || '$')
           ORDER BY first_seen, entries.id""",  # $ is the character after #
        (pages,),
    )
    return tuple(
        Holder(
            row["id"], row["feed_url"], row["kind"], row["url"], row["title"],
            next((link.url for link in links(row["enclosure"])), ""),
        )
        for row in rows
    )  # fmt: skip


def get(db: sqlite3.Connection, entry_id: str) -> Entry | None:
    """One entry, or None."""
    row = db.execute("SELECT * FROM entries WHERE id = ?", (entry_id,)).fetchone()
    return _entry(row) if row else None


def at(db: sqlite3.Connection, url: str) -> tuple[Entry, ...]:
    """The entries with this address, the earliest seen first."""
    rows = db.execute("SELECT * FROM entries WHERE url = ? ORDER BY first_seen, id", (url,))
    return tuple(_entry(row) for row in rows)


def latest(db: sqlite3.Connection) -> dict[str, datetime]:
    """By feed URL, when its newest entry was published."""
    rows = db.execute(
        "SELECT feed_url, max(coalesce(published, first_seen)) AS newest FROM entries GROUP BY"
        " feed_url"
    )
    return {row["feed_url"]: moment(row["newest"]) for row in rows}
