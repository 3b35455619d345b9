"""Worker processes against input that kills, hangs or outlives them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.errors import FetchFailed
from digest.feeds.parse_workers import HERE, SMALL, FeedParser
from digest.net.lent_pool import LentPool
from digest.net.workers import CALLS_PER_POOL, WorkerError, Workers, processes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

RSS = (
    b"<rss"
    b" version='2.0'><channel><title>News</title><item><title>One</title></item>%s</channel></rss>"
)


def die() -> None:
    """What a parser's bug in C does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def stubborn() -> None:
    """A parser that catches whatever it can and never ends."""
    while True:
        try:
            time.sleep(0.01)
        except Exception:  # noqa: S112  # that is the point
            continue


def double(number: int) -> int:
    """Honest work."""
    return 2 * number


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Two processes with a second for each call."""
    with Workers(lambda: processes(2), 1) as made:
        yield made


def test_a_call_that_kills_its_process_costs_itself_alone(workers: Workers) -> None:
    """Whatever runs beside it is repeated and comes to its end."""
    with ThreadPoolExecutor(8) as threads:
        bad = [threads.submit(workers.call, die) for _ in range(2)]
        good = [threads.submit(workers.call, double, i) for i in range(20)]
        assert [future.result() for future in good] == [2 * i for i in range(20)]
        assert {str(future.exception()) for future in bad} == {
            "it crashed the process that read it"
        }


def test_a_call_that_does_not_end_is_ended(workers: Workers) -> None:
    """Even one that catches exceptions; its process goes on with the next call."""
    with pytest.raises(WorkerError, match="reading it took more than 1 s"):
        workers.call(stubborn)
    assert workers.call(double, 4) == 8


def test_processes_are_replaced_after_many_calls() -> None:
    """From many threads at once, without one call lost: pools that retire single processes hang
    (CPython issue 115634).
    """
    started: list[Executor] = []

    def start() -> Executor:
        started.append(processes(1))
        return started[-1]

    with Workers(start, 5) as many, ThreadPoolExecutor(24) as threads:
        assert sum(threads.map(lambda i: many.call(double, i), range(CALLS_PER_POOL + 50))) == sum(
            2 * i for i in range(CALLS_PER_POOL + 50)
        )
    assert len(started) == 2


def test_a_lent_pool_outlives_who_borrows_it() -> None:
    """Neither the end of a run nor an error in it ends a process of the lender's."""

    def failing_run(warm: LentPool) -> int:
        with Workers(warm, 5) as workers:
            process: int = workers.call(os.getpid)
            raise KeyboardInterrupt(process)

    with LentPool(lambda: processes(1)) as warm:
        with Workers(warm, 5) as first:
            process = first.call(os.getpid)
        with pytest.raises(KeyboardInterrupt, match=str(process)):
            failing_run(warm)
        with Workers(warm, 5) as third:
            assert third.call(os.getpid) == process


def test_what_breaks_a_lent_pool_costs_itself_alone() -> None:
    """The suspect is tried again in a process of its own, and the next borrower finds a pool that
    works.
    """
    with LentPool(lambda: processes(1)) as warm:
        with (
            Workers(warm, 5) as workers,
            pytest.raises(WorkerError, match="it crashed the process that read it"),
        ):
            workers.call(die)
        with Workers(warm, 5) as workers:
            assert workers.call(double, 4) == 8


def test_a_loan_is_given_back_once() -> None:
    """Afterwards it takes no work, as no executor does."""
    with LentPool(lambda: processes(1)) as warm:
        loan = warm(1)
        loan.shutdown()
        with pytest.raises(RuntimeError, match="after shutdown"):
            loan.submit(double, 1)


LIVES_ON = """
import os, sys, time
from digest.net.workers import Workers, processes
if __name__ == "__main__":
    with Workers(lambda: processes(1), 30) as workers:
        print(workers.call(os.getpid), flush=True)
        time.sleep(30)
"""


def test_processes_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    """After `kill -9` of the run its workers end by themselves."""
    script = tmp_path / "run.py"
    script.write_text(LIVES_ON)
    run = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert run.stdout is not None
    with run.stdout:
        worker = int(run.stdout.readline())
    run.kill()
    run.wait()
    for _ in range(600):
        if not _runs(worker):
            break
        time.sleep(0.05)
    assert not _runs(worker)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)],  # noqa: S607  # POSIX has it
        capture_output=True,
        text=True,
        check=False,
    ).stdout  # POSIX has it
    return listed.startswith("Z")


def test_a_few_small_feeds_start_no_process() -> None:
    """What is parsed sooner than a process starts is parsed here."""

    def never() -> Executor:
        raise AssertionError("a process was started")

    with FeedParser(never) as parse:
        for _ in range(10):
            assert parse(RSS % b"", "", "https://a.example/").title == "News"


@pytest.mark.parametrize(
    ("body", "times"),
    [(RSS % (b" " * SMALL), 1), (RSS % (b" " * (SMALL // 2)), HERE // (SMALL // 2) + 1)],
)
def test_large_and_many_feeds_are_parsed_in_processes(body: bytes, times: int) -> None:
    """With the same result, and the same refusals."""
    started: list[Executor] = []

    def start() -> Executor:
        started.append(processes(1))
        return started[-1]

    with FeedParser(start) as parse:
        assert {parse(body, "", "https://a.example/").title for _ in range(times)} == {"News"}
        assert len(started) == 1
        with pytest.raises(FetchFailed) as caught:
            parse(b"<html>hello" + b" " * SMALL, "", "https://a.example/")
    assert (caught.value.url, caught.value.reason) == (
        "https://a.example/",
        "not a feed: a web page",
    )
