"""WebVTT, SubRip and SBV, read by what they have in common: lines of text below a line that says
when.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from digest.transcript.cues import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,3})?"
_CLOCK = re.compile(r"\d+(?::\d+){0,2}(?:[.,]\d*)?")
_TIMING = re.compile(rf"\s*(?P<start>{_TIME})?[^\s>]*\s*(?:-{{1,3}}>|→)\s*(?P<end>{_TIME})?")
_SBV = re.compile(rf"(?P<start>{_TIME}),(?P<end>{_TIME})\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[\s\u00a0]+(?P<name>[^>]*)>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:[a-zA-Z][^<>]{0,200}|\d[\d:.]*)?>|\{\\[^{}]{0,40}\}")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


def is_timed(text: str) -> bool:
    """Whether the text has lines that say when, or calls itself WebVTT."""
    return text.lstrip().startswith("WEBVTT") or any(
        _timing(line) for line in text.splitlines()[:400]
    )


def seconds(text: str | None) -> float | None:
    """A time such as "1:02:03.5", "02:03,500" or "62:03" in seconds; None for anything else."""
    if not text or not _CLOCK.fullmatch(text):
        return None
    total = 0.0
    for part in text.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return total


def read_timed(text: str) -> Iterator[Cue]:
    """The cues in the order of the file; nothing that is said is left out because the time before
    it is damaged or missing.
    """
    lines = _content(text)
    timings = [_timing(line) for line in lines]
    start = end = None
    said: list[str] = []
    for i, (line, timing) in enumerate(zip(lines, timings, strict=True)):
        if timing:
            yield from _voices("\n".join(said), start, end)
            said, start, end = [], seconds(timing["start"]), seconds(timing["end"])
        elif line and not _is_identifier(lines, timings, i):
            said.append(line)
    yield from _voices("\n".join(said), start, end)


def _timing(line: str) -> re.Match[str] | None:
    return (_TIMING.match(line) if "->" in line or "→" in line else None) or (
        _SBV.match(line) if line[:1].isdigit() else None
    )


def _content(text: str) -> list[str]:
    """The lines without WebVTT's header, comments and style sheets."""
    lines = [line.strip() for line in text.strip().splitlines()]
    if not lines or not lines[0].startswith("WEBVTT"):
        return lines
    kept: list[str] = []
    skipping = True  # the header, up to a blank line or the first time
    for i, line in enumerate(lines):
        begins_block = not lines[i - 1]
        skipping = (skipping and bool(line) and not _timing(line)) or (
            begins_block and bool(_NO_CUE.match(line))
        )
        if not skipping:
            kept.append(line)
    return kept


def _is_identifier(lines: list[str], timings: list[re.Match[str] | None], i: int) -> bool:
    """A cue's number or name: right above its time, or a number that lost its cue."""
    after_blank = i == 0 or not lines[i - 1]
    if i + 1 < len(lines) and timings[i + 1]:
        return after_blank or lines[i].isdigit()
    return after_blank and lines[i].isdigit() and (i + 1 == len(lines) or not lines[i + 1])


def _voices(text: str, start: float | None, end: float | None) -> Iterator[Cue]:
    """One cue for each voice in a caption."""
    before, *voiced = _VOICE.split(text)
    for name, said in [("", before), *zip(voiced[::2], voiced[1::2], strict=True)]:
        plain = html.unescape(_MARKUP.sub("", said)).strip()
        if plain:
            yield Cue(plain, start, end, " ".join(html.unescape(name).split()))
