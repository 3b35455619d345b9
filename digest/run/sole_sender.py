"""One sender at a time, on this machine and on others that share the disk."""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_atomic
from digest.errors import Locked, StateError
from digest.run.lock import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STALE = 600.0  # seconds without a sign of life
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@contextmanager
def sole_sender(readers: Path) -> Iterator[Callable[[], None]]:
    """Be the only one who sends to these readers; yields what gives a sign of life, to be called
    every minute.

    The kernel's lock keeps out whoever it can see. Where it does not reach other machines, a file
    says which machine sends: it counts until it is ten minutes old, by the disk's own clock. Should
    its writer have been asleep for so long, the list itself tells it that it was replaced. Raises
    Locked.
    """
    lease = readers.with_name(f"{readers.name}.sender")
    with locked(readers):
        _refuse_other_machine(lease)
        _write(lease)
        try:
            yield lambda: _touch(lease)
        finally:
            with suppress(OSError):
                lease.unlink(missing_ok=True)


def _refuse_other_machine(lease: Path) -> None:
    try:
        holder, age = json.loads(lease.read_text("utf-8")), _age(lease)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise StateError(f"{lease}: cannot be read ({error}); remove it if nobody sends") from None
    if holder.get("system") != _system() and age < STALE:
        raise Locked(
            f"{holder.get('host')} (process {holder.get('process')}) is sending; try again when it"
            f" is done, or {STALE / 60:.0f} minutes after it died"
        )


def _age(lease: Path) -> float:
    """Seconds since the last sign of life, by the clock that stamps files on that disk."""
    probe = lease.with_name(f"{lease.name}.{os.getpid()}")
    try:
        probe.touch()
        return probe.stat().st_mtime - lease.stat().st_mtime
    finally:
        probe.unlink(missing_ok=True)


def _write(lease: Path) -> None:
    told = {"system": _system(), "host": socket.gethostname(), "process": os.getpid()}
    write_atomic(lease, json.dumps(told))


def _touch(lease: Path) -> None:
    with suppress(OSError):  # a disk that is full or away shows soon enough
        os.utime(lease)


def _system() -> str:
    """What a kernel's locks are good for: one kernel since it was started."""
    try:
        return _BOOT.read_text("ascii").strip()
    except OSError:
        return socket.gethostname()
