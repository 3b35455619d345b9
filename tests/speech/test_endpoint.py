"""An endpoint is asked as it can be asked, again when that may help, and never in vain."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Endpoint
from digest.errors import ConfigError
from digest.speech.audio_endpoint import EndpointEngine
from digest.speech.engine import TIMED_CHUNK, UNTIMED_CHUNK, EngineUnusable, SpeechFailed
from tests.speech.recogniser import KEY, MODEL, Answer, Recogniser, complaint
from tests.speech.sounds import talk, wav, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = words(30)
Make = Callable[..., EndpointEngine]


@pytest.fixture
def server() -> Iterator[Recogniser]:
    """An endpoint."""
    with Recogniser().serving() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The seconds that were waited."""
    return []


@pytest.fixture
def chunk(tmp_path: Path) -> Path:
    """Seven and a half seconds of talk."""
    path = tmp_path / "0000.wav"
    path.write_bytes(wav(talk(SAID)))
    return path


@pytest.fixture
def engine(server: Recogniser, waits: list[float]) -> Iterator[Make]:
    """Makes engines at the server."""
    with ExitStack() as stack:

        def make(model: str = MODEL, key: str = KEY, url: str = "") -> EndpointEngine:
            endpoint = Endpoint(
                base_url=url or server.url, model=model, api_key_env="SPEECH_KEY", timeout=5
            )
            return stack.enter_context(
                closing(EndpointEngine(endpoint, {"SPEECH_KEY": key}, sleep=waits.append))
            )

        yield make


def said(found: tuple[object, ...]) -> list[str]:
    """The words of segments."""
    # Segments
    return " ".join(segment.text for segment in found).split()  # type: ignore[attr-defined]


def test_words_come_with_their_times(server: Recogniser, engine: Make, chunk: Path) -> None:
    """And the language goes out, when it is known."""
    found = engine().transcribe(chunk, language="en")
    assert said(found) == SAID
    assert [segment.start for segment in found] == pytest.approx(
        [0, 1.75, 3.5, 5.25, 7.0], abs=0.03
    )
    assert (server.asked[0].fields["language"], server.asked[0].fields["model"]) == ("en", MODEL)
    engine().transcribe(chunk, language="")
    assert "language" not in server.asked[1].fields


@pytest.mark.parametrize(
    ("formats", "longest", "asked"),
    [
        ({"verbose_json", "json", "text"}, TIMED_CHUNK, ["verbose_json"]),
        ({"json", "text"}, UNTIMED_CHUNK, ["verbose_json", "json"]),
        ({"text"}, UNTIMED_CHUNK, ["verbose_json", "json", "text"]),
    ],
)
def test_an_endpoint_without_times_is_asked_for_less(
    server: Recogniser,
    engine: Make,
    chunk: Path,
    formats: set[str],
    longest: float,
    asked: list[str],
) -> None:
    """Which format it takes is found out once, with a second of silence; then its chunks are short,
    so that places stay known.
    """
    server.formats = formats
    made = engine()
    assert made.check() == longest
    assert said(made.transcribe(chunk, language="en")) == SAID
    assert [one.fields["response_format"] for one in server.asked] == [*asked, asked[-1]]


