"""The workers of a Dask cluster: each order goes to one of them by name, and what becomes of the
worker is watched.

Dask would hand the work of a worker that is gone to another one at once. Here it comes back: only
the coordinator knows when its host may be asked again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
import warnings
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.errors import DigestError, UsageError
from digest.extract.page_workers import PAGE_SECONDS
from digest.net.dispatch import LEASE, WorkerLost
from digest.run.worker_identity import METRIC, identity, refusal

try:
    import distributed
    from distributed.scheduler import KilledWorker
except ImportError as error:  # pragma: no cover  the development environment has it
    raise UsageError(
        f"a cluster needs the extra 'cluster' ({error.name} is missing): pip install"
        " 'digest-newsletter[cluster]'"
    ) from None

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from digest.config.schema import Limits

CONNECT = 20.0  # seconds; a busy scheduler takes its time
PATIENCE = 60.0  # seconds without a worker, then the run ends
LOOK = 1.0  # seconds between looks at who is there
READING = 2 * PAGE_SECONDS  # of the last page of an order, should it be made to take long


def longest_order(limits: Limits) -> float:
    """Seconds: by then an order has come back, or its worker hangs."""
    return LEASE + limits.host_gap + limits.deadline + READING + CONNECT


@dataclass(slots=True)
class _Worker:
    """A worker that is used."""

    address: str
    threads: int
    extras: frozenset[str]
    in_hand: int = 0
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class DaskCrew:
    """The workers at a scheduler. Raises DigestError when there is none at `address`; `say` is told
    in a line of every worker that is not used.
    """

    def __init__(
        self,
        address: str,
        say: Callable[[str], None],
        *,
        patience: float = PATIENCE,
        hang: float,
    ) -> None:
        self._address, self._say, self._patience, self._hang = address, say, patience, hang
        self._workers: dict[str, _Worker] = {}
        self._refused: dict[str, str] = {}
        self._given_up: set[str] = set()
        self._failure = ""
        self._seen_at = time.monotonic()  # when there was a worker last
        _quiet()
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, name="dask", daemon=True)
        self._thread.start()
        try:
            self._client = self._wait(_connected(address))
        except (OSError, ValueError) as error:
            self._end_loop()
            raise DigestError(
                f"no scheduler answers at {address} ({type(error).__name__}); is 'dask scheduler'"
                " running there?"
            ) from None
        self._wait(self._look())
        self._watching = asyncio.run_coroutine_threadsafe(self._watch(), self._loop)

    def slots(self, needs: str = "") -> int:
        """How many orders the workers take at once, or how many workers have an extra; waits for
        one to come when there are none.

        Raises DigestError when none comes or the scheduler is gone.
        """
        while True:
            if self._failure:
                raise DigestError(self._failure)
            slots = sum(worker.threads for worker in list(self._workers.values()))
            if slots:
                return self._with(needs) if needs else slots
            if time.monotonic() - self._seen_at > self._patience:
                raise DigestError(self._nobody())
            time.sleep(LOOK / 4)

    def submit(
        self,
        function: Callable[[bytes], bytes],
        packed: bytes,
        *,
        needs: str = "",
        seconds: float | None = None,
    ) -> Future[bytes]:
        """Call the function on the worker that has least in hand."""
        work = self._carried(function, packed, needs, seconds or self._hang)
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _with(self, extra: str) -> int:
        """How many workers have an extra; of the others each is named once."""
        for worker in list(self._workers.values()):
            why = f"it lacks the extra '{extra}'"
            if extra not in worker.extras and self._refused.get(worker.address) != why:
                self._refused[worker.address] = why
                self._say(f"worker {worker.address} does no {extra}: {why}")
        return sum(extra in worker.extras for worker in list(self._workers.values()))

    def close(self) -> None:
        """Leave the scheduler."""
        self._watching.cancel()
        self._loop.call_soon_threadsafe(self._over.set)
        with contextlib.suppress(OSError, TimeoutError):  # it may have gone before us
            self._wait(_closed(self._client))
        self._end_loop()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(4 * CONNECT)

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    def _nobody(self) -> str:
        why = "; ".join(f"{name}: {reason}" for name, reason in sorted(self._refused.items()))
        return (
            f"no worker at {self._address} can be used"
            f" ({why or 'there is none'}); 'digest worker {self._address}' starts one"
        )

    async def _carried(
        self, function: Callable[[bytes], bytes], packed: bytes, needs: str, seconds: float
    ) -> bytes:
        able = [one for one in self._workers.values() if not needs or needs in one.extras]
        worker = min(able, key=lambda one: one.in_hand / one.threads, default=None)
        if worker is None:
            raise WorkerLost
        worker.in_hand += 1
        try:
            return await self._by(worker, function, packed, seconds)
        finally:
            worker.in_hand -= 1

    async def _by(
        self, worker: _Worker, function: Callable[[bytes], bytes], packed: bytes, seconds: float
    ) -> bytes:
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # a page can be large
            # pure: or a second order of the same bytes would get the first one's result
            future = self._client.submit(
                function, packed, pure=False, workers=[worker.address], allow_other_workers=False
            )
        result = asyncio.ensure_future(_result_of(future))
        ends = [asyncio.ensure_future(event.wait()) for event in (worker.gone, self._over)]
        try:
            await asyncio.wait(
                [result, *ends], timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
            found = result.result() if result.done() else None
            if found is None:
                await self._lost(worker)
        finally:
            for waiting in (result, *ends):
                waiting.cancel()
            future.release()
        if found is None:
            raise WorkerLost
        return found

    async def _lost(self, worker: _Worker) -> None:
        """Nothing is handed out anew before it is known whether it was the worker that went; one
        that has not gone in this time hangs.
        """
        ends = [asyncio.ensure_future(event.wait()) for event in (worker.gone, self._over)]
        ended, _ = await asyncio.wait(ends, timeout=CONNECT, return_when=asyncio.FIRST_COMPLETED)
        for waiting in ends:
            waiting.cancel()
        if not ended:
            self._give_up(worker)

    def _give_up(self, worker: _Worker) -> None:
        self._given_up.add(worker.address)
        self._say(f"worker {worker.address} is not used any more: it does not answer")
        self._remove(worker.address)

    def _remove(self, address: str) -> None:
        worker = self._workers.pop(address, None)
        if worker is not None:
            worker.gone.set()

    async def _watch(self) -> None:
        """Look every LOOK seconds who is there."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self._look()
            except (OSError, TimeoutError):
                self._failure = (
                    f"the scheduler at {self._address} is gone; what was read is kept, and the"
                    " next run goes on from there"
                )
                self._over.set()
                return

    async def _look(self) -> None:
        info = await asyncio.wait_for(self._client.scheduler.identity(n_workers=-1), CONNECT)
        there: Mapping[str, Mapping[str, Any]] = info["workers"]
        for address in set(self._workers) - set(there):
            self._remove(address)
        ours = identity()
        for address, worker in there.items():
            if address not in self._workers and address not in self._given_up:
                self._admit(address, worker, ours)
        if self._workers:
            self._seen_at = time.monotonic()

    def _admit(self, address: str, info: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
        why = refusal(info.get("metrics", {}).get(METRIC), ours)
        if not why:
            extras = frozenset(info["metrics"][METRIC].get("extras", ()))
            self._workers[address] = _Worker(address, max(1, info["nthreads"]), extras)
            self._refused.pop(address, None)
        elif self._refused.get(address) != why:
            self._refused[address] = why
            self._say(f"worker {address} is not used: {why}")


async def _connected(address: str) -> distributed.Client:
    client: distributed.Client = await distributed.Client(  # type: ignore[no-untyped-call]
        address, asynchronous=True, timeout=CONNECT, set_as_default=False, name="digest"
    )
    return client


async def _closed(client: distributed.Client) -> None:
    await client.close(timeout=2)  # type: ignore[no-untyped-call]


async def _result_of(future: distributed.Future[bytes]) -> bytes | None:
    """What the worker brought; an exception of the work itself is raised, None is for the
    cluster's.
    """
    try:
        found: bytes = await future
    except (KilledWorker, asyncio.CancelledError, CancelledError, OSError):
        return None
    return found


def _quiet() -> None:
    """Dask tells in many lines what a run tells in one."""
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
