"""The stages that bring material in: feeds into entries, entries into documents. What fails is
recorded and the rest goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.errors import DigestError, UsageError
from digest.extract.document import Reader
from digest.extract.page_workers import Extractor
from digest.feeds.fetch import Fetched, fetch_feeds
from digest.feeds.health import Check, Health, health, notices
from digest.feeds.identity import recognised
from digest.feeds.parse_workers import FeedParser
from digest.model import Entry
from digest.net.address_guard import off_limits
from digest.net.fanout import each
from digest.net.politeness import by_host
from digest.net.robots import Robots
from digest.net.workers import processes
from digest.run.clean import settle
from digest.run.report import FailedFeed
from digest.run.session import MEGABYTE, Session
from digest.run.transcribe import listen
from digest.store import documents, entries, feed_checks, feeds, robots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from digest.extract.document import Reading
    from digest.feeds.fetch import FeedState
    from digest.model import Window
    from digest.net.http import Client
    from digest.run.report import Report


def fetch(session: Session, client: Client) -> None:
    """Ask every feed for what is new and keep its entries.

    Raises UsageError when there is no feed, DigestError when not a single one could be had.
    """
    ask(session, client, feeds.states(session.db))
    failed = session.report.feeds_failed
    if len(failed) == len(session.config.feeds):
        closed = all(off_limits(one.error) for one in failed)
        hint = (
            "only what network.allow names is asked for there" if closed else "is the network up?"
        )
        raise DigestError(
            f"all {len(failed)} feeds failed; the first, {failed[0].url}: {failed[0].error}; {hint}"
        )


def check(session: Session, client: Client) -> None:
    """Ask every feed, fresh or not, and keep what it says. Only a server's own wish to be left
    alone is kept to.
    """
    ask(
        session,
        client,
        {
            url: replace(state, fresh_until=None, gone_since=None)
            for url, state in feeds.states(session.db).items()
        },
    )
    look(session)


def ask(session: Session, client: Client, known: Mapping[str, FeedState]) -> None:
    """Ask every feed that is due by what is known of it. Raises UsageError when there is no
    feed.
    """
    config, report = session.config, session.report
    if not config.feeds:
        raise UsageError("there are no feeds; 'digest feeds add URL' adds one")
    session.stage(f"fetch: {len(config.feeds)} feeds")
    with FeedParser(lambda: processes(config.limits.workers)) as parse, session.pool() as pool:
        for together in fetch_feeds(config.feeds, known, client, pool, session.now, parse=parse):
            _keep(session, together)
            for fetched in together:
                done = _count(report, fetched, session.now)
                session.step(
                    f"fetch {done}/{len(config.feeds)}: {fetched.title or fetched.feed.url}:"
                    f" {fetched.reason or fetched.outcome}"
                )
    report.feeds_failed = _failed(session, {failed.url for failed in report.feeds_failed})


def look(session: Session, at: datetime | None = None) -> None:
    """Tell the editor how the feeds fare: now, or for a back issue as it was `at` its cut-off."""
    at = min(session.now, at) if at else session.now
    session.report.notices = notices(fares(session, at), feed_titles(session), at)


def _keep(session: Session, together: Iterable[Fetched]) -> None:
    """A feed's entries and its new validators go in together, so that a crash cannot lose what a
    304 would then hide.
    """
    db, found = session.db, list[Entry]()
    with db:
        for fetched in together:
            if fetched.requested or fetched.outcome == "failed":
                feeds.save(db, fetched, session.now)
            if fetched.requested:
                feed_checks.save(db, fetched.feed.url, _check(fetched, session.now))
            found += recognised(
                fetched.entries, entries.alike(db, fetched.feed.url, fetched.entries)
            )
        session.report.entries_new += entries.save(db, found)


def _count(report: Report, fetched: Fetched, now: datetime) -> int:
    """Report a feed; how many have been by now."""
    if fetched.outcome == "ok":
        report.feeds_ok += 1
    elif fetched.outcome == "unchanged":
        report.feeds_unchanged += 1
    else:
        report.feeds_failed.append(FailedFeed(fetched.feed.url, fetched.title, fetched.reason, now))
    return report.feeds_ok + report.feeds_unchanged + len(report.feeds_failed)


def _check(fetched: Fetched, now: datetime) -> Check:
    held = len(fetched.entries) if fetched.outcome == "ok" else None
    return Check(now, fetched.outcome, fetched.reason, fetched.seconds, held)


def fares(session: Session, at: datetime | None = None) -> dict[str, Health]:
    """How each feed fares, in the order of feeds.yaml; for a back issue as it was `at` its
    cut-off.
    """
    return {
        url: health(known, at or session.now)
        for url, known in feed_checks.facts(session.db, session.feed_urls).items()
    }


def _failed(session: Session, urls: set[str]) -> list[FailedFeed]:
    """The failed feeds in the order of feeds.yaml, each with the time since when it fails."""
    records = feeds.records(session.db)
    return [
        FailedFeed(
            feed.url,
            feed.title or records[feed.url].title,
            records[feed.url].failure,
            records[feed.url].failing_since or session.now,
        )
        for feed in session.config.feeds
        if feed.url in urls
    ]


@dataclass
class _RobotsKept:
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


def extract(session: Session, client: Client, window: Window, feed_urls: Iterable[str]) -> None:
    """Read what the window's entries of these feeds lead to, each once; hosts side by side, one
    request at a time for each.
    """
    wanted = entries.within(session.db, window, feed_urls)
    due = documents.missing(session.db, wanted, session.now)
    if due:
        session.stage(f"extract: {len(due)} of {len(wanted)} entries are to be read")
        _read(session, client, due)
    listen(session, wanted)
    settle(session)
    tell_documents(session, window, feed_urls)
    look(session, window.end)


def tell_documents(session: Session, window: Window, feed_urls: Iterable[str]) -> None:
    """Report what the window's entries of these feeds were read from."""
    wanted = entries.within(session.db, window, feed_urls)
    for document in documents.of(session.db, [entry.id for entry in wanted]).values():
        session.report.documents[document.basis] += 1
        if document.note and document.basis != "transcript":  # where it only names who has heard it
            session.report.fell_back[document.note] += 1


def _read(session: Session, client: Client, due: tuple[Entry, ...]) -> None:
    """Each document is kept as soon as it is there: what was read before a crash is not asked for
    again.
    """
    limits = session.config.limits
    kept = _RobotsKept(robots.load(session.db))
    with Extractor(lambda: processes(limits.workers)) as extractor, session.pool() as pool:
        reader = Reader(
            client=client,
            robots=Robots(client, kept, lambda: session.now),
            extractor=extractor,
            max_bytes=int(limits.page_mb * MEGABYTE),
            feed_titles=feed_titles(session),
            user_agents={feed.url: feed.user_agent for feed in session.config.feeds},
        )

        def read(entry: Entry) -> tuple[Entry, Reading]:
            return entry, reader.read(entry, session.now)

        for i, (entry, reading) in enumerate(
            each(by_host(due, key=lambda entry: entry.url), read, pool), 1
        ):
            with session.db:
                documents.save(session.db, entry, reading, session.now)
                robots.save(session.db, kept.take())
            session.step(f"extract {i}/{len(due)}: {reading.document.publisher}")
            session.report.pages_read = i


def feed_titles(session: Session) -> dict[str, str]:
    """What each feed's publisher is called: the user's name for it, else the feed's own."""
    records = feeds.records(session.db)
    return {
        feed.url: feed.title or (records[feed.url].title if feed.url in records else "")
        for feed in session.config.feeds
    }
