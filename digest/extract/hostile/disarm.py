"""A document without what speaks to a machine: those passages become spaces, so that every offset,
mark and chapter holds.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.extract.hostile.commands import commands
from digest.extract.hostile.invisible import seen, veiled
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from digest.model import Document

TITLE_CHARACTERS = (
    110  # of the text's first sentence, where it stands in for a title that was a command
)
_ROLE = re.compile(
    r"\W*(?:system|assistant|developer|prompt|instructions?|ai|user|human)(?:\W*|\s*[:,(\[].*)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_A_BREAK = re.compile(r"[^\n]")
_PARTS = re.compile(r"(\s+[|\u2013\u2014\u00b7\u2022-]+\s+|\s*[\[(])")
_MARKS = re.compile(r"[<\[{#]")  # what only makes sense whole
_ENDS = re.compile(r"^[\s|:;,/\u2013\u2014\u00b7\u2022-]+|[\s|:;,/\u2013\u2014\u00b7\u2022([{<-]+$")


def disarmed(document: Document) -> Document:
    """The same document with what speaks to a machine, or to whoever writes the digest, blanked in
    each of its texts.

    What is blanked can be neither extracted nor sent nor be evidence. `text` and `notes` keep their
    length; of a title, a name or a chapter's title what is no command remains. A document whose
    title was nothing else is called by its first sentence.
    """
    text = blanked(document.text)
    title = remaining(document.title)
    return replace(
        document,
        text=text,
        notes=blanked(document.notes),
        dek=document.dek if document.dek in text else "",
        title=title or (_first_words(text) if document.title else ""),
        author=remaining(document.author),
        publisher=remaining(document.publisher),
        marks=tuple(
            replace(mark, speaker=_speaker(mark.speaker)) if mark.speaker else mark
            for mark in document.marks
        ),
        chapters=tuple(replace(one, title=remaining(one.title)) for one in document.chapters),
    )


def blanked(text: str) -> str:
    """The text with spaces for commands to a machine and for characters that cannot be seen; line
    breaks stay.
    """
    pieces, at = [], 0
    for start, end in commands(text):
        pieces += [text[at:start], _NOT_A_BREAK.sub(" ", text[start:end])]
        at = end
    return veiled("".join([*pieces, text[at:]]))


def remaining(text: str) -> str:
    """What of a title or a name is no command, on one line; "" when that is nothing."""
    if not text:
        return ""
    parts = (
        blanked(part)
        for part in _PARTS.split(blanked(seen(text)) if _MARKS.search(text) else seen(text))
    )
    kept = " ".join("".join(parts).split())
    return kept if kept == text else _ENDS.sub("", kept)


def _speaker(name: str) -> str:
    return "" if _ROLE.fullmatch(name) else remaining(name)


def _first_words(text: str) -> str:
    first = next((line for line in text.split("\n") if len(line.split()) > 3), "")
    return textwrap.shorten(
        next((span.text for span in sentences(first[:2000])), ""),
        TITLE_CHARACTERS,
        placeholder="\u2026",
    ).rstrip(".")
