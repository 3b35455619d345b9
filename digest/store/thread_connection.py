"""A second connection to the state, for threads: what a thread has paid for must not wait for the
main thread to finish its transaction.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 1.0  # seconds to wait for the other connection before a write is put off
AT_THE_END = 10.0


class Shared:
    """Statements on the state file from any thread, one at a time, each committed to the disk at
    once.

    While another connection holds the file, a write is put off and goes in with the next one: a
    thread that waited here for a main thread that waits for the thread would wait for ever. Only
    what is put off can be lost in a crash.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._put_off: list[tuple[str, tuple[object, ...]]] = []
        self._lock = Lock()

    def read(self, statement: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows of a query, without those of writes that are put off."""
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    def write(self, statement: str, values: tuple[object, ...]) -> None:
        """Execute and commit, now or with the next write."""
        with self._lock:
            self._put_off.append((statement, values))
            self._flush()

    def finish(self) -> None:
        """Commit what was put off. Raises sqlite3.OperationalError when the file is still held by
        another.
        """
        with self._lock:
            self._db.execute(f"PRAGMA busy_timeout = {AT_THE_END * 1000:.0f}")
            self._flush(last=True)

    def _flush(self, *, last: bool = False) -> None:
        if not self._put_off:
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return
        with self._db:
            for statement, values in self._put_off:
                self._db.execute(statement, values)
        self._put_off.clear()


@contextmanager
def open_shared(path: Path) -> Iterator[Shared]:
    """A shared connection to a state file that `open_state` has open."""
    with closing(
        sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    ) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = FULL")  # what was paid for outlives a power cut
        shared = Shared(db)
        try:
            yield shared
        finally:
            shared.finish()
