"""Where other editions told a story, by the entries that both were made from. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from digest.model import Document, Plan


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as another edition's issue tells it."""

    issue: str
    edition: str
    date: date
    story: str
    approved: bool
    entries: frozenset[str]


def told_elsewhere(plan: Plan, others: Sequence[ToldStory]) -> dict[str, list[dict[str, str]]]:
    """For each story of the plan those of other issues that share a source with it, the earliest
    first, as JSON values by story.

    Of an edition of which anything was approved only what was approved counts.
    """
    ever = {one.edition for one in others if one.approved}
    counting = [one for one in others if one.approved or one.edition not in ever]
    return {
        story.group.id: list(_of(story.group.documents, counting))
        for section in plan.sections
        for story in section.stories
    }


def _of(documents: Iterable[Document], told: Iterable[ToldStory]) -> Iterator[dict[str, str]]:
    entries = {document.entry_id for document in documents}
    seen: set[str] = set()
    for one in sorted(told, key=lambda one: (one.date, one.issue)):
        if one.entries & entries and one.issue not in seen:
            seen.add(one.issue)
            yield _value(one)


def _value(one: ToldStory) -> dict[str, str]:
    return {
        "issue": one.issue,
        "edition": one.edition,
        "date": one.date.isoformat(),
        "story": one.story,
    }
