"""The stories of a period as a column is argued from them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.issue.embedded_writer import headline_of
from digest.text.reader_dates import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.issue.material import Material
    from digest.model import Insight, Plan

MOST = 5  # insights of one story


@dataclass(frozen=True, slots=True)
class PeriodStory:
    """A story: its id, its headline and what was read in its documents, best source first."""

    id: str
    headline: str
    insights: tuple[Insight, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The stories that a column may be argued from, the most important first."""

    stories: tuple[PeriodStory, ...]
    material: Material

    @property
    def named(self) -> dict[str, PeriodStory]:
        """The stories by the names that a question gives them."""
        return {f"s{i}": story for i, story in enumerate(self.stories, 1)}

    @property
    def insights(self) -> dict[str, Insight]:
        """The insights by the names that a question gives them."""
        told = (one for story in self.stories for one in story.insights)
        return {f"i{i}": one for i, one in enumerate(told, 1)}

    def rows(self) -> list[tuple[str, str, list[tuple[str, str, str, Insight]]]]:
        """The stories as templates have them."""
        name_of = {one.id: name for name, one in self.insights.items()}
        return [
            (name, story.headline, [self._row(name_of[one.id], one) for one in story.insights])
            for name, story in self.named.items()
        ]

    def _row(self, name: str, one: Insight) -> tuple[str, str, str, Insight]:
        document = self.material.documents[one.entry]
        day = document.day or document.when.astimezone(self.material.zone).date()
        return name, document.publisher or "unknown", plain_day(day, "en"), one


def period_of(plan: Plan, material: Material) -> Period:
    """The plan's stories with what a model read in them, where one did, else with extracts."""
    seen: set[str] = set()
    stories = []
    for ranked in (story for section in plan.sections for story in section.stories):
        documents = [one.entry_id for one in ranked.group.documents]
        found = [one for entry in documents for one in material.insights.get(entry, ())]
        read = [one for one in found if one.read_by] or found
        told = tuple(_new(read, seen))[:MOST]
        stories.append(PeriodStory(ranked.group.id, headline_of(ranked.group), told))
    return Period(tuple(story for story in stories if story.insights), material)


def _new(insights: Sequence[Insight], seen: set[str]) -> Iterable[Insight]:
    """Those that no story before has told."""
    for one in insights:
        if one.id not in seen:
            seen.add(one.id)
            yield one
