"""What was heard in a recording as the document of its episode. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import ExtractFailed
from digest.speech.joining import cues
from digest.speech.machine_note import BY_MACHINE
from digest.text.language import language_of
from digest.transcript.cues import repaired
from digest.transcript.preference import lacks
from digest.transcript.turns import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Document
    from digest.speech.engine import Segment

_TROUBLE = "; speech recognition: "


def with_speech(notes: Document, segments: Iterable[Segment], model: str) -> Document:
    """The episode's document, from the one that its show notes make. Raises ExtractFailed when too
    little was heard.
    """
    said = spoken(repaired(cues(segments)))
    if lack := lacks(said):
        raise ExtractFailed(notes.audio_url, lack.replace("the transcript", "what was heard"))
    language = language_of(said.text, notes.language)
    return replace(
        notes,
        basis="transcript",
        text=said.text,
        marks=said.marks,
        language=language,
        note=f"{BY_MACHINE}{model}",
    )


def with_trouble(note: str, trouble: str) -> str:
    """The note of an episode's document that says why its show notes are read, and why nothing was
    recognised instead.
    """
    return f"{note.partition(_TROUBLE)[0]}{_TROUBLE}{trouble}"
