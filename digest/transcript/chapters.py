"""Chapters of an episode: Podcasting 2.0 JSON, Podlove Simple Chapters, and time stamps in show
notes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from digest.model import Chapter
from digest.text.decoding import decode
from digest.text.tidy import tidy
from digest.transcript.timestamps import clock
from digest.transcript.webvtt_subrip import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENOUGH = 3  # stamps that make a list of chapters; one or two in a text may be anything
_TIME = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?!\d|:\d)"
_STAMP = re.compile(
    rf"(?:^[^\w\n]{{0,3}}(?P<line>{_TIME})|[(\[](?P<bracketed>{_TIME})(?=[)\]]))", re.MULTILINE
)
_BEFORE_TITLE = re.compile(r"[\s)\]\-–—:|•.]*")
_PODLOVE = re.compile(r"<(?:\w+:)?chapter\s[^<>]*>")
_ATTRIBUTE = re.compile(r"\b(start|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True, slots=True)
class Listed:
    """A chapter as a text lists it; the title is `text[start:end]`."""

    second: float
    start: int
    end: int


def read_chapters(body: bytes, content_type: str = "") -> tuple[Chapter, ...]:
    """The chapters of a chapters file, without those hidden from the table of contents, in the
    order of time; () for anything else.
    """
    text = decode(body, content_type)
    try:
        found = list(_from_json(json.loads(text.lstrip("\ufeff"))))
    except (ValueError, RecursionError):
        found = [chapter for tag in _PODLOVE.findall(text) if (chapter := _from_podlove(tag))]
    return _in_order(found)


def listed(text: str) -> tuple[Listed, ...]:
    """The chapters that a text lists: a time stamp at the beginning of a line or in brackets, and
    the title behind it.
    """
    stamps = list(_STAMP.finditer(text))
    if len(stamps) < ENOUGH:
        stamps = [
            stamp
            for stamp in stamps
            if stamp["line"] or text[: stamp.start()].rpartition("\n")[2].strip(" -–—*•") == ""
        ]
    ends = [*(stamp.start() for stamp in stamps), len(text)][1:]
    return tuple(
        one for stamp, end in zip(stamps, ends, strict=True) if (one := _listed(text, stamp, end))
    )


def chapters_in(text: str) -> tuple[Chapter, ...]:
    """The chapters of an episode whose show notes list at least three in the order of time; () for
    any others.
    """
    found = [Chapter(one.second, text[one.start : one.end]) for one in listed(text)]
    rising = all(one.second < two.second for one, two in pairwise(found))
    return tuple(found) if rising and len(found) >= ENOUGH else ()


def chapter_at(chapters: Sequence[Chapter], second: float) -> Chapter | None:
    """The chapter that a second of the episode belongs to."""
    i = bisect_right(chapters, second, key=lambda chapter: chapter.second)
    return chapters[i - 1] if i else None


def as_notes(chapters: Iterable[Chapter]) -> str:
    """Chapters as show notes list them, a line for each."""
    return "\n".join(f"({clock(chapter.second)}) {chapter.title}" for chapter in chapters)


def _listed(text: str, stamp: re.Match[str], end: int) -> Listed | None:
    behind = _BEFORE_TITLE.match(text, stamp.end(), end)
    start = behind.end() if behind else stamp.end()
    title = text[start:end].partition("\n")[0].rstrip(" \t-–—|•([,;")
    if not title or "\n" in text[stamp.end() : start]:
        return None
    return Listed(seconds(stamp["line"] or stamp["bracketed"]) or 0.0, start, start + len(title))


def _from_json(value: Any) -> Iterator[Chapter]:
    rows = value.get("chapters") if isinstance(value, dict) else None
    for row in rows if isinstance(rows, list) else []:
        if (
            isinstance(row, dict)
            and isinstance(row.get("startTime"), int | float)
            and row.get("toc") is not False
        ):
            yield Chapter(float(row["startTime"]), _title(str(row.get("title") or "")))


def _from_podlove(tag: str) -> Chapter | None:
    fields = {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}
    second = seconds(fields.get("start"))
    return None if second is None else Chapter(second, _title(unescape(fields.get("title", ""))))


def _title(text: str) -> str:
    return " ".join(tidy(text).split())


def _in_order(found: Iterable[Chapter]) -> tuple[Chapter, ...]:
    return tuple(
        sorted(
            (chapter for chapter in found if chapter.title and chapter.second >= 0),
            key=lambda chapter: chapter.second,
        )
    )
