"""The list of readers: who is on it, since when and why, and who is never to be added again."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from typing import TYPE_CHECKING, Any

from digest.deliver.mail_address import identity
from digest.deliver.reader import CLOSED, STATES, Reader, Refused
from digest.store.column_values import moment, stamp
from digest.store.readers_file import secret

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from digest.deliver.reader import Entrant, ReaderState

_SEEN = """CREATE TEMP TABLE entrants (
    identity TEXT PRIMARY KEY, address TEXT NOT NULL, state TEXT NOT NULL, why TEXT NOT NULL,
    editions TEXT NOT NULL, language TEXT NOT NULL, line INTEGER NOT NULL)"""


def by_address(db: sqlite3.Connection, address: str) -> Reader | None:
    """The reader with this address, or None."""
    row = db.execute("SELECT * FROM readers WHERE identity = ?", (identity(address),)).fetchone()
    return _reader(row) if row else None


def by_number(db: sqlite3.Connection, number: int) -> Reader | None:
    """The reader with this number, or None."""
    row = db.execute("SELECT * FROM readers WHERE number = ?", (number,)).fetchone()
    return _reader(row) if row else None


def every(db: sqlite3.Connection, states: Iterable[str] = STATES) -> Iterator[Reader]:
    """Readers in these states, by address."""
    wanted = tuple(states)
    marks = ", ".join("?" * len(wanted))
    rows = db.execute(
        # our own text
        f"SELECT * FROM readers WHERE state IN ({marks}) ORDER BY identity",  # noqa: S608
        wanted,
    )
    return map(_reader, rows)


def stats(db: sqlite3.Connection) -> dict[str, int]:
    """How many are in each state, and how many were forgotten."""
    counts = dict(db.execute("SELECT state, count(*) FROM readers GROUP BY state").fetchall())
    forgotten = db.execute("SELECT count(*) FROM forgotten").fetchone()[0]
    return {**{state: counts.get(state, 0) for state in STATES}, "forgotten": forgotten}


def was_forgotten(db: sqlite3.Connection, address: str) -> bool:
    """Did somebody at this address ask to be forgotten?"""
    found = db.execute("SELECT 1 FROM forgotten WHERE hash = ?", (_hash(db, address),)).fetchone()
    return found is not None


# ---------------------------------------------------------------- changes; the caller commits


def put(db: sqlite3.Connection, entrant: Entrant, now: datetime) -> None:
    """Add a reader, or say anew what is said of one, whatever was said before."""
    values = (
        entrant.address, identity(entrant.address), entrant.state, stamp(now), entrant.why,
        _column(entrant.editions), entrant.language,
    )  # fmt: skip
    number = db.execute(
        """INSERT INTO readers (address, identity, state, since, why, editions, language)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (identity) DO UPDATE SET state = excluded.state, since = excluded.since,
               why = excluded.why, editions = excluded.editions, language = excluded.language
           RETURNING number""",
        values,
    ).fetchone()[0]
    _note(db, number, entrant.state, entrant.why, now)
    db.execute("DELETE FROM forgotten WHERE hash = ?", (_hash(db, entrant.address),))


def change(
    db: sqlite3.Connection, number: int, state: ReaderState, why: str, now: datetime
) -> None:
    """Bring a reader into a state; one who is in it already stays so, since when and why it was."""
    changed = db.execute(
        "UPDATE readers SET state = ?, since = ?, why = ? WHERE number = ? AND state <> ?",
        (state, stamp(now), why, number, state),
    )
    if changed.rowcount:
        _note(db, number, state, why, now)


def leave(db: sqlite3.Connection, number: int, edition: str, why: str, now: datetime) -> None:
    """Take an edition ("" for all) from a reader; who gets none any more has unsubscribed. Whoever
    never chose editions leaves altogether.
    """
    reader = by_number(db, number)
    if reader is None or reader.state in CLOSED:
        return
    rest = tuple(one for one in reader.editions if one != edition) if edition else ()
    if not rest:
        change(db, number, "unsubscribed", why, now)
    elif rest != reader.editions:
        db.execute("UPDATE readers SET editions = ? WHERE number = ?", (_column(rest), number))
        _note(db, number, reader.state, f"{why}: no longer {edition}", now)


def forget(db: sqlite3.Connection, address: str, now: datetime) -> bool:
    """Erase an address, whether or not it is on the list, and keep a salted hash of it; says
    whether it was there.
    """
    known = by_address(db, address)
    if known:  # what servers answered may hold the address, too
        db.execute("UPDATE deliveries SET reply = '' WHERE reader = ?", (known.number,))
        db.execute("DELETE FROM readers WHERE number = ?", (known.number,))
    db.execute("DELETE FROM joins WHERE identity = ?", (identity(address),))
    db.execute("INSERT OR IGNORE INTO forgotten VALUES (?, ?)", (_hash(db, address), stamp(now)))
    return known is not None


def scrub(db: sqlite3.Connection) -> None:
    """Leave nothing of what was deleted in the log beside the file, if nobody reads it just now; in
    the file itself it is overwritten.
    """
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# ---------------------------------------------------------------- many at once


def take_all(
    db: sqlite3.Connection, entries: Iterable[Entrant | Refused], now: datetime
) -> tuple[Counter[str], Iterator[Refused]]:
    """Take in what a file says, all of it or, when reading it raises, nothing.

    Returns how many were added, changed, and unchanged, and what was refused, by line. Who is on
    the list in a closed state stays so; a file may close, and confirm who is pending.
    """
    db.execute("DROP TABLE IF EXISTS temp.entrants")
    db.execute("DROP TABLE IF EXISTS temp.refused")
    db.execute(_SEEN)
    db.execute("CREATE TEMP TABLE refused (line INTEGER, given TEXT, why TEXT)")
    with db:  # the list itself is not touched yet, so nobody waits while a long file is read
        _stage(db, entries)
    with db:
        db.execute("BEGIN IMMEDIATE")
        _refuse_forgotten(db)
        _refuse_closed(db)
        counts = _merge(db, now)
    counts["refused"] = db.execute("SELECT count(*) FROM temp.refused").fetchone()[0]
    rows = db.execute("SELECT line, given, why FROM temp.refused ORDER BY line")
    return counts, (Refused(*row) for row in rows)


def _stage(db: sqlite3.Connection, entries: Iterable[Entrant | Refused]) -> None:
    for entry in entries:
        if isinstance(entry, Refused):
            _refuse(db, entry)
            continue
        key = identity(entry.address)
        put_in = db.execute(
            "INSERT OR IGNORE INTO temp.entrants VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                key, entry.address, entry.state, entry.why, _column(entry.editions),
                entry.language, entry.line,
            ),
        )  # fmt: skip
        if not put_in.rowcount:
            first = db.execute(
                "SELECT line FROM temp.entrants WHERE identity = ?", (key,)
            ).fetchone()[0]
            _refuse(db, Refused(entry.line, entry.address, f"stands already on line {first}"))


def _refuse(db: sqlite3.Connection, refused: Refused) -> None:
    db.execute(
        "INSERT INTO temp.refused VALUES (?, ?, ?)", (refused.line, refused.given, refused.why)
    )


def _refuse_forgotten(db: sqlite3.Connection) -> None:
    if not db.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone():
        return
    key = secret(db, "forgotten")
    db.create_function("salted", 1, lambda text: _salted(key, text), deterministic=True)
    _move(db, "salted(identity) IN (SELECT hash FROM forgotten)", "'asked to be forgotten'")


def _refuse_closed(db: sqlite3.Connection) -> None:
    closed = "', '".join(sorted(CLOSED))
    _move(
        db,
        # our own text
        f"state NOT IN ('{closed}') AND EXISTS (SELECT 1 FROM readers r WHERE r.identity ="  # noqa: S608
        f" temp.entrants.identity AND r.state IN ('{closed}'))",
        "(SELECT r.state || ' since ' || substr(r.since, 1, 10) || ': ' || r.why FROM readers r"
        " WHERE r.identity = temp.entrants.identity)",
    )


def _move(db: sqlite3.Connection, condition: str, why: str) -> None:
    # our own text
    db.execute(
        f"INSERT INTO temp.refused SELECT line, address, {why} FROM temp.entrants WHERE {condition}"  # noqa: S608
    )
    db.execute(f"DELETE FROM temp.entrants WHERE {condition}")  # noqa: S608


_CHANGED = """temp.entrants.state <> readers.state
              AND NOT (temp.entrants.state = 'pending' AND readers.state = 'confirmed')"""


def _merge(db: sqlite3.Connection, now: datetime) -> Counter[str]:
    at = stamp(now)
    taken = db.execute("SELECT count(*) FROM temp.entrants").fetchone()[0]
    changed = db.execute(
        # our own text
        f"""UPDATE readers SET state = e.state, since = ?, why = e.why FROM temp.entrants AS e
            WHERE e.identity = readers.identity AND {_CHANGED.replace("temp.entrants", "e")}""",  # noqa: S608
        (at,),
    ).rowcount
    added = db.execute(
        """INSERT OR IGNORE INTO readers (address, identity, state, since, why, editions, language)
           SELECT address, identity, state, ?, why, editions, language FROM temp.entrants
           ORDER BY line""",
        (at,),
    ).rowcount
    db.execute(
        """INSERT INTO changes SELECT r.number, ?, r.state, r.why FROM readers r
           JOIN temp.entrants e USING (identity) WHERE r.since = ?""",
        (at, at),
    )
    return Counter(added=added, changed=changed, unchanged=taken - added - changed)


def _note(db: sqlite3.Connection, number: int, state: str, why: str, now: datetime) -> None:
    db.execute("INSERT INTO changes VALUES (?, ?, ?, ?)", (number, stamp(now), state, why))


def _hash(db: sqlite3.Connection, address: str) -> bytes:
    return _salted(secret(db, "forgotten"), identity(address))


def _salted(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), hashlib.sha256)


def _column(editions: tuple[str, ...]) -> str:
    """ "" for all; else the names between commas, so that one can be looked for with its commas."""
    return f",{','.join(editions)}," if editions else ""


def _reader(row: Any) -> Reader:
    return Reader(
        number=row["number"],
        address=row["address"],
        state=row["state"],
        since=moment(row["since"]),
        why=row["why"],
        editions=tuple(filter(None, row["editions"].split(","))),
        language=row["language"],
    )
