"""Which stories an issue tells: the rule of its edition applied to what was read, and why
everything else is out. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.editions.edition import Choice
from digest.errors import QuietDay
from digest.insights.telling import NOT_TOLD, led
from digest.model import Left, Plan, Tally
from digest.stories.ranking import rank, weighed
from digest.stories.recurrence import held_back, without_repetitions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.config.schema import Config
    from digest.editions.edition import Edition
    from digest.model import Group, Insight, Ranked, Reading, Window
    from digest.stories.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an issue can tell: its stories, and by entry id what the embedded summariser and what a
    model read in their documents. `left` could not become stories; `shared` addresses are several
    pieces'; `recurrences` says by story which were told before.
    """

    stories: Sequence[Group]
    extracts: Mapping[str, tuple[Insight, ...]]
    readings: Mapping[str, Reading]
    left: Sequence[Left]
    shared: frozenset[str] = frozenset()
    recurrences: Mapping[str, Recurrence] = field(default_factory=dict)

    @property
    def tellable(self) -> tuple[Group, ...]:
        """The stories that were not told before, or come back with something new."""
        return without_repetitions(self.stories, self.recurrences)

    @property
    def repeated(self) -> tuple[Left, ...]:
        """The documents that do not."""
        return tuple(
            Left(document.url, self.recurrences[story.id].told, document.entry_id)
            for story in self.stories
            for document in held_back(story, self.recurrences)
        )

    @property
    def insights(self) -> dict[str, tuple[Insight, ...]]:
        """By entry id: a model's where it read the document, else the embedded summariser's."""
        read = {entry_id: reading.insights for entry_id, reading in self.readings.items()}
        return {**self.extracts, **read}


@dataclass(frozen=True, slots=True)
class Selection:
    """The plan of an issue, the stories that it could be made from and what they may be told with,
    by entry id.

    `restored` documents are told in their own words because a model found so little that the day
    would have been quiet; `claims` is what became of all claims.
    """

    plan: Plan
    stories: tuple[Group, ...]
    insights: Mapping[str, tuple[Insight, ...]]
    claims: Tally
    found: int  # stories, with those that there is nothing to tell of
    restored: int = 0

    @property
    def told(self) -> int:
        """How many stories the issue tells."""
        return sum(len(section.stories) for section in self.plan.sections)


def select(edition: Edition, window: Window, candidates: Candidates, config: Config) -> Selection:
    """The plan of an issue that covers `window`. Raises QuietDay."""
    insights, restored = candidates.insights, 0
    try:
        plan, tellable = _planned(edition, window, candidates, insights, config)
    except QuietDay:
        # Where a model finds nothing in so much that the day would be lost, the sources' own words
        # are the better issue.
        mute = [
            entry_id
            for entry_id, found in insights.items()
            if entry_id in candidates.readings and not found
        ]
        insights |= {entry_id: candidates.extracts[entry_id] for entry_id in mute}
        plan, tellable = _planned(edition, window, candidates, insights, config)
        restored = sum(bool(insights[entry_id]) for entry_id in mute)
    left = (
        *plan.left_out,
        *_untold(candidates, tellable, insights),
        *candidates.repeated,
        *candidates.left,
    )
    return Selection(
        Plan(plan.sections, _once(left, plan, candidates.shared)),
        tellable,
        insights,
        _claims(insights, candidates.readings),
        len(candidates.stories),
        restored,
    )


def ranked(stories: Sequence[Group], window: Window, config: Config) -> tuple[Ranked, ...]:
    """The stories as they matter for an issue that covers `window`, best first."""
    return rank(stories, themes=config.themes, weights=weights(config), window=window)


def weights(config: Config) -> dict[str, float]:
    """How much each feed counts, by its address."""
    return {feed.url: feed.weight for feed in config.feeds}


def _planned(
    edition: Edition,
    window: Window,
    candidates: Candidates,
    insights: Mapping[str, tuple[Insight, ...]],
    config: Config,
) -> tuple[Plan, tuple[Group, ...]]:
    """The edition's plan, and the stories that it could be made from. Raises QuietDay."""
    tellable = tuple(story for one in candidates.tellable if (story := led(one, insights)))
    matter = weighed(ranked(tellable, window, config), insights)
    matter = tuple(_updating(story, candidates.recurrences) for story in matter)
    return edition.plan(Choice(matter, insights, config.themes)), tellable


def _updating(story: Ranked, decided: Mapping[str, Recurrence]) -> Ranked:
    """The story with what it is an update of, where it is one."""
    found = decided.get(story.group.id)
    if found is None or found.update is None:
        return story
    return replace(story, update=found.update, why=f"{story.why}; update: {found.why}")


def _untold(
    candidates: Candidates,
    tellable: Sequence[Group],
    insights: Mapping[str, tuple[Insight, ...]],
) -> tuple[Left, ...]:
    """The documents of stories that there is nothing to tell of, or nothing that tells them."""
    tells = {story.id for story in tellable}
    return tuple(
        Left(
            document.url,
            NOT_TOLD
            if insights[document.entry_id]
            else _why_mute(candidates.readings.get(document.entry_id)),
            document.entry_id,
        )
        for story in candidates.tellable
        if story.id not in tells
        for document in story.documents
    )


def _why_mute(reading: Reading | None) -> str:
    """Why a document has no insight."""
    if reading is None:
        return "no sentence that stands on its own"
    return (
        f"not grounded: {reading.tally.why[0]}"
        if reading.tally.why
        else "the model found nothing on the subject in it"
    )


def _claims(insights: Mapping[str, tuple[Insight, ...]], readings: Mapping[str, Reading]) -> Tally:
    """What became of all claims: a model's as counted when it read; extracts as they are, also
    where they stand for an empty reading.
    """
    extracts = sum(
        len(found)
        for entry_id, found in insights.items()
        if entry_id not in readings or not readings[entry_id].insights
    )
    return sum((reading.tally for reading in readings.values()), Tally(made=extracts))


def _once(left: Sequence[Left], plan: Plan, shared: frozenset[str]) -> tuple[Left, ...]:
    """Each piece once, and none that the issue tells: two feeds may carry the same item, which is
    then known by its address.
    """

    def piece(url: str, entry: str) -> str:
        return url if url and url not in shared else entry

    told = {
        piece(document.url, document.entry_id)
        for section in plan.sections
        for story in section.stories
        for document in story.group.documents
    }
    pieces = {piece(one.entry_url, one.entry): one for one in reversed(left)}
    return tuple(one for name, one in pieces.items() if name not in told)[::-1]
