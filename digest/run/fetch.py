"""The stage that asks the feeds: feeds into entries. A feed that fails is recorded, and the rest
goes on.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import DigestError, UsageError
from digest.feeds.fetch import Fetched, asked_at, fetch_feeds
from digest.feeds.health import FeedCheck
from digest.feeds.identity import recognised
from digest.feeds.parse_workers import FeedParser
from digest.model import Entry
from digest.net.address_guard import AddressGuard, off_limits
from digest.run import progress
from digest.run.results import FailedFeed, FetchResult
from digest.store import entries, feed_checks, feeds

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence
    from datetime import datetime

    from digest.config.schema import Feed
    from digest.feeds.gone_or_failing import FeedState
    from digest.net.dispatch import Crew
    from digest.net.http import Client
    from digest.run.session import Session
    from digest.store.feeds import FeedRecord


def fetch(session: Session, client: Client, read_since: datetime | None = None) -> FetchResult:
    """Ask every feed for what is new and keep its entries; none that was read at `read_since` or
    later.

    Raises UsageError when there is no feed, DigestError when not a single one could be had.
    """
    asked = session.config.feeds
    if read_since:
        known = feeds.records(session.db)
        asked = tuple(feed for feed in asked if not _read(known.get(feed.url), read_since))
    stored = len(session.config.feeds) - len(asked)
    if stored and not asked:
        return FetchResult(stored=stored)
    result = replace(_ask(session, client, feeds.states(session.db), asked), stored=stored)
    if len(result.failed) == len(session.config.feeds):
        raise DigestError(_all_failed(result.failed))
    return result


def _read(record: FeedRecord | None, since: datetime) -> bool:
    return record is not None and record.ok_at is not None and record.ok_at >= since


def check(session: Session, client: Client) -> FetchResult:
    """Ask every feed, fresh or not, and keep what it says. Only a server's own wish to be left
    alone is kept to. Raises UsageError when there is no feed.
    """
    anew = {
        url: replace(state, fresh_until=None, gone_since=None)
        for url, state in feeds.states(session.db).items()
    }
    return _ask(session, client, anew, session.config.feeds)


def _all_failed(failed: tuple[FailedFeed, ...]) -> str:
    hint = why_none([feed.error for feed in failed])
    return f"all {len(failed)} feeds failed; the first, {failed[0].url}: {failed[0].error}; {hint}"


def why_none(errors: Sequence[str]) -> str:
    """What to look at when no feed can be had."""
    closed = all(map(off_limits, errors))
    return "only what network.allow names is asked for there" if closed else "is the network up?"


def _ask(
    session: Session, client: Client, known: Mapping[str, FeedState], asked: Sequence[Feed]
) -> FetchResult:
    """Ask every one of these feeds that is due by what is known of it."""
    config = session.config
    if not config.feeds:
        raise UsageError("there are no feeds; 'digest feeds add URL' adds one")
    session.stage(progress.fetch_stage(len(asked)))
    outcomes, failed, new = Counter[str](), set[str](), 0
    mistaken: list[str] = []
    crew = session.crew()
    asking = (
        _ask_by(crew, session, client, known, asked)
        if crew
        else _ask_here(session, client, known, asked)
    )
    with closing(asking) as batches:
        for together in batches:
            new += _keep(session, together)
            for fetched in together:
                outcomes[fetched.outcome] += 1
                if fetched.mistaken:
                    mistaken.append(f"{fetched.feed.url}: {fetched.mistaken}")
                if fetched.outcome == "failed":
                    failed.add(fetched.feed.url)
                session.step(progress.feed_step(outcomes.total(), len(asked), fetched))
    ok, unchanged = outcomes["ok"], outcomes["unchanged"]
    return FetchResult(ok, unchanged, _failed(session, failed), new, tuple(sorted(mistaken)))


def _ask_here(
    session: Session, client: Client, known: Mapping[str, FeedState], asked: Sequence[Feed]
) -> Generator[list[Fetched]]:
    """Ask from this machine."""
    workers = lambda: session.processes(session.config.limits.workers)  # noqa: E731  a name for an argument
    with FeedParser(workers) as parse, session.pool() as pool:
        yield from fetch_feeds(asked, known, client, pool, session.now, parse=parse)


def _ask_by(
    crew: Crew,
    session: Session,
    client: Client,
    known: Mapping[str, FeedState],
    asked: Sequence[Feed],
) -> Generator[list[Fetched]]:
    """Ask by the workers of a cluster."""
    from digest.feeds.feed_orders import FeedOrder, ask_feed
    from digest.net.dispatch import Dispatch
    from digest.net.host_orders import Unit

    dispatch = Dispatch(crew, client, session.manner, ask_feed)
    units = [
        Unit(i, FeedOrder(feed, known.get(feed.url), session.now), asked_at(feed, known))
        for i, feed in enumerate(asked)
    ]
    for results in dispatch.results(units):
        yield [fetched for _, fetched in results]


def _keep(session: Session, together: Iterable[Fetched]) -> int:
    """Keep what came of some feeds; how many entries are new.

    A feed's entries and its new validators go in together, so that a crash cannot lose what a 304
    would then hide.
    """
    db, found = session.db, list[Entry]()
    guard = AddressGuard(session.config.network.allow)
    with db:
        for fetched in together:
            if fetched.requested or fetched.outcome == "failed":
                feeds.save(db, fetched, session.now)
            if fetched.requested:
                feed_checks.save(db, fetched.feed.url, _check(fetched, session.now))
            found += recognised(
                fetched.entries, entries.alike(db, fetched.feed.url, fetched.entries)
            )
        return entries.save(db, [_open_files(entry, guard) for entry in found])


def _open_files(entry: Entry, guard: AddressGuard) -> Entry:
    """The entry without a recording or transcripts that only its publisher can open."""
    closed = entry.enclosure is not None and guard.closed(entry.enclosure.url)
    files = tuple(link for link in entry.transcripts if not guard.closed(link.url))
    if not closed and files == entry.transcripts:
        return entry
    return replace(entry, enclosure=None if closed else entry.enclosure, transcripts=files)


def _check(fetched: Fetched, now: datetime) -> FeedCheck:
    held = len(fetched.entries) if fetched.outcome == "ok" else None
    if held == 0 and fetched.rests:
        held = None  # as if nothing had been asked
    return FeedCheck(now, fetched.outcome, fetched.reason, fetched.seconds, held)


def _failed(session: Session, urls: set[str]) -> tuple[FailedFeed, ...]:
    """The failed feeds in the order of feeds.yaml, each with the time since when it fails."""
    records = feeds.records(session.db)
    return tuple(
        FailedFeed(
            feed.url,
            feed.title or records[feed.url].title,
            records[feed.url].failure,
            records[feed.url].failing_since or session.now,
        )
        for feed in session.config.feeds
        if feed.url in urls
    )
