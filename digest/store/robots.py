"""robots.txt of each origin, so that a second run need not ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.store.column_values import moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime


def load(db: sqlite3.Connection) -> dict[str, tuple[str, datetime]]:
    """Text and time of every robots.txt kept, by origin."""
    return {
        row["origin"]: (row["text"], moment(row["fetched_at"]))
        for row in db.execute("SELECT * FROM robots")
    }


def save(db: sqlite3.Connection, found: Mapping[str, tuple[str, datetime]]) -> None:
    """Keep what a run found."""
    db.executemany(
        "INSERT OR REPLACE INTO robots (origin, text, fetched_at) VALUES (?, ?, ?)",
        ((origin, text, stamp(at)) for origin, (text, at) in found.items()),
    )
