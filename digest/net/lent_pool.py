"""A pool that several runs use, started once and ended by whoever lends it: warm processes for
tests, a cluster's executor.
"""

from __future__ import annotations

import threading
from concurrent import futures
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class LentPool:
    """Lends the pool that `start` makes, to any thread: a call gives an executor to use up and to
    shut down, which ends nothing but what was asked for through it.

    A pool that one borrower's input broke is replaced for the next.
    """

    def __init__(self, start: Callable[[], Executor]) -> None:
        self._start = start
        self._pool: Executor | None = None
        self._lock = threading.Lock()

    def __call__(self, _count: int = 0) -> Executor:
        """A loan. How many workers there are is the lender's to say, whoever asks for how many."""
        return _Loan(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the pool; a later loan starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def submit(self, function: Callable[..., Result], *args: Any, **named: Any) -> Future[Result]:
        """Hand a call to the pool, or to a fresh one when this one is broken."""
        with self._lock:
            self._pool = self._pool or self._start()
            try:
                return self._pool.submit(function, *args, **named)
            except BrokenExecutor:
                self._pool = self._start()
                return self._pool.submit(function, *args, **named)


class _Loan(Executor):
    """One borrower's part of a lent pool."""

    def __init__(self, lender: LentPool) -> None:
        self._lender = lender
        self._pending: set[Future[Any]] = set()
        self._over = False

    def submit(
        self,
        function: Callable[Parameters, Result],
        /,
        *args: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Future[Result]:
        """Raises RuntimeError after `shutdown`, as every executor does."""
        if self._over:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future = self._lender.submit(function, *args, **named)
        self._pending.add(future)
        future.add_done_callback(self._pending.discard)
        return future

    def shutdown(
        self,
        wait: bool = True,
        *,
        cancel_futures: bool = False,
    ) -> None:
        """Give the loan back; what is pending is cancelled, or waited for, when that is asked."""
        self._over = True
        pending = list(self._pending)
        if cancel_futures:
            for future in pending:
                future.cancel()
        if wait:
            futures.wait(pending)
