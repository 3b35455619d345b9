"""Times of a transcript in seconds, in whatever unit its maker counts. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.transcript.cues import Cue

_SMALLER = (1e-3, 1e-7)  # milliseconds, ticks of 100 ns
LEAST = 0.2  # of the episode's length that a transcript in another unit covers
LONGEST = 1.5  # times the episode's stated length: recordings with other advertisements are longer
LONGEST_EPISODE = 24 * 3600.0
_SLOWEST = 0.05  # words a second that any recording has, silences and all
_ENOUGH = 30  # words by which a pace is told


def in_seconds(cues: Sequence[Cue], length: float | None) -> tuple[Cue, ...]:
    """The cues with their times in seconds of an episode of `length`, None where it is not known;
    without times when no unit brings them into it.
    """
    last = max((cue.start for cue in cues if cue.start is not None), default=0.0)
    words = sum(len(cue.text.split()) for cue in cues)
    if _fits(last, words, length):
        return tuple(cues)
    unit = next((unit for unit in _SMALLER if _fits(last * unit, words, length, least=LEAST)), None)
    return tuple(
        replace(cue, start=_scaled(cue.start, unit), end=_scaled(cue.end, unit)) for cue in cues
    )


def _fits(last: float, words: int, length: float | None, least: float = 0.0) -> bool:
    """Whether an episode may be at its end a little after `last` seconds."""
    if length:
        return least * length <= last <= LONGEST * length
    return last <= LONGEST_EPISODE and (words < _ENOUGH or words >= _SLOWEST * last)


def _scaled(moment: float | None, unit: float | None) -> float | None:
    return None if moment is None or unit is None else round(moment * unit, 3)
