"""Cues into the text that is stored: turns as paragraphs of clean verbatim, and marks that say who
says what and when.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from digest.model import Mark
from digest.transcript.clean_verbatim import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.transcript.cues import Cue

PARAGRAPH = 600  # characters after which a turn goes on in a new paragraph
PAUSE = 2.0  # seconds of silence that part paragraphs
_SLOWEST, _USUAL = 10.0, 15.0  # characters a second
_SENTENCE_END = re.compile(r"(?<![A-Z])[.?!…][\"'”’)]*(?= [\"'“‘(]?[A-Z0-9])")
_STOPPED = re.compile(r"[.?!…][\"'”’)]*$")
_BACKCHANNEL = re.compile(
    r"(?:yeah|yep|yes|right|mm-?hm+|m+hm+|uh-huh|okay|ok|sure|exactly|totally|wow|huh|hmm*|cool|nice|interesting)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said. Paragraphs are parted by one newline; marks are in the order of the text."""

    text: str
    marks: tuple[Mark, ...]


def spoken(cues: Iterable[Cue]) -> Spoken:
    """The text of a transcript, a paragraph for each turn or part of a long one."""
    paragraphs: list[str] = []
    marks: list[Mark] = []
    at = 0
    for turn in _uninterrupted(_turns(cues)):
        text, turn_marks = _turn(turn)
        if text:
            paragraphs.append(text)
            marks += (Mark(at + mark.start, mark.second, mark.speaker) for mark in turn_marks)
            at += len(text) + 1
    return Spoken("\n".join(paragraphs), tuple(marks))


class Timeline:
    """Who says what when in a document with marks; empty for any other."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self._timed = [(mark.start, mark.second) for mark in marks if mark.second is not None]

    def second(self, place: int) -> float | None:
        """When the character at `place` is said, in seconds from the beginning; None when the
        source gives no times.

        Between two marks with times it is taken to pass evenly, but no slower than anybody speaks:
        the rest is silence.
        """
        i = bisect_right(self._timed, place, key=lambda timed: timed[0])
        if i == 0:
            return None
        start, began = self._timed[i - 1]
        said = place - start
        if i == len(self._timed):
            return round(began + said / _USUAL, 2)
        next_start, next_begins = self._timed[i]
        share = said / (next_start - start) * max(0.0, next_begins - began)
        return round(began + min(share, said / _SLOWEST), 2)

    def speaker(self, place: int) -> str:
        """Who says the character at `place`; "" when the source does not tell."""
        i = bisect_right(self._marks, place, key=lambda mark: mark.start)
        return self._marks[i - 1].speaker if i else ""


def _turns(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    """The cues of one speaker after the other."""
    number = 0
    keyed = []
    for before, cue in pairwise([None, *cues]):
        if cue is not None:
            number += before is None or cue.turn or cue.speaker != before.speaker
            keyed.append((number, cue))
    for _, turn in groupby(keyed, key=lambda one: one[0]):
        yield [cue for _, cue in turn]


def _uninterrupted(turns: Iterable[list[Cue]]) -> Iterator[list[Cue]]:
    """A speaker's turn goes on through what others only hum along ("Yeah.") in the middle of a
    sentence.
    """
    open_turn: list[Cue] = []
    hummed = False
    for turn in turns:
        words = re.findall(r"[\w'-]+", " ".join(cue.text for cue in turn))
        broken_off = bool(open_turn) and not _STOPPED.search(open_turn[-1].text)
        if (
            broken_off
            and not hummed
            and len(words) <= 3
            and all(_BACKCHANNEL.fullmatch(word) for word in words)
        ):
            hummed = True
            continue
        if hummed and broken_off and turn[0].speaker == open_turn[0].speaker:
            open_turn += turn
        else:
            if open_turn:
                yield open_turn
            open_turn = list(turn)
        hummed = False
    if open_turn:
        yield open_turn


def _turn(cues: Sequence[Cue]) -> tuple[str, list[Mark]]:
    """One turn's text and its marks, cleaned and cut into paragraphs."""
    text, places = "", []
    for cue in cues:
        glue = " " if text and cue.text[0] not in ",.;:?!…" else ""
        places.append(len(text) + len(glue))
        text += glue + cue.text
    text, places = cleaned(text, places)
    pauses = {
        place
        for place, (one, two) in zip(places[1:], pairwise(cues), strict=True)
        if _pause(one, two)
    }
    marks: dict[int, Mark] = {}
    for place, cue in zip(places, cues, strict=True):
        if place < len(text):
            marks.setdefault(place, Mark(place, cue.start, cue.speaker))
    return _in_paragraphs(text, pauses), list(marks.values())


def _pause(one: Cue, two: Cue) -> bool:
    return one.end is not None and two.start is not None and two.start - one.end >= PAUSE


def _in_paragraphs(text: str, pauses: set[int]) -> str:
    """New lines in place of spaces, at the ends of sentences only: offsets stay as they are."""
    kept = list(text)
    begun = 0
    for end in _SENTENCE_END.finditer(text):
        length = end.end() - begun
        if length >= PARAGRAPH or (length >= PARAGRAPH / 3 and end.end() + 1 in pauses):
            kept[end.end()] = "\n"
            begun = end.end() + 1
    return "".join(kept)
