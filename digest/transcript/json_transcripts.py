"""Transcripts as JSON: Podcasting 2.0, Whisper and its kin, AssemblyAI, Deepgram, and whatever else
lists segments; a file cut off is read as far as it goes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from digest.transcript.cues import Cue
from digest.transcript.webvtt_subrip import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = ("body", "text", "content", "transcript", "punctuated_word", "word")
_START = ("startTime", "start", "start_time", "timestamp", "timestamps")
_END = ("endTime", "end", "end_time")
_SPEAKER = ("speaker", "speakerName", "speaker_name", "speaker_label", "speakerLabel")
_NAME = ("name", "label", "display_name", "id")
_DEEPEST = 12
_LONG = 30  # words; a segment with more is cut at its sentences where its words have times
_STOPPED = re.compile(r"[.?!…][\"'”’)]*$")

Segment = dict[str, Any]


def is_json(text: str) -> bool:
    """Whether the text is meant to be JSON."""
    return text.lstrip().startswith(("{", '[{"', "[\n", "[ {"))


def read_json(text: str) -> Iterator[Cue]:
    """The segments in the order of the file; () when it has none."""
    try:
        segments = _fullest(json.loads(text))
    except (ValueError, RecursionError):
        segments = list(_salvaged(text))
    for segment in segments:
        yield from _cues(segment)


def _fullest(value: Any) -> list[Segment]:
    """The segments that hold the talk. What stands in many lists of one kind is one list; words
    one by one are read only where nothing else is there.
    """
    kinds: defaultdict[str, list[Segment]] = defaultdict(list)
    for path, segment in _segments(value, "", None, 0):
        kinds[path].append(segment)
    return max(kinds.values(), key=_worth, default=[])


def _worth(segments: list[Segment]) -> tuple[bool, int, int]:
    characters = sum(len(str(_first(segment, _TEXT))) for segment in segments)
    spaces = sum(str(_first(segment, _TEXT)).strip().count(" ") for segment in segments)
    return spaces > len(segments), characters, -len(segments)


def _segments(value: Any, path: str, speaker: Any, depth: int) -> Iterator[tuple[str, Segment]]:
    """Every segment of a document with where it stands, and the speaker of what it stands in."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _segments(one, path, speaker, depth + 1)
    elif isinstance(value, dict):
        own = _first(value, _SPEAKER)
        speaker = speaker if own is None else own
        if _is_segment(value):
            yield path, value if own is not None else {**value, "speaker": speaker}
        for key, child in value.items():
            if isinstance(child, list | dict):
                yield from _segments(child, f"{path}/{key}", speaker, depth + 1)


def _is_segment(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(_first(value, _TEXT), str)
        and _first(value, _START) is not None
    )


def _cues(segment: Segment) -> Iterator[Cue]:
    """A segment as cues: one, or one a sentence where it is long and its words have times."""
    text, who = str(_first(segment, _TEXT)), _speaker(_first(segment, _SPEAKER))
    words = segment.get("words")
    timed = [word for word in words if _is_segment(word)] if isinstance(words, list) else []
    if len(text.split()) > _LONG and len(timed) == len(text.split()):
        yield from _sentences(timed, who)
    else:
        yield Cue(text, _start(segment), _second(_first(segment, _END)), who)


def _sentences(words: list[Segment], who: str) -> Iterator[Cue]:
    said: list[Segment] = []
    for i, word in enumerate(words):
        said.append(word)
        if _STOPPED.search(str(_first(word, _TEXT))) or i + 1 == len(words):
            text = " ".join(str(_first(one, _TEXT)).strip() for one in said)
            yield Cue(text, _start(said[0]), _second(_first(word, _END)), who)
            said = []


def _salvaged(text: str) -> Iterator[Segment]:
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


def _first(segment: Segment, keys: tuple[str, ...]) -> Any:
    return next((segment[key] for key in keys if segment.get(key) is not None), None)


def _speaker(value: Any) -> str:
    """Who speaks, given as a name, a number or an object with one."""
    named = _first(value, _NAME) if isinstance(value, dict) else value
    return "" if named is None or isinstance(named, list | dict) else " ".join(str(named).split())


def _start(segment: Segment) -> float | None:
    """When it begins: a time, a pair of them, or an object with where it goes from."""
    value = _first(segment, _START)
    if isinstance(value, list):
        value = value[0] if value else None
    return _second(value.get("from") if isinstance(value, dict) else value)


def _second(value: Any) -> float | None:
    """A time as a number, or as text such as "62.5", "62.5s" or "1:02.5"."""
    if isinstance(value, bool):
        return None
    return (
        float(value)
        if isinstance(value, int | float)
        else seconds(value.removesuffix("s"))
        if isinstance(value, str)
        else None
    )
