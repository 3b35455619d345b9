"""Each feed's last checks, and the facts that its health is told from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.feeds.health import Facts, FeedCheck, Read
from digest.store import feeds
from digest.store.column_values import moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

KEPT = 30  # checks of each feed
LOOKED_AT = 50  # entries of each feed, for its rhythm
READ = 25  # documents of each feed, for what they hold


def save(db: sqlite3.Connection, feed_url: str, check: FeedCheck) -> None:
    """Keep a check and forget the oldest. Their order is that of insertion: a clock may jump."""
    db.execute(
        "INSERT INTO checks (feed_url, at, outcome, reason, seconds, entries) VALUES (?, ?, ?, ?,"
        " ?, ?)",
        (feed_url, stamp(check.at), check.outcome, check.reason, check.seconds, check.entries),
    )
    db.execute(
        """DELETE FROM checks WHERE feed_url = :url AND number <=
               (SELECT number FROM checks WHERE feed_url = :url
                ORDER BY number DESC LIMIT 1 OFFSET :kept)""",
        {"url": feed_url, "kept": KEPT},
    )


def latest(db: sqlite3.Connection) -> datetime | None:
    """When the last check was made, by the clock of that time."""
    row = db.execute("SELECT at FROM checks ORDER BY number DESC LIMIT 1").fetchone()
    return moment(row["at"]) if row else None


def facts(db: sqlite3.Connection, feed_urls: Iterable[str]) -> dict[str, Facts]:
    """What is stored of each feed, by its URL."""
    records = feeds.records(db)
    found = {}
    for url in feed_urls:
        record = records.get(url)
        found[url] = Facts(
            checks=_checks(db, url),
            dates=[moment(row["moment"]) for row in db.execute(_DATES, (url, LOOKED_AT))][::-1],
            reads=[Read(row["characters"], row["note"]) for row in db.execute(_READS, (url, READ))][
                ::-1
            ],
            failing_since=record.failing_since if record else None,
            gone_since=record.gone_since if record else None,
            moved_to=record.moved_to if record else None,
        )
    return found


_DATES = """SELECT DISTINCT coalesce(published, first_seen) AS moment FROM entries
            WHERE feed_url = ?
            ORDER BY coalesce(published, first_seen) DESC LIMIT ?"""

_READS = """SELECT length(documents.text) AS characters, note
            FROM entries JOIN documents ON entry_id = entries.id WHERE feed_url = ?
            ORDER BY coalesce(entries.published, first_seen) DESC LIMIT ?"""


def _checks(db: sqlite3.Connection, url: str) -> list[FeedCheck]:
    rows = db.execute("SELECT * FROM checks WHERE feed_url = ? ORDER BY number", (url,))
    return [
        FeedCheck(moment(row["at"]), row["outcome"], row["reason"], row["seconds"], row["entries"])
        for row in rows
    ]
