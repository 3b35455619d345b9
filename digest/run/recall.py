"""What the archive recalls when it is asked: texts by their words, and what was told of
somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.store import ledger, passages
from digest.store.passages import Filters
from digest.stories.ledger.owners import owners
from digest.stories.related import Text, names_of, related
from digest.text.markdown import to_plain
from digest.text.search_query import any_of, search_query
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Draft, Item
    from digest.run.job import Job
    from digest.run.session import Session
    from digest.store.passages import Passage
    from digest.stories.ledger.series import Entered

WIDER = 3  # times as many are looked at as are asked for, since a story and its insight are one
LOOKED_BACK = 180  # days in which a story may have earlier ones
NEAREST = 30  # stories of the same names that are looked at
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


def related_stories(session: Session, job: Job, draft: Draft) -> dict[str, list[dict[str, str]]]:
    """For each story of a draft the earlier ones of its edition that belong to it, as JSON values
    by story.
    """
    since = job.day - timedelta(days=LOOKED_BACK)
    filters = Filters(
        since=since, until=job.day - timedelta(days=1), edition=job.edition.name, told=True
    )
    items = [item for part in draft.parts for item in part.items if item.kind == "story"]
    return {item.id: _related(session, item, job, filters) for item in items}


def _related(session: Session, item: Item, job: Job, filters: Filters) -> list[dict[str, str]]:
    own = Text(item.id, job.id, job.day, to_plain(item.headline), to_plain(item.text))
    names = {*tokens(own.headline)} & names_of(own)
    query = any_of(sorted(names))
    earlier = passages.search(session.db, query, filters, NEAREST) if query else ()
    texts = [Text(one.item, one.source, one.day, one.headline, one.text) for one in earlier]
    again = [one.id for one in texts if f"#story-{one.id})" in item.update]
    return [
        {
            "issue": one.issue,
            "edition": job.edition.name,
            "story": one.id,
            "headline": one.headline,
            "date": one.day.isoformat() if one.day else "",
        }
        for one in related(own, texts, again)
    ]


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
    issues = dict.fromkeys(one.source for one in stories)
    figures = ledger.told_in(session.db, issues, sorted(known.keys(name)))
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
