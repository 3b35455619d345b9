"""What was put right after an issue had gone out: corrections, and issues that were taken down."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.issue.carried_corrections import CORRECTION
from digest.store.column_values import moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What is put right in an issue; `story` is "" where it is of the issue as a whole."""

    number: int
    issue: str
    story: str
    text: str
    at: datetime

    @property
    def id(self) -> str:
        """Of the item by which a later issue carries it."""
        return f"{CORRECTION}{self.number}"


@dataclass(frozen=True, slots=True)
class Unpublished:
    """That an issue was taken down, and why."""

    issue: str
    reason: str
    at: datetime


def add(db: sqlite3.Connection, issue: str, story: str, text: str, now: datetime) -> Correction:
    """Keep a correction; one that was made already, word for word, is the same."""
    same = (issue, story, text)
    row = db.execute(
        "SELECT * FROM corrections WHERE issue = ? AND story = ? AND text = ?", same
    ).fetchone()
    if row is None:
        db.execute(
            "INSERT INTO corrections (issue, story, text, at) VALUES (?, ?, ?, ?)",
            (*same, stamp(now)),
        )
        row = db.execute("SELECT * FROM corrections ORDER BY number DESC LIMIT 1").fetchone()
    return _correction(row)


def of_issues(db: sqlite3.Connection) -> dict[str, tuple[Correction, ...]]:
    """All corrections by the issue that they correct, oldest first."""
    found = defaultdict[str, list[Correction]](list)
    for row in db.execute("SELECT * FROM corrections ORDER BY number"):
        found[row["issue"]].append(_correction(row))
    return {issue: tuple(those) for issue, those in found.items()}


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(row["number"], row["issue"], row["story"], row["text"], moment(row["at"]))


def unpublish(db: sqlite3.Connection, issue: str, reason: str, now: datetime) -> None:
    """Keep that an issue is taken down; the newest reason counts, and the first time."""
    db.execute(
        """INSERT INTO unpublished VALUES (?, ?, ?)
           ON CONFLICT (issue) DO UPDATE SET reason = excluded.reason""",
        (issue, reason, stamp(now)),
    )


def publish_again(db: sqlite3.Connection, issue: str) -> bool:
    """Forget that an issue was taken down; says whether it was."""
    return db.execute("DELETE FROM unpublished WHERE issue = ?", (issue,)).rowcount > 0


def unpublished(db: sqlite3.Connection) -> dict[str, Unpublished]:
    """All that were taken down, by issue."""
    rows = db.execute("SELECT * FROM unpublished")
    return {
        row["issue"]: Unpublished(row["issue"], row["reason"], moment(row["at"])) for row in rows
    }
