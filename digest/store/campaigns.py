"""Issues that a list manager sends: which campaign of its own is an issue's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.store.column_values import stamp
from digest.store.deliveries import Sending

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


def begin(
    db: sqlite3.Connection, issue: str, edition: str, content_hash: str, now: datetime
) -> Sending:
    """A sending whose audience is the list manager's."""
    with db:
        number = db.execute(
            "INSERT INTO sendings (issue, edition, hash, state, began_at, owner) VALUES (?, ?, ?,"
            " 'sending', ?, '') RETURNING number",
            (issue, edition, content_hash, stamp(now)),
        ).fetchone()[0]
        db.execute("INSERT INTO campaigns (sending) VALUES (?)", (number,))
    return Sending(number, issue, edition, content_hash, "sending", now, None)


def is_theirs(db: sqlite3.Connection, sending: int) -> bool:
    """Is it a list manager that sends, and not we?"""
    row = db.execute("SELECT 1 FROM campaigns WHERE sending = ?", (sending,)).fetchone()
    return row is not None


def campaign_of(db: sqlite3.Connection, sending: int) -> int | None:
    """The number of a sending's campaign, None when none is known."""
    row = db.execute("SELECT campaign FROM campaigns WHERE sending = ?", (sending,)).fetchone()
    number: int | None = row[0] if row else None
    return number


def made(db: sqlite3.Connection, sending: int, campaign: int) -> None:
    """Keep the number of a sending's campaign."""
    with db:
        db.execute("UPDATE campaigns SET campaign = ? WHERE sending = ?", (campaign, sending))


def handed_over(db: sqlite3.Connection, sending: int, now: datetime) -> None:
    """The list manager has it: what becomes of it there is told there."""
    with db:
        db.execute(
            "UPDATE sendings SET state = 'submitted', ended_at = ? WHERE number = ?",
            (stamp(now), sending),
        )
