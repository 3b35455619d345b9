"""A run by the workers of a real Dask cluster: processes, of which some die."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from digest.errors import UsageError
from digest.run.cluster_choice import scheduler_address
from digest.run.worker_identity import identity, refusal
from tests.press import DAY, Digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.press import Press

FILES = ("issue.md", "issue.json", "index.html", "email.html", "email.txt")


@dataclass
class Cluster:
    """A scheduler and its workers, each a process."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add(self) -> subprocess.Popen[bytes]:
        """One more worker."""
        self.workers.append(_started("digest", "worker", self.address, "--processes", "1"))
        return self.workers[-1]

    def stop(self) -> None:
        """End them all, whatever they do."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _started(*module: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *module], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@contextmanager
def cluster_of(workers: int) -> Iterator[Cluster]:
    """A cluster on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    scheduler = _started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port),
        "--no-dashboard",
    )  # fmt: skip
    cluster = Cluster(f"tcp://127.0.0.1:{port}", scheduler)
    try:
        for _ in range(workers):
            cluster.add()
        yield cluster
    finally:
        cluster.stop()


def made(digest: Digest) -> dict[str, bytes]:
    """The files of the day's issue."""
    return {name: (digest.home / f"output/{DAY}-daily" / name).read_bytes() for name in FILES}


def at(home: Path, press: Press) -> Digest:
    """A folder of its own, subscribed to the press."""
    home.mkdir()
    (home / "feeds.yaml").write_text(press.config)
    return Digest(home)


def test_a_cluster_makes_the_same_issue(tmp_path: Path, press: Press) -> None:
    """Byte for byte, and nothing is asked for twice."""
    here = at(tmp_path / "here", press)
    here("run", "--date", DAY).check_returncode()
    for server in press.servers:
        server.seen.clear()
    there = at(tmp_path / "there", press)
    with cluster_of(2) as cluster:
        ran = there("run", "--date", DAY, DIGEST_EXECUTOR=cluster.address)
        assert (ran.returncode, made(there)) == (0, made(here)), ran.stderr
        asked = [f"{server.url}{seen.path}" for server in press.servers for seen in server.seen]
        assert len(asked) == len(set(asked))
        assert all("127.0.31" in url for url in asked)


@pytest.mark.slow
def test_a_run_outlives_its_workers(tmp_path: Path, press: Press) -> None:
    """Ten are killed at moments that nobody chose: nothing is lost, nothing stored twice, and no
    host is asked sooner than its gap.
    """
    here = at(tmp_path / "here", press)
    here("run", "--date", DAY).check_returncode()
    gap, chance = 0.3, random.Random(21)  # noqa: S311
    for server in press.servers:
        server.seen.clear()
    there = at(tmp_path / "there", press)
    (there.home / "feeds.yaml").write_text(press.config.replace("host_gap: 0", f"host_gap: {gap}"))
    over = threading.Event()
    with cluster_of(3) as cluster:
        killing = threading.Thread(target=_kill, args=(cluster, chance, over))
        killing.start()
        ran = there.process("run", "--date", DAY, DIGEST_EXECUTOR=cluster.address)
        over.set()
        killing.join()
    assert (ran.returncode, made(there)) == (0, made(here)), ran.stderr
    for server in press.servers:
        seen = sorted(server.seen, key=lambda one: one.start)
        apart = [later.start - one.start for one, later in pairwise(seen)]
        assert min(apart) >= gap - 0.02


def _kill_once_asked(cluster: Cluster, press: Press) -> None:
    """Kill the scheduler when a worker has begun."""
    while not any(server.seen for server in press.servers):
        time.sleep(0.05)
    cluster.scheduler.kill()


def _kill(cluster: Cluster, chance: random.Random, over: threading.Event) -> None:
    """Kill ten workers, each replaced by another."""
    for _ in range(10):
        if over.wait(chance.uniform(0.3, 3.0)):
            return
        victim = chance.choice([one for one in cluster.workers if one.poll() is None])
        os.kill(victim.pid, signal.SIGKILL)
        cluster.add()


@pytest.mark.slow
def test_a_scheduler_that_goes_ends_the_run_and_the_next_completes(
    tmp_path: Path, press: Press
) -> None:
    """Exit 1 and a line; what was read is kept."""
    there = at(tmp_path / "there", press)
    slow = press.config.replace("host_gap: 0", "host_gap: 2")
    (there.home / "feeds.yaml").write_text(slow)
    with cluster_of(1) as cluster:
        ending = threading.Thread(target=_kill_once_asked, args=(cluster, press))
        ending.start()
        ran = there.process("run", "--date", DAY, DIGEST_EXECUTOR=cluster.address)
        ending.join()
        assert cluster.workers[0].wait(60) == 1  # it goes along
        gone = there.process("fetch", DIGEST_EXECUTOR=cluster.address)
    assert (gone.returncode, ran.returncode) == (1, 1)
    assert f"no scheduler answers at {cluster.address}" in gone.stderr
    # it went while a stage used it, or before the next stage asked for it
    assert re.match(
        rf"digest: (?:the|no) scheduler (?:answers )?at {cluster.address}",
        ran.stderr.splitlines()[-1],
    )
    (there.home / "feeds.yaml").write_text(press.config)
    assert there("run", "--date", DAY).returncode == 0


def test_why_a_worker_is_not_used() -> None:
    """In a line: what would read otherwise than this machine does."""
    ours = identity()
    assert refusal(identity(), ours) == ""
    assert refusal(None, ours) == "it is no digest worker; start it with 'digest worker'"
    assert refusal({**ours, "digest": "0.1"}, ours).startswith("it has digest 0.1, and this is")
    older = {**ours["readers"], "lxml": "5.0"}
    assert refusal({**ours, "readers": older}, ours).startswith("it has lxml 5.0, and here is")
    late = {**ours, "clock": ours["clock"] - 95}
    assert refusal(late, ours) == "its clock is 95 s off ours"


@pytest.mark.parametrize(
    ("said", "address"), [("", ""), ("threads", ""), ("tcp://10.0.0.5:8786", "tcp://10.0.0.5:8786")]
)
def test_the_environment_names_the_cluster(said: str, address: str) -> None:
    """Or none, whatever feeds.yaml says."""
    assert scheduler_address(None, {"DIGEST_EXECUTOR": said}) == address
    with pytest.raises(UsageError, match="neither 'threads' nor an address"):
        scheduler_address(None, {"DIGEST_EXECUTOR": "10.0.0.5"})


def test_dask_needs_an_address(digest: Digest) -> None:
    """The line is named, with an example."""
    (digest.home / "feeds.yaml").write_text(
        "feeds: [{url: 'https://a.example/'}]\nexecutor: {kind: dask}\n"
    )
    ran = digest("feeds", "list")
    assert ran.returncode == 2
    assert "dask needs the scheduler's 'address', such as tcp://host:8786" in ran.stderr


def test_a_worker_says_which_scheduler_it_wants(digest: Digest) -> None:
    """Without any named, and with one that does not answer."""
    assert "which scheduler?" in digest("worker").stderr
    assert "no address such as tcp://host:8786" in digest("worker", "10.0.0.5").stderr
