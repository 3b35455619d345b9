"""A Dask scheduler and workers on this machine, each a process that is measured by itself."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.processes import cpu_seconds, pss_mb

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(__file__).parents[1]


@dataclass(frozen=True)
class LocalCluster:
    """A cluster that runs."""

    address: str
    scheduler: int
    workers: tuple[int, ...]

    def worker_seconds(self) -> float:
        """Of processor time, of all workers and the processes that read for them."""
        return sum(map(cpu_seconds, self.workers))

    def scheduler_seconds(self) -> float:
        """Of processor time."""
        return cpu_seconds(self.scheduler)

    def worker_mb(self) -> float:
        """Memory of all workers."""
        return sum(map(pss_mb, self.workers))


@contextmanager
def local_cluster(workers: int, processes: int = 1) -> Iterator[LocalCluster]:
    """So many workers, each with so many processes that read."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    started = [_start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port),
                      "--no-dashboard")]  # fmt: skip
    try:
        started += [
            _start("digest", "worker", address, "--processes", str(processes))
            for _ in range(workers)
        ]
        yield LocalCluster(address, started[0].pid, tuple(one.pid for one in started[1:]))
    finally:
        for process in reversed(started):
            process.terminate()
        time.sleep(1)
        for process in started:
            process.kill()
            process.wait()


def _start(*module: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", *module],
        cwd=HOME,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
