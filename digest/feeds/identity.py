"""Which entries are old acquaintances although their feed gives them a new GUID each time it is
asked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from digest.model import Entry

    Likeness = tuple[str, str, datetime | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What an entry that was seen before is known again by."""

    id: str
    url: str
    title: str
    published: datetime | None


def recognised(entries: Sequence[Entry], known: Iterable[Known]) -> tuple[Entry, ...]:
    """The entries of a feed, each with the id of the one in `known` that it is.

    An id counts as it is where it is known. A new one is an old entry's when the feed no longer has
    that one's id and two of three are the same, the title among them: link, title, date. An entry
    is recognised once.
    """
    present = {entry.id for entry in entries}
    lost: defaultdict[Likeness, list[str]] = defaultdict(list)
    by_id = {entry.id: entry for entry in known}
    for old in by_id.values():
        if old.id not in present:
            for likeness in _likenesses(old):
                lost[likeness].append(old.id)
    taken: set[str] = set()
    result = []
    for entry in entries:
        candidates = (
            []
            if entry.id in by_id
            else [old for like in _likenesses(entry) for old in lost[like] if old not in taken]
        )
        taken.update(candidates[:1])
        result.append(replace(entry, id=candidates[0]) if candidates else entry)
    return tuple(result)


def _likenesses(entry: Entry | Known) -> list[Likeness]:
    """What an entry is known again by, the surest first."""
    found: list[Likeness] = []
    if entry.url and entry.title:
        found.append((entry.url, entry.title, None))
    if entry.title and entry.published:
        found.append(("", entry.title, entry.published))
    return found
