"""Transcripts as plain text or Markdown, with or without times and speakers, in the layouts that
people and their tools write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.transcript.cues import Cue
from digest.transcript.webvtt_subrip import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIME = r"(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?"
_ALONE = re.compile(rf"[\[(]?(?P<time>{_TIME})[\])]?(?:\s*[-–]\s*[\[(]?{_TIME}[\])]?)?:?$")
_LEADING = re.compile(
    rf"(?:[\[(](?P<bracketed>{_TIME})[\])]|(?P<bare>{_TIME}))(?:\s*[-–:]\s*|\s+)(?=\S)"
)
_NAMED = re.compile(
    rf"(?P<name>[^\W\d_][^:\[\](]{{0,48}}?)\s*(?:[\[(](?P<bracketed>{_TIME})[\])]|\s(?P<bare>{_TIME})$)\s*:?\s*"
)
_WITHIN = re.compile(rf"\[({_TIME})\]\s*")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|\\(?=[\[\]_*#])")
_LYRICS = re.compile(
    r"\[(?:ti|ar|al|au|by|re|tool|ve|length|offset|lang)\s*:[^\[\]]*\]", re.IGNORECASE
)
_HEADING = re.compile(r"#{1,6}\s")
_FEW = 3  # lines that begin with a time before it is taken for one: somebody may speak of 10:30


def read_prose(text: str) -> Iterator[Cue]:
    """A cue for each line of talk, with the time that stands before or above it, and the speaker
    where one stands beside the time.
    """
    lines = [line for line in map(_plain, _FRONT_MATTER.sub("", text).split("\n")) if line]
    stamped = sum(bool(_LEADING.match(line)) for line in lines) >= _FEW
    time, speaker = None, ""
    for line in lines:
        alone = _ALONE.match(line)
        if alone:
            time = seconds(alone["time"])
            continue
        stamp = _stamp(line, stamped)
        talk = line[stamp.end() :] if stamp else line
        if stamp:
            time = seconds(stamp["bracketed"] or stamp["bare"])
            speaker = stamp.groupdict().get("name") or ""
        if talk:
            yield from _cut(talk, time, speaker)
            time, speaker = None, ""


def _stamp(line: str, stamped: bool) -> re.Match[str] | None:
    """What stands before the talk of a line: a time, or a name with a time ("Ann Roe (12:34):")."""
    named = _NAMED.match(line)
    if named and all(word[0].isupper() or word[0].isdigit() for word in named["name"].split()[:5]):
        return named
    leading = _LEADING.match(line)
    return leading if leading and (stamped or leading["bracketed"]) else None


def _cut(line: str, time: float | None, speaker: str) -> Iterator[Cue]:
    """The line's talk, cut where a time in brackets stands within it."""
    pieces = _WITHIN.split(line)
    for i, piece in enumerate(pieces[::2]):
        if piece.strip():
            yield Cue(
                piece,
                time if i == 0 else seconds(pieces[2 * i - 1]),
                None,
                speaker,
                turn=bool(speaker) and i == 0,
            )


def _plain(line: str) -> str:
    """The line without Markdown's marks; a heading is no talk, but may say who begins to speak and
    when. Nor is what a file of lyrics says of itself.
    """
    line = line.strip()
    heading = _HEADING.match(line)
    if heading and _NAMED.fullmatch(line[heading.end() :]):
        return line[heading.end() :]
    return (
        ""
        if heading or _LYRICS.fullmatch(line)
        else _EMPHASIS.sub("", _LINK.sub(r"\1", line)).strip()
    )
