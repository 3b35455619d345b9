"""Where talk can be cut: in the middle of a silence, and where there is none, so that two pieces
overlap. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.speech.engine import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

OVERLAP = 8.0  # seconds, some twenty words: enough to find the same words on both sides
SEARCHED = 1 / 3  # of a piece's length, at its end: where a silence is looked for
_FRAME = RATE // 50  # 20 ms
_SILENCE = 15  # frames: 0.3 s; what is shorter may be the stop in the middle of a word
# dB between talk and the quietest of it, below which there are no pauses, only noise or music
_CONTRAST = 12.0
_QUIET = -60.0  # dBFS: below this nobody hears anything
_SAMPLE = 2  # bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a recording: samples as 16-bit little-endian, and the seconds of it that repeat
    the end of the piece before.
    """

    start: float  # seconds into the recording
    samples: bytes
    overlap: float = 0.0

    @property
    def end(self) -> float:
        """Seconds into the recording."""
        return self.start + len(self.samples) / (_SAMPLE * RATE)


class Cutter:
    """Takes samples as they come and yields pieces of at most `longest` seconds. The same samples
    give the same pieces.
    """

    def __init__(self, longest: float) -> None:
        self._most = int(longest * RATE) * _SAMPLE
        self._overlap = min(OVERLAP, longest / 4)
        self._held = bytearray()
        self._start = 0  # samples before what is held
        self._repeated = 0.0

    @property
    def taken(self) -> float:
        """Seconds of the recording that have come so far."""
        return (self._start + len(self._held) / _SAMPLE) / RATE

    def feed(self, samples: bytes) -> Iterator[Cut]:
        """The pieces that are complete with these samples."""
        self._held += samples
        while len(self._held) >= self._most:
            yield self._cut()

    def rest(self) -> Iterator[Cut]:
        """The last piece, unless it holds nothing that the one before has not."""
        if len(self._held) > self._repeated * RATE * _SAMPLE:
            yield Cut(self._start / RATE, bytes(self._held), self._repeated)

    def _cut(self) -> Cut:
        whole = bytes(self._held[: self._most])
        place = silence(whole, int(len(whole) * (1 - SEARCHED)) // _SAMPLE)
        end = len(whole) if place is None else place * _SAMPLE
        piece = Cut(self._start / RATE, whole[:end], self._repeated)
        self._repeated = 0.0 if place is not None else self._overlap
        kept_from = end - int(self._repeated * RATE) * _SAMPLE
        del self._held[:kept_from]
        self._start += kept_from // _SAMPLE
        return piece


def silence(samples: bytes, begin: int) -> int | None:
    """The middle of the longest silence at or after sample `begin`, as a sample's number; None when
    there is none of 0.3 s.
    """
    import numpy as np

    levels = _levels(samples)
    loud, floor = np.percentile(levels, 95), np.percentile(levels, 5)
    threshold = max(_QUIET, floor + (loud - floor) / 4) if loud - floor >= _CONTRAST else _QUIET
    quiet = levels[begin // _FRAME :] < threshold
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts) or (ends - starts).max() < _SILENCE:
        return None
    longest = int((ends - starts).argmax())
    return (begin // _FRAME + int(starts[longest] + ends[longest]) // 2) * _FRAME


def _levels(samples: bytes) -> NDArray[np.float64]:
    """The loudness of each 20 ms in dBFS, -100 for none at all."""
    import numpy as np

    wave = np.frombuffer(samples, "<i2")
    frames = wave[: len(wave) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64) / 32768
    return np.asarray(10 * np.log10(np.maximum((frames**2).mean(axis=1), 1e-10)))
