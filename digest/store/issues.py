"""Issues: window, what the program last wrote, the facts behind the draft, and what was
approved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from digest.model import Window
from digest.store.column_values import maybe_moment, moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """An issue as it is kept. `facts` is what issue.json is joined from; the prose stands in
    issue.md alone.
    """

    id: str
    edition: str
    date: date
    window: Window
    written_hashes: tuple[str, ...]  # of issue.md as the program wrote it, newest first
    facts: dict[str, Any]
    accepted: dict[str, str]  # flagged story id -> hash of the words that the editor accepted
    approved_hash: str | None
    approved_at: datetime | None
    approved_text: str | None  # issue.md as it was approved
    acceptances: dict[str, Any] = field(default_factory=dict)  # by name: words, by, note, at


def issue_id(edition: str, day: date) -> str:
    """The id of an edition's issue, which is its folder's name too."""
    return f"{day.isoformat()}-{edition}"


def get(db: sqlite3.Connection, identity: str) -> IssueRecord | None:
    """One issue, or None."""
    row = db.execute("SELECT * FROM issues WHERE id = ?", (identity,)).fetchone()
    return _record(row) if row else None


def every(db: sqlite3.Connection) -> tuple[IssueRecord, ...]:
    """All issues, newest first."""
    return tuple(
        _record(row) for row in db.execute("SELECT * FROM issues ORDER BY date DESC, edition")
    )


def approved_hashes(db: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """The approved issues' ids with the hashes of what was approved, newest first."""
    rows = db.execute(
        "SELECT id, approved_hash FROM issues WHERE approved_hash IS NOT NULL"
        " ORDER BY date DESC, edition"
    )
    return tuple((row["id"], row["approved_hash"]) for row in rows)


def approved_values(db: sqlite3.Connection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ids of issues that were ever approved, newest first, each with all that its page is made
    from, unread.
    """
    rows = db.execute(
        "SELECT id, approved_text, approved_at, window_end, facts FROM issues"
        " WHERE approved_text IS NOT NULL ORDER BY date DESC, edition"
    )
    for row in rows:
        yield row["id"], tuple(str(value) for value in tuple(row)[1:])


def before(db: sqlite3.Connection, edition: str, day: date) -> tuple[IssueRecord, ...]:
    """The edition's issues of earlier dates, newest first."""
    rows = db.execute(
        "SELECT * FROM issues WHERE edition = ? AND date < ? ORDER BY date DESC",
        (edition, day.isoformat()),
    )
    return tuple(_record(row) for row in rows)


def save_draft(
    db: sqlite3.Connection,
    edition: str,
    day: date,
    window: Window,
    written_hashes: tuple[str, ...],
    facts: dict[str, Any],
) -> None:
    """Keep what the program wrote for a day; the window of the first time stays."""
    db.execute(
        """INSERT INTO issues (id, edition, date, window_start, window_end, written_hashes, facts)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE
               SET written_hashes = excluded.written_hashes, facts = excluded.facts""",
        (
            issue_id(edition, day),
            edition,
            day.isoformat(),
            stamp(window.start),
            stamp(window.end),
            json.dumps(written_hashes),
            json.dumps(facts),
        ),
    )


def keep_facts(db: sqlite3.Connection, identity: str, facts: dict[str, Any]) -> None:
    """Keep what is newly known of a draft."""
    db.execute("UPDATE issues SET facts = ? WHERE id = ?", (json.dumps(facts), identity))


def accept(
    db: sqlite3.Connection, identity: str, accepted: dict[str, str], acceptances: dict[str, Any]
) -> None:
    """Remember which flagged words the editor accepted; who did, when and why."""
    db.execute(
        "UPDATE issues SET accepted = ?, acceptances = ? WHERE id = ?",
        (json.dumps(accepted), json.dumps(acceptances), identity),
    )


def approve(
    db: sqlite3.Connection, identity: str, content_hash: str, text: str, now: datetime
) -> None:
    """Keep the approved content's hash and the text of issue.md that it was made from."""
    db.execute(
        "UPDATE issues SET approved_hash = ?, approved_text = ?, approved_at = ? WHERE id = ?",
        (content_hash, text, stamp(now), identity),
    )


def _record(row: sqlite3.Row) -> IssueRecord:
    return IssueRecord(
        id=row["id"],
        edition=row["edition"],
        date=date.fromisoformat(row["date"]),
        window=Window(moment(row["window_start"]), moment(row["window_end"])),
        written_hashes=tuple(json.loads(row["written_hashes"])),
        facts=json.loads(row["facts"]),
        accepted=json.loads(row["accepted"]),
        approved_hash=row["approved_hash"],
        approved_at=maybe_moment(row["approved_at"]),
        approved_text=row["approved_text"],
        acceptances=json.loads(row["acceptances"]),
    )


def days_tried(db: sqlite3.Connection, edition: str) -> frozenset[date]:
    """The days of an edition for which stories were looked for, told or quiet."""
    rows = db.execute("SELECT DISTINCT date FROM groups WHERE edition = ?", (edition,))
    return frozenset(date.fromisoformat(row["date"]) for row in rows)
