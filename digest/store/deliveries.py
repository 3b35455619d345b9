"""Sendings and their deliveries: who was to get an issue, and what became of each message, on the
disk before its first byte and after the server's answer.
"""

from __future__ import annotations

import secrets
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from digest.errors import Locked
from digest.store.column_values import maybe_moment, moment, stamp
from digest.store.readers import change

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

SendingState = Literal["sending", "submitted", "failed"]
DeliveryState = Literal[
    "waiting", "sending", "put-off", "submitted", "refused", "withdrawn", "uncertain"
]
FINAL: frozenset[DeliveryState] = frozenset({"submitted", "refused", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Sending:
    """An issue on its way to its audience. `hash` is of the content that is sent."""

    number: int
    issue: str
    edition: str
    hash: str
    state: SendingState
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that its claimer, and nobody else, is to send, once `durable` has returned: then
    the claim is on the disk.
    """

    reader: int
    address: str
    attempts: int = 0  # before this one
    durable: Callable[[], object] = bool


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a claimed message. `due` is when it may be tried again, None when it is not to
    be; `bounced` says why its reader gets no mail any more, "" when that is not so.
    """

    reader: int
    state: DeliveryState
    at: float
    reply: str
    due: float | None = None
    tried: bool = True  # counts as an attempt
    bounced: str = ""


def sending_of(db: sqlite3.Connection, issue: str) -> Sending | None:
    """The sending of an issue, None when it never began."""
    row = db.execute("SELECT * FROM sendings WHERE issue = ?", (issue,)).fetchone()
    return _sending(row) if row else None


def every_sending(db: sqlite3.Connection) -> dict[str, Sending]:
    """All sendings by their issues' ids."""
    return {row["issue"]: _sending(row) for row in db.execute("SELECT * FROM sendings")}


def counts(db: sqlite3.Connection, sending: int) -> Counter[str]:
    """How many messages are in each state; their sum is the audience."""
    rows = db.execute(
        "SELECT state, count(*) FROM deliveries WHERE sending = ? GROUP BY state", (sending,)
    )
    return Counter(dict(rows.fetchall()))


def audience(db: sqlite3.Connection, edition: str) -> int:
    """How many readers an edition has now."""
    # our own text
    row = db.execute(f"SELECT count(*) FROM readers WHERE {_AUDIENCE}", (edition,))  # noqa: S608
    size: int = row.fetchone()[0]
    return size


def addresses(db: sqlite3.Connection, edition: str) -> Iterator[Claimed]:
    """The readers that an edition has now, in the order in which they would be sent to."""
    # our own text
    rows = db.execute(
        f"SELECT number, address FROM readers WHERE {_AUDIENCE} ORDER BY number",  # noqa: S608
        (edition,),
    )
    return (Claimed(row["number"], row["address"]) for row in rows)


_AUDIENCE = "state = 'confirmed' AND (editions = '' OR instr(editions, ',' || ? || ',') > 0)"


def begin(
    db: sqlite3.Connection, issue: str, edition: str, content_hash: str, now: datetime
) -> Sending:
    """Freeze the audience of an issue: whoever is confirmed now, and nobody who comes later."""
    with db:
        number = db.execute(
            "INSERT INTO sendings (issue, edition, hash, state, began_at, owner) VALUES (?, ?, ?,"
            " 'sending', ?, '') RETURNING number",
            (issue, edition, content_hash, stamp(now)),
        ).fetchone()[0]
        db.execute(
            # our own text
            "INSERT INTO deliveries (sending, reader, state, due) SELECT ?, number, 'waiting', 0"  # noqa: S608
            f" FROM readers WHERE {_AUDIENCE}",
            (number, edition),
        )
    return Sending(number, issue, edition, content_hash, "sending", now, None)


def end(db: sqlite3.Connection, sending: int, now: datetime) -> SendingState:
    """Say how a sending stands: over when every message has a final state, and failed when none of
    them was taken.
    """
    tally = counts(db, sending)
    over = not set(tally) - FINAL
    state: SendingState = "sending" if not over else "submitted" if tally["submitted"] else "failed"
    with db:
        db.execute(
            "UPDATE sendings SET state = ?, ended_at = ? WHERE number = ?",
            (state, stamp(now) if over else None, sending),
        )
    return state


def resend_uncertain(db: sqlite3.Connection, sending: int) -> int:
    """Let messages be sent again of which nobody knows whether they went out; returns how many."""
    with db:
        changed = db.execute(
            "UPDATE deliveries SET state = 'waiting', due = 0 WHERE sending = ? AND state ="
            " 'uncertain'",
            (sending,),
        )
    return changed.rowcount


def give_up(db: sqlite3.Connection, sending: int, reply: str) -> int:
    """Try no more what a server has put off; returns how many those were."""
    with db:
        changed = db.execute(
            "UPDATE deliveries SET state = 'refused', due = NULL, reply = ? || reply WHERE sending"
            " = ? AND state = 'put-off'",
            (reply, sending),
        )
    return changed.rowcount


def tried_since(db: sqlite3.Connection, moment: float, limit: int) -> list[float]:
    """When messages of any issue were last tried after a moment (seconds since 1970), the oldest
    first, at most so many.
    """
    rows = db.execute(
        "SELECT at FROM deliveries WHERE at > ? AND attempts > 0 ORDER BY at DESC LIMIT ?",
        (moment, limit),
    )
    return [row[0] for row in rows][::-1]


def next_due(db: sqlite3.Connection, sending: int) -> float | None:
    """When the next message may be tried (seconds since 1970), None when there is none."""
    row = db.execute(
        "SELECT min(due) FROM deliveries WHERE sending = ? AND due IS NOT NULL", (sending,)
    ).fetchone()
    earliest: float | None = row[0]
    return earliest


def replies(db: sqlite3.Connection, sending: int, state: DeliveryState) -> list[tuple[str, str]]:
    """Address ("" of somebody who was forgotten) and the server's words for messages in a state,
    the first hundred.
    """
    rows = db.execute(
        "SELECT coalesce(r.address, '') AS address, d.reply FROM deliveries d LEFT JOIN readers r"
        " ON r.number = d.reader WHERE d.sending = ? AND d.state = ? ORDER BY d.reader LIMIT 100",
        (sending, state),
    )
    return [(row["address"], row["reply"]) for row in rows]


class Deliveries:
    """The messages of one sending, claimed and told one at a time from any thread.

    Whoever opens it becomes the owner. What an owner before left under way is uncertain from then
    on, and the owner before, should it still live, can claim and tell nothing more. `committer` has
    one thread, which waits for the disk while the claimer greets the server.
    """

    def __init__(self, db: sqlite3.Connection, sending: int, committer: Executor) -> None:
        self._db, self._sending, self._committer = db, sending, committer
        self._lock = Lock()  # held from the beginning of a transaction to its end
        self._owner = secrets.token_hex(16)
        with db:
            db.execute("BEGIN IMMEDIATE")
            db.execute(
                "UPDATE sendings SET owner = ?, state = 'sending' WHERE number = ?",
                (self._owner, sending),
            )
            db.execute(
                "UPDATE deliveries SET state = 'uncertain', reply = 'the run ended before the"
                " server''s answer' WHERE sending = ? AND state = 'sending'",
                (sending,),
            )

    def next(self, told: Told | None, now: float) -> Claimed | None:
        """Note what became of the last message and claim the next one that is due, both in one
        transaction, which is on the disk when the claim says so. None when none is due; what was
        told is on the disk then.

        Raises Locked when somebody else has become the owner.
        """
        with self._transaction(told) as commit:
            claimed = self._claim(now)
            durable = commit()
        if claimed is None:
            durable()
            return None
        return replace(claimed, durable=durable)

    def tell(self, told: Told) -> None:
        """Note what became of a message; it is on the disk when this returns. Raises Locked."""
        with self._transaction(told) as commit:
            durable = commit()
        durable()

    @contextmanager
    def _transaction(self, told: Told | None) -> Iterator[Callable[[], Callable[[], object]]]:
        """A transaction that begins with what is told, and ends on the committer's thread when the
        function is called that this yields.
        """
        self._lock.acquire()
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._check_owner()
            if told:
                self._note(told)
            yield lambda: self._committer.submit(self._commit).result
        except BaseException:
            self._db.rollback()
            self._lock.release()
            raise

    def _commit(self) -> None:
        try:
            self._db.commit()
        finally:
            self._lock.release()

    def _check_owner(self) -> None:
        row = self._db.execute(
            "SELECT owner FROM sendings WHERE number = ?", (self._sending,)
        ).fetchone()
        if row[0] != self._owner:
            raise Locked("another run has taken over this sending; this one ends")

    def due(self) -> float | None:
        """When the next message may be tried (seconds since 1970), None when there is none."""
        with self._lock:
            return next_due(self._db, self._sending)

    def _note(self, told: Told) -> None:
        self._db.execute(
            "UPDATE deliveries SET state = ?, due = ?, at = ?, reply = ?, attempts = attempts + ?"
            " WHERE sending = ? AND reader = ?",
            (
                told.state, told.due, told.at, told.reply, told.tried,
                self._sending, told.reader,
            ),
        )  # fmt: skip
        if told.bounced:
            now = datetime.fromtimestamp(told.at, UTC)
            change(self._db, told.reader, "bounced", told.bounced, now)

    def _claim(self, now: float) -> Claimed | None:
        while True:
            row = self._db.execute(
                """SELECT d.reader, d.attempts, r.address, r.state FROM deliveries d
                   LEFT JOIN readers r ON r.number = d.reader
                   WHERE d.sending = ? AND d.due <= ? ORDER BY d.due, d.reader LIMIT 1""",
                (self._sending, now),
            ).fetchone()
            if row is None:
                return None
            if row["state"] == "confirmed":
                self._put(row["reader"], "sending", "")
                return Claimed(row["reader"], row["address"], row["attempts"])
            self._put(row["reader"], "withdrawn", row["state"] or "forgotten")

    def _put(self, reader: int, state: DeliveryState, reply: str) -> None:
        self._db.execute(
            "UPDATE deliveries SET state = ?, due = NULL, reply = ? WHERE sending = ? AND reader ="
            " ?",
            (state, reply, self._sending, reader),
        )


def _sending(row: Any) -> Sending:
    return Sending(
        number=row["number"],
        issue=row["issue"],
        edition=row["edition"],
        hash=row["hash"],
        state=row["state"],
        began_at=moment(row["began_at"]),
        ended_at=maybe_moment(row["ended_at"]),
    )
