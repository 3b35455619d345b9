"""What an engine says it heard, held against what can be: times inside the recording, and no more
words than anybody speaks. Pure.
"""

from __future__ import annotations

import math
import re
import wave
from itertools import groupby
from typing import TYPE_CHECKING, Any

from digest.speech.engine import Segment, SpeechFailed
from digest.text.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FASTEST = 8.0  # words a second; an auctioneer manages six
_GRACE = 20  # words
_LOOP = 4  # times the same sentence in a row: what these models do over music and silence


def wav_seconds(path: Path) -> float:
    """The length of a WAV file."""
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()


def checked(rows: Iterable[tuple[Any, Any, Any]], seconds: float) -> tuple[Segment, ...]:
    """Start, end and text of each segment, as an engine gives them, in the order of time.

    A sentence that comes four times or more in a row is kept once. Raises SpeechFailed when nobody
    can have said it all.
    """
    segments = sorted(
        (segment for row in rows if (segment := _segment(*row, seconds))), key=lambda one: one.start
    )
    kept = [one for _, run in groupby(segments, key=_words) for one in _unlooped(list(run))]
    count = sum(len(segment.text.split()) for segment in kept)
    if count > FASTEST * seconds + _GRACE:
        raise SpeechFailed(f"it gives {count} words for {seconds:.0f} s of sound", passing=False)
    return tuple(kept)


def _segment(start: Any, end: Any, text: Any, seconds: float) -> Segment | None:
    words = " ".join(tidy(text).split()) if isinstance(text, str) else ""
    if not words:
        return None
    begun = _within(start, 0.0, seconds)
    return Segment(begun, max(begun, _within(end, seconds, seconds)), words)


def _within(second: Any, otherwise: float, seconds: float) -> float:
    if not isinstance(second, (int, float)) or not math.isfinite(second):
        return otherwise
    return round(min(max(float(second), 0.0), seconds), 2)


def _words(segment: Segment) -> list[str]:
    return re.findall(r"\w+", segment.text.casefold())


def _unlooped(run: list[Segment]) -> list[Segment]:
    return run[:1] if len(run) >= _LOOP else run
