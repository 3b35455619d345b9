"""What one worker is to do at one host, and what it brings back: the same in a thread, in a process
and on another machine.
"""

from __future__ import annotations

import pickle
import time
from collections import ChainMap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from digest.net.fence import Elsewhere, Fence, Heard, Key, LeaseOver
from digest.net.robots import Robots

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from digest.config.schema import Limits
    from digest.net.http import Client
    from digest.net.politeness import Standing

# seconds: then what is left goes back, so that what was read is stored soon and hosts are dealt
# out anew
SLICE = 5.0
MOVES = 200  # a page leads to a handful of hosts; what goes on for ever is a mistake of ours

Rules = dict[str, tuple[str, "datetime"]]  # the text of robots.txt by origin, and when it was had


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of work and the host where it begins, or goes on with what was heard before."""

    number: int
    item: Any
    host: str
    heard: Mapping[Key, Heard] = field(default_factory=dict)
    refusals: Mapping[str, str | None] = field(default_factory=dict)  # what robots.txt said
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run asks: its limits, the private networks that are open to it, and its time."""

    limits: Limits
    allow: tuple[str, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """Work at one host. `work` is a module's function of an item, a client and what robots.txt
    says. Nothing is asked after `until` (seconds since 1970).
    """

    host: str
    units: tuple[Unit, ...]
    work: Callable[[Any, Client, UnitRobots], Any]
    manner: Manner
    until: float
    seconds_left: float  # of the run
    standing: Standing
    rules: Rules
    heard: dict[Key, Heard]  # of robots.txt


@dataclass(frozen=True, slots=True)
class Served:
    """What came of an order: results by unit number, what is left, here or elsewhere, and what the
    next one at the host is to know.
    """

    results: tuple[tuple[int, Any], ...]
    left: tuple[Unit, ...]
    standing: Standing
    rules: Rules
    heard: dict[Key, Heard]


class UnitRobots:
    """robots.txt for one unit: what it was told once stands wherever it goes on."""

    def __init__(self, robots: Robots, refusals: Mapping[str, str | None]) -> None:
        self._robots, self.refusals = robots, dict(refusals)

    def refusal(self, url: str) -> str | None:
        """Why the page may not be fetched, in words; None when it may."""
        if url not in self.refusals:
            self.refusals[url] = self._robots.refusal(url)
        return self.refusals[url]


class _Rules:
    """robots.txt as an order knows it, and what was found meanwhile."""

    def __init__(self, known: Rules) -> None:
        self.found: Rules = {}
        self._all = ChainMap(self.found, known)

    def get(self, origin: str) -> tuple[str, datetime] | None:
        return self._all.get(origin)

    def put(self, origin: str, text: str, fetched_at: datetime) -> None:
        self.found[origin] = (text, fetched_at)


def serve_packed(packed: bytes) -> bytes:
    """`serve`, as an order travels: bytes are all that stands between one process and another."""
    return pickle.dumps(serve(pickle.loads(packed)), protocol=5)  # noqa: S301  from our own coordinator


def serve(order: Order) -> Served:
    """Do what is ordered, one unit after the other, for about SLICE seconds."""
    began, rules, left = time.monotonic(), _Rules(order.rules), list(order.units)
    results: list[tuple[int, Any]] = []
    elsewhere: list[Unit] = []
    heard = dict(order.heard)
    with _client(order) as client:
        robots = Robots(client, rules, lambda: order.manner.now)
        while left and (not results or time.monotonic() - began < SLICE):
            unit = left.pop(0)
            client.fence = Fence(order.host, order.until, dict(unit.heard), heard)
            told = UnitRobots(robots, unit.refusals)
            try:
                results.append((unit.number, order.work(unit.item, client, told)))
            except Elsewhere as on:
                elsewhere.append(_moved(unit, on.host, client.fence, told))
            except LeaseOver:
                left.insert(0, _moved(unit, order.host, client.fence, told))
                break
        standing = client.turns.standing(order.host)
    return Served(tuple(results), (*elsewhere, *left), standing, rules.found, heard)


def _client(order: Order) -> Client:
    from digest.net.address_guard import AddressGuard
    from digest.net.http import Client

    limits = replace(order.manner.limits, run_deadline=order.seconds_left)
    client = Client(guard=AddressGuard(order.manner.allow), limits=limits)
    client.turns.take_over(order.host, order.standing)
    return client


def _moved(unit: Unit, host: str, fence: Fence, told: UnitRobots) -> Unit:
    if unit.moves == MOVES:
        raise RuntimeError(f"work goes from host to host without end, now to {host}")
    return replace(unit, host=host, heard=fence.heard, refusals=told.refusals, moves=unit.moves + 1)
