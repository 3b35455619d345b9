"""Corrections that an issue carries: what was put right in earlier ones since the last. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from digest.model import Item, Part
from digest.text.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Draft, SourceLink

CORRECTIONS = "Corrections"
CORRECTION = "correction-"  # what the ids of such items begin with: they are no stories to be told


@dataclass(frozen=True, slots=True)
class Carried:
    """A correction as the next issue tells it. `headline` and `text` are plain; `sources` are those
    of the story that it corrects, as its issue's facts keep them.
    """

    id: str
    headline: str
    text: str
    links: tuple[SourceLink, ...]
    sources: Sequence[Mapping[str, Any]]
    why: str


def with_carried(
    draft: Draft, facts: Mapping[str, Any], carried: Sequence[Carried]
) -> tuple[Draft, dict[str, Any]]:
    """The draft with its corrections, as its last section, and the facts that are joined to it. A
    correction is text that the editor typed: it is checked against its story's sources.
    """
    if not carried:
        return draft, dict(facts)
    items = tuple(
        Item(one.id, escape(one.headline), escape(one.text), one.links) for one in carried
    )
    stories = {**facts["stories"], **{one.id: _facts(one) for one in carried}}
    made = replace(draft, parts=(*draft.parts, Part(CORRECTIONS, items)))
    return made, {**facts, "stories": stories}


def _facts(one: Carried) -> dict[str, Any]:
    return {
        "headline": escape(one.headline),
        "tag": "",
        "text": "",  # of what the program wrote there is nothing: all of it is the editor's
        "theme": "",
        "theme_why": "",
        "relevance": 0.0,
        "why": one.why,
        "update_of": None,
        "update": "",
        "told_in": [],
        "related": [],
        "sources": [dict(source) for source in one.sources],
    }
