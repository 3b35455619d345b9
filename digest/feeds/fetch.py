"""From subscriptions to entries: what to ask, what came of it, and what to remember for the next
run.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from digest.config.schema import Feed, feed_key
from digest.errors import FetchFailed, NotReached
from digest.feeds import permanent_redirects
from digest.feeds.gone_or_failing import FeedState, after_failure, why_left_alone
from digest.model import Entry
from digest.net.fanout import batches
from digest.net.freshness import CEILING, Validators, fresh_until, lifetime
from digest.net.politeness import by_host
from digest.net.refresh_and_wrapped_links import refresh_of
from digest.net.urls import host_of
from digest.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Executor
    from datetime import datetime

    from digest.feeds.parsed import ParsedEntry, ParsedFeed
    from digest.feeds.permanent_redirects import Move
    from digest.model import Kind
    from digest.net.http import Client, Response

    Parse = Callable[[bytes, str, str], ParsedFeed]

FetchOutcome = Literal["ok", "unchanged", "failed"]

_UNCHANGED = 304

_ACCEPT = ", ".join(
    (
        "application/atom+xml", "application/rss+xml", "application/feed+json",
        "application/rdf+xml",
        "application/xml;q=0.9", "text/xml;q=0.9", "*/*;q=0.5",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one feed in one run."""

    feed: Feed
    outcome: FetchOutcome
    reason: str  # why it failed, or why nothing was read; "" for ok
    entries: tuple[Entry, ...]
    state: FeedState
    title: str
    requested: bool  # whether the network was asked at all
    kind: Kind | None = None  # what its items are, where they were read
    problems: tuple[str, ...] = ()  # what was wrong with the feed and mended
    rests: bool = False  # whether the feed names this day of the week as one without entries
    seconds: float = 0.0  # of network time

    @property
    def mistaken(self) -> str:
        """What is said of a feed that is subscribed as what it is not; "" of any other. An article
        with a recording is an article, so that only one way is told.
        """
        if self.kind == "podcast" and self.feed.kind == "news":
            return "its items are recordings; 'kind: podcast' has them read as episodes"
        return ""


