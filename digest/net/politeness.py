"""One request at a time per host with a gap between two, longer waits where a host asks for them,
and work laid out so that a slow host holds up nobody else.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from digest.net.freshness import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Item = TypeVar("Item")

TOO_MANY_REQUESTS = 429
_ASKS_TO_WAIT = frozenset({TOO_MANY_REQUESTS, 503})
_PASSING = frozenset({502, 503, 504})
_PASSING_WAIT = 1.0  # seconds before the second try when the server names none
PATIENCE = 5.0  # seconds: a host that asks for a longer wait is not waited for in this run


def asked_wait(status: int, headers: Mapping[str, str]) -> float | None:
    """The seconds that an answer with this status asks to wait, None when it names none."""
    return retry_after(headers) if status in _ASKS_TO_WAIT else None


def wait_after(status: int, headers: Mapping[str, str]) -> float | None:
    """The seconds to leave the host alone after an answer, None when it does not ask for any."""
    asked = asked_wait(status, headers)
    return _PASSING_WAIT if asked is None and status in _PASSING else asked


class AskedToWaitError(Exception):
    """A host has asked to be left alone for `seconds` more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:.0f} s")
        self.seconds = seconds


@dataclass
class _Place:
    """What is known of one host."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = float("-inf")
    asked_until: float = float("-inf")


@dataclass(frozen=True, slots=True)
class Standing:
    """For how many seconds more a host is to be left alone: for the gap, and because it asked."""

    free_in: float = 0.0
    asked_in: float = 0.0


class Turns:
    """Hands out turns at hosts; `gap` seconds lie between the end of one turn and the start of the
    next at the same host.
    """

    def __init__(
        self, gap: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._gap, self._clock, self._sleep = gap, clock, sleep
        self._places: dict[str, _Place] = {}
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host to be free and keep it for the block. Raises AskedToWaitError when it
        asked for more than PATIENCE.
        """
        place = self._place(host)
        with place.lock:
            now = self._clock()
            if place.asked_until - now > PATIENCE:
                raise AskedToWaitError(place.asked_until - now)
            wait = max(place.free_at, place.asked_until) - now
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                place.free_at = self._clock() + self._gap

    def postpone(self, host: str, seconds: float) -> None:
        """The host asked for this (Retry-After): the next turn is that far away."""
        self._place(host).asked_until = self._clock() + seconds

    def standing(self, host: str) -> Standing:
        """How the host stands now, for whoever asks it next."""
        place, now = self._place(host), self._clock()
        return Standing(max(0.0, place.free_at - now), max(0.0, place.asked_until - now))

    def take_over(self, host: str, standing: Standing) -> None:
        """The host was asked by somebody else, and stands like this now."""
        place, now = self._place(host), self._clock()
        place.free_at = max(place.free_at, now + standing.free_in)
        place.asked_until = max(place.asked_until, now + standing.asked_in)

    def _place(self, host: str) -> _Place:
        with self._lock:
            return self._places.setdefault(host, _Place())


def by_host(items: Iterable[Item], key: Callable[[Item], str]) -> list[list[Item]]:
    """The items parted by host, each part in the order given: one task per part keeps a slow host
    from filling a pool.

    The longest part comes first, since it takes longest whatever happens to the others.
    """
    parts: dict[str, list[Item]] = {}
    for item in items:
        parts.setdefault(key(item), []).append(item)
    return sorted(parts.values(), key=len, reverse=True)
