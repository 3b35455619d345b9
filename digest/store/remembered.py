"""Which documents were entered into the memory as they are now, so that none is read twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping


def prints(db: sqlite3.Connection, entry_ids: Iterable[str]) -> dict[str, str]:
    """What each of the entries was like when it was entered, as far as it was."""
    return {
        entry_id: row["print"]
        for entry_id in entry_ids
        for row in db.execute("SELECT print FROM remembered WHERE entry_id = ?", (entry_id,))
    }


def mark(db: sqlite3.Connection, prints: Mapping[str, str]) -> None:
    """Keep what entries are like as they are entered."""
    db.executemany(
        "INSERT OR REPLACE INTO remembered (entry_id, print) VALUES (?, ?)", prints.items()
    )
