"""What a task at one host may ask: that host, for as long as it has the host; and what was answered
before, so that a task which goes on elsewhere asks for nothing twice.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.errors import FetchFailed, NotReached

if TYPE_CHECKING:
    from collections.abc import Callable

ROBOTS_TXT = "/robots.txt"

Key = tuple[Any, ...]  # an address and all that was said when it was asked for


class Elsewhere(Exception):
    """The work leads to `host`, which is another task's to ask."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class LeaseOver(Exception):
    """The host is no longer this task's."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one request, and the seconds of network time that it took."""

    answer: Any  # or FetchFailed
    seconds: float


@dataclass(slots=True)
class Fence:
    """Lets requests through to `host` until `until` (seconds on the machine's clock).

    `heard` is kept with the piece of work, `rules` (of robots.txt) with the host.
    """

    host: str
    until: float
    heard: dict[Key, Heard] = field(default_factory=dict)
    rules: dict[Key, Heard] = field(default_factory=dict)

    def through(
        self, host: str, key: Key, ask: Callable[[], Any], spent: Callable[[], float]
    ) -> Heard:
        """What was answered to this request before, or what `ask` brings. Raises what `ask` does,
        Elsewhere and LeaseOver.
        """
        heard = self.heard.get(key) or self.rules.get(key)
        if heard is None:
            if host != self.host:
                raise Elsewhere(host)
            self.check()
            heard = _heard(ask, spent)
        self.heard[key] = heard
        if host == self.host and str(key[0]).endswith(ROBOTS_TXT):
            self.rules[key] = heard
        if isinstance(heard.answer, FetchFailed):
            raise heard.answer
        return heard

    def check(self) -> None:
        """Raises LeaseOver when the host is no longer ours to ask."""
        if time.time() >= self.until:
            raise LeaseOver


def _heard(ask: Callable[[], Any], spent: Callable[[], float]) -> Heard:
    try:
        answer = ask()
    except NotReached:
        raise
    except FetchFailed as error:
        answer = error
    return Heard(answer, spent())
