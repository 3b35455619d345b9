"""What of a plan is told: no story stands in an issue without a text."""

from __future__ import annotations

import pytest

from digest.editions.registry import edition_named
from digest.errors import QuietDay
from digest.issue.material import Material
from digest.issue.told_plan import NOTHING_LEFT, told
from digest.model import Draft, Insight, Plan, Ranked, Section
from tests.issue.test_embedded_writer import DAY, ONE, document, insight, story


def made(stories: list[Ranked], insights: dict[str, list[Insight]]) -> tuple[Plan, Draft]:
    """The plan of these top stories as it is told, and its draft."""
    documents = {one.entry_id: one for ranked in stories for one in ranked.group.documents}
    plan = Plan((Section("Top Stories", tuple(stories)),), ())
    return told(
        "2026-02-05-daily", edition_named("daily"), DAY, plan, Material(insights, [], documents), 4
    )


def test_what_has_nothing_to_say_is_left_out_with_its_reason() -> None:
    """A source in which nothing was found stands in no section, in no highlight and in no title."""
    bonds, mute = document("bonds", title="Halden sells bonds"), document("mute", "Post", "Mute")
    plan, draft = made(
        [story("s1", mute), story("s2", bonds)],
        {bonds.entry_id: [insight(bonds, ONE)], mute.entry_id: []},
    )
    assert [item.id for part in draft.parts for item in part.items] == ["s2"]
    assert [one.group.id for section in plan.sections for one in section.stories] == ["s2"]
    assert [(one.entry, one.why) for one in plan.left_out] == [(mute.entry_id, NOTHING_LEFT)]
    assert "Mute" not in draft.title + draft.highlights


def test_a_day_of_which_nothing_can_be_told_is_quiet() -> None:
    """An issue without a story is none."""
    mute = document("mute")
    with pytest.raises(QuietDay, match="2026-02-05-daily: a quiet day"):
        made([story("s1", mute)], {mute.entry_id: []})
