"""Work laid out over threads: queues side by side, each in its own order, results as they come."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(queues: Sequence[Sequence[Item]], work: Callable[[Item], Result], executor: Executor) -> Iterator[Result]:
    """`work` done on every item, one task per queue; a result is yielded as soon as it is there.

    What `work` raises is raised here. Nothing is begun after the iteration has ended, for whatever reason.
    """
    done: queue.SimpleQueue[Result | _Raised] = queue.SimpleQueue()
    over = threading.Event()

    def walk(part: Sequence[Item]) -> None:
        for item in part:
            if over.is_set():
                return
            try:
                done.put(work(item))
            except BaseException as error:  # the thread that iterates must hear of it, or it would wait for ever
                done.put(_Raised(error))
                return

    tasks = [executor.submit(walk, part) for part in queues]
    try:
        for _ in range(sum(map(len, queues))):
            result = done.get()
            if isinstance(result, _Raised):
                raise result.error
            yield result
    finally:
        over.set()
        for task in tasks:
            task.cancel()


class _Raised:
    """An exception on its way from one thread to another."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
