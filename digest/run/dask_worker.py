"""A worker of a cluster: `digest worker`, and what `dask worker --preload digest.run.dask_worker`
makes of a worker that was started by hand. It keeps nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from multiprocessing import current_process
from typing import TYPE_CHECKING, Any

from digest.errors import DigestError, UsageError
from digest.net.worker_settings import PROCESSES
from digest.run.worker_identity import METRIC, identity

try:
    from distributed import Worker
except ImportError as error:  # pragma: no cover  the development environment has it
    raise UsageError(
        f"a worker needs the extra 'cluster' ({error.name} is missing): pip install"
        " 'digest-newsletter[cluster]'"
    ) from None

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT = 30.0  # seconds in which a scheduler must answer


def dask_setup(worker: Worker) -> None:
    """Called by Dask before the worker registers (`--preload`)."""
    if current_process().daemon:
        raise UsageError(
            "a worker under Dask's nanny cannot start the processes that read pages: start it with"
            " --no-nanny"
        )
    worker.metrics[METRIC] = lambda _worker: identity()


def work(address: str, threads: int, processes: int, say: Callable[[str], None]) -> None:
    """Work for the scheduler at `address` until it goes or a signal comes.

    Raises DigestError when no scheduler answers there, or it has gone.
    """
    if processes:
        os.environ[PROCESSES] = str(processes)
    logging.getLogger("distributed").setLevel(logging.ERROR)
    why = asyncio.run(_work(address, threads, say))
    if why:
        raise DigestError(why)


async def _work(address: str, threads: int, say: Callable[[str], None]) -> str:
    """Why it ended, "" for a signal."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    worker = Worker(
        address,
        nthreads=threads,
        memory_limit=0,  # it has a page in hand, and keeps none
        metrics={METRIC: lambda _worker: identity()},
        dashboard=False,
        death_timeout=CONNECT,
    )
    try:
        await worker
    except (OSError, TimeoutError, RuntimeError, ValueError) as error:
        return f"no scheduler answers at {address} ({type(error).__name__})"
    say(f"worker {worker.address} for {address}: {threads} requests at once")
    ends: list[asyncio.Task[Any]] = [
        asyncio.create_task(worker.finished()),  # type: ignore[no-untyped-call]
        asyncio.create_task(stopped.wait()),
    ]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    if not stopped.is_set():
        return f"the scheduler at {address} is gone"
    with contextlib.suppress(TimeoutError, OSError):
        await asyncio.wait_for(worker.close(), 5)
    return ""
