"""Reading the entries of one page as work that any worker can do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from digest.extract.document import DocumentReader
from digest.extract.page_workers import Extractor
from digest.net.urls import page_of
from digest.net.worker_settings import local_processes

if TYPE_CHECKING:
    from datetime import datetime

    from digest.extract.document import Extracted
    from digest.model import Entry
    from digest.net.host_orders import UnitRobots
    from digest.net.http import Client


@dataclass(frozen=True, slots=True)
class PageOrder:
    """The entries that lead to one page, and what reading them needs."""

    entries: tuple[Entry, ...]
    now: datetime
    max_bytes: int
    feed_titles: dict[str, str]
    user_agents: dict[str, str]
    shared: bool  # the page holds several entries


def read_entries(order: PageOrder, client: Client, robots: UnitRobots) -> tuple[Extracted, ...]:
    """The documents of the entries, in their order."""
    page = frozenset({page_of(order.entries[0].url)})
    reader = DocumentReader(
        client=client,
        robots=robots,
        extractor=_extractor(),
        max_bytes=order.max_bytes,
        feed_titles=order.feed_titles,
        user_agents=order.user_agents,
        shared=page if order.shared else frozenset(),
        repeated=page if len(order.entries) > 1 else frozenset(),
    )
    return tuple(reader.read(entry, order.now) for entry in order.entries)


@cache
def _extractor() -> Extractor:
    """One for as long as the worker lives: its processes stay warm from order to order."""
    return Extractor(local_processes)
