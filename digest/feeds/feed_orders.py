"""Asking one feed as work that any worker can do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from digest.feeds.fetch import Fetched, fetch_feed
from digest.feeds.parse_workers import FeedParser
from digest.net.worker_settings import local_processes

if TYPE_CHECKING:
    from datetime import datetime

    from digest.config.schema import Feed
    from digest.feeds.gone_or_failing import FeedState
    from digest.net.host_orders import UnitRobots
    from digest.net.http import Client


@dataclass(frozen=True, slots=True)
class FeedOrder:
    """A subscription and what is kept of it."""

    feed: Feed
    state: FeedState | None
    now: datetime


def ask_feed(order: FeedOrder, client: Client, _robots: UnitRobots) -> Fetched:
    """What comes of the feed. Its address was given by hand: robots.txt is not asked."""
    return fetch_feed(order.feed, order.state, client, order.now, _parser())


@cache
def _parser() -> FeedParser:
    return FeedParser(local_processes)
