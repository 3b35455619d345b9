"""What the archive recalls when it is asked: texts by their words, and what was told of
somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.store import ledger, passages
from digest.store.passages import Filters
from digest.stories.ledger.owners import owners
from digest.text.search_query import any_of, search_query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.run.session import Session
    from digest.store.passages import Passage
    from digest.stories.ledger.series import Entered

WIDER = 3  # times as many are looked at as are asked for, since a story and its insight are one
ALL = 100_000  # of what was told of somebody


def found(session: Session, typed: str, filters: Filters, limit: int) -> tuple[Passage, ...]:
    """What holds all the words that were typed, best first; where nothing does, what holds words
    that begin so. An insight that a found story tells is not named again.
    """
    for prefix in (False, True):
        query = search_query(typed, prefix=prefix)
        hits = passages.search(session.db, query, filters, WIDER * limit) if query else ()
        if hits:
            return _once(hits)[:limit]
    return ()


def _once(hits: Iterable[Passage]) -> tuple[Passage, ...]:
    hits = tuple(hits)
    told = [one.text for one in hits if one.kind == "story"]
    kept: dict[str, Passage] = {}
    for one in hits:
        if one.kind == "insight" and any(one.text in text for text in told):
            continue
        kept.setdefault(f"{one.kind} {one.text}", one)
    return tuple(kept.values())


@dataclass(frozen=True, slots=True)
class Event:
    """What an issue told of somebody, and the figures of theirs that stand in it."""

    story: Passage
    figures: tuple[Entered, ...]


def timeline(session: Session, name: str) -> tuple[Event, ...]:
    """What was told of somebody, by any of their names, in order."""
    known = owners(session.config.aliases)
    names = sorted(known.keys(name) | {known.name(name)})
    query = any_of([name, *names])
    if not query:
        return ()
    stories = passages.search(session.db, query, Filters(told=True), ALL)
    figures = ledger.told_by(session.db, sorted(known.keys(name)))
    return tuple(
        Event(
            one,
            tuple(
                each
                for each in figures
                if each.issue == one.source and each.figure.text in f"{one.headline} {one.text}"
            ),
        )
        for one in sorted(stories, key=lambda one: (one.day, one.source, one.item))
    )
