"""Entries of feeds, each kept once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.feeds.identity import Known
from digest.model import Entry, Window
from digest.store.column_values import links, links_json, maybe_moment, maybe_stamp, moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from datetime import datetime


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
                                language, text, enclosure, transcripts, chapters_url, seconds)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET
               url = excluded.url, title = excluded.title,
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
    )


def within(db: sqlite3.Connection, window: Window, feeds: Iterable[str]) -> tuple[Entry, ...]:
    """The window's entries of these feeds, oldest first."""
    wanted = set(feeds)
    rows = db.execute(
        """SELECT * FROM entries
           WHERE coalesce(published, first_seen) > ? AND coalesce(published, first_seen) <= ?
           ORDER BY coalesce(published, first_seen), id""",
        (stamp(window.start), stamp(window.end)),
    )
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


def by_url(db: sqlite3.Connection, url: str) -> Entry | None:
    """The entry with this address, the earliest seen if several feeds have it."""
    row = db.execute(
        "SELECT * FROM entries WHERE url = ? ORDER BY first_seen, id LIMIT 1", (url,)
    ).fetchone()
    return _entry(row) if row else None


def latest(db: sqlite3.Connection) -> dict[str, datetime]:
    """By feed URL, when its newest entry was published."""
    rows = db.execute(
        "SELECT feed_url, max(coalesce(published, first_seen)) AS newest FROM entries GROUP BY"
        " feed_url"
    )
    return {row["feed_url"]: moment(row["newest"]) for row in rows}
