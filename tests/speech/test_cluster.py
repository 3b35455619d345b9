"""Chunks that others hear: the same words, and the same failures."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Speech
from digest.net.dispatch import LOSSES, LocalCrew, WorkerLost
from digest.run.speech_crew import CrewEngine
from digest.speech.engine import TIMED_CHUNK, EngineUnusable, SpeechFailed
from digest.speech.engine_choice import engine_for
from digest.speech.worker_speech import engine_here
from tests.speech.recogniser import KEY, MODEL, Recogniser, complaint
from tests.speech.sounds import talk, wav, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SAID = words(12)


@pytest.fixture
def server() -> Iterator[Recogniser]:
    """What a worker hears with."""
    with Recogniser().serving() as running:
        yield running


@pytest.fixture
def engine(server: Recogniser, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrewEngine]:
    """The engine of a worker, whose key is in the worker's environment."""
    monkeypatch.setenv("SPEECH_KEY", KEY)
    settings = Speech(model=MODEL, base_url=server.url, api_key_env="SPEECH_KEY")
    with (
        ThreadPoolExecutor(2) as pool,
        closing(engine_for(settings)) as here,
        closing(engine_here(settings)),
    ):
        yield CrewEngine(LocalCrew(pool, 2), settings, here)


def test_a_worker_hears_what_this_machine_hears(engine: CrewEngine, tmp_path: Path) -> None:
    """With its times, under the same name."""
    chunk = tmp_path / "0.wav"
    chunk.write_bytes(wav(talk(SAID)))
    assert engine.check() == TIMED_CHUNK
    assert engine.transcribe(chunk, language="en") == engine.here.transcribe(chunk, language="en")
    assert (engine.name, engine.identity) == (engine.here.name, engine.here.identity)
    assert engine.parallel == 2


def test_what_fails_there_fails_here(
    engine: CrewEngine, server: Recogniser, tmp_path: Path
) -> None:
    """As what it is: an engine that is good for nothing, or a chunk."""
    chunk = tmp_path / "0.wav"
    chunk.write_bytes(wav(talk(SAID)))
    server.rule = lambda _: complaint(401, "Incorrect API key provided", "invalid_api_key")
    with pytest.raises(EngineUnusable, match="SPEECH_KEY"):
        engine.transcribe(chunk, language="")
    server.rule = lambda _: complaint(400, "the file is broken", "bad_file", param="file")
    with pytest.raises(SpeechFailed, match="the file is broken"):
        engine.transcribe(chunk, language="")


class Lost(LocalCrew):
    """Its workers are lost with the first chunks."""

    def __init__(self, losses: int, hearing: int = 1) -> None:
        self.losses, self.hearing = losses, hearing

    def slots(self, needs: str = "") -> int:
        """Some, and of those that hear as many as it was made with."""
        return self.hearing if needs else 4

    def submit(
        self,
        function: Callable[[bytes], bytes],
        packed: bytes,
        **_said: object,
    ) -> Future[bytes]:
        """Do it, or be lost."""
        future: Future[bytes] = Future()
        self.losses -= 1
        if self.losses < 0:
            future.set_result(function(packed))
        else:
            future.set_exception(WorkerLost())
        return future


def test_a_chunk_outlives_its_workers(engine: CrewEngine, tmp_path: Path) -> None:
    """And is left for another run when all of them are lost with it."""
    chunk = tmp_path / "0.wav"
    chunk.write_bytes(wav(talk(SAID)))
    engine.crew = Lost(2)
    assert engine.transcribe(chunk, language="en")
    engine.crew = Lost(LOSSES)
    with pytest.raises(SpeechFailed, match="6 workers in a row") as failed:
        engine.transcribe(chunk, language="en")
    assert failed.value.passing


def test_a_cluster_that_cannot_hear_says_so(engine: CrewEngine) -> None:
    """In a line that names the extra."""
    engine.crew = Lost(0, hearing=0)
    with pytest.raises(EngineUnusable, match="no worker of the cluster has the extra 'speech'"):
        engine.check()
