"""One request at a time per host, a gap in between, and slow hosts that hold up nobody."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from digest.net.politeness import AskedToWaitError, Turns, by_host
from digest.net.urls import host_of
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from tests.conftest import MakeClient


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.sleeps: list[float] = []

    def clock(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Pass time."""
        self.sleeps.append(seconds)
        self.now += seconds


def test_the_gap_lies_between_the_end_of_one_turn_and_the_start_of_the_next() -> None:
    """A turn that took time is followed by the whole gap; another host waits for nothing."""
    world = Time()
    turns = Turns(2.0, world.clock, world.sleep)
    with turns.turn("a"):
        world.now += 5
    with turns.turn("b"):
        pass
    with turns.turn("a"):
        pass
    assert world.sleeps == [2.0]


def test_a_failed_turn_is_followed_by_the_gap_too() -> None:
    """A host that fails is not asked faster than one that works."""
    world = Time()
    turns = Turns(2.0, world.clock, world.sleep)
    with contextlib.suppress(KeyError), turns.turn("a"):
        raise KeyError
    with turns.turn("a"):
        pass
    assert world.sleeps == [2.0]


def test_a_short_postponement_is_waited_for_and_a_long_one_is_not() -> None:
    """Up to five seconds are waited; beyond them the host is left alone at once."""
    world = Time()
    turns = Turns(1.0, world.clock, world.sleep)
    turns.postpone("a", 4)
    with turns.turn("a"):
        pass
    turns.postpone("a", 60)
    with pytest.raises(AskedToWaitError, match="asked to wait 60 s"), turns.turn("a"):
        pytest.fail("no turn is given")
    assert world.sleeps == [4]


def test_a_gap_longer_than_patience_is_still_kept() -> None:
    """Patience is about what hosts ask for, not about the user's own gap."""
    world = Time()
    turns = Turns(30.0, world.clock, world.sleep)
    for _ in range(2):
        with turns.turn("a"):
            pass
    assert world.sleeps == [30.0]


def test_by_host_keeps_order_and_puts_the_longest_part_first() -> None:
    """Work is parted by host, each part in its own order."""
    urls = ["http://a/1", "http://b/1", "http://b/2", "http://A:80/2", "http://b/3"]
    assert by_host(urls, host_of) == [
        ["http://b/1", "http://b/2", "http://b/3"],
        ["http://a/1", "http://A:80/2"],
    ]


def test_a_host_never_sees_two_requests_at_once(
    make_client: MakeClient, server: ScriptedServer
) -> None:
    """Eight threads asking one host come one after the other, the gap apart, redirects included."""

    def slow(_headers: object) -> Reply:
        time.sleep(0.02)
        return Reply(body=b"ok")

    server.routes |= {"/": slow, "/moved": Reply(302, {"Location": "/"})}
    client = make_client(
        gap=0.15, deadline=1
    )  # queueing takes longer than the deadline, and does not count
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda path: client.get(server.url + path, max_bytes=100).status,
                ["/", "/moved"] * 4,
            )
        )
    assert answers == [200] * 8
    starts = sorted(seen.start for seen in server.seen)
    assert len(starts) == 12
    assert min(later - earlier for earlier, later in itertools.pairwise(starts)) >= 0.15


def test_hosts_are_asked_side_by_side(make_client: MakeClient) -> None:
    """Three hosts answer at the same time: none of them could alone."""
    together = threading.Barrier(3, timeout=60)

    def meet(_headers: object) -> Reply:
        together.wait()
        return Reply(body=b"met")

    with contextlib.ExitStack() as stack, ThreadPoolExecutor(3) as pool:
        servers = [stack.enter_context(serving({"/": meet}, f"127.0.0.{i}")) for i in (2, 3, 4)]
        client = make_client(gap=10, deadline=120, timeout=90)
        assert [
            answer.body
            for answer in pool.map(lambda s: client.get(s.url + "/", max_bytes=100), servers)
        ] == [b"met"] * 3
