"""One run at a time. The kernel holds the lock, so a crash or a kill leaves none behind."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from digest.errors import Locked, StateError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PATIENCE = 10.0  # seconds; whoever writes a draft is done in less


@contextmanager
def drafting(state: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock that whoever writes an issue.md holds from reading it to writing it, runs and
    editors alike. Raises Locked when another process does not let go of it.
    """
    path = state.with_name(f"{state.name}.drafts")
    until = time.monotonic() + patience
    while True:
        with ExitStack() as stack:
            try:
                stack.enter_context(locked(path))
            except Locked:
                if time.monotonic() > until:
                    raise
            else:
                yield
                return
        time.sleep(0.02)


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the lock that belongs to this state file. Raises Locked when another process has it."""
    path = state.with_name(f"{state.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StateError(f"{path}: the lock cannot be made: {error.strerror}") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            raise Locked(
                f"another run holds {path}{f' (process {holder})' if holder else ''}; try again"
                " when it is done"
            ) from None
        except OSError as error:
            raise StateError(
                f"{path}: this file system gives no locks: {error.strerror}; put 'state' on another"
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
