"""Work dealt out by host: nobody is asked twice, nor sooner for there being several workers."""

from __future__ import annotations

import pickle
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Limits
from digest.errors import DigestError, FetchFailed
from digest.net.address_guard import AddressGuard
from digest.net.dispatch import LOSSES, Dispatch, LocalCrew, WorkerLost
from digest.net.host_orders import Manner, Order, Unit, serve
from digest.net.http import Client
from digest.net.politeness import Standing
from digest.net.urls import host_of
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.net.host_orders import UnitRobots

GAP = 0.15
NOW = datetime(2026, 3, 2, tzinfo=UTC)
MANNER = Manner(Limits(host_gap=GAP, timeout=2, deadline=4), ("127.0.41.0/24",), NOW)


def visit(urls: tuple[str, ...], client: Client, robots: UnitRobots) -> list[str]:
    """What is found at the addresses, one after the other; a failure by its reason."""
    found = []
    for url in urls:
        why = robots.refusal(url)
        try:
            body = client.get(url, max_bytes=1000).body.decode() if why is None else why
        except FetchFailed as error:
            body = error.reason
        found.append(body)
    return found


@pytest.fixture
def hosts() -> Iterator[list[ScriptedServer]]:
    """Three hosts with a page each."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(serving({"/": f"page {i}".encode()}, f"127.0.41.{i + 2}"))
            for i in range(3)
        ]


@pytest.fixture
def client() -> Iterator[Client]:
    """The coordinator's own."""
    with Client(guard=AddressGuard(MANNER.allow), limits=MANNER.limits) as one:
        yield one


def dispatched(
    client: Client, visits: list[tuple[str, ...]], crew: Any = None, lease: float = 20.0
) -> dict[int, list[str]]:
    """What comes of visits, by number."""
    units = [Unit(i, urls, host_of(urls[0])) for i, urls in enumerate(visits)]
    with ThreadPoolExecutor(4) as pool:
        dispatch = Dispatch(crew or LocalCrew(pool, 4), client, MANNER, visit, lease=lease)
        return dict(result for batch in dispatch.results(units) for result in batch)


def asked(host: ScriptedServer) -> Counter[str]:
    """How often each path was asked for."""
    return Counter(seen.path for seen in host.seen)


def gaps(host: ScriptedServer) -> list[float]:
    """The seconds between the end of each request and the start of the next."""
    seen = sorted(host.seen, key=lambda one: one.start)
    return [later.start - one.end for one, later in pairwise(seen)]


def test_work_goes_on_at_the_host_that_it_leads_to(
    client: Client, hosts: list[ScriptedServer]
) -> None:
    """What was answered before goes along: each address is asked for once, robots.txt too, and no
    host sees two requests at once or sooner than its gap.
    """
    one, two, three = hosts
    one.routes["/on"] = Reply(301, {"Location": f"{two.url}/on"})
    two.routes["/on"] = Reply(302, {"Location": f"{three.url}/"})
    visits = [(f"{one.url}/", f"{two.url}/", f"{one.url}/"), (f"{one.url}/on",), (f"{three.url}/",)]
    found = dispatched(client, visits)
    assert found == {0: ["page 0", "page 1", "page 0"], 1: ["page 2"], 2: ["page 2"]}
    assert asked(one) == {"/robots.txt": 1, "/": 1, "/on": 1}
    assert asked(two) == {"/robots.txt": 1, "/": 1, "/on": 1}
    assert asked(three) == {"/": 2, "/robots.txt": 1}
    assert min(gap for host in hosts for gap in gaps(host)) >= GAP - 0.02


def test_robots_txt_that_leads_elsewhere_is_asked_once(
    client: Client, hosts: list[ScriptedServer]
) -> None:
    """The first of several pages asks for it, and all keep to it."""
    one, two, _ = hosts
    one.routes["/robots.txt"] = Reply(301, {"Location": f"{two.url}/rules"})
    two.routes["/rules"] = Reply(
        headers={"Content-Type": "text/plain"}, body=b"User-agent: *\nDisallow: /no\n"
    )
    found = dispatched(client, [(f"{one.url}/",), (f"{one.url}/no",), (f"{one.url}/no/2",)])
    assert found[0] == ["page 0"]
    assert found[1] == found[2] == ["robots.txt does not allow it"]
    assert asked(one) == {"/robots.txt": 1, "/": 1}
    assert asked(two) == {"/rules": 1}


