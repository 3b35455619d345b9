"""Worker processes for what strangers wrote: input that kills, hangs or bloats a worker costs that
input alone.
"""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess
    from types import FrameType, TracebackType

# then fresh processes, so that no leak lasts; over the corpus's pages memory stays flat from the
# 150th on
CALLS_PER_POOL = 2000


class WorkerError(Exception):
    """A call came to nothing; `str()` is the reason in words."""


class _Late(BaseException):
    """Time is up. No Exception, because parsers catch those."""


class Processes(ProcessPoolExecutor):
    """A pool of processes of its own."""

    def kill(self) -> None:
        """End the processes now, whatever they have in hand."""
        for process in list((self._processes or {}).values()):
            process.kill()


def processes(workers: int) -> Executor:
    """A pool of `workers` processes (0: one per core). They start with the first call, and never
    outlive this process.
    """
    return Processes(
        max_workers=workers or os.cpu_count() or 1,
        mp_context=get_context("spawn"),
        initializer=_begin,
    )


class Workers:
    """Calls functions in pools that `start` makes, from any thread, none of them for longer than
    `seconds`.

    What `start` returns is used up here: shut down at the end, and its processes killed when an
    exception ends it. A pool that is to outlive its users is lent (`digest.net.lent_pool`). Pools
    are replaced whole after CALLS_PER_POOL calls: `max_tasks_per_child` can leave a queue without a
    worker (CPython issue 115634).
    """

    def __init__(self, start: Callable[[], Executor], seconds: int) -> None:
        self._start, self._seconds = start, seconds
        self._pool: Executor | None = None
        self._made: list[Executor] = []
        self._calls = 0
        self._closed = False
        self._lock = threading.Lock()
        self._alone = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            pool, self._pool, self._closed = self._pool, None, True
            made, self._made = self._made, []
        if error is not None:
            for own in made:
                if isinstance(own, Processes):
                    own.kill()  # nobody wants what they are reading now
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """`function(*arguments)`, which must be importable and picklable. Raises WorkerError when
        it crashed its worker or took too long.

        A crash breaks the calls of the whole pool; each is repeated alone in a process of its own,
        which shows whose fault it was.
        """
        task = (self._seconds, function, arguments)
        try:
            return self._outcome(self._submit(task))
        except BrokenProcessPool:
            self._check_open()
        with self._alone, self._one_process() as own:
            try:
                return self._outcome(own.submit(_in_time, *task))
            except BrokenProcessPool:
                raise WorkerError("it crashed the process that read it") from None

    def _submit(self, task: tuple[Any, ...]) -> Future[Any]:
        """Hand the task to the pool, or to a fresh one when this one has served its time or is
        broken.
        """
        with self._lock:
            self._check_open()
            if self._pool is not None and self._calls == CALLS_PER_POOL:
                self._replace()
            self._pool = self._pool or self._noted(self._start())
            self._calls += 1
            try:
                return self._pool.submit(_in_time, *task)
            except BrokenProcessPool:
                self._replace()
                return self._pool.submit(_in_time, *task)

    def _check_open(self) -> None:
        """A thread that goes on after an interrupt must not start another process."""
        if self._closed:
            raise WorkerError("the run has ended")

    def _replace(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False)  # what it has in hand it finishes
        self._pool, self._calls = self._noted(self._start()), 0

    def _noted(self, pool: Executor) -> Executor:
        self._made.append(pool)
        return pool

    def _one_process(self) -> Executor:
        """Whoever lends a pool does not lend it to suspects."""
        with self._lock:
            self._check_open()
            return self._noted(processes(1))

    def _outcome(self, future: Future[Any]) -> Any:
        late, result = future.result()
        if late:
            raise WorkerError(f"reading it took more than {self._seconds} s")
        return result


def _begin() -> None:
    """What a worker does first: leave Ctrl-C to the parent, and end when the parent ends, however
    that comes about.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _late)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _in_time(
    seconds: int, function: Callable[..., Any], arguments: tuple[Any, ...]
) -> tuple[bool, Any]:
    """Whether time ran out, and the result. Runs in a worker's main thread, where a timer can
    interrupt it.
    """
    signal.alarm(seconds)
    try:
        return False, function(*arguments)
    except _Late:
        return True, None
    finally:
        signal.alarm(0)


def _late(_signum: int, _frame: FrameType | None) -> None:
    raise _Late
