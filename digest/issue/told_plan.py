"""What of a plan can be told: a story of which nothing is left to say is left out, with its reason.
Pure.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import QuietDay
from digest.issue.embedded_writer import write_draft
from digest.model import Left, Plan

if TYPE_CHECKING:
    from datetime import date

    from digest.editions.edition import Edition
    from digest.issue.material import Material
    from digest.model import Draft

NOTHING_LEFT = "nothing is left to say of it: told above, or too much of its source is"


def told(
    identity: str, edition: Edition, day: date, plan: Plan, material: Material, numbers: int
) -> tuple[Plan, Draft]:
    """The plan without the stories that have no text, and its draft. Raises QuietDay when none
    has.
    """
    draft = write_draft(identity, edition, day, plan, material, numbers)
    empty = {
        item.id
        for part in draft.parts
        for item in part.items
        if item.kind == "story" and not item.text.strip()
    }
    if not empty:
        return plan, draft
    left = _without(plan, empty)
    if not left.sections:
        raise QuietDay(f"{identity}: a quiet day: none of its stories has anything to say")
    # Anew, for highlights and figures must not be taken from what is not told.
    return told(identity, edition, day, left, material, numbers)


def _without(plan: Plan, empty: set[str]) -> Plan:
    sections = [
        replace(section, stories=tuple(one for one in section.stories if one.group.id not in empty))
        for section in plan.sections
    ]
    left = tuple(
        Left(document.url, NOTHING_LEFT, document.entry_id)
        for section in plan.sections
        for story in section.stories
        if story.group.id in empty
        for document in story.group.documents
    )
    return Plan(tuple(one for one in sections if one.stories), (*left, *plan.left_out))
