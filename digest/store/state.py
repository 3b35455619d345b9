"""Opening the state file: identity, integrity, migrations."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from digest.errors import StateError
from digest.store.migrations import APPLICATION_ID, MIGRATIONS, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 10.0


_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# What a disk, a folder or another process can do to a sound file; anything else that SQLite refuses
# is a bug of ours.
_OUTSIDE = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_TOOBIG,
}  # fmt: skip


@contextmanager
def open_state(path: Path) -> Iterator[sqlite3.Connection]:
    """An open state file, made when there is none. One connection, one thread; writes are committed
    by `with db:`.

    Raises StateError for a file that is damaged, another program's, or written by a newer version;
    the file is then left as it is. Raises it too, at any time while the state is open, when it
    cannot be read or written; what was committed is kept.
    """
    with _explained(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StateError(
                f"{path}: the state's folder cannot be made: {error.strerror}"
            ) from None
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as db:
            _prepare(db, path)
            yield db


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file, not of our SQL, into StateError."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        kind = (
            getattr(error, "sqlite_errorcode", 0) & 0xFF
        )  # without the extension that says which call failed
        if kind in _DAMAGED:
            raise StateError(
                f"{path}: the state is damaged or no SQLite file ({error}); move it aside, or"
                " restore a copy"
            ) from None
        if kind not in _OUTSIDE:
            raise
        hint = "is the disk full, or the folder read-only? What was stored before is kept"
        raise StateError(f"{path}: the state cannot be read or written ({error}); {hint}") from None


@contextmanager
def durably(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction that outlives a power cut once it is committed: for what files on disk are
    compared with.
    """
    db.execute("PRAGMA synchronous = FULL")
    try:
        with db:
            yield
    finally:
        db.execute("PRAGMA synchronous = NORMAL")


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.row_factory = sqlite3.Row
    _check_identity(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(
        "PRAGMA synchronous = NORMAL"
    )  # in WAL mode a power cut may take the last commits, never the file
    db.execute("PRAGMA foreign_keys = ON")
    verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StateError(
            f"{path}: the state is damaged ({verdict}); move it aside, or restore a copy"
        )
    _migrate(db, path)


def _check_identity(db: sqlite3.Connection, path: Path) -> None:
    """A file that holds tables but not our mark is somebody else's: refuse before anything is
    changed.
    """
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if mark != APPLICATION_ID and (mark or tables):
        raise StateError(
            f"{path}: is the SQLite file of another program; choose another 'state' in feeds.yaml"
        )


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date, all steps in one transaction: a crash leaves the old version
    whole.
    """
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise StateError(
            f"{path}: was written by a newer version of digest (schema {version}; this one knows"
            f" {len(MIGRATIONS)})"
        )
    if version == len(MIGRATIONS):
        return
    with db:
        db.execute("BEGIN IMMEDIATE")
        _refuse_code(db, path)
        migrate(db, db.execute("PRAGMA user_version").fetchone()[0])


def _refuse_code(db: sqlite3.Connection, path: Path) -> None:
    """Triggers and views would run what somebody else wrote while rows are changed; we make
    none.
    """
    if db.execute("SELECT 1 FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchone():
        raise StateError(
            f"{path}: holds triggers or views; it was not made by digest, or is damaged"
        )