def test_an_endpoint_that_minds_the_language_is_not_told_it(
    server: Recogniser, engine: Make, chunk: Path
) -> None:
    """Some models find it out for themselves and refuse to be told; the format is not what they
    minded.
    """
    server.rule = lambda asked: (
        complaint(400, "Unsupported parameter: language", param="language")
        if "language" in asked.fields
        else None
    )
    made = engine()
    assert [said(made.transcribe(chunk, language="en")) for _ in range(2)] == [SAID, SAID]
    assert [(one.fields["response_format"], "language" in one.fields) for one in server.asked] == [
        ("verbose_json", True), ("verbose_json", False), ("verbose_json", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("script", "waited"),
    [
        ([complaint(429, "Slow down", **{"Retry-After": "7"})], [7.0]),
        ([complaint(429, "Slow down", **{"retry-after-ms": "1500"})], [1.5]),
        ([Answer(500, b"oops"), Answer(502, b"<html>"), Answer(503)], [1.0, 2.0, 4.0]),
        ([Answer(200, b"{broken")], []),
        ([Answer(200, b"")], []),
    ],
    ids=["429", "429-ms", "5xx", "broken-json", "empty"],
)
def test_it_is_asked_again_as_it_wishes(
    server: Recogniser,
    engine: Make,
    waits: list[float],
    chunk: Path,
    script: list[Answer],
    waited: list[float],
) -> None:
    """Retry-After is kept to; without one the waits double."""
    server.script = script
    made = engine()
    if waited:
        assert said(made.transcribe(chunk, language="en")) == SAID
    elif script[0].body:
        with pytest.raises(SpeechFailed, match="holds no transcription"):
            made.transcribe(chunk, language="en")
    else:
        assert made.transcribe(chunk, language="en") == ()
    assert waits == waited


@pytest.mark.parametrize(
    ("answer", "reason", "passing", "requests"),
    [
        (Answer(500, b"oops"), "HTTP 500", True, 4),
        (
            complaint(429, "Slow down", **{"Retry-After": "3600"}),
            "HTTP 429 and asks to wait 3600 s",
            True,
            1,
        ),
        (
            complaint(413, "Maximum content size limit exceeded"),
            r"HTTP 413: 0\.2 MB are too much .* lower speech\.chunk_minutes",
            False,
            1,
        ),
        (
            complaint(400, "The audio file could not be decoded"),
            "The audio file could not be decoded",
            False,
            3,
        ),
        (Answer(200, b"<html><h1>Welcome</h1></html>"), "answers with a web page", False, 1),
        (
            Answer(200, json.dumps({"text": "na " * 900}).encode()),
            "it gives 900 words for 8 s of sound",
            False,
            1,
        ),
    ],
    ids=["500", "429", "413", "400", "page", "babble"],
)
def test_what_cannot_be_had_is_a_reason(
    server: Recogniser,
    engine: Make,
    chunk: Path,
    answer: Answer,
    reason: str,
    passing: bool,
    requests: int,
) -> None:
    """And it says whether another time may be better."""
    server.rule = lambda _: answer
    with pytest.raises(SpeechFailed, match=reason) as failed:
        engine().transcribe(chunk, language="en")
    assert (failed.value.passing, len(server.asked)) == (passing, requests)


@pytest.mark.parametrize(
    ("settings", "answer", "line"),
    [
        ({"key": "wrong"}, None, "speech at HOST: the key in SPEECH_KEY is refused (HTTP 401)"),
        ({"model": "tone-9"}, None, "speech at HOST: the server has no model 'tone-9' (HTTP 404)"),
        (
            {},
            Answer(404, b"<html>"),
            (
                "speech at HOST: there are no transcriptions at this address (HTTP 404); base_url"
                " usually ends in /v1"
            ),
        ),
        (
            {},
            complaint(429, "You exceeded your current quota", "insufficient_quota"),
            "speech at HOST: no credit left (HTTP 429)",
        ),
        ({}, Answer(500, b"oops"), "speech at HOST: HTTP 500"),
        (
            {},
            Answer(302, b"", {"Location": "http://elsewhere.example/"}),
            "speech at HOST: it redirects (HTTP 302)",
        ),
    ],
    ids=["key", "model", "address", "quota", "down", "redirect"],
)
def test_what_would_fail_for_every_chunk_is_one_line_before_anything_is_done(
    server: Recogniser, engine: Make, settings: dict[str, str], answer: Answer | None, line: str
) -> None:
    """It names what is to be put right."""
    server.rule = lambda _: answer
    with pytest.raises(EngineUnusable) as unusable:
        engine(**settings).check()
    assert str(unusable.value).startswith(line.replace("HOST", server.host))
    assert "\n" not in str(unusable.value)


def test_a_server_that_is_not_there_is_said(engine: Make) -> None:
    """In the same words as any connection that fails."""
    with pytest.raises(EngineUnusable, match=r"speech at 127\.0\.0\.1:9: connection refused"):
        engine(url="http://127.0.0.1:9/v1").check()


def test_a_missing_key_is_said_before_anything_is_asked() -> None:
    """For an endpoint that is not on this machine."""
    endpoint = Endpoint(base_url="https://speech.example/v1", model=MODEL, api_key_env="SPEECH_KEY")
    with pytest.raises(
        ConfigError,
        match=r"SPEECH_KEY is not set, and speech\.example asks for a key; .* speech\.api_key_env",
    ):
        EndpointEngine(endpoint, {})
