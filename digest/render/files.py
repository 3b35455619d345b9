"""Files that are whole or not there at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from pathlib import Path


def write_atomic(path: Path, data: bytes | str) -> None:
    """Replace a file, its folder made if need be; a reader, or a power cut, meets the old bytes or the new ones, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


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
