"""Which addresses are several pieces' at once: a changelog's one page, a show's page that all of
its episodes link to. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.net.urls import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.model import Document, Kind


@dataclass(frozen=True, slots=True)
class Holder:
    """An entry as far as its address is concerned; `recording` is its enclosure's address."""

    id: str
    feed_url: str
    kind: Kind
    url: str
    title: str
    recording: str


def held_by(document: Document) -> Holder:
    """A document's entry."""
    return Holder(
        document.entry_id,
        document.feed_url,
        document.kind,
        document.url,
        document.title,
        document.audio_url,
    )


def shared_addresses(holders: Iterable[Holder]) -> frozenset[str]:
    """The addresses, anchors included, that are not one piece's own."""
    return _shared(holders, lambda holder: holder.url)


def shared_pages(holders: Iterable[Holder]) -> frozenset[str]:
    """The pages, without anchors, that hold several pieces."""
    return _shared(holders, lambda holder: page_of(holder.url))


def _shared(holders: Iterable[Holder], place: Callable[[Holder], str]) -> frozenset[str]:
    at = defaultdict[str, list[Holder]](list)
    for holder in holders:
        at[place(holder)].append(holder)
    return frozenset(url for url, found in at.items() if url and _several(found))


def _several(holders: list[Holder]) -> bool:
    """Whether these are different pieces. Two feeds that carry one item may word its title each in
    its own way; what is said aloud is told apart by its title wherever it is found.
    """
    of_feed = defaultdict[str, set[tuple[str, str]]](set)
    for holder in holders:
        of_feed[holder.feed_url].add((_key(holder.title), holder.recording))
    spoken = {_key(holder.title) for holder in holders if holder.kind == "podcast"}
    return len(spoken) > 1 or any(len(pieces) > 1 for pieces in of_feed.values())


def _key(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))
