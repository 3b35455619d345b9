"""What an editor made of the stories that a run chose: kept, moved, reworded, merged, dropped, or
put in. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from digest.issue.difference import in_order
from digest.issue.edited_facts import PUT_IN
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from digest.model import Draft, Item

    What = Literal["kept", "moved", "reworded", "dropped", "merged", "put in"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a story, and its place among the stories as the run wrote them and as they
    stand, from 1; 0 where it had or has none.
    """

    what: What
    before: int
    after: int


def outcomes(facts: Mapping[str, Any], draft: Draft) -> dict[str, Outcome]:
    """By story, what its editor made of it. A story that was moved and reworded counts as moved;
    parts of a story that was split count with it.
    """
    stories = facts.get("stories", {})
    own = [
        one
        for one, known in stories.items()
        if not known.get(PUT_IN) and not _is_part(one, stories)
    ]
    items = {item.id: item for part in draft.parts for item in part.items if item.kind == "story"}
    placed = {one: place for place, one in enumerate(items, 1)}
    stayed = _stayed([one for one in own if one in placed], placed)
    linked = {link.url for item in items.values() for link in item.links}
    found = {
        one: Outcome(_what(one, items, stayed, stories, linked), before, placed.get(one, 0))
        for before, one in enumerate(own, 1)
    }
    return found | {
        one: Outcome("put in", 0, placed[one])
        for one, known in stories.items()
        if known.get(PUT_IN) and one in placed
    }


def told_elsewhere(known: Mapping[str, Any], linked: Collection[str]) -> bool:
    """Whether a story without a place of its own is told within another one, which links to all of
    its sources.
    """
    urls = [source["url"] for source in known.get("sources", ())]
    return bool(urls) and all(url in linked for url in urls)


def _is_part(story: str, stories: Mapping[str, Any]) -> bool:
    """Was it split off another one?"""
    return story.rpartition("-")[0] in stories


def _stayed(own: list[str], placed: Mapping[str, int]) -> set[str]:
    """The stories that kept their order among each other."""
    return {own[at] for at in in_order([placed[one] for one in own])}


def _what(
    story: str,
    items: Mapping[str, Item],
    stayed: set[str],
    stories: Mapping[str, Any],
    linked: set[str],
) -> What:
    if story not in items:
        return "merged" if told_elsewhere(stories[story], linked) else "dropped"
    if story not in stayed:
        return "moved"
    item, known = items[story], stories[story]
    same = (to_plain(item.headline), to_plain(item.text)) == (
        to_plain(known.get("headline", "")),
        to_plain(known.get("text", "")),
    )
    return "kept" if same else "reworded"
