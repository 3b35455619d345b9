"""A chunk of a recording heard by a worker of a cluster, with a model on the worker's own disk."""

from __future__ import annotations

import pickle
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from digest.speech.engine import EngineUnusable, Segment, SpeechFailed
from digest.speech.engine_choice import engine_for

if TYPE_CHECKING:
    from digest.config.schema import Speech
    from digest.speech.engine import Engine

_TURN = threading.Lock()  # an engine uses all cores for one chunk


@dataclass(frozen=True, slots=True)
class ChunkOrder:
    """A WAV file to be heard; without one the engine is only looked at."""

    settings: Speech
    audio: bytes = b""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ChunkHeard:
    """What came of it: the words, the longest chunk that suits the engine, or why there is
    nothing.
    """

    segments: tuple[Segment, ...] = ()
    longest: float = 0.0
    failure: str = ""
    passing: bool | None = None  # None where the engine cannot be used at all

    def checked(self) -> ChunkHeard:
        """The same. Raises EngineUnusable or SpeechFailed where there is a failure."""
        if self.failure and self.passing is None:
            raise EngineUnusable(self.failure)
        if self.failure:
            raise SpeechFailed(self.failure, passing=bool(self.passing))
        return self


def hear_packed(packed: bytes) -> bytes:
    """The ChunkHeard of a ChunkOrder, as both travel."""
    order: ChunkOrder = pickle.loads(packed)  # noqa: S301  from our own coordinator
    with _TURN:
        try:
            heard = _heard(order)
        except EngineUnusable as error:
            heard = ChunkHeard(failure=str(error))
        except SpeechFailed as error:
            heard = ChunkHeard(failure=error.reason, passing=error.passing)
    return pickle.dumps(heard, protocol=5)


def _heard(order: ChunkOrder) -> ChunkHeard:
    engine = engine_here(order.settings)
    if not order.audio:
        return ChunkHeard(longest=engine.check())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chunk.wav"
        path.write_bytes(order.audio)
        return ChunkHeard(engine.transcribe(path, language=order.language))


@cache
def engine_here(settings: Speech) -> Engine:
    """Loaded once for as long as the worker lives."""
    return engine_for(settings)
