"""What came after issues: what was carried to the archive's host, which notices were given, and how
each issue's last run ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.store.column_values import moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class LastRun:
    """How the last run of an issue ended: its exit code, what it said last, and whether the ping
    address was told of its failure.
    """

    at: datetime
    code: int
    said: str
    pinged: bool


def carried(db: sqlite3.Connection, command: str) -> str:
    """The state of the archive that this command carried last; "" for none."""
    row = db.execute("SELECT site FROM carried WHERE command = ?", (command,)).fetchone()
    return str(row["site"]) if row else ""


def carry(db: sqlite3.Connection, command: str, site: str, now: datetime) -> None:
    """Remember which state of the archive a command has carried."""
    db.execute("DELETE FROM carried")  # of a command that is no longer used nothing is known
    db.execute("INSERT INTO carried VALUES (?, ?, ?)", (command, site, stamp(now)))


def given(db: sqlite3.Connection, keys: Iterable[str]) -> frozenset[str]:
    """Which of these notices were given."""
    known = frozenset(row["key"] for row in db.execute("SELECT key FROM notices"))
    return known.intersection(keys)


def give(db: sqlite3.Connection, keys: Iterable[str], now: datetime) -> None:
    """Remember that notices were given."""
    db.executemany(
        "INSERT OR IGNORE INTO notices VALUES (?, ?)", [(key, stamp(now)) for key in keys]
    )


def over(db: sqlite3.Connection, beginning: str, still: Iterable[str]) -> None:
    """Forget notices of a kind, known by how their keys begin, but for those that still hold: when
    the same comes back it is news.
    """
    holding = set(still)
    rows = db.execute("SELECT key FROM notices WHERE instr(key, ?) = 1", (beginning,)).fetchall()
    db.executemany(
        "DELETE FROM notices WHERE key = ?",
        [(row["key"],) for row in rows if row["key"] not in holding],
    )


def last_run(db: sqlite3.Connection, issue: str) -> LastRun | None:
    """How the issue's last run ended; None when it was never tried, or never came to an end."""
    row = db.execute("SELECT * FROM last_runs WHERE issue = ?", (issue,)).fetchone()
    return (
        LastRun(moment(row["at"]), row["code"], row["said"], bool(row["pinged"])) if row else None
    )


def ended(db: sqlite3.Connection, issue: str, run: LastRun) -> None:
    """Remember how a run ended."""
    db.execute(
        "INSERT OR REPLACE INTO last_runs VALUES (?, ?, ?, ?, ?)",
        (issue, stamp(run.at), run.code, run.said, run.pinged),
    )
