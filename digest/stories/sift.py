"""Which documents of a window can be told at all, and why the others cannot. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.model import Document, Left

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


def sift(documents: Iterable[Document], language: str, told: Mapping[str, date]) -> tuple[tuple[Document, ...], tuple[Left, ...]]:
    """The documents that may become stories, and those left out with the reason.

    `language` is the newsletter's (only its first subtag counts); `told` gives, by URL, when an earlier issue told it.
    """
    kept: list[Document] = []
    left: list[Left] = []
    for document in documents:
        why = _why_not(document, primary(language), told)
        if why:
            left.append(Left(document.url, why))
        else:
            kept.append(document)
    return tuple(kept), tuple(left)


def _why_not(document: Document, language: str, told: Mapping[str, date]) -> str:
    if not document.url:
        return f"no link: {document.title}"
    if document.url in told:
        return f"told on {told[document.url].isoformat()}"
    if document.language and primary(document.language) != language:
        return f"other language ({document.language})"
    if not document.text.strip():
        return f"nothing to read{f': {document.note}' if document.note else ''}"
    return ""


def primary(tag: str) -> str:
    """The primary language subtag of a BCP 47 tag: "en" of "en-GB"."""
    return tag.partition("-")[0].lower()
