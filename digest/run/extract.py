"""The stage that reads what the entries lead to: entries into documents. What fails is recorded,
and the rest goes on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.extract.document import DocumentReader
from digest.extract.page_workers import Extractor
from digest.feeds.shared_addresses import shared_pages
from digest.net.fanout import each
from digest.net.politeness import by_host
from digest.net.robots import Robots
from digest.net.urls import page_of
from digest.run import progress
from digest.run.clean import settle
from digest.run.feed_health import feed_titles
from digest.run.job import covered
from digest.run.results import ExtractResult, Sources
from digest.run.session import MEGABYTE, Session
from digest.run.transcribe import transcribe
from digest.store import documents, entries, robots

if TYPE_CHECKING:
    from datetime import datetime

    from digest.extract.document import Extracted
    from digest.model import Entry
    from digest.net.http import Client
    from digest.run.job import Job


def extract(session: Session, client: Client, job: Job) -> ExtractResult:
    """Read what the entries of an issue lead to, each once; hosts side by side, one request at a
    time for each.
    """
    wanted = covered(session, job).entries
    due = documents.missing(session.db, wanted, session.now)
    if due:
        session.stage(progress.extract_stage(len(due), len(wanted)))
        _read(session, client, due)
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


def _read(session: Session, client: Client, due: tuple[Entry, ...]) -> None:
    """Each document is kept as soon as it is there: what was read before a crash is not asked for
    again.
    """
    workers = lambda: session.processes(session.config.limits.workers)  # noqa: E731  a name for an argument
    known = _RobotsKnown(robots.load(session.db))
    with Extractor(workers) as extractor, session.pool() as pool:
        reader = _reader(session, client, extractor, known, due)

        def read(entry: Entry) -> tuple[Entry, Extracted]:
            return entry, reader.read(entry, session.now)

        parts = by_host(due, key=lambda entry: page_of(entry.url))
        for i, (entry, extracted) in enumerate(each(parts, read, pool), 1):
            with session.db:
                documents.save(session.db, entry, extracted, session.now)
                robots.save(session.db, known.take())
            session.step(progress.page_step(i, len(due), extracted.document))


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
