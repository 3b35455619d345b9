"""The seam behind which speech is recognised, and what stands on either side of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from digest.errors import DigestError

if TYPE_CHECKING:
    from pathlib import Path

RATE = 16_000  # samples a second, one channel of 16 bits: what speech models are trained on
TIMED_CHUNK = 600.0  # seconds: 19 MB as it is sent, under the 25 MB that endpoints take
# an engine that gives no times is given less at once: a place is known to the chunk, and guessed
# within
UNTIMED_CHUNK = 90.0


@dataclass(frozen=True, slots=True)
class Segment:
    """Words said in one go, in seconds from the beginning of what was given. Without times it spans
    all of that.
    """

    start: float
    end: float
    text: str


class Engine(Protocol):
    """Recognises speech. `transcribe` may be called from `parallel` threads at once."""

    @property
    def name(self) -> str:
        """The model, as a reader may be told."""

    @property
    def identity(self) -> str:
        """What its transcripts are kept under: the model and where it runs."""

    @property
    def parallel(self) -> int:
        """How many chunks it is worth giving to it at once."""

    def check(self) -> float:
        """Make sure that it works, before anything is downloaded; the longest chunk that suits it,
        in seconds. Raises EngineUnusable.
        """

    def transcribe(self, audio: Path, *, language: str) -> tuple[Segment, ...]:
        """What is said in a WAV file (RATE, mono, 16 bits). `language` is an ISO 639-1 code, ""
        when unknown.

        Raises SpeechFailed for this file, EngineUnusable when no other file would fare better.
        """

    def close(self) -> None:
        """Give back what it holds: connections, memory."""


class EngineUnusable(DigestError):
    """Nothing can be transcribed with these settings; the message is one line that says what to
    do.
    """


class SpeechFailed(DigestError):
    """One recording or a part of it came to nothing; `reason` is one short phrase. `passing`: it
    may work another time.
    """

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.passing = passing
