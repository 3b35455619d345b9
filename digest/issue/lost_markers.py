"""Stories whose marker was lost while somebody edited: known by their headlines. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.model import Draft, Item


def recognised(draft: Draft, facts: Mapping[str, Any]) -> Draft:
    """The draft with the ids of stories that stand in it without their markers: under the headline
    of one story alone, which has no other place.
    """
    placed = {item.id for part in draft.parts for item in part.items}
    headlines = {
        identity: to_plain(story["headline"])
        for identity, story in facts.get("stories", {}).items()
        if identity not in placed
    }
    bare = Counter(
        to_plain(item.headline) for part in draft.parts for item in part.items if not item.id
    )
    known = Counter(headlines.values())
    lost = {
        headline: identity
        for identity, headline in headlines.items()
        if headline and known[headline] == bare[headline] == 1
    }
    if not lost:
        return draft
    return replace(
        draft,
        parts=tuple(
            replace(part, items=tuple(_marked(item, lost, facts) for item in part.items))
            for part in draft.parts
        ),
    )


def _marked(item: Item, lost: Mapping[str, str], facts: Mapping[str, Any]) -> Item:
    """The item with its marker again, if it has lost one: its insights are those that it tells."""
    identity = lost.get(to_plain(item.headline))
    if item.id or item.kind != "story" or identity is None:
        return item
    text = to_plain(item.text)
    insights = tuple(
        one
        for one, stored in facts.get("insights", {}).items()
        if " ".join(stored["text"].split()) in text
    )
    return replace(item, id=identity, insights=insights) if insights else item
