"""The readers' file: a database of its own beside the state, for its owner's eyes only."""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from digest.deliver.leave_tokens import Tokens
from digest.store.readers_migrations import READERS_ID, READERS_MIGRATIONS
from digest.store.state import BUSY_SECONDS, Kind, explained, open_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SECRETS = ("tokens", "forgotten")
READERS = Kind(READERS_ID, READERS_MIGRATIONS, "list of readers", private=True)


def readers_path(state: Path) -> Path:
    """Where the readers of a state are: `digest.sqlite3` has `digest.readers.sqlite3`."""
    return state.with_name(f"{state.stem}.readers{state.suffix}")


@contextmanager
def open_readers(
    state: Path, *, threads: bool = False, whole: bool = True
) -> Iterator[sqlite3.Connection]:
    """The open file of a state's readers, made when there is none; what is committed outlives a
    power cut. Raises StateError as `open_state` does; see `open_file` for the rest.
    """
    with open_file(readers_path(state), READERS, threads=threads, whole=whole) as db:
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")  # who is forgotten is not left in free pages
        if db.execute("SELECT count(*) FROM secrets").fetchone()[0] < len(_SECRETS):
            with db:
                db.executemany(
                    "INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)",
                    [(name, secrets.token_bytes(32)) for name in _SECRETS],
                )
        yield db


@contextmanager
def peeked_readers(state: Path) -> Iterator[sqlite3.Connection | None]:
    """The readers' file for reading alone, not checked from end to end; None when there is none."""
    path = readers_path(state)
    if not path.exists():
        yield None
        return
    with explained(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA query_only = ON")
        yield db if db.execute("PRAGMA user_version").fetchone()[0] else None


def tokens_of(db: sqlite3.Connection) -> Tokens:
    """What makes and reads the tokens by which readers leave."""
    return Tokens(secret(db, "tokens"))


def join_tokens_of(db: sqlite3.Connection) -> Tokens:
    """What makes and reads the tokens by which those who asked to join confirm."""
    return Tokens(secret(db, "tokens"), b"join")


def bounce_tokens_of(db: sqlite3.Connection) -> Tokens:
    """What makes and reads the keys in the addresses to which mail comes back."""
    return Tokens(secret(db, "tokens"), b"bounce")


def message_key(db: sqlite3.Connection) -> bytes:
    """What Message-IDs are made with."""
    return hmac.digest(secret(db, "tokens"), b"message", "sha256")


def secret(db: sqlite3.Connection, name: str) -> bytes:
    """A secret of the list's."""
    value: bytes = db.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()[0]
    return value
