"""The stage that reads what the entries lead to: entries into documents. What fails is recorded,
and the rest goes on.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.extract.document import DocumentReader
from digest.extract.page_orders import PageOrder, read_entries
from digest.extract.page_workers import Extractor
from digest.feeds.shared_addresses import shared_pages
from digest.net.dispatch import Dispatch
from digest.net.fanout import batches
from digest.net.host_orders import Unit
from digest.net.politeness import by_host
from digest.net.robots import Robots
from digest.net.urls import host_of, page_of
from digest.run import progress
from digest.run.clean import settle
from digest.run.feed_health import feed_titles
from digest.run.job import covered
from digest.run.results import ExtractResult, Sources
from digest.run.session import MEGABYTE, Session
from digest.run.transcribe import transcribe
from digest.store import documents, entries, robots

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from datetime import datetime

    from digest.extract.document import Extracted
    from digest.model import Entry
    from digest.net.dispatch import Crew
    from digest.net.http import Client
    from digest.run.job import Job

    Read = tuple[Entry, Extracted]


def extract(session: Session, client: Client, job: Job) -> ExtractResult:
    """Read what the entries of an issue lead to, each once; hosts side by side, one request at a
    time for each.
    """
    wanted = covered(session, job).entries
    due = documents.missing(session.db, wanted, session.now)
    if due:
        session.stage(progress.extract_stage(len(due), len(wanted)))
        read_and_keep(session, due, client)
    speech = transcribe(session, wanted)
    settle(session)
    return ExtractResult(len(due), speech, sources(session, job))


def sources(session: Session, job: Job) -> Sources:
    """What the entries of an issue were read from."""
    wanted = covered(session, job).entries
    by_basis, fell_back = Counter[str](), Counter[str]()
    for document in documents.of(session.db, [entry.id for entry in wanted]).values():
        by_basis[document.basis] += 1
        if document.note and document.basis != "transcript":  # where it only names who has heard it
            fell_back[document.note] += 1
    return Sources(by_basis, fell_back)


def read_and_keep(session: Session, due: tuple[Entry, ...], client: Client) -> None:
    """Each document is kept as soon as it is there: what was read before a crash is not asked for
    again.
    """
    known, crew, done = _RobotsKnown(robots.load(session.db)), session.crew(), 0
    reading = (
        _read_by(crew, session, client, known, due) if crew else _read(session, client, known, due)
    )
    with closing(reading) as batches:
        for together in batches:
            with session.db:
                for entry, extracted in together:
                    documents.save(session.db, entry, extracted, session.now)
                robots.save(session.db, known.take())
            for _, extracted in together:
                done += 1
                session.step(progress.page_step(done, len(due), extracted.document))


def _read(
    session: Session, client: Client, known: _RobotsKnown, due: tuple[Entry, ...]
) -> Generator[list[Read]]:
    """Read on this machine."""
    workers = lambda: session.processes(session.config.limits.workers)  # noqa: E731  a name for an argument
    with Extractor(workers) as extractor, session.pool() as pool:
        reader = _reader(session, client, extractor, known, due)

        def read(entry: Entry) -> Read:
            return entry, reader.read(entry, session.now)

        yield from batches(by_host(due, key=lambda entry: page_of(entry.url)), read, pool)


def _read_by(
    crew: Crew, session: Session, client: Client, known: _RobotsKnown, due: tuple[Entry, ...]
) -> Generator[list[Read]]:
    """Read by the workers of a cluster, the entries of one page together."""
    pages = by_host(due, key=lambda entry: page_of(entry.url) or entry.id)
    dispatch = Dispatch(crew, client, session.manner, read_entries, known.known)
    orders = page_orders(session, pages)
    units = [Unit(i, order, host_of(order.entries[0].url)) for i, order in enumerate(orders)]
    for results in dispatch.results(units):
        known.found |= dispatch.take_rules()
        yield [read for i, found in results for read in zip(pages[i], found, strict=True)]


def page_orders(session: Session, pages: Sequence[Sequence[Entry]]) -> list[PageOrder]:
    """What a worker needs to read the entries of each page, and no more."""
    shared = shared_pages(entries.holders(session.db, [page_of(page[0].url) for page in pages]))
    titles = feed_titles(session)
    agents = {feed.url: feed.user_agent for feed in session.config.feeds if feed.user_agent}
    max_bytes = int(session.config.limits.page_mb * MEGABYTE)
    return [
        PageOrder(
            tuple(page),
            session.now,
            max_bytes,
            {entry.feed_url: titles.get(entry.feed_url, "") for entry in page},
            {entry.feed_url: agents.get(entry.feed_url, "") for entry in page},
            shared=page_of(page[0].url) in shared,
        )
        for page in pages
    ]


def _reader(
    session: Session,
    client: Client,
    extractor: Extractor,
    known: _RobotsKnown,
    due: tuple[Entry, ...],
) -> DocumentReader:
    pages = Counter(page_of(entry.url) for entry in due)
    return DocumentReader(
        client=client,
        robots=Robots(client, known, lambda: session.now),
        extractor=extractor,
        max_bytes=int(session.config.limits.page_mb * MEGABYTE),
        feed_titles=feed_titles(session),
        user_agents={feed.url: feed.user_agent for feed in session.config.feeds},
        shared=shared_pages(entries.holders(session.db, pages)),
        repeated=frozenset(page for page, count in pages.items() if count > 1),
    )


@dataclass
class _RobotsKnown:
    """robots.txt as a run sees it: what the store had, and what was found since. Threads only add
    whole values.
    """

    known: dict[str, tuple[str, datetime]]
    found: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def get(self, origin: str) -> tuple[str, datetime] | None:
        return self.found.get(origin) or self.known.get(origin)

    def put(self, origin: str, text: str, fetched_at: datetime) -> None:
        self.found[origin] = (text, fetched_at)

    def take(self) -> dict[str, tuple[str, datetime]]:
        """What was found since the last time; it is known from now on."""
        found = dict(self.found)
        self.known.update(found)
        for origin in found:
            del self.found[origin]
        return found
