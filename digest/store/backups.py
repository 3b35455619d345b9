"""All state in one file, and back: copies that SQLite makes of its own files while others write."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from digest.errors import StateError, UsageError
from digest.store.column_values import moment, stamp
from digest.store.readers_file import READERS, readers_path
from digest.store.state import BUSY_SECONDS, STATE, explained, open_file

if TYPE_CHECKING:
    from digest.store.state import Kind

_MEMBERS: dict[str, Kind] = {"state.sqlite3": STATE, "readers.sqlite3": READERS}
_FACTS = "backup.json"


def backup(state: Path, target: Path, now: datetime) -> list[str]:
    """Copy the state and its readers, each as it is at one moment, into a new file that only its
    owner can read; returns what is in it.

    Raises UsageError when there is such a file already or nothing to copy, StateError when a file
    is damaged.
    """
    if target.exists():
        raise UsageError(f"{target}: is there already; a back-up overwrites nothing")
    present = {name: path for name, path in _places(state).items() if path.exists()}
    if "state.sqlite3" not in present:
        raise UsageError(f"{state}: there is no state to back up yet")
    making = target.with_name(f".{target.name}.{uuid4().hex[:8]}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".backup-", dir=target.parent) as place:
            _pack(making, present, Path(place), now)
        os.link(making, target)  # refuses where somebody was quicker
    except FileExistsError:
        raise UsageError(f"{target}: is there already; a back-up overwrites nothing") from None
    except OSError as error:
        raise StateError(f"{target}: cannot be written: {error.strerror or error}") from None
    finally:
        making.unlink(missing_ok=True)
    return list(present)


def restore(source: Path, state: Path, now: datetime) -> datetime:
    """Lay a back-up's files down where the state is to be; returns when it was made.

    Nothing that was on its way then is sent by itself: nobody knows what went out since. Raises
    UsageError when there is a state already, StateError for a file that is no back-up or damaged.
    """
    standing = next((path for path in _places(state).values() if path.exists()), None)
    if standing:
        raise UsageError(f"{standing}: is there already; move it aside first")
    try:
        state.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".restore-", dir=state.parent) as place:
            made_at, files = _unpack(source, Path(place))
            for name, file in files.items():
                _verify(file, _MEMBERS[name])
            if "readers.sqlite3" in files:
                _hold(files["readers.sqlite3"], made_at, now)
            for name, file in files.items():
                os.link(file, _places(state)[name])
    except FileExistsError as error:
        raise UsageError(f"{error.filename2}: is there already; move it aside first") from None
    except OSError as error:
        raise StateError(f"{source}: cannot be restored: {error.strerror or error}") from None
    return made_at


def restored_at(db: sqlite3.Connection) -> tuple[datetime, datetime] | None:
    """When the readers' file was last restored, and from a back-up of when; None when never."""
    row = db.execute("SELECT at, made_at FROM restored ORDER BY at DESC LIMIT 1").fetchone()
    return (moment(row["at"]), moment(row["made_at"])) if row else None


def _places(state: Path) -> dict[str, Path]:
    return {"state.sqlite3": state, "readers.sqlite3": readers_path(state)}


def _pack(making: Path, present: dict[str, Path], place: Path, now: datetime) -> None:
    handle = os.open(making, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(_FACTS, json.dumps({"made_at": stamp(now)}))
            for name, path in present.items():
                copy = place / name
                _copy(path, copy)
                packed.write(copy, name)
                copy.unlink()
        file.flush()
        os.fsync(file.fileno())


def _copy(path: Path, copy: Path) -> None:
    """SQLite's own back-up: as the file is at one moment, whoever writes meanwhile."""
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with explained(path), ExitStack() as stack:
        source = stack.enter_context(closing(sqlite3.connect(path, timeout=BUSY_SECONDS)))
        target = stack.enter_context(closing(sqlite3.connect(copy)))
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, to be carried anywhere


def _unpack(source: Path, place: Path) -> tuple[datetime, dict[str, Path]]:
    try:
        with zipfile.ZipFile(source) as packed:
            names = packed.namelist()
            if "state.sqlite3" not in names or set(names) - {*_MEMBERS, _FACTS}:
                raise StateError(f"{source}: is no back-up made by 'digest backup'")
            made_at = moment(json.loads(packed.read(_FACTS))["made_at"])
            files = {name: place / name for name in _MEMBERS if name in names}
            for name, path in files.items():
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with packed.open(name) as member, os.fdopen(handle, "wb") as file:
                    shutil.copyfileobj(member, file)
                    file.flush()
                    os.fsync(file.fileno())
    except FileNotFoundError:
        raise UsageError(f"{source}: there is no such file") from None
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise StateError(f"{source}: is no back-up, or damaged: {error}") from None
    return made_at.astimezone(UTC), files


def _verify(file: Path, kind: Kind) -> None:
    """Open it as the program will: mark, version, integrity."""
    with open_file(file, kind) as db:
        if db.execute("PRAGMA application_id").fetchone()[0] != kind.mark:
            raise StateError(f"{file.name}: is not what its name says")
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def _hold(file: Path, made_at: datetime, now: datetime) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(
            "UPDATE deliveries SET state = 'uncertain', due = NULL, reply = 'restored from a"
            " back-up' WHERE state IN ('waiting', 'sending', 'put-off')"
        )
        db.execute("INSERT INTO restored VALUES (?, ?)", (stamp(now), stamp(made_at)))
