"""Mails that came back: which were read, and what follows for their readers."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.store import readers
from digest.store.column_values import stamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from digest.deliver.reader import Reader

SOFT = 5  # bounces within WINDOW take a reader off, and a hard one at once
WINDOW = timedelta(days=14)
_KEPT = timedelta(days=90)  # a mail that is still in the box is marked there by then


def first_seen(db: sqlite3.Connection, raw: bytes, now: datetime) -> bool:
    """Note that a mail is read; False when it was before. The caller commits, with what follows."""
    db.execute("DELETE FROM notices WHERE at < ?", (stamp(now - _KEPT),))
    mark = hashlib.blake2b(raw, digest_size=20).digest()
    added = db.execute("INSERT OR IGNORE INTO notices VALUES (?, ?)", (mark, stamp(now)))
    return added.rowcount == 1


def was_sent(db: sqlite3.Connection, reader: int, issue: str) -> bool:
    """Did a message of the issue go out to the reader, as far as anybody knows?"""
    row = db.execute(
        "SELECT 1 FROM deliveries d JOIN sendings s ON s.number = d.sending WHERE d.reader = ? AND"
        " s.issue = ? AND d.state IN ('submitted', 'uncertain', 'sending')",
        (reader, issue),
    ).fetchone()
    return row is not None


def soft(db: sqlite3.Connection, reader: Reader, why: str, at: datetime) -> int:
    """Note that a reader could not be reached at a time; returns how often that was within the
    window before, this one and none from before they joined included. The fifth takes them off. The
    caller commits.
    """
    db.execute("INSERT INTO soft_bounces VALUES (?, ?, ?)", (reader.number, stamp(at), why))
    since = max(at - WINDOW, reader.since)
    count: int = db.execute(
        "SELECT count(*) FROM soft_bounces WHERE reader = ? AND at > ? AND at <= ?",
        (reader.number, stamp(since), stamp(at)),
    ).fetchone()[0]
    if count >= SOFT:
        told = f"not reached {count} times in {WINDOW.days} days, the last: {why}"
        readers.change(db, reader.number, "bounced", told, at)
    return count