def test_a_failure_is_remembered_on_the_way(client: Client, hosts: list[ScriptedServer]) -> None:
    """A page that is not there is not asked for again when the work goes on elsewhere."""
    one, two, _ = hosts
    found = dispatched(client, [(f"{one.url}/gone", f"{two.url}/")])
    assert found == {0: ["HTTP 404 Not Found", "page 1"]}
    assert asked(one)["/gone"] == 1


def test_what_a_host_asked_for_holds_for_the_next_worker(
    client: Client, hosts: list[ScriptedServer]
) -> None:
    """And for the coordinator's own requests: Retry-After stands in its turns."""
    one = hosts[0]
    one.routes["/busy"] = Reply(429, {"Retry-After": "30"})
    found = dispatched(client, [(f"{one.url}/busy",)])
    assert found[0][0].startswith("HTTP 429")
    assert 25 < client.turns.standing(host_of(one.url)).asked_in <= 30
    assert dispatched(client, [(f"{one.url}/",)])[0][0].startswith("asked to wait")


class Losing:
    """A crew whose worker is lost with the first orders, after it has done them or before."""

    def __init__(self, losses: int, *, after: bool) -> None:
        self.losses, self.after, self.sizes = losses, after, list[int]()

    def slots(self, _needs: str = "") -> int:
        """One after the other."""
        return 1

    def submit(
        self,
        function: Callable[[bytes], bytes],
        packed: bytes,
        **_said: object,
    ) -> Future[bytes]:
        """Do it, or be lost."""
        future: Future[bytes] = Future()
        self.sizes.append(len(pickle.loads(packed).units))  # noqa: S301  our own
        self.losses -= 1
        if self.losses < 0:
            future.set_result(function(packed))
            return future
        if self.after:
            function(packed)
        future.set_exception(WorkerLost())
        return future


def test_what_a_lost_worker_had_in_hand_is_done_again_after_the_gap(
    client: Client, hosts: list[ScriptedServer]
) -> None:
    """And after the lease: it may have asked a moment ago, and may be alive."""
    one = hosts[0]
    crew = Losing(1, after=True)
    began = time.monotonic()
    found = dispatched(client, [(f"{one.url}/",), (f"{one.url}/",)], crew, lease=1.0)
    assert next(seen.start for seen in one.seen[3:]) >= began + 1.0 + GAP
    assert found == {0: ["page 0"], 1: ["page 0"]}
    assert asked(one) == {"/": 4, "/robots.txt": 2}
    assert min(gaps(one)) >= GAP - 0.02
    assert crew.sizes[:2] == [2, 1]  # what may have been the reason is done by itself


def test_work_that_loses_every_worker_ends_the_run(
    client: Client, hosts: list[ScriptedServer]
) -> None:
    """In a line that names its host."""
    one = hosts[0]
    with pytest.raises(DigestError, match=r"127\.0\.41\.2:\d+: 6 workers in a row were lost"):
        dispatched(client, [(f"{one.url}/",)], Losing(LOSSES, after=False), lease=0.0)
    assert one.seen == []


def test_nothing_is_asked_when_the_lease_is_over(hosts: list[ScriptedServer]) -> None:
    """A worker that was cut off and wakes up later leaves the host alone; its work is as it was."""
    one = hosts[0]
    host = host_of(one.url)
    unit = Unit(0, (f"{one.url}/",), host)
    order = Order(host, (unit,), visit, MANNER, time.time() - 1, 60.0, Standing(), {}, {})
    served = serve(order)
    assert (served.results, [left.item for left in served.left]) == ((), [unit.item])
    assert one.seen == []


def test_a_bug_in_the_work_is_raised(client: Client, hosts: list[ScriptedServer]) -> None:
    """What is no failure of a page is no result either."""
    with pytest.raises(AttributeError):
        dispatched(client, [(hosts[0].url, 5)])  # type: ignore[list-item]
