"""Work dealt out by host to workers wherever they are. A host belongs to one of them at a time, so
that politeness needs no lock between them; all that lasts stays with whoever deals out.
"""

from __future__ import annotations

import heapq
import pickle
import queue
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from digest.errors import DigestError
from digest.net.host_orders import Order, Served, Unit, serve_packed
from digest.net.politeness import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

    from digest.net.fence import Heard, Key
    from digest.net.host_orders import Manner, Rules
    from digest.net.http import Client

MOST = 16  # units of one order
LEASE = 20.0  # seconds: a worker that is cut off asks nothing after that
LOSSES = 6  # a unit whose workers were lost so often in a row is what loses them
_LOOK = 0.5  # seconds


class WorkerLost(Exception):
    """The worker that had the order is gone, or was given up."""


class Crew(Protocol):
    """Workers, wherever they are."""

    def slots(self, needs: str = "") -> int:
        """How many orders they take at once, of those that need an extra one for each worker that
        has it; raises DigestError when there is nobody to wait for.
        """

    def submit(
        self,
        function: Callable[[bytes], bytes],
        packed: bytes,
        *,
        needs: str = "",
        seconds: float | None = None,
    ) -> Future[bytes]:
        """The function called on a worker that has the extra `needs`, for so many seconds at most.

        Its future raises WorkerLost when the worker is gone.
        """


class LocalCrew:
    """An executor of this machine as a crew."""

    def __init__(self, executor: Executor, slots: int) -> None:
        self._executor, self._slots = executor, slots

    def slots(self, needs: str = "") -> int:  # noqa: ARG002  this machine has what it has
        """As many as it was made with."""
        return self._slots

    def submit(
        self,
        function: Callable[[bytes], bytes],
        packed: bytes,
        *,
        needs: str = "",  # noqa: ARG002  the same
        seconds: float | None = None,  # noqa: ARG002  what hangs here is seen here
    ) -> Future[bytes]:
        """Hand it to the executor."""
        return self._executor.submit(function, packed)


@dataclass(slots=True)
class _Host:
    """What is to be done at a host, and what is known of it."""

    units: deque[Unit] = field(default_factory=deque)
    heard: dict[Key, Heard] = field(default_factory=dict)  # of robots.txt
    busy: bool = False  # somebody has it
    ready: bool = False  # it waits for somebody to take it


class Dispatch:
    """Deals out units of `work`. `client` is the run's own: how long hosts are to be left alone is
    kept in its turns, so that what this process asks keeps to that, too. `rules` are known
    robots.txt files. A worker has a host for `lease` seconds at most.
    """

    def __init__(
        self,
        crew: Crew,
        client: Client,
        manner: Manner,
        work: Callable[..., Any],
        rules: Rules | None = None,
        lease: float = LEASE,
    ) -> None:
        self._crew, self._client, self._manner, self._work = crew, client, manner, work
        self._lease = lease
        self._rules: Rules = dict(rules or {})
        self._found: Rules = {}
        self._hosts: dict[str, _Host] = {}
        self._ready: list[tuple[float, int, str]] = []  # a heap: free first, most to do
        self._losses: dict[int, int] = {}
        self._in_hand: dict[Future[bytes], Order] = {}
        self._done: queue.SimpleQueue[Future[bytes]] = queue.SimpleQueue()

    def results(self, units: Iterable[Unit]) -> Iterator[list[tuple[int, Any]]]:
        """What comes of the units, by number, as it comes. Nothing is begun after the iteration has
        ended.
        """
        left = 0
        for unit in units:
            self._host(unit.host).units.append(unit)
            left += 1
        for name in self._hosts:
            self._offer(name)
        try:
            while left:
                self._deal_out()
                found = self._gather()
                left -= len(found)
                if found:
                    yield found
        finally:
            for future in self._in_hand:
                future.cancel()

    def take_rules(self) -> Rules:
        """The robots.txt files that were found since the last time."""
        found, self._found = self._found, {}
        return found

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def _deal_out(self) -> None:
        for _ in range(self._crew.slots() - len(self._in_hand)):
            if not self._ready:
                return
            order = self._order(heapq.heappop(self._ready)[2])
            future = self._crew.submit(serve_packed, pickle.dumps(order, protocol=5))
            self._in_hand[future] = order
            future.add_done_callback(self._done.put)

    def _offer(self, name: str) -> None:
        """Whoever has time may take the host, where there is something to do and nobody has it."""
        host = self._host(name)
        if host.units and not host.busy and not host.ready:
            host.ready = True
            wait = self._client.turns.standing(name).free_in
            free_at = time.monotonic() + wait if wait else 0.0
            heapq.heappush(self._ready, (free_at, -len(host.units), name))

    def _order(self, name: str) -> Order:
        host = self._host(name)
        host.busy, host.ready = True, False
        most = 1 if self._losses.get(host.units[0].number) else MOST
        units = tuple(host.units.popleft() for _ in range(min(most, len(host.units))))
        origins = (f"http://{name}", f"https://{name}")
        return Order(
            name,
            units,
            self._work,
            self._manner,
            until=time.time() + self._lease,
            seconds_left=self._client.seconds_left,
            standing=self._client.turns.standing(name),
            rules={origin: self._rules[origin] for origin in origins if origin in self._rules},
            heard=host.heard,
        )

    def _gather(self) -> list[tuple[int, Any]]:
        """The results of the orders that have come back."""
        found: list[tuple[int, Any]] = []
        try:
            done = [self._done.get(timeout=_LOOK)]
            while not self._done.empty():
                done.append(self._done.get())
        except queue.Empty:
            return found
        for future in done:
            order = self._in_hand.pop(future)
            try:
                found += self._served(order, pickle.loads(future.result()))  # noqa: S301  our own workers
            except WorkerLost:
                self._lost(order)
        return found

    def _served(self, order: Order, served: Served) -> tuple[tuple[int, Any], ...]:
        host = self._host(order.host)
        host.busy, host.heard = False, served.heard
        self._client.turns.take_over(order.host, served.standing)
        self._rules |= served.rules
        self._found |= served.rules
        for unit in served.left:
            self._host(unit.host).units.append(unit)
            self._offer(unit.host)
        self._offer(order.host)
        for number, _ in served.results:
            self._losses.pop(number, None)
        return served.results

    def _lost(self, order: Order) -> None:
        """Do it again when the worker asks no more, whatever became of it, and the host's gap is
        over.
        """
        host = self._host(order.host)
        host.busy = False
        wait = max(order.until - time.time(), 0.0) + self._manner.limits.host_gap
        self._client.turns.take_over(order.host, Standing(wait))
        first = order.units[0].number
        self._losses[first] = self._losses.get(first, 0) + 1
        if self._losses[first] == LOSSES:
            raise DigestError(
                f"{order.host}: {LOSSES} workers in a row were lost with the same work in hand"
            )
        host.units.extendleft(reversed(order.units))
        self._offer(order.host)
