"""Which documents of a window can be told at all, and why the others cannot. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.model import Document, Left
from digest.net.subscriber_keys import subscriber_key
from digest.stories.document_kind import no_piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.stories.told_before import Memory


def sift(
    documents: Iterable[Document],
    language: str,
    memory: Memory,
    shared: frozenset[str] = frozenset(),
    closed: Callable[[str], str] = lambda _: "",
) -> tuple[tuple[Document, ...], tuple[Left, ...]]:
    """The documents that may become stories, and those left out with the reason.

    `language` is the newsletter's (only its first subtag counts); `memory` knows what earlier
    issues told; `shared` addresses are several pieces'; `closed` names the host of an address that
    no reader could open.
    """
    kept: list[Document] = []
    left: list[Left] = []
    for document in documents:
        why = _no_link(document, closed) or _why_not(document, primary(language), memory, shared)
        if why:
            left.append(Left(document.url, why, document.entry_id))
        else:
            kept.append(document)
    return tuple(kept), tuple(left)


def _why_not(document: Document, language: str, memory: Memory, shared: frozenset[str]) -> str:
    told = memory.told(document, own_address=document.url not in shared)
    if told:
        return f"told on {told.isoformat()}"
    if document.language and primary(document.language) != language:
        return f"other language ({document.language})"
    if not document.text.strip():
        return f"nothing to read{f': {document.note}' if document.note else ''}"
    return no_piece(document)


def _no_link(document: Document, closed: Callable[[str], str]) -> str:
    if not document.url:
        return f"no link: {document.title}"
    host, key = closed(document.url), subscriber_key(document.url)
    if host:
        return f"its link leads to {host}, which only its publisher can open"
    return f"its link holds a subscriber's key ({key})" if key else ""


def primary(tag: str) -> str:
    """The primary language subtag of a BCP 47 tag: "en" of "en-GB"."""
    return tag.partition("-")[0].lower()
