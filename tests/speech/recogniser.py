"""An endpoint for transcriptions on loopback that reads tones, and does whatever else a script
says.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from digest.speech.engine import RATE
from tests.speech.sounds import heard, samples_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MODEL = "tone-1"
KEY = "the right key"


@dataclass(frozen=True)
class Answer:
    """A scripted answer in place of the right one."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request: the samples' hash and length, and its fields."""

    key: str
    seconds: float
    fields: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def probe(self) -> bool:
        """Is it the silence that is sent first?"""
        return self.seconds == 1.0


def complaint(status: int, message: str, code: str = "", param: str = "", **headers: str) -> Answer:
    """An error as OpenAI sends it."""
    body = json.dumps(
        {
            "error": {
                "message": message,
                "type": "invalid_request_error",
                "param": param or None,
                "code": code or None,
            }
        }
    )
    return Answer(status, body.encode(), {"Content-Type": "application/json", **headers})


class Recogniser:
    """Answers right, but for what is scripted: `script` is for the next requests, `rule` for every
    one.
    """

    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.rule: Callable[[Asked], Answer | None] = lambda _: None
        self.formats = {"verbose_json", "json", "text"}
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_address[1]}"  # as reports name it
        self.url = f"http://{self.host}/v1"

    @property
    def chunks(self) -> list[Asked]:
        """What was asked, the probe aside."""
        return [one for one in self.asked if not one.probe]

    def answer(self, asked: Asked, samples: bytes) -> Answer:
        """What is sent back."""
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
            scripted = self.script.pop(0) if self.script else None
        try:
            return scripted or self.rule(asked) or self._right(asked, samples)
        finally:
            with self._lock:
                self._now -= 1

    def _right(self, asked: Asked, samples: bytes) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {KEY}":
            return complaint(401, "Incorrect API key provided", "invalid_api_key")
        if asked.fields["model"] != MODEL:
            return complaint(
                404, f"The model '{asked.fields['model']}' does not exist", "model_not_found"
            )
        wanted = asked.fields["response_format"]
        if wanted not in self.formats:
            return complaint(
                400,
                f"response_format '{wanted}' is not compatible with this model",
                param="response_format",
            )
        said = heard(samples)
        text = " ".join(word for *_, word in said)
        if wanted == "text":
            return Answer(200, f"{text}\n".encode(), {"Content-Type": "text/plain"})
        value: dict[str, Any] = {"text": text}
        if wanted == "verbose_json":
            value |= {
                "language": "english",
                "duration": asked.seconds,
                "segments": [_segment(said[i : i + 7]) for i in range(0, len(said), 7)],
            }
        return Answer(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    @contextlib.contextmanager
    def serving(self) -> Iterator[Recogniser]:
        """Serve for the length of a block."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()


def _segment(said: list[tuple[float, float, str]]) -> dict[str, Any]:
    return {
        "id": 0,
        "start": said[0][0],
        "end": said[-1][1],
        "text": " " + " ".join(word for *_, word in said),
    }


def _handler(recogniser: Recogniser) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            parts = _parts(self.headers["Content-Type"], body)
            samples = samples_of(parts.pop("file"))
            fields = {name: value.decode() for name, value in parts.items()}
            asked = Asked(
                hashlib.sha256(samples).hexdigest(),
                len(samples) / 2 / RATE,
                fields,
                dict(self.headers),
            )
            if self.path != "/v1/audio/transcriptions":
                self._send(Answer(404, b"not here"))
            else:
                self._send(recogniser.answer(asked, samples))

        def _send(self, answer: Answer) -> None:
            with contextlib.suppress(OSError):  # the client may have been killed
                self.send_response(answer.status)
                for name, value in {
                    "Content-Length": str(len(answer.body)),
                    **answer.headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

        def log_message(self, *_args: object) -> None:
            pass

    return Handler


def _parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of a multipart body."""
    message = email.message_from_bytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=email.policy.HTTP
    )
    parts = {}
    for part in message.iter_parts():
        name, content = (
            part.get_param("name", header="content-disposition"),
            part.get_payload(decode=True),
        )
        assert isinstance(name, str)
        assert isinstance(content, bytes)
        parts[name] = content
    return parts
