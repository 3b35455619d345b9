"""Files that are whole or not there at all."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from glob import escape
from pathlib import Path
from stat import S_IMODE
from uuid import uuid4

from digest.errors import DigestError

LONGEST_WRITE = 60.0  # seconds; a temporary file that is older has no writer any more


def write_atomic(path: Path, data: bytes | str) -> None:
    """Replace a file, its folder made if need be; a reader, or a power cut, meets the old bytes or
    the new ones, never a part. Where the path is a link the file that it leads to is replaced, and
    who may read the file stays as it was.

    Raises DigestError when it cannot be written; what was there is then as it was.
    """
    try:
        # of a link in a cycle the path as it is, which then cannot be written
        place = Path(os.path.realpath(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        _replace(place, data.encode() if isinstance(data, str) else data)
    except OSError as error:
        raise DigestError(
            f"{path}: cannot be written: {error.strerror}; what was there before is as it was"
        ) from error


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            with suppress(FileNotFoundError):
                os.fchmod(file.fileno(), S_IMODE(path.stat().st_mode))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # that it cannot be removed is not what went wrong
            temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sweep(path: Path) -> None:
    """Remove what a process that was killed has left of this file."""
    for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        with suppress(OSError):  # gone already, or not ours to remove
            if time.time() - left.stat().st_mtime > LONGEST_WRITE:
                left.unlink()


def _sync(folder: Path) -> None:
    """Put the new name on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_if_changed(path: Path, data: bytes | str) -> bool:
    """Write a file unless it holds these bytes already; says whether it was written."""
    wanted = data.encode() if isinstance(data, str) else data
    try:
        if path.read_bytes() == wanted:
            return False
    except FileNotFoundError:
        pass
    write_atomic(path, wanted)
    return True
