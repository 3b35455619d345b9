"""Stories and figures whose marker was lost while somebody edited: known by their headlines, else
by their texts. Pure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.model import Draft, Item


@dataclass(frozen=True, slots=True)
class _Lost:
    kind: Literal["story", "figure"]
    id: str


def recognised(draft: Draft, facts: Mapping[str, Any]) -> Draft:
    """The draft with the ids of what stands in it without its marker: under the headline of one
    story or figure alone, which has no other place, else with its text.
    """
    for words in ("headline", "text"):
        draft = _by(words, draft, facts)
    return draft


def _by(words: str, draft: Draft, facts: Mapping[str, Any]) -> Draft:
    """The draft with the ids of what is known again by these words of it."""
    lost = _lost(words, draft, facts)
    if not lost:
        return draft
    return replace(
        draft,
        parts=tuple(
            replace(part, items=tuple(_marked(words, item, lost, facts) for item in part.items))
            for part in draft.parts
        ),
    )


def _lost(words: str, draft: Draft, facts: Mapping[str, Any]) -> dict[str, _Lost]:
    """By these words, what has no marker in the draft and one item to belong to."""
    items = [item for part in draft.parts for item in part.items]
    placed = {item.id for item in items}
    bare = Counter(_said(words, item) for item in items if not item.id)
    if not bare:
        return {}
    kinds: tuple[tuple[Literal["story", "figure"], str], ...] = (
        ("story", "stories"),
        ("figure", "figures"),
    )
    missing = [
        (to_plain(known[words]), _Lost(kind, identity))
        for kind, name in kinds
        for identity, known in facts.get(name, {}).items()
        if identity not in placed and known.get(words)
    ]
    known = Counter(said for said, _ in missing)
    return {said: one for said, one in missing if known[said] == bare[said] == 1}


def _said(words: str, item: Item) -> str:
    return to_plain(item.headline if words == "headline" else item.text)


def _marked(words: str, item: Item, lost: Mapping[str, _Lost], facts: Mapping[str, Any]) -> Item:
    """The item with its marker again, if it has lost one: its insights are those that it tells."""
    found = lost.get(_said(words, item))
    if item.id or item.kind != "story" or found is None:
        return item
    insights = _told(to_plain(item.text), found.id, facts) if found.kind == "story" else ()
    return replace(item, id=found.id, kind=found.kind, insights=insights)


def _told(text: str, story: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """A story's insights that stand in a text word for word, in their order; of sources that say
    the same the one that the story names first.
    """
    sources = [source.get("entry", "") for source in facts["stories"][story]["sources"]]
    by_words: dict[str, str] = {}
    for one, stored in sorted(
        facts.get("insights", {}).items(), key=lambda known: _place(known[1], sources)
    ):
        words = " ".join(stored["text"].split())
        if words in text:
            by_words.setdefault(words, one)
    return tuple(by_words[words] for words in sorted(by_words, key=text.find))


def _place(insight: Mapping[str, Any], sources: list[str]) -> int:
    entry = insight.get("entry", "")
    return sources.index(entry) if entry in sources else len(sources)