def parse_here(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """As `parse_feed`, whose imports wait for the first feed that has changed."""
    from digest.feeds.parser import parse_feed

    return parse_feed(body, content_type, url)


def fetch_feed(
    feed: Feed, state: FeedState | None, client: Client, now: datetime, parse: Parse = parse_here
) -> Fetched:
    """Fetch and read one feed unless what is kept is still fresh. A failure is an outcome, never
    raised.
    """
    state = state if state and state.url == feed.url else FeedState(feed.url)
    quiet = _not_yet(feed, state, now)
    if quiet:
        return quiet
    try:
        response = client.get(
            _address(state),
            accept=_ACCEPT,
            validators=(
                Validators(state.etag, state.last_modified)
                if state.etag or state.last_modified
                else None
            ),
            max_bytes=int(client.limits.feed_mb * 1e6),
            user_agent=feed.user_agent or None,
        )
        if response.status == _UNCHANGED:
            return replace(
                _outcome(feed, _refreshed(state, response, now), "unchanged", "not modified"),
                seconds=response.seconds,
            )
        response, parsed = _read(feed, response, client, parse)
    except NotReached as error:
        return replace(_outcome(feed, state, "failed", error.reason), requested=False)
    except FetchFailed as error:
        return _outcome(feed, after_failure(state, error, now), "failed", error.reason)
    return replace(
        _outcome(feed, _renewed(state, parsed, response, now), "ok", ""),
        entries=entries_of(feed, parsed, now),
        kind=parsed.kind if parsed.entries else None,
        problems=parsed.problems,
        rests=now.weekday() in parsed.rest_days,
        seconds=response.seconds,
    )


def _read(
    feed: Feed, response: Response, client: Client, parse: Parse
) -> tuple[Response, ParsedFeed]:
    """The feed in an answer, or the one that a refresh page in its place sends on to, under the
    same guard. Raises FetchFailed.

    Such a page counts as a redirect for good, and so does the feed's own word
    (itunes:new-feed-url).
    """
    kind = response.headers.get("content-type", "")
    try:
        parsed = parse(response.body, kind, response.final_url)
    except FetchFailed as error:
        onward = refresh_of(decode(response.body, kind), response.final_url)
        if not onward:
            raise
        limit = int(client.limits.feed_mb * 1e6)
        agent = feed.user_agent or None
        try:
            there = client.get(onward, accept=_ACCEPT, max_bytes=limit, user_agent=agent)
            parsed = parse(there.body, there.headers.get("content-type", ""), there.final_url)
        except FetchFailed as failed:
            reason = f"{error.reason} that sends on to {host_of(onward)}: {failed.reason}"
            raise FetchFailed(feed.url, reason, status=failed.status) from None
        return replace(there, headers={}, permanent_url=onward), parsed
    moved = response.permanent_url or parsed.new_url or None
    return replace(response, permanent_url=moved), parsed


def fetch_feeds(
    feeds: Iterable[Feed],
    states: Mapping[str, FeedState],
    client: Client,
    executor: Executor,
    now: datetime,
    *,
    parse: Parse = parse_here,
) -> Iterator[list[Fetched]]:
    """Fetch all feeds, one task per host, yielding those that are done; `states` by feed URL,
    `parse` called from many threads.

    An exception that is no feed's failure is raised here. No feed is begun after the iteration has
    ended.
    """
    queues = by_host(feeds, lambda feed: asked_at(feed, states))
    return batches(
        queues, lambda feed: fetch_feed(feed, states.get(feed.url), client, now, parse), executor
    )


def asked_at(feed: Feed, states: Mapping[str, FeedState]) -> str:
    """The host that is asked for a feed."""
    return host_of(_address(states.get(feed.url, FeedState(feed.url))))


def entries_of(feed: Feed, parsed: ParsedFeed, now: datetime) -> tuple[Entry, ...]:
    """The feed's items as entries, the first of several with the same GUID, or with the same link,
    title, date and recording.
    """
    first: dict[str, ParsedEntry] = {}
    for item in parsed.entries:
        first.setdefault(item.guid, item)
    distinct: dict[object, ParsedEntry] = {}
    for item in first.values():
        piece = (item.url, item.title, item.published, item.enclosure)
        distinct.setdefault(piece if item.url else item.guid, item)
    return tuple(_entry(feed, item, parsed.language, now) for item in distinct.values())


def _entry(feed: Feed, item: ParsedEntry, language: str, now: datetime) -> Entry:
    return Entry(
        id=hashlib.sha256(f"{feed_key(feed.url)}\n{item.guid}".encode()).hexdigest()[:16],
        feed_url=feed.url,
        url=item.url,
        title=item.title,
        published=item.published,
        first_seen=now,
        kind=feed.kind,
        author=item.author,
        language=item.language or language,
        text=item.text,
        enclosure=item.enclosure,
        transcripts=item.transcripts,
        chapters_url=item.chapters_url,
        seconds=item.seconds,
        day=item.day,
        publisher=item.publisher,
    )


def _address(state: FeedState) -> str:
    """Where the feed is asked for."""
    return state.move.to if state.move and state.move.proved else state.url


def _not_yet(feed: Feed, state: FeedState, now: datetime) -> Fetched | None:
    """The outcome when it is too early to ask, or too late.

    A time further off than any we set comes from a clock that jumped, and does not count.
    """
    if state.fresh_until and now < state.fresh_until <= now + CEILING and not state.gone_since:
        outcome = _outcome(feed, state, "unchanged", f"fresh until {state.fresh_until:%H:%M} UTC")
        return replace(outcome, requested=False)
    why = why_left_alone(state, now)
    return replace(_outcome(feed, state, "failed", why), requested=False) if why else None


def _outcome(feed: Feed, state: FeedState, outcome: FetchOutcome, reason: str) -> Fetched:
    return Fetched(feed, outcome, reason, (), state, feed.title or state.title, requested=True)


def _renewed(state: FeedState, parsed: ParsedFeed, response: Response, now: datetime) -> FeedState:
    """What to keep after a whole answer. Only an answer that could be read leaves validators: no
    304 may hide a broken feed.
    """
    validators = Validators.of(response.headers)
    named = lifetime(response.headers, now)
    return FeedState(
        url=state.url,
        etag=validators.etag,
        last_modified=validators.last_modified,
        fresh_until=fresh_until(response.headers, parsed.ttl_minutes, now),
        move=_moved(state, response, now),
        title=parsed.title,
        ttl_minutes=parsed.ttl_minutes,
        lifetime=int(named.total_seconds()) if named is not None else None,
    )


def _refreshed(state: FeedState, response: Response, now: datetime) -> FeedState:
    """What to keep after a 304: its headers replace the kept ones that it names (RFC 9111, section
    4.3.4).
    """
    validators = Validators(state.etag, state.last_modified).updated(
        Validators.of(response.headers)
    )
    named = lifetime(response.headers, now)
    seconds = int(named.total_seconds()) if named is not None else state.lifetime
    return replace(
        state,
        etag=validators.etag,
        last_modified=validators.last_modified,
        fresh_until=fresh_until(
            {"cache-control": f"max-age={seconds or 0}"}, state.ttl_minutes, now
        ),
        move=_moved(state, response, now),
        lifetime=seconds,
        ask_after=None,
    )


def _moved(state: FeedState, response: Response, now: datetime) -> Move | None:
    """The feed's move after a success; one that is proved stands until its address fails or leads
    on.
    """
    if state.move and state.move.proved and not response.permanent_url:
        return state.move
    if state.move and response.status == _UNCHANGED and not response.permanent_url:
        return permanent_redirects.seen(state.move, state.move.to, now)  # it still says so
    return permanent_redirects.seen(state.move, response.permanent_url, now)
