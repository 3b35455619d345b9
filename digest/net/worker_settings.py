"""What a worker of a cluster has of its machine, told by its environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from digest.net.workers import processes

if TYPE_CHECKING:
    from concurrent.futures import Executor

PROCESSES = "DIGEST_WORKER_PROCESSES"  # for reading pages; 0 or unset: one per core


def local_processes() -> Executor:
    """A pool on the worker's own machine for what strangers wrote."""
    number = os.environ.get(PROCESSES, "")
    return processes(int(number) if number.isdecimal() else 0)
