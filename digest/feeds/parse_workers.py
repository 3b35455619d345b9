"""Where feeds are parsed: right here as long as that is quick, what is large or comes in great
numbers in worker processes.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from digest.errors import FetchFailed
from digest.feeds.fetch import parse_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from types import TracebackType

    from digest.feeds.parsed import ParsedFeed
    from digest.net.workers import Workers

FEED_SECONDS = 20  # a megabyte of an honest feed takes half a second
SMALL = 256 * 1024  # bytes: the most hostile feed of this size that we know takes a second
HERE = (
    8 * 1024 * 1024
)  # bytes: 400 feeds of twenty entries, a second of work; three processes take as long to start


class FeedParser:
    """Parses feeds like `parse_feed`, from any thread; processes are started only when they save
    time or keep harm away.
    """

    def __init__(self, start: Callable[[], Executor]) -> None:
        self._start = start
        self._workers: Workers | None = None
        self._closed = False
        self._here = 0  # bytes parsed, or being parsed, in the callers' threads
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._closed = True
        if self._workers:
            self._workers.__exit__(kind, error, trace)

    def __call__(self, body: bytes, content_type: str, url: str) -> ParsedFeed:
        """The feed in `body`. Raises FetchFailed, also for one that crashes its worker or takes
        longer than FEED_SECONDS.
        """
        if self._is_cheap(len(body)):
            # One at a time: together they would be no faster, and lxml hands the interpreter to
            # another thread at every call.
            with self._turn:
                return parse_here(body, content_type, url)
        return self._in_a_worker(body, content_type, url)

    def _in_a_worker(self, body: bytes, content_type: str, url: str) -> ParsedFeed:
        from digest.net.workers import WorkerError, Workers

        with self._lock:
            if self._closed:
                raise FetchFailed(url, "the feed cannot be read: the run has ended")
            workers = self._workers = self._workers or Workers(self._start, FEED_SECONDS)
        try:
            found: ParsedFeed | str = workers.call(_parsed, body, content_type, url)
        except WorkerError as error:
            raise FetchFailed(url, f"the feed cannot be read: {error}") from None
        if isinstance(found, str):
            raise FetchFailed(url, found)
        return found

    def _is_cheap(self, size: int) -> bool:
        with self._lock:
            if size > SMALL or self._here + size > HERE:
                return False
            self._here += size
            return True


def _parsed(body: bytes, content_type: str, url: str) -> ParsedFeed | str:
    """The feed, or in words why there is none: an exception of ours would not survive the way
    back.
    """
    try:
        return parse_here(body, content_type, url)
    except FetchFailed as error:
        return error.reason
