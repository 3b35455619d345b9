"""What is known of each feed: validators, freshness, and since when it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.feeds.gone_or_failing import FeedState
from digest.feeds.permanent_redirects import Move
from digest.store.column_values import maybe_moment, maybe_stamp, moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from digest.feeds.fetch import Fetched


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """A feed as the editor is told of it."""

    url: str
    title: str
    checked_at: datetime | None
    ok_at: datetime | None
    failing_since: datetime | None
    failure: str
    moved_to: str | None  # where permanent redirects have proved to lead
    gone_since: datetime | None  # HTTP 410: not asked any more


def states(db: sqlite3.Connection) -> dict[str, FeedState]:
    """What the next request to each feed needs, by feed URL."""
    return {
        row["url"]: FeedState(
            url=row["url"],
            etag=row["etag"],
            last_modified=row["last_modified"],
            fresh_until=maybe_moment(row["fresh_until"]),
            move=_move(row),
            gone_since=maybe_moment(row["gone_since"]),
            title=row["title"],
            ttl_minutes=row["ttl_minutes"],
            lifetime=row["lifetime"],
            ask_after=maybe_moment(row["ask_after"]),
        )
        for row in db.execute("SELECT * FROM feeds")
    }


def _move(row: sqlite3.Row) -> Move | None:
    if not row["moved_to"]:
        return None
    return Move(
        row["moved_to"],
        moment(row["moved_since"]),
        row["moved_runs"],
        proved=bool(row["moved_proved"]),
    )


def records(db: sqlite3.Connection) -> dict[str, FeedRecord]:
    """What is known of each feed, by its URL."""
    return {
        row["url"]: FeedRecord(
            url=row["url"],
            title=row["title"],
            checked_at=maybe_moment(row["checked_at"]),
            ok_at=maybe_moment(row["ok_at"]),
            failing_since=maybe_moment(row["failing_since"]),
            failure=row["failure"],
            moved_to=row["moved_to"] if row["moved_proved"] else None,
            gone_since=maybe_moment(row["gone_since"]),
        )
        for row in db.execute("SELECT * FROM feeds")
    }


def known_since(db: sqlite3.Connection) -> dict[str, datetime]:
    """When each feed was first read, by its URL; a feed that could not yet be had is not there."""
    rows = db.execute("SELECT url, known_since FROM feeds WHERE known_since IS NOT NULL")
    return {row["url"]: moment(row["known_since"]) for row in rows}


_SAVE = """INSERT INTO feeds (url, title, etag, last_modified, fresh_until, ttl_minutes, lifetime,
                      ask_after, moved_to, moved_since, moved_runs, moved_proved,
                      gone_since, checked_at, ok_at, failing_since, failure,
                      known_since)
   VALUES (:url, :title, :etag, :last_modified, :fresh_until, :ttl_minutes, :lifetime,
           :ask_after, :moved_to, :moved_since, :moved_runs, :moved_proved,
           :gone_since, :now, :ok_at, :failing_since, :failure, :ok_at)
   ON CONFLICT (url) DO UPDATE SET
       title = CASE excluded.title WHEN '' THEN title ELSE excluded.title END,
       etag = excluded.etag, last_modified = excluded.last_modified,
       fresh_until = excluded.fresh_until, ttl_minutes = excluded.ttl_minutes,
       lifetime = excluded.lifetime,
       moved_to = excluded.moved_to, moved_since = excluded.moved_since,
       moved_runs = excluded.moved_runs, moved_proved = excluded.moved_proved,
       gone_since = CASE WHEN excluded.gone_since IS NULL THEN NULL
                         ELSE coalesce(gone_since, excluded.gone_since) END,
       ask_after = excluded.ask_after, checked_at = excluded.checked_at,
       ok_at = coalesce(excluded.ok_at, ok_at),
       known_since = coalesce(known_since, excluded.known_since),
       failing_since = CASE WHEN excluded.failing_since IS NULL THEN NULL
                            ELSE coalesce(failing_since, excluded.failing_since) END,
       failure = excluded.failure"""


def save(db: sqlite3.Connection, fetched: Fetched, now: datetime) -> None:
    """Record one fetch: a success ends a failure, a failure keeps the day on which it began."""
    db.execute(_SAVE, _row(fetched, now))


def _row(fetched: Fetched, now: datetime) -> dict[str, Any]:
    failed = fetched.outcome == "failed"
    state, move = fetched.state, fetched.state.move
    return {
        "url": state.url,
        "title": state.title,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "fresh_until": maybe_stamp(state.fresh_until),
        "moved_to": move.to if move else None,
        "moved_since": maybe_stamp(move.since if move else None),
        "moved_runs": move.runs if move else 0,
        "moved_proved": bool(move and move.proved),
        "gone_since": maybe_stamp(state.gone_since),
        "ttl_minutes": state.ttl_minutes,
        "lifetime": state.lifetime,
        "ask_after": maybe_stamp(state.ask_after),
        "now": stamp(now),
        "ok_at": None if failed else stamp(now),
        "failing_since": stamp(now) if failed else None,
        "failure": fetched.reason if failed else "",
    }


def forget(db: sqlite3.Connection, url: str) -> None:
    """Drop what is known of a feed, so that it is asked as if for the first time; its entries
    stay.
    """
    db.execute("DELETE FROM feeds WHERE url = ?", (url,))
