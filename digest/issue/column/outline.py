"""The outline of a column when no model writes it: the thesis, the period's extracts that bear on
it, and what its editor has to find. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.issue.embedded_writer import write_draft
from digest.model import Item, Part, Plan, Section
from digest.text.similarity import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from digest.editions.edition import Edition
    from digest.issue.column.theses import ProposedColumn
    from digest.issue.material import Material
    from digest.model import Draft, Form, Ranked

FOR, AGAINST, TEST = "For it", "Against it", "What would prove it wrong"
MOST = 5  # stories for it
MOST_AGAINST = 3
_CONTRARY = re.compile(
    r"\b(?:but|however|although|despite|yet|disput\w+|den(?:y|ies|ied)|doubt\w*|warn\w*|fall\w*|fell"
    r"|drop\w*|cut\w*|delay\w*|miss\w*|loss\w*|lawsuit|sue[sd]?|concern\w*|skeptic\w*|critic\w*"
    r"|risk\w*|slow\w*|constrain\w*)\b",
    re.IGNORECASE,
)
NO_MODEL = (
    "This is an outline and no column: no model was asked, so nothing is argued here. What stands"
    " below are extracts, the words of the sources that are named; the argument is yours to write."
)
NOTHING_AGAINST = "Nothing below speaks against it by its words. Look for what does."
HOW_WRONG = "Write what would have to happen for the thesis to be wrong, and by when."
WRITE_THESIS = "Write the thesis: one sentence that somebody could disagree with."


@dataclass(frozen=True, slots=True)
class Outlined:
    """What an outline is of: the issue, what it was to argue, and why there is no column though a
    model was asked ("" where none was).
    """

    identity: str
    edition: Edition
    day: date
    chosen: ProposedColumn
    why: str = ""


def outline(of: Outlined, plan: Plan, material: Material) -> tuple[Plan, Draft]:
    """The plan of the stories that stand in the outline, and its draft."""
    chosen = of.chosen
    ranked = [story for section in plan.sections for story in section.stories]
    bearing = _bearing(ranked, chosen)
    against = [one for one in bearing if _contrary(one, material)][:MOST_AGAINST]
    speaking = [one for one in bearing if one not in against][:MOST]
    kept = Plan((Section(of.edition.terms.sections[0].name, (*speaking, *against)),), plan.left_out)
    made = write_draft(of.identity, of.edition, of.day, kept, material, 0)
    items = {item.id: item for part in made.parts for item in part.items}
    parts = (
        Part(FOR, _listed(speaking, items), "headings"),
        Part(AGAINST, _listed(against, items) or (_note(NOTHING_AGAINST),), _form(against)),
        Part(TEST, (_note(HOW_WRONG),)),
    )
    greeting = [_held_too_little(of.why) if of.why else NO_MODEL]
    greeting += [] if chosen.text else [WRITE_THESIS]
    named = chosen.text.rstrip(".") or chosen.subject
    return kept, replace(
        made,
        title=f"Outline: {named}"[:120],
        title_insights=(),
        thesis=chosen.text,
        description=named,
        summary="",
        parts=parts,
        greeting="\n\n".join(greeting),
    )


def _held_too_little(why: str) -> str:
    said = re.sub(r"\d+", "few", why)
    return (
        "This is an outline and no column: of what the model wrote too little held"
        f" ({said}). What stands below rests on the sources that are named; the argument is yours"
        " to write."
    )


def _bearing(ranked: Sequence[Ranked], chosen: ProposedColumn) -> list[Ranked]:
    """The stories that were chosen with the thesis, then those that share most words with it."""
    own = words(f"{chosen.text} {chosen.subject}")

    def bears(story: Ranked) -> tuple[bool, int]:
        best = story.group.documents[0]
        shared = own & words(f"{best.title} {best.opening[:600]}")
        return story.group.id in chosen.stories, len(shared)

    return sorted(ranked, key=bears, reverse=True)


def _contrary(story: Ranked, material: Material) -> bool:
    best = story.group.documents[0]
    lead = next(iter(material.insights.get(best.entry_id, ())), None)
    return bool(_CONTRARY.search(f"{best.title} {lead.text if lead else ''}"))


def _listed(stories: Sequence[Ranked], items: dict[str, Item]) -> tuple[Item, ...]:
    return tuple(items[one.group.id] for one in stories if one.group.id in items)


def _form(stories: Sequence[Ranked]) -> Form:
    return "headings" if stories else "bullets"


def _note(text: str) -> Item:
    return Item("", "", text, kind="note")
