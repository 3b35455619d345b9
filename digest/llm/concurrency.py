"""The way to one endpoint: how many may be under way at once, and until when all have to wait
because one was told so.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 600.0  # seconds of waiting, in all, that one endpoint is worth in a run
IN_VAIN = 120.0  # and since its last answer
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 30.0  # of those that we choose; the server may ask for longer ones


class Gate:
    """For any thread. One that is told to wait makes all wait, and the next without a word of how
    long makes them wait longer.
    """

    def __init__(
        self,
        width: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        in_vain: float = IN_VAIN,
    ) -> None:
        self._slots = threading.BoundedSemaphore(width)
        self._clock, self._sleep, self._most_in_vain = clock, sleep, in_vain
        self._opens_at = 0.0
        self._in_a_row = 0
        self._waited = self._in_vain = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Be under way, after whatever wait there is."""
        with self._slots:
            while (left := self._left()) > 0:
                self._sleep(left)
            yield

    def postpone(self, seconds: float | None) -> bool:
        """Close for so long, None: longer than the last time. False when patience would not last so
        long, and then nothing is changed.
        """
        with self._lock:
            now = self._clock()
            already = max(0.0, self._opens_at - now)
            wait = seconds or already or min(_LONGEST_WAIT, _FIRST_WAIT * 2**self._in_a_row)
            more = max(0.0, wait - already)
            if self._waited + more > PATIENCE or self._in_vain + more > self._most_in_vain:
                return False
            self._in_a_row += not already
            self._waited += more
            self._in_vain += more
            self._opens_at = max(self._opens_at, now + wait)
            return True

    def succeeded(self) -> None:
        """An answer came: the next wait is a short one again."""
        with self._lock:
            self._in_a_row, self._in_vain = 0, 0.0

    @property
    def waited(self) -> float:
        """Seconds that it was closed, in all."""
        with self._lock:
            return self._waited

    def _left(self) -> float:
        with self._lock:
            return self._opens_at - self._clock()
