"""Who asked to join and was sent a link to confirm: kept until the link is too old, and no longer
unless it was used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.deliver.mail_address import identity
from digest.deliver.reader import Entrant
from digest.store import readers
from digest.store.column_values import moment, stamp

if TYPE_CHECKING:
    import sqlite3

LIFE = timedelta(days=7)  # of a link
PAUSE = timedelta(hours=1)  # between two mails to one address
MOST = 3  # mails to one address while a link lives
_WAITING = "asked to join, not confirmed yet"


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail that is to ask an address, claimed by whoever sends it."""

    number: int
    address: str


def ask(
    db: sqlite3.Connection, address: str, editions: tuple[str, ...], now: datetime
) -> int | None:
    """Note that somebody wants an address to get these editions, () for all; returns the number
    that a link is made of, None when the address was written to often enough. An address that the
    list does not know is pending from now on; what it knows of others stays. The caller commits.
    """
    _drop_old(db, now)
    key = identity(address)
    before = db.execute(
        "SELECT count(*), max(asked_at) FROM joins WHERE identity = ?", (key,)
    ).fetchone()
    if before[0] >= MOST or (before[1] and moment(before[1]) > now - PAUSE):
        return None
    number: int = db.execute(
        "INSERT INTO joins (address, identity, editions, asked_at) VALUES (?, ?, ?, ?)"
        " RETURNING number",
        (address, key, ",".join(editions), stamp(now)),
    ).fetchone()[0]
    if not readers.by_address(db, address) and not readers.was_forgotten(db, address):
        readers.put(db, Entrant(address, "pending", _WAITING, editions), now)
    return number


def claim(db: sqlite3.Connection, now: datetime) -> Asked | None:
    """The next mail that nobody has sent, claimed; it is asked for anew rather than sent twice."""
    with db:
        row = db.execute(
            "UPDATE joins SET sent_at = ? WHERE number = (SELECT min(number) FROM joins WHERE"
            " sent_at IS NULL AND asked_at > ?) RETURNING number, address",
            (stamp(now), stamp(now - LIFE)),
        ).fetchone()
    return Asked(row["number"], row["address"]) if row else None


def put_back(db: sqlite3.Connection, number: int) -> None:
    """A claimed mail that did not go out is to be tried again."""
    with db:
        db.execute("UPDATE joins SET sent_at = NULL WHERE number = ?", (number,))


def confirm(db: sqlite3.Connection, number: int, now: datetime) -> bool:
    """Make a reader of whoever was asked, also of one who had left; a reader gets the editions that
    were asked for as well. False when the link is too old, or was used and its reader has left
    since. The caller commits.
    """
    row = db.execute("SELECT * FROM joins WHERE number = ?", (number,)).fetchone()
    if row is None or moment(row["asked_at"]) <= now - LIFE:
        return False
    known = readers.by_address(db, row["address"])
    confirmed = known is not None and known.state == "confirmed"
    if row["used_at"]:
        return confirmed
    why = f"asked to join on {row['asked_at'][:10]}, confirmed by the link in the mail"
    wanted = tuple(filter(None, row["editions"].split(",")))
    entrant = Entrant(row["address"], "confirmed", why, wanted)
    if known:
        both = known.editions and wanted and (*known.editions, *wanted)
        entrant = replace(
            entrant,
            address=known.address if confirmed else entrant.address,
            editions=tuple(dict.fromkeys(both or ())) if confirmed else wanted,
            language=known.language,
        )
    readers.put(db, entrant, now)
    db.execute("UPDATE joins SET used_at = ? WHERE number = ?", (stamp(now), number))
    return True


def _drop_old(db: sqlite3.Connection, now: datetime) -> None:
    """Who asked and never confirmed leaves no trace."""
    old = stamp(now - LIFE)
    db.execute(
        "DELETE FROM readers WHERE state = 'pending' AND why = ? AND identity IN (SELECT identity"
        " FROM joins WHERE asked_at <= ?) AND identity NOT IN (SELECT identity FROM joins WHERE"
        " asked_at > ?)",
        (_WAITING, old, old),
    )
    db.execute("DELETE FROM joins WHERE asked_at <= ?", (old,))
