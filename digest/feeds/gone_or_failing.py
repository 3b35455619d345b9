"""Feeds that do not come: one that its server calls gone (HTTP 410) is not asked again, and a
failing server is not asked before the time that it named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.net.freshness import CEILING

if TYPE_CHECKING:
    from digest.errors import FetchFailed
    from digest.feeds.permanent_redirects import Move

_GONE = 410


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is kept of a feed from one run to the next."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    fresh_until: datetime | None = None  # no request before this
    move: Move | None = None  # where permanent redirects lead
    gone_since: datetime | None = None  # HTTP 410: not asked again
    title: str = ""  # the feed's own
    ttl_minutes: int | None = None
    lifetime: int | None = None  # seconds, as the last headers that gave one had it
    ask_after: datetime | None = None  # a failing server's Retry-After


def why_left_alone(state: FeedState, now: datetime) -> str:
    """Why the feed is not to be asked now; "" when it may be.

    A time further off than any we set comes from a clock that jumped, and does not count.
    """
    if state.gone_since:
        return "HTTP 410 Gone, and not asked again"
    if state.ask_after and now < state.ask_after <= now + CEILING:
        return f"asked to wait until {state.ask_after:%H:%M} UTC"
    return ""


def after_failure(state: FeedState, error: FetchFailed, now: datetime) -> FeedState:
    """What to keep after a failure. A new address that fails was none: the next run asks the one
    that the user gave.
    """
    if state.move and state.move.proved:
        return replace(state, move=None, ask_after=None)
    wait = min(timedelta(seconds=error.retry_after), CEILING) if error.retry_after else None
    gone_since = now if error.status == _GONE else None
    return replace(state, ask_after=now + wait if wait else None, gone_since=gone_since)
