"""What earlier issues told, so that nothing is told twice. Pure. Told is what stands in an issue, not what the editor dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

REMEMBERED = 60  # issues; a story that comes back later than that is news again


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier issue: the addresses of each story that stands in it."""

    date: date
    approved: bool  # or later
    stories: Mapping[str, Sequence[str]]


def told_before(earlier: Sequence[Earlier]) -> dict[str, date]:
    """By address, the date of the latest issue that told it. `earlier` is the edition's issues of earlier dates, newest first.

    Where anything was ever approved only approved issues count, else drafts do.
    """
    approved = [issue for issue in earlier if issue.approved]
    told: dict[str, date] = {}
    for issue in (approved or earlier)[:REMEMBERED]:
        for urls in issue.stories.values():
            for url in urls:
                told.setdefault(url, issue.date)
    return told
