"""An approved issue as its own folder tells it, without the state: issue.md joined to what its
issue.json says of sources and evidence. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from digest.issue.edited_draft import Standing, hash_of
from digest.issue.join import JoinedItem, Source, source_of
from digest.model import Evidence, Insight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Draft, Item


def approved_hash(value: Mapping[str, Any]) -> str:
    """The hash of what was approved, as issue.json has it; "" of an issue that nobody approved."""
    approved = value.get("approved")
    return str(approved.get("hash", "")) if isinstance(approved, dict) else ""


def told_in(draft: Draft, value: Mapping[str, Any]) -> tuple[JoinedItem, ...]:
    """Every item of the draft with its sources and evidence. Raises ValueError, KeyError or
    TypeError where issue.json is not of our making.
    """
    stories = {story["id"]: story for part in value["sections"] for story in part["stories"]}
    read = {row["url"]: Source(**row) for story in stories.values() for row in story["sources"]}
    return tuple(
        _joined(item, part.name, stories.get(item.id, {}), read)
        for part in draft.parts
        for item in part.items
    )


def shared_in(told: Sequence[JoinedItem]) -> frozenset[str]:
    """The addresses at which several entries stand."""
    entries = defaultdict[str, set[str]](set)
    for one in told:
        for source in one.sources:
            entries[source.url].add(source.entry)
    return frozenset(url for url, there in entries.items() if len(there) > 1)


def _joined(
    item: Item, section: str, story: Mapping[str, Any], read: Mapping[str, Source]
) -> JoinedItem:
    sources = [Source(**row) for row in story.get("sources", ())]
    for link in item.links:
        if all(source.url != link.url for source in sources):
            sources.append(read.get(link.url) or source_of(link.url, link.name, None))
    return JoinedItem(
        id=item.id,
        item=item,
        section=section,
        facts=story,
        sources=tuple(sources),
        insights=tuple(_insight(row) for row in story.get("insights", ())),
        standing=Standing("extract", "", hash_of(item.text)),
    )


def _insight(row: Mapping[str, Any]) -> Insight:
    return Insight(
        id=row["id"],
        text=row["text"],
        entry_url=row["entry_url"],
        basis=row["basis"],
        evidence=tuple(Evidence(**span) for span in row["evidence"]),
        checks=(),
        verdict=row["verdict"],
        entry=row["entry"],
    )
