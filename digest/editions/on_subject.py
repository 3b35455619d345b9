"""Whether a story is on the subject of the newsletter, near its line too. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.stories.ranking import MIDDLE, sums_of
from digest.stories.relevance import ON_SUBJECT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Insight, Ranked

SURE = 0.4  # relevance from which a story's words alone are enough
LARGE = 1e6  # money that is a company's or a state's


def is_on_subject(story: Ranked, insights: Mapping[str, Sequence[Insight]]) -> bool:
    """Whether it is about the economics of AI: its words are sure of it, or near enough for talk,
    whose notes say little, for what states a large sum, and for what a model found to matter.
    """
    if story.relevance < ON_SUBJECT:
        return False
    if story.relevance >= SURE or is_podcast(story) or _of_large_sums(story):
        return True
    found = (
        one for document in story.group.documents for one in insights.get(document.entry_id, ())
    )
    return any(one.importance >= MIDDLE for one in found)


def is_podcast(story: Ranked) -> bool:
    """Whether its best source is an episode."""
    return story.group.documents[0].kind == "podcast"


def _of_large_sums(story: Ranked) -> bool:
    """Whether it states power, or money that no person pays."""
    return any(
        one.unit == "W" or (one.is_money and one.value >= LARGE)
        for one in sums_of(story.group.documents[0])
    )
