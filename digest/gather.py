"""The stages that bring material in: feeds into entries, entries into documents. What fails is recorded and the rest goes on."""

from __future__ import annotations

from concurrent.futures import as_completed
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.errors import DigestError, UsageError
from digest.extract.reading import Reader
from digest.extract.workers import Extractor, processes
from digest.fetch.feeds import Fetched, fetch_feeds
from digest.fetch.politeness import by_host
from digest.fetch.robots import Robots
from digest.report import FailedFeed
from digest.session import MEGABYTE, Session
from digest.store import documents, entries, feeds, robots

if TYPE_CHECKING:
    from datetime import datetime

    from digest.fetch.http import Client
    from digest.model import Entry, Window
    from digest.store.documents import Reading


def fetch(session: Session, client: Client) -> None:
    """Ask every feed for what is new and keep its entries.

    Raises UsageError when there is no feed, DigestError when not a single one could be had.
    """
    config = session.config
    if not config.feeds:
        raise UsageError("there are no feeds; 'digest feeds add URL' adds one")
    session.stage(f"fetch: {len(config.feeds)} feeds")
    known = feeds.states(session.db)
    with session.threads(config.limits.concurrency) as pool:
        for i, fetched in enumerate(fetch_feeds(config.feeds, known, client, pool, session.now), 1):
            _keep(session, fetched)
            session.step(f"fetch {i}/{len(config.feeds)}: {fetched.title or fetched.feed.url}: {fetched.reason or fetched.outcome}")
    report = session.report
    report.feeds_failed = _failed(session, {failed.url for failed in report.feeds_failed})
    if len(report.feeds_failed) == len(config.feeds):
        first = report.feeds_failed[0]
        raise DigestError(f"all {len(config.feeds)} feeds failed; the first, {first.url}: {first.error}; is the network up?")


def _keep(session: Session, fetched: Fetched) -> None:
    """A feed's entries and its new validators go in together, so that a crash cannot lose what a 304 would then hide."""
    report = session.report
    with session.db:
        if fetched.requested or fetched.outcome == "failed":
            feeds.save(session.db, fetched, session.now)
        report.entries_new += entries.save(session.db, fetched.entries)
    if fetched.outcome == "ok":
        report.feeds_ok += 1
    elif fetched.outcome == "unchanged":
        report.feeds_unchanged += 1
    else:
        report.feeds_failed.append(FailedFeed(fetched.feed.url, fetched.title, fetched.reason, session.now))


def _failed(session: Session, urls: set[str]) -> list[FailedFeed]:
    """The failed feeds in the order of feeds.yaml, each with the time since when it fails."""
    records = feeds.records(session.db)
    return [
        FailedFeed(
            feed.url, feed.title or records[feed.url].title, records[feed.url].failure, records[feed.url].failing_since or session.now
        )
        for feed in session.config.feeds
        if feed.url in urls
    ]


@dataclass
class _RobotsKept:
    """robots.txt as a run sees it: what the store had, and what was found since. Threads only add whole values."""

    known: dict[str, tuple[str, datetime]]
    found: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def get(self, origin: str) -> tuple[str, datetime] | None:
        return self.found.get(origin) or self.known.get(origin)

    def put(self, origin: str, text: str, fetched_at: datetime) -> None:
        self.found[origin] = (text, fetched_at)


def extract(session: Session, client: Client, window: Window) -> None:
    """Read what the window's entries lead to, each once; hosts side by side, one request at a time for each."""
    wanted = entries.within(session.db, window, session.feed_urls)
    due = documents.missing(session.db, wanted, session.now)
    if due:
        session.stage(f"extract: {len(due)} of {len(wanted)} entries are to be read")
        _read(session, client, due)
    for document in documents.of(session.db, [entry.id for entry in wanted]).values():
        session.report.documents[document.basis] += 1
        if document.note:
            session.report.fell_back[document.note] += 1


def _read(session: Session, client: Client, due: tuple[Entry, ...]) -> None:
    limits = session.config.limits
    kept = _RobotsKept(robots.load(session.db))
    with Extractor(lambda: processes(limits.workers)) as extractor, session.threads(limits.concurrency) as pool:
        reader = Reader(
            client=client,
            robots=Robots(client, kept, lambda: session.now),
            extractor=extractor,
            max_bytes=int(limits.page_mb * MEGABYTE),
            feed_titles=_feed_titles(session),
            user_agents={feed.url: feed.user_agent for feed in session.config.feeds},
        )
        queues = by_host(due, key=lambda entry: entry.url)
        done = 0
        for future in as_completed([pool.submit(_walk, reader, queue, session.now) for queue in queues]):
            readings = future.result()
            with session.db:
                for entry, reading in readings:
                    documents.save(session.db, entry, reading, session.now)
                robots.save(session.db, dict(kept.found))
            done += len(readings)
            session.step(f"extract {done}/{len(due)}: {readings[0][1].document.publisher}")
    session.report.pages_read = len(due)


def _walk(reader: Reader, queue: list[Entry], now: datetime) -> list[tuple[Entry, Reading]]:
    """One host's entries, one after the other."""
    return [(entry, reader.read(entry, now)) for entry in queue]


def _feed_titles(session: Session) -> dict[str, str]:
    """What each feed's publisher is called: the user's name for it, else the feed's own."""
    records = feeds.records(session.db)
    return {feed.url: feed.title or (records[feed.url].title if feed.url in records else "") for feed in session.config.feeds}
