"""What a run has in hand: configuration, state, clock, network. Made once by the command line,
handed to the stages. What a command does not use of it is not imported.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

    from digest.config.schema import Config, Limits, Speech
    from digest.issue.folder import Folder
    from digest.llm.concurrency import Gate
    from digest.llm.provider import Provider
    from digest.net.dispatch import Crew
    from digest.net.host_orders import Manner
    from digest.net.http import Client
    from digest.net.transport import Resolver
    from digest.speech.engine import Engine

MEGABYTE = 1_000_000


def _nothing(_: str) -> None:
    """Progress that nobody watches."""


def _threads(count: int) -> Executor:
    """Threads that leave Ctrl-C to the main thread, as do the processes that they start."""
    import signal
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(
        count, initializer=signal.pthread_sigmask, initargs=(signal.SIG_BLOCK, {signal.SIGINT})
    )


def _processes(count: int) -> Executor:
    from digest.net.workers import processes

    return processes(count)


def _resolver(host: str, port: int) -> Sequence[tuple[str, int]]:
    from digest.net.transport import system_resolver

    return system_resolver(host, port)


def _gate(width: int) -> Gate:
    from digest.llm.concurrency import Gate

    return Gate(width)


def _engine(settings: Speech) -> Engine:
    from digest.speech.engine_choice import engine_for

    return engine_for(settings)


def _nobody() -> None:
    """The workers of a machine by itself: it asks and reads with its own threads and processes."""


@dataclass
class Session:
    """One command's means. Tests and the demo give a resolver, a clock and executors of their
    own.

    `threads` and `processes` make an executor for so many workers (processes: 0 for one per core),
    for requests and for parsing what strangers wrote. What they make is the session's, shut down by
    whoever asked for it; a pool that is to go on is lent (`digest.net.lent_pool.LentPool`). `crew`
    gives the workers of a cluster, None without one.
    """

    config: Config
    db: sqlite3.Connection
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    step: Callable[[str], None] = _nothing  # told of each small step
    stage: Callable[[str], None] = _nothing  # told when a stage begins
    resolver: Resolver = _resolver
    threads: Callable[[int], Executor] = _threads
    processes: Callable[[int], Executor] = _processes
    crew: Callable[[], Crew | None] = _nobody
    engine: Callable[[Speech], Engine] = _engine
    gate: Callable[[int], Gate] = _gate  # to an endpoint, for so many at once; tests need not wait
    offline: bool = False  # no model is asked; what was answered before still counts

    @contextmanager
    def client(self, limits: Limits | None = None) -> Iterator[Client]:
        """The one way to the network; `limits` other than those of feeds.yaml are for what is
        larger than a page.
        """
        from digest.net.address_guard import AddressGuard
        from digest.net.http import Client

        with Client(
            guard=AddressGuard(self.config.network.allow),
            limits=limits or self.config.limits,
            resolver=self.resolver,
        ) as client:
            yield client

    @contextmanager
    def answerer(self, issue: str = "") -> Iterator[Provider | None]:
        """Who answers questions for a run that makes `issue`; None when no model is configured."""
        if self.config.llm is None:
            yield None
            return
        from digest.run.llm_factory import open_provider

        with open_provider(
            self.config,
            self.config.llm,
            self.now,
            None if self.offline else self.resolver,
            issue,
            gate=self.gate,
        ) as provider:
            yield provider

    @contextmanager
    def pool(self, count: int = 0) -> Iterator[Executor]:
        """`count` threads for requests (0: as many as feeds.yaml says).

        Waited for at the end, unless an exception ends the block: then nobody wants what they
        bring.
        """
        pool = self.threads(count or self.config.limits.concurrency)
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()

    @property
    def manner(self) -> Manner:
        """How workers elsewhere are to ask."""
        from digest.net.host_orders import Manner

        return Manner(self.config.limits, self.config.network.allow, self.now)

    @property
    def summariser(self) -> str:
        """Who reads when all goes well: a model's name, or "embedded"."""
        llm = self.config.llm
        return (llm.models.read or llm.model) if llm else "embedded"

    @property
    def feed_urls(self) -> tuple[str, ...]:
        """The subscriptions' addresses."""
        return tuple(feed.url for feed in self.config.feeds)

    def folder(self, identity: str) -> Folder:
        """Where an issue's files are."""
        from digest.issue.folder import Folder

        return Folder(self.config.output / identity, images=self.config.newsletter.images)
