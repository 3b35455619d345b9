"""Folders that are costly to make and only copied from: made once for all workers of a test run."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """The folder of that name, which `build` fills when nobody has yet; to be copied, never
    changed.
    """
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    place = root / f"once-{name}"
    with (root / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lets go of it when a worker dies
        if not place.exists():
            making = root / f"once-{name}.making.{os.getpid()}"
            making.mkdir()
            build(making)
            making.rename(place)
    return place
