"""Worker processes that read pages: one that dies or hangs on a page costs that page, not the run."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Self

from digest.errors import ExtractFailed
from digest.extract.page import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

PAGE_SECONDS = 20  # trafilatura takes 5–50 ms on a page; what takes this long was made to
PAGES_PER_WORKER = 200  # then a fresh one, so that no leak lasts


def processes(workers: int) -> Executor:
    """A pool of `workers` processes (0: one per core). The workers start with the first page."""
    return ProcessPoolExecutor(
        max_workers=workers or os.cpu_count() or 1, mp_context=get_context("spawn"), max_tasks_per_child=PAGES_PER_WORKER
    )


class Extractor:
    """Reads pages in a pool that `start` makes, from any thread; a broken pool is replaced and the page tried once more."""

    def __init__(self, start: Callable[[], Executor]) -> None:
        self._start = start
        self._pool: Executor | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(self, body: bytes, content_type: str, url: str) -> Page:
        """The page's article. Raises ExtractFailed when a worker crashed on it twice, took too long, or could not parse it."""
        for _ in range(2):
            pool = self._current()
            try:
                found = pool.submit(_read_in_time, body, content_type, url).result()
            except BrokenProcessPool:
                self._discard(pool)
                continue
            if isinstance(found, str):
                raise ExtractFailed(url, found)
            return found
        raise ExtractFailed(url, "the extractor crashed on the page")

    def _current(self) -> Executor:
        with self._lock:
            if self._pool is None:
                self._pool = self._start()
            return self._pool

    def _discard(self, broken: Executor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = None
        broken.shutdown(wait=False)


def _read_in_time(body: bytes, content_type: str, url: str) -> Page | str:
    """The page, or in words why not. Runs in a worker, in its main thread, where a timer can interrupt it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(PAGE_SECONDS)
    try:
        return read_page(body, content_type, url)
    except TimeoutError:
        return f"reading the page took more than {PAGE_SECONDS} s"
    except Exception as error:  # whatever a hostile page provokes in the parser is about that page alone
        return f"the page could not be parsed ({type(error).__name__})"
    finally:
        signal.alarm(0)


def _late(_signum: int, _frame: FrameType | None) -> None:
    raise TimeoutError
