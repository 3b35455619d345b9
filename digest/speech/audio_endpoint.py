"""Speech recognition by any endpoint that speaks OpenAI's `/audio/transcriptions`."""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from digest.llm.call_errors import Busy, CallFailed, Hopeless, Rejected
from digest.llm.endpoint import Caller, host_of, key_of
from digest.speech.decode import write_wav
from digest.speech.engine import (
    RATE,
    TIMED_CHUNK,
    UNTIMED_CHUNK,
    EngineUnusable,
    Segment,
    SpeechFailed,
)
from digest.speech.plausibility import checked, wav_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from digest.config.schema import Endpoint
    from digest.net.transport import Resolver

Format = Literal["verbose_json", "json", "text"]
FORMATS: tuple[Format, ...] = (
    "verbose_json",
    "json",
    "text",
)  # with times, without, and for the plainest servers
TRIES = 4
PATIENCE = 60.0  # seconds: who asks for a longer wait is asked again by the next run
AT_ONCE = 4
_PROBE = b"\0\0" * RATE  # a second of silence: what it costs cannot be measured


class EndpointEngine:
    """An engine over HTTP. In which of the formats it answers is found out by `check`. Raises
    ConfigError without a key.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        environment: Mapping[str, str] = os.environ,
        resolver: Resolver | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        key = key_of(endpoint, environment, "speech")
        self._caller = Caller(endpoint, key, resolver) if resolver else Caller(endpoint, key)
        self._endpoint = endpoint
        self._sleep = sleep
        self._formats = list(FORMATS)
        self._takes_language = True
        self._trying = threading.Lock()
        self.parallel = AT_ONCE

    @property
    def name(self) -> str:
        """The model's name."""
        return self._endpoint.model

    @property
    def identity(self) -> str:
        """Address and model."""
        return f"{self._endpoint.base_url} {self._endpoint.model}"

    def check(self) -> float:
        """Have a second of silence transcribed, in the first format that the endpoint takes."""
        with tempfile.TemporaryDirectory() as folder:
            probe = Path(folder) / "probe.wav"
            write_wav(probe, _PROBE)
            try:
                answer = self._ask(probe, "")
            except SpeechFailed as error:
                raise EngineUnusable(f"{self._where}: {error.reason}") from None
        return TIMED_CHUNK if _timed(answer) else UNTIMED_CHUNK

    def transcribe(self, audio: Path, *, language: str) -> tuple[Segment, ...]:
        """What is said in a file. Asked again when the endpoint is busy or broken, as it wishes to
        be.
        """
        seconds = wav_seconds(audio)
        return checked(_segments(self._ask(audio, language), seconds), seconds)

    def close(self) -> None:
        """Close the connections."""
        self._caller.close()

    @property
    def _where(self) -> str:
        return f"speech at {host_of(self._endpoint)}"

    def _ask(self, audio: Path, language: str) -> dict[str, Any]:
        """The answer after as many tries and in such a format as it takes. Raises SpeechFailed,
        EngineUnusable.
        """
        for attempt in range(TRIES):
            try:
                return self._in_some_format(audio, language)
            except Hopeless as error:
                raise EngineUnusable(f"{self._where}: {error}") from None
            except Rejected as error:
                raise SpeechFailed(str(error), passing=False) from None
            except CallFailed as error:
                wait = (
                    error.seconds
                    if isinstance(error, Busy) and error.seconds is not None
                    else 2.0**attempt
                )
                if attempt == TRIES - 1 or wait > PATIENCE:
                    asked = f" and asks to wait {wait:.0f} s" if wait > PATIENCE else ""
                    raise SpeechFailed(f"{error}{asked}", passing=True) from None
                self._sleep(wait)
        raise AssertionError("the loop returns or raises")

    def _in_some_format(self, audio: Path, language: str) -> dict[str, Any]:
        """The answer in the richest format that is not rejected; what is rejected once is not asked
        for again.
        """
        while True:
            wanted, told = self._formats[0], language if self._takes_language else ""
            try:
                return self._post(audio, told, wanted)
            except Rejected as error:
                with self._trying:
                    if told and "language" in str(error).lower():
                        self._takes_language = False
                    elif len(self._formats) == 1:
                        raise
                    elif self._formats[0] == wanted:  # another thread may have seen to it
                        del self._formats[0]

    def _post(self, audio: Path, language: str, wanted: Format) -> dict[str, Any]:
        import openai

        def ask(client: openai.OpenAI) -> Any:
            return client.audio.transcriptions.with_raw_response.create(
                file=(audio.name, audio.read_bytes(), "audio/wav"),
                model=self._endpoint.model,
                response_format=wanted,
                language=language or openai.omit,
            )

        status, headers, body = self._caller.exchange(ask)
        if status == 200:
            return _read(body)
        if status == 413:
            size = f"{audio.stat().st_size / 1e6:.1f} MB"
            raise SpeechFailed(
                f"HTTP 413: {size} are too much for the endpoint; lower speech.chunk_minutes",
                passing=False,
            )
        failure = self._caller.failure(status, _value(body), headers, self._endpoint.model)
        if status in {404, 405} and "model" not in str(failure):
            failure = Hopeless(
                f"there are no transcriptions at this address (HTTP {status}); base_url usually"
                " ends in /v1"
            )
        raise failure


def _read(body: bytes) -> dict[str, Any]:
    """An answer in any of the formats; plain text is an answer without times. Raises SpeechFailed
    for what is none.
    """
    text = body.decode("utf-8", "replace").strip()
    if text.startswith("<"):
        raise SpeechFailed("the endpoint answers with a web page", passing=False)
    answer = _value(body) if text.startswith("{") else {"text": text}
    if not isinstance(answer, dict) or not isinstance(
        answer.get("text", answer.get("segments")), (str, list)
    ):
        raise SpeechFailed("the endpoint's answer holds no transcription", passing=True)
    return answer


def _value(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return ""


def _timed(answer: dict[str, Any]) -> bool:
    return isinstance(answer.get("segments"), list)


def _segments(answer: dict[str, Any], seconds: float) -> list[tuple[Any, Any, Any]]:
    """Start, end and text as the endpoint gives them, or all of the text over the whole time."""
    if _timed(answer) and (answer["segments"] or not answer.get("text")):
        return [
            (row.get("start"), row.get("end"), row.get("text"))
            for row in answer["segments"]
            if isinstance(row, dict)
        ]
    return [(0.0, seconds, answer.get("text"))]
