"""How fast messages go out: a rate, a most in an hour, and pauses that grow when a server wants
them.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HOUR = 3600.0
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0  # what a run waits for; longer waits are left to the next run
NEXT_RUN_WAIT = HOUR
ATTEMPTS = 10  # in a row before a message is left to the next run
IN_A_ROW = 5  # times that a server is busy before all messages wait
GIVE_UP_AFTER = 48 * HOUR  # nobody wants Monday's news on Thursday


def wait_after(attempts: int) -> float:
    """Seconds until a message is tried again that was put off so many times."""
    if attempts >= ATTEMPTS:
        return NEXT_RUN_WAIT
    return min(FIRST_WAIT * 2.0 ** (attempts - 1), LONGEST_WAIT)


@dataclass
class Pace:
    """When the next message may go out. `rate` is messages a second, `per_hour` messages in any
    hour; 0 is no limit. `before` holds when messages went out in the last hour, on `clock`.
    """

    rate: float = 0.0
    per_hour: int = 0
    before: Iterable[float] = ()
    clock: Callable[[], float] = time.time
    _lock: Lock = field(default_factory=Lock)
    _free_at: float = 0.0
    _busy: int = 0

    def __post_init__(self) -> None:
        self._sent = deque(self.before, maxlen=self.per_hour or 1)

    def wait(self) -> float:
        """Seconds until a message may go out; 0 takes the place at once."""
        with self._lock:
            now = self.clock()
            # after a clock that went back nobody waits longer than an hour
            ready = min(max(self._free_at, self._hour_free_at()), now + HOUR)
            if ready > now:
                return ready - now
            self._free_at = now + (1.0 / self.rate if self.rate else 0.0)
            self._sent.append(now)
            return 0.0

    def told(self, *, busy: bool) -> None:
        """Learn from an answer: when a server is busy time after time, all wait."""
        with self._lock:
            self._busy = self._busy + 1 if busy else 0
            beyond = self._busy - IN_A_ROW
            if beyond >= 0:
                pause = min(FIRST_WAIT * 2.0 ** min(beyond, 10), LONGEST_WAIT)
                self._free_at = max(self._free_at, self.clock() + pause)

    def _hour_free_at(self) -> float:
        full = self.per_hour and len(self._sent) == self.per_hour
        return self._sent[0] + HOUR if full else 0.0
