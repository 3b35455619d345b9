"""Pages read by the workers of a cluster on this machine, beside the program's own processes; and
pages from memory, which shows what dealing out costs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bench.local_cluster import HOME, LocalCluster, local_cluster
from bench.page_server import HOSTS, addresses, pages_served
from bench.processes import cpu_seconds, pss_mb
from bench.speed import load_pages
from digest.config.schema import Limits
from digest.extract.page_orders import PageOrder, read_entries
from digest.model import Entry
from digest.net.address_guard import AddressGuard
from digest.net.dispatch import Dispatch
from digest.net.host_orders import Manner, Unit
from digest.net.http import Client, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

Metrics = dict[str, float]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROUNDS = 3
WARM = 64  # pages, before anything is measured


def made_entries(pages: int, port: int) -> list[Entry]:
    """An entry for each page, dealt out over the hosts."""
    return [
        Entry(
            id=f"e{i:07}",
            feed_url=f"http://{addresses()[i % HOSTS]}:{port}/feed",
            url=f"http://{addresses()[i % HOSTS]}:{port}/p/{i}",
            title=f"Piece {i}",
            published=NOON - timedelta(seconds=i % 20_000),
            first_seen=NOON,
            kind="news",
            author="",
            language="en",
            text="",
        )
        for i in range(pages)
    ]


# ---------------------------------------------------------------- from memory


@dataclass(frozen=True)
class FromMemory:
    """A page that its worker has: nothing is asked for, and all else is as ever."""

    order: PageOrder
    corpus: Path
    number: int


class _Memory:
    """In place of the client and of robots.txt."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def get(self, url: str, **_said: Any) -> Response:
        """The page."""
        return Response(url, url, None, 200, {"content-type": "text/html"}, self._body)

    def refusal(self, _url: str) -> None:
        """Everything is allowed."""


@cache
def _bodies(corpus: Path) -> tuple[bytes, ...]:
    return tuple(body for body, _ in load_pages(corpus))


def read_from_memory(item: FromMemory, _client: Client, _robots: object) -> Any:
    """What `read_entries` makes of it."""
    bodies = _bodies(item.corpus)
    memory: Any = _Memory(bodies[item.number % len(bodies)])
    return read_entries(item.order, memory, memory)


def from_memory(corpus: Path, pages: int) -> Metrics:
    """Two workers' pages a processor second beside one's, and what dealing out costs a page."""
    with local_cluster(1) as one, local_cluster(2) as two:
        rounds = [(_dealt(one, corpus, pages), _dealt(two, corpus, pages)) for _ in range(ROUNDS)]
    best_one = max(alone[0] for alone, _ in rounds)
    best_two = max(both[0] for _, both in rounds)
    return {
        "memory_pages_per_worker_cpu_s": round(best_two, 1),
        "memory_two_over_one": round(best_two / best_one, 3),
        "dealing_ms_per_page": round(min(both[1] for _, both in rounds), 2),
    }


def _dealt(cluster: LocalCluster, corpus: Path, pages: int) -> tuple[float, float]:
    """Pages a processor second of the workers, and milliseconds of coordinator and scheduler."""
    from digest.run.dask_crew import DaskCrew

    limits = Limits(host_gap=0.0, run_deadline=86400.0)
    crew = DaskCrew(cluster.address, print, hang=600.0)
    try:
        with Client(guard=AddressGuard(()), limits=limits) as client:
            dispatch = Dispatch(crew, client, Manner(limits, (), NOON), read_from_memory)
            while len(cluster.workers) > crew.slots() // 24:
                time.sleep(0.2)
            sum(map(len, dispatch.results(_units(corpus, WARM))))
            began = (cluster.worker_seconds(), cluster.scheduler_seconds(), time.process_time())
            count = sum(map(len, dispatch.results(_units(corpus, pages))))
            ended = (cluster.worker_seconds(), cluster.scheduler_seconds(), time.process_time())
    finally:
        crew.close()
    workers, scheduler, here = (after - before for before, after in zip(began, ended, strict=True))
    return count / workers, 1000 * (scheduler + here) / count


def _units(corpus: Path, pages: int) -> Iterator[Unit]:
    for i, entry in enumerate(made_entries(pages, 80)):
        order = PageOrder((entry,), NOON, 5_000_000, {}, {}, shared=False)
        yield Unit(i, FromMemory(order, corpus, i), addresses()[i % HOSTS])


# ---------------------------------------------------------------- over HTTP


def over_http(corpus: Path, pages: int) -> Metrics:
    """`digest extract` of so many pages: by two workers, and by the program's own processes."""
    with pages_served(corpus) as port, local_cluster(2) as cluster:
        extracted(port, WARM, cluster)
        rounds = [
            (extracted(port, pages, cluster), extracted(port, pages, None)) for _ in range(ROUNDS)
        ]
    best = max((there for there, _ in rounds), key=lambda found: found["rate"])
    own = max(here["rate"] for _, here in rounds)
    return {
        "cluster_pages": pages,
        "cluster_pages_per_worker_cpu_s": round(best["rate"], 1),
        "cluster_over_own_pool": round(best["rate"] / own, 3),
        "cluster_coordinator_ms_per_page": round(best["here_ms"], 2),
        "cluster_worker_mb": round(best["mb"]),
        "cluster_worker_mb_growth": round(best["growth_mb"]),
    }


def extracted(port: int, pages: int, cluster: LocalCluster | None) -> Metrics:
    """What `digest extract` of so many pages takes: pages a processor second of whoever reads
    (`rate`), the coordinator's milliseconds a page, memory and its growth over the second half.
    """
    from digest.config.loading import load
    from digest.store import entries, open_state

    with TemporaryDirectory() as place:
        home = Path(place)
        feeds = "".join(f"  - url: http://{address}:{port}/feed\n" for address in addresses())
        (home / "feeds.yaml").write_text(
            f"feeds:\n{feeds}network: {{allow: [127.0.57.0/24]}}\n"
            "limits: {host_gap: 0, run_deadline: 86400}\n"
        )
        with open_state(load(home / "feeds.yaml").state) as db, db:
            entries.save(db, made_entries(pages, port))
        return _measured(home, pages, cluster)


def _measured(home: Path, pages: int, cluster: LocalCluster | None) -> Metrics:
    command = [sys.executable, "-m", "digest", "extract", "--date", "2026-03-02", "--config"]
    executor = cluster.address if cluster else "threads"
    before = cluster.worker_seconds() if cluster else 0.0
    most = [0.0]
    with subprocess.Popen(  # noqa: S603  # our own program
        [*command, str(home / "feeds.yaml")],
        cwd=HOME,
        env={**os.environ, "DIGEST_EXECUTOR": executor},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as run:
        here = 0.0
        while run.poll() is None:
            here = cpu_seconds(run.pid) or here
            most.append(cluster.worker_mb() if cluster else pss_mb(run.pid))
            time.sleep(0.25)
    workers = cluster.worker_seconds() - before if cluster else here
    late = most[len(most) // 2 :]
    return {
        "rate": pages / workers,
        "here_ms": 1000 * here / pages,
        "mb": max(most),
        "growth_mb": max(most[-3:]) - min(late),
    }
