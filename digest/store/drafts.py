"""What an issue.md has been: its texts, one for each change, so that any can be undone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.store.column_values import moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

MOST_KEPT = 100  # texts of one issue


@dataclass(frozen=True, slots=True)
class Version:
    """A text of an issue.md, the themes that its editor chose by then, and what made it so.
    `present` is the one that the file was last known to have.
    """

    number: int
    text: str
    themes: dict[str, str]
    what: str
    at: datetime
    present: bool


def versions(db: sqlite3.Connection, issue: str) -> tuple[Version, ...]:
    """All that are kept of an issue, the oldest first."""
    rows = db.execute("SELECT * FROM drafts WHERE issue = ? ORDER BY number", (issue,))
    return tuple(
        Version(
            row["number"],
            row["text"],
            json.loads(row["themes"]),
            row["what"],
            moment(row["at"]),
            bool(row["present"]),
        )
        for row in rows
    )


def put(
    db: sqlite3.Connection,
    issue: str,
    text: str,
    themes: Mapping[str, str],
    what: str,
    now: datetime,
) -> None:
    """Keep a text as the present one, in place of what was undone before it; the oldest goes where
    there are too many.
    """
    present = db.execute(
        "SELECT number FROM drafts WHERE issue = ? AND present = 1", (issue,)
    ).fetchone()
    number = present["number"] + 1 if present else 0
    db.execute(
        "DELETE FROM drafts WHERE issue = ? AND (number >= ? OR number <= ?)",
        (issue, number, number - MOST_KEPT),
    )
    db.execute("UPDATE drafts SET present = 0 WHERE issue = ?", (issue,))
    db.execute(
        "INSERT INTO drafts (issue, number, text, themes, what, at, present)"
        " VALUES (?, ?, ?, ?, ?, ?, 1)",
        (issue, number, text, json.dumps(dict(themes)), what, stamp(now)),
    )


def point_at(db: sqlite3.Connection, issue: str, number: int) -> None:
    """Make a kept text the present one."""
    db.execute("UPDATE drafts SET present = (number = ?) WHERE issue = ?", (number, issue))
