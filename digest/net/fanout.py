"""Work laid out over threads: queues side by side, each in its own order, results as they come."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

# seconds; a transaction takes about a millisecond, in which all threads get in each other's way
GATHERING = 0.02

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(
    queues: Sequence[Sequence[Item]], work: Callable[[Item], Result], executor: Executor
) -> Iterator[Result]:
    """`work` done on every item, one task per queue; a result is yielded as soon as it is there.

    What `work` raises is raised here. Nothing is begun after the iteration has ended, for whatever
    reason.
    """
    for together in batches(queues, work, executor):
        yield from together


def batches(
    queues: Sequence[Sequence[Item]], work: Callable[[Item], Result], executor: Executor
) -> Iterator[list[Result]]:
    """Like `each`, but results that come soon after each other together: what is stored together
    costs one transaction.
    """
    done: queue.SimpleQueue[Result | _Raised] = queue.SimpleQueue()
    over = threading.Event()

    def walk(part: Sequence[Item]) -> None:
        for item in part:
            if over.is_set():
                return
            try:
                done.put(work(item))
            except (
                BaseException
            ) as error:  # the thread that iterates must hear of it, or it would wait for ever
                done.put(_Raised(error))
                return

    tasks = [executor.submit(walk, part) for part in queues]
    left = sum(map(len, queues))
    try:
        while left:
            together = _together(done, left)
            left -= len(together)
            yield [result for result in together if not isinstance(result, _Raised)]
            for result in together:
                if isinstance(result, _Raised):
                    raise result.error
    finally:
        over.set()
        for task in tasks:
            task.cancel()


def _together(done: queue.SimpleQueue[Result], most: int) -> list[Result]:
    """The next result and those that come within GATHERING seconds of it, at most so many."""
    found = [done.get()]
    until = time.monotonic() + GATHERING
    with contextlib.suppress(queue.Empty):
        while len(found) < most:
            found.append(done.get(timeout=max(0.0, until - time.monotonic())))
    return found


class _Raised:
    """An exception on its way from one thread to another."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
