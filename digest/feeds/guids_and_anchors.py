"""The GUID and the address of each of a feed's items, settled once all of them are there. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.net.urls import host_of, page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.feeds.parsed import ParsedEntry

_ANCHOR = re.compile(r"[\w.:!/~-]+")  # a place on a page; with "=" in it, mostly a campaign
_EVERYWHERE = frozenset({"top", "main", "content", "comments", "respond", "more", "start"})


def identified(entries: Sequence[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """The items, each with an address and a GUID of its own as far as the feed gives them.

    An anchor stays where it tells items apart, and on an only item where it is a place of its own.
    Without a GUID the address is one, without either a hash of title and date. A GUID that several
    links share identifies none of their items, and the links take its place; an address that
    several items share identifies none, nor does what several recordings share. A recording is the
    address of an item that has no other.
    """
    urls = _urls(entries)
    entries = [_with(entry, url, entry.guid) for entry, url in zip(entries, urls, strict=True)]
    entries = [_with(entry, entry.url, _guid(entry)) for entry in entries]
    entries = _told_apart(entries, lambda entry: (entry.url,), lambda entry: entry.url)
    entries = _told_apart(entries, _piece, _hashed)
    return tuple(
        entry if entry.url or not entry.enclosure else replace(entry, url=entry.enclosure.url)
        for entry in entries
    )


def _with(entry: ParsedEntry, url: str, guid: str) -> ParsedEntry:
    """The entry with these; itself where it has them, as most entries do."""
    same = (entry.url, entry.guid) == (url, guid)
    return entry if same else replace(entry, url=url, guid=guid)


def _urls(entries: Sequence[ParsedEntry]) -> list[str]:
    """Each item's address, with its anchor where that tells it from another item."""
    at_page = defaultdict[str, set[str]](set)
    for entry in entries:
        at_page[page_of(entry.url)].add(entry.url)
    only = len(entries) == 1
    return [
        entry.url
        if len(at_page[page_of(entry.url)]) > 1 or (only and _names_a_place(entry.url))
        else page_of(entry.url)
        for entry in entries
    ]


def _names_a_place(url: str) -> bool:
    anchor = url.partition("#")[2]
    return bool(_ANCHOR.fullmatch(anchor)) and anchor.lower() not in _EVERYWHERE


def _guid(entry: ParsedEntry) -> str:
    return entry.guid.strip() or entry.url or _hash(entry.title, str(entry.published))


def _told_apart(
    entries: Sequence[ParsedEntry],
    differs: Callable[[ParsedEntry], tuple[str, ...]],
    guid: Callable[[ParsedEntry], str],
) -> list[ParsedEntry]:
    """The items, those with another `guid` that share theirs with one that `differs`."""
    found = defaultdict[str, set[tuple[str, ...]]](set)
    for entry in entries:
        found[entry.guid].add(differs(entry))
    return [
        replace(entry, guid=guid(entry) or entry.guid) if len(found[entry.guid]) > 1 else entry
        for entry in entries
    ]


def _piece(entry: ParsedEntry) -> tuple[str, ...]:
    """What must be the same of two items for them to be one by their GUID: under an id that is one
    a title may be corrected.
    """
    recording = entry.enclosure.url if entry.enclosure else ""
    return (recording, entry.title, str(entry.published)) if host_of(entry.guid) else (recording,)


def _hashed(entry: ParsedEntry) -> str:
    return _hash(entry.guid, entry.title, str(entry.published))


def _hash(*parts: str) -> str:
    return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
