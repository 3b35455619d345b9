"""Transcripts as JSON: Podcasting 2.0, Whisper, and whatever else lists segments; a file cut off is
read as far as it goes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from digest.transcript.cues import Cue
from digest.transcript.webvtt_subrip import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = ("body", "text", "content", "transcript")
_START = ("startTime", "start", "start_time")
_END = ("endTime", "end", "end_time")
_SPEAKER = ("speaker", "speakerName", "speaker_name")


def is_json(text: str) -> bool:
    """Whether the text is meant to be JSON."""
    return text.lstrip().startswith(("{", '[{"', "[\n", "[ {"))


def read_json(text: str) -> Iterator[Cue]:
    """The segments in the order of the file; () when it has none."""
    try:
        segments = max(_lists(json.loads(text)), key=len, default=[])
    except (ValueError, RecursionError):
        segments = list(_salvaged(text))
    for segment in segments:
        speaker = _first(segment, _SPEAKER)
        start, end = _second(_first(segment, _START)), _second(_first(segment, _END))
        yield Cue(
            str(_first(segment, _TEXT)),
            start,
            end,
            str(speaker) if speaker not in (None, "") else "",
        )


def _lists(value: Any, depth: int = 0) -> Iterator[list[dict[str, Any]]]:
    """Every list of segments in a document, however deep it stands."""
    if depth > 4:
        return
    if isinstance(value, list):
        segments = [one for one in value if _is_segment(one)]
        if segments:
            yield segments
        children = [one for one in value[:50] if not _is_segment(one)]
    else:
        children = list(value.values()) if isinstance(value, dict) else []
    for child in children:
        yield from _lists(child, depth + 1)


def _is_segment(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(_first(value, _TEXT), str)
        and _first(value, _START) is not None
    )


def _salvaged(text: str) -> Iterator[dict[str, Any]]:
    """The whole segments of a document that is damaged or cut off."""
    decoder = json.JSONDecoder()
    at = text.find("{", text.find("[") + 1)
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            value, end = None, at + 1
        if _is_segment(value):
            yield value
        at = text.find("{", end)


def _first(segment: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((segment[key] for key in keys if key in segment), None)


def _second(value: Any) -> float | None:
    """A time as a number, or as text such as "62.5" or "1:02.5"."""
    return (
        float(value)
        if isinstance(value, int | float)
        else seconds(value)
        if isinstance(value, str)
        else None
    )
