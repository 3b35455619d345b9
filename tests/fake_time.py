"""Time that passes when somebody sleeps, and at no other time."""

from __future__ import annotations

import threading


class FakeTime:
    """A clock and a sleep that take no time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        """Seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Be later."""
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds
