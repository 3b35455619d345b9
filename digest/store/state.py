"""Opening a file of the state: identity, integrity, migrations."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import StateError
from digest.store.migrations import APPLICATION_ID, MIGRATIONS, migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.store.migrations import Step

BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file of the state is: its mark, its migrations, what errors call it, and whether only
    its owner may read it.
    """

    mark: int  # SQLite's application_id
    migrations: tuple[Step, ...]
    name: str
    private: bool = False


STATE = Kind(APPLICATION_ID, MIGRATIONS, "state")

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
    with open_file(path, STATE) as db:
        yield db


@contextmanager
def open_file(
    path: Path, kind: Kind, *, threads: bool = False, whole: bool = True
) -> Iterator[sqlite3.Connection]:
    """An open file of a kind, as `open_state` opens the state; with `threads` for whoever takes
    turns by a lock of its own, and not read as a `whole` for whoever opens it time after time.
    """
    with explained(path):
        _make(path, kind)
        with closing(
            sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=not threads)
        ) as db:
            _prepare(db, path, kind)
            if whole:
                _check_integrity(db, path, kind)
            _migrate(db, path, kind)
            yield db


def _make(path: Path, kind: Kind) -> None:
    """The folder, and for a private file the file: SQLite gives what it puts beside it the same
    permissions.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind.private:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            path.chmod(0o600)
    except OSError as error:
        raise StateError(
            f"{path}: the {kind.name}'s file cannot be made: {error.strerror}"
        ) from None


@contextmanager
def explained(path: Path) -> Iterator[None]:
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


def _prepare(db: sqlite3.Connection, path: Path, kind: Kind) -> None:
    db.row_factory = sqlite3.Row
    _check_identity(db, path, kind)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(
        "PRAGMA synchronous = NORMAL"
    )  # in WAL mode a power cut may take the last commits, never the file
    db.execute("PRAGMA foreign_keys = ON")


def _check_integrity(db: sqlite3.Connection, path: Path, kind: Kind) -> None:
    verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StateError(
            f"{path}: the {kind.name} is damaged ({verdict}); move it aside, or restore a copy"
        )


def _check_identity(db: sqlite3.Connection, path: Path, kind: Kind) -> None:
    """A file that holds tables but not our mark is somebody else's: refuse before anything is
    changed.
    """
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if mark != kind.mark and (mark or tables):
        raise StateError(
            f"{path}: is the SQLite file of another program; choose another 'state' in feeds.yaml"
        )


def _migrate(db: sqlite3.Connection, path: Path, kind: Kind) -> None:
    """Bring the schema up to date, all steps in one transaction: a crash leaves the old version
    whole.
    """
    version = db.execute("PRAGMA user_version").fetchone()[0]
    known = len(kind.migrations)
    if version > known:
        raise StateError(
            f"{path}: was written by a newer version of digest (schema {version}; this one knows"
            f" {known})"
        )
    if version == known:
        return
    with db:
        db.execute("BEGIN IMMEDIATE")
        _refuse_code(db, path)
        version = db.execute("PRAGMA user_version").fetchone()[0]
        migrate(db, version, kind.migrations, kind.mark)


def _refuse_code(db: sqlite3.Connection, path: Path) -> None:
    """Triggers and views would run what somebody else wrote while rows are changed; we make
    none.
    """
    if db.execute("SELECT 1 FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchone():
        raise StateError(
            f"{path}: holds triggers or views; it was not made by digest, or is damaged"
        )
