"""Speech recognition by the workers of a cluster: a chunk for each of them at a time."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.net.dispatch import LOSSES, WorkerLost
from digest.speech.engine import EngineUnusable, SpeechFailed
from digest.speech.worker_speech import ChunkHeard, ChunkOrder, hear_packed

if TYPE_CHECKING:
    from pathlib import Path

    from digest.config.schema import Speech
    from digest.net.dispatch import Crew
    from digest.run.session import Session
    from digest.speech.engine import Engine, Segment

EXTRA = "speech"
SECONDS = 3600.0  # a large model on a small machine; then the worker hangs


def engine_of(session: Session, settings: Speech) -> Engine:
    """Who hears: an endpoint where one is named, else a model on the workers of a cluster, or on
    this machine. Raises ConfigError, and DigestError where the cluster cannot be reached.
    """
    engine = session.engine(settings)
    crew = None if settings.endpoint else session.crew()
    return engine if crew is None else CrewEngine(crew, settings, engine)


@dataclass
class CrewEngine:
    """The engine `here`, on other machines. Each has the model where this one has it, and the extra
    `speech`.
    """

    crew: Crew
    settings: Speech
    here: Engine  # for its names alone

    @property
    def name(self) -> str:
        """The model, as a reader may be told."""
        return self.here.name

    @property
    def identity(self) -> str:
        """The model: what one machine heard, another need not hear again."""
        return self.here.identity

    @property
    def parallel(self) -> int:
        """As many chunks as there are workers that hear."""
        return max(1, self.crew.slots(EXTRA))

    def check(self) -> float:
        """Have a worker load the model. Raises EngineUnusable."""
        if not self.crew.slots(EXTRA):
            raise EngineUnusable(f"speech: no worker of the cluster has the extra '{EXTRA}'")
        return self._done(ChunkOrder(self.settings)).longest

    def transcribe(self, audio: Path, *, language: str) -> tuple[Segment, ...]:
        """What is said in a WAV file. Raises SpeechFailed and EngineUnusable."""
        return self._done(ChunkOrder(self.settings, audio.read_bytes(), language)).segments

    def close(self) -> None:
        """Workers keep the model for the next run."""

    def _done(self, order: ChunkOrder) -> ChunkHeard:
        packed = pickle.dumps(order, protocol=5)
        for _ in range(LOSSES):
            future = self.crew.submit(hear_packed, packed, needs=EXTRA, seconds=SECONDS)
            try:
                heard: ChunkHeard = pickle.loads(future.result())  # noqa: S301  our own workers
            except WorkerLost:
                self.crew.slots()  # raises DigestError when nobody is left
                continue
            return heard.checked()
        raise SpeechFailed(f"{LOSSES} workers in a row were lost with it in hand", passing=True)
