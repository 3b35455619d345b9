"""What earlier issues told, so that nothing is told twice. Pure. Told is what stands in an issue,
not what the editor dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Document

REMEMBERED = 60  # issues; a piece that comes back later than that is news again
REMEMBERED_DAYS = 60  # for which a story is known again under whatever title and address
SAME_TITLE = timedelta(
    days=4
)  # how long a title is the same piece under another address, and not a column of that name
TELLING_WORDS = 5  # a shorter title may be anybody's

_Issue = TypeVar("_Issue")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier issue: entry, address and title of every source of every story that stands in
    it; "" for an entry that is not known.
    """

    date: date
    approved: bool  # or later
    sources: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Memory:
    """When what was told last, by entry, by address and by title."""

    entries: dict[str, date] = field(default_factory=dict)
    addresses: dict[str, date] = field(default_factory=dict)
    titles: dict[tuple[str, ...], date] = field(default_factory=dict)

    def told(self, document: Document, *, own_address: bool = True) -> date | None:
        """The date of the issue that told this document, or the same piece from another feed or
        under another address. An address that is not the piece's own says nothing.
        """
        on = self.entries.get(document.entry_id)
        if own_address and not on:
            on = self.addresses.get(document.url)
        again = self.titles.get(_title(document.title))
        recent = again is not None and document.when.date() - again <= SAME_TITLE
        return on or (again if recent else None)


def remember(earlier: Sequence[Earlier]) -> Memory:
    """What the edition's issues of earlier dates, newest first, told.

    Where anything was ever approved only approved issues count, else drafts do.
    """
    memory = Memory()
    for issue in that_count([(issue, issue.approved) for issue in earlier])[:REMEMBERED]:
        for entry, url, title in issue.sources:
            if entry:
                memory.entries.setdefault(entry, issue.date)
            memory.addresses.setdefault(url, issue.date)
            if len(title.split()) >= TELLING_WORDS:
                memory.titles.setdefault(_title(title), issue.date)
    return memory


def that_count(earlier: Sequence[tuple[_Issue, bool]]) -> list[_Issue]:
    """Of issues, each with whether it was approved, those whose stories were told."""
    approved = [issue for issue, is_approved in earlier if is_approved]
    return approved or [issue for issue, _ in earlier]


def _title(title: str) -> tuple[str, ...]:
    return tuple(tokens(title))
