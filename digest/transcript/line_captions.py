"""Captions with all that belongs to one in a line: Advanced SubStation Alpha, and Spruce's STL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.transcript.cues import Cue
from digest.transcript.webvtt_subrip import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL = "layer, start, end, style, name, marginl, marginr, marginv, effect, text"
_OVERRIDE = re.compile(r"\{[^{}]{0,200}\}")
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9]")
_BREAK = re.compile(r"\\[Nnh]")
_STL = re.compile(
    r"\s*(?P<start>\d\d:\d\d:\d\d)[:;](?P<frame>\d\d)\s*,\s*\d\d:\d\d:\d\d[:;]\d\d\s*,(?P<text>.*)"
)
_FRAMES = 30.0  # a second; the file does not say
_STL_MARK = re.compile(r"\^[A-Z]|\|")


def is_line_captions(text: str) -> bool:
    """Whether the text is of this kind."""
    head = text.lstrip()[:4000]
    return head.lower().startswith("[script info]") or any(map(_STL.match, head.splitlines()))


def read_line_captions(text: str) -> Iterator[Cue]:
    """The captions in the order of the file."""
    fields = _USUAL.split(", ")
    for line in text.splitlines():
        kind, _, rest = line.partition(":")
        stl = _STL.match(line)
        if stl:
            moment = (seconds(stl["start"]) or 0.0) + int(stl["frame"]) / _FRAMES
            yield Cue(_STL_MARK.sub(" ", stl["text"]).strip(), round(moment, 2))
        elif kind.strip().lower() == "format":
            named = [name.strip().lower() for name in rest.split(",")]
            fields = named if "text" in named and "start" in named else fields
        elif kind.strip().lower() == "dialogue":
            yield from _dialogue(rest, fields)


def _dialogue(line: str, fields: list[str]) -> Iterator[Cue]:
    """The text is the last field, and may hold commas."""
    values = line.split(",", len(fields) - 1)
    found = dict(zip(fields, (value.strip() for value in values), strict=False))
    text = found.get("text", "")
    if text and not _DRAWING.search(text):
        said = _BREAK.sub(" ", _OVERRIDE.sub("", text))
        speaker = found.get("name") or found.get("actor") or ""
        yield Cue(said, seconds(found.get("start")), seconds(found.get("end")), speaker)
