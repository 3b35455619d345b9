"""What was heard of each piece, joined into one talk: at a seam without a silence the same words
stand on both sides. Pure.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from digest.transcript.cues import Cue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.speech.engine import Segment

_FASTEST = 5.0  # words a second, and some more: how many may stand in an overlap
_SURE = 3  # words in a row that are the same on both sides


def joined(pieces: Iterable[tuple[float, float, Sequence[Segment]]]) -> tuple[Segment, ...]:
    """One talk out of its pieces: the second at which each begins, the seconds that repeat the one
    before, and what was heard.

    Where pieces overlap, they are joined in the middle of the longest run of words that both have:
    at its very edge a piece may have half a word. Where there is no such run nothing is taken away
    but what lies wholly inside the overlap.
    """
    talk: list[Segment] = []
    for start, overlap, heard in pieces:
        moved = [
            replace(segment, start=start + segment.start, end=start + segment.end)
            for segment in heard
        ]
        talk = (
            _sewn(talk, moved, start + overlap, overlap)
            if overlap and talk and moved
            else talk + moved
        )
    return tuple(segment for segment in talk if segment.text)


def cues(talk: Iterable[Segment]) -> tuple[Cue, ...]:
    """The talk as the cues of any transcript."""
    return tuple(Cue(segment.text, segment.start, segment.end) for segment in talk)


def _sewn(
    before: list[Segment], after: list[Segment], until: float, overlap: float
) -> list[Segment]:
    """Two stretches of talk, of which the second begins `overlap` seconds before the first ends, at
    `until`.
    """
    most = math.ceil(overlap * _FASTEST) + 10
    tail, head = _placed(before)[-most:], _placed(after)[:most]
    match = SequenceMatcher(
        None, [word for *_, word in tail], [word for *_, word in head], autojunk=False
    ).find_longest_match()
    if match.size < min(_SURE, len(tail), len(head)) or match.size == 0:
        return before + [segment for segment in after if segment.end > until]
    middle = match.size // 2
    return _up_to(before, tail, match.a + middle) + _from(after, head, match.b + middle)


def _placed(segments: Sequence[Segment]) -> list[tuple[int, int, str]]:
    """Every word with the number of its segment and its place in it, as it is compared."""
    return [
        (number, place, re.sub(r"\W+", "", word).casefold())
        for number, segment in enumerate(segments)
        for place, word in enumerate(segment.text.split())
    ]


def _up_to(segments: list[Segment], words: list[tuple[int, int, str]], place: int) -> list[Segment]:
    """The segments before that word."""
    number, word, _ = words[place]
    text = segments[number].text.split()
    end = _second(segments[number], word / len(text))
    return [*segments[:number], replace(segments[number], text=" ".join(text[:word]), end=end)]


def _from(segments: list[Segment], words: list[tuple[int, int, str]], place: int) -> list[Segment]:
    """The segments from that word on."""
    number, word, _ = words[place]
    text = segments[number].text.split()
    start = _second(segments[number], word / len(text))
    return [
        replace(segments[number], text=" ".join(text[word:]), start=start),
        *segments[number + 1 :],
    ]


def _second(segment: Segment, share: float) -> float:
    return round(segment.start + (segment.end - segment.start) * share, 2)
