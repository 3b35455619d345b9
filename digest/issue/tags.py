"""Whether the tag that an editor gave a story is borne out: it says what kind of event it is.
Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest.insights.event_kinds import event_kind
from digest.insights.headline_claim import stems_of
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Document, Item


def why_no_tag(item: Item, known: Mapping[str, Any], cited: Sequence[Document]) -> str:
    """Why a tag may not stand; "" for one that the program gave, that the headline's verb tells, or
    whose words a cited source has.
    """
    if item.tag in {"", known.get("tag", ""), event_kind(to_plain(item.headline))}:
        return ""
    words = stems_of(item.tag)
    if words and any(words <= stems_of(f"{one.title} {one.text}") for one in cited):
        return ""
    return f"the tag “{item.tag}” is not in the cited sources"
