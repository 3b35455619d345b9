"""An OpenAI-compatible server on loopback that answers as told, or misbehaves by name, and
remembers what it was asked.

`script` names what it does with the first request, the second and so on, and after its end it
behaves. `habits` are what it never takes, whatever the request. `answer` makes the text of an
answer from the request, so that a test may lie in its contents as it likes.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request, with the times on the monotonic clock."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    start: float

    @property
    def system(self) -> str:
        """The system prompt; "" when it stands in the prompt."""
        return "".join(one["content"] for one in self.body["messages"] if one["role"] == "system")

    @property
    def prompt(self) -> str:
        """What the user's message says."""
        return "".join(one["content"] for one in self.body["messages"] if one["role"] == "user")

    @property
    def format(self) -> str:
        """The kind of answer asked for: "json_schema", "json_object" or "text"."""
        return str(self.body.get("response_format", {}).get("type", "text"))

    @property
    def tokens(self) -> int:
        """About how many tokens the messages have."""
        return 20 + sum(len(one["content"]) for one in self.body["messages"]) // 4

    @property
    def is_probe(self) -> bool:
        """Is this the tiny question that comes before the first real one?"""
        return "sum of 2 and 3" in self.prompt


@dataclass(frozen=True)
class Sent:
    """What goes out. `cut` is how much of the body, from 0 to 1, before the connection breaks;
    `late` comes first, in seconds.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: float | None = None
    late: float = 0.0


Answer = Callable[[Asked], str]
Behaviour = Callable[[Asked, str], Sent]


def completion(
    text: str | None,
    finish: str | None = "stop",
    *,
    usage: bool = True,
    tokens_in: int = 100,
    **message: Any,
) -> Sent:
    """A chat completion whose message holds `text`; further fields go into the message."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}} | (
        {"finish_reason": finish} if finish else {}
    )
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [choice],
    }
    if usage:
        body["usage"] = {
            "prompt_tokens": tokens_in,
            "completion_tokens": 20,
            "total_tokens": tokens_in + 20,
        }
    return Sent(json.dumps(body).encode(), headers={"Content-Type": "application/json"})


def streamed(text: str) -> Sent:
    """The same in pieces, as server-sent events."""
    pieces: list[Any] = [
        {"choices": [{"delta": {"role": "assistant", "content": ""}, "finish_reason": None}]},
        *(
            {"choices": [{"delta": {"content": text[at : at + 9]}}]}
            for at in range(0, len(text), 9)
        ),
        {"choices": [{"delta": {}, "finish_reason": "stop"}]},
        {"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 20}},
    ]
    events = [f"data: {json.dumps(piece)}" for piece in pieces]
    return Sent(
        "\n\n".join([": hello", *events, "data: [DONE]", ""]).encode(),
        headers={"Content-Type": "text/event-stream"},
    )


def refused(
    status: int, message: str, *, param: str | None = None, code: str | None = None, **headers: str
) -> Sent:
    """An error as OpenAI words them."""
    error = {
        "error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    }
    return Sent(json.dumps(error).encode(), status, {"Content-Type": "application/json", **headers})


def _finish(sent: Sent, finish: str) -> Sent:
    return Sent(
        sent.body.replace(b'"finish_reason": "stop"', f'"finish_reason": "{finish}"'.encode()),
        sent.status,
        sent.headers,
    )


LOOP = "the market is the market is " * 200
GERMAN = (
    "Die Rechenzentren des Unternehmens verbrauchen mehr Strom als im vergangenen Jahr, und die"
    " Kosten für die Stromversorgung steigen weiter, weil die Netze nicht schnell genug ausgebaut"
    " werden können und die Nachfrage nach Rechenleistung nicht nachlässt."
)

BEHAVIOURS: Mapping[str, Behaviour] = {
    # how the connection behaves
    "ok": lambda asked, text: completion(text, tokens_in=asked.tokens),
    "slow": lambda _, text: Sent(completion(text).body, late=1.0),
    "hangs": lambda *_: Sent(late=30.0),
    "drops": lambda *_: Sent(cut=0.0),
    "half a body": lambda _, text: Sent(completion(text).body, cut=0.5),
    "huge": lambda *_: completion("x" * 5_000_000),
    # what is no answer
    "no JSON": lambda *_: Sent(b"upstream said nothing"),
    "web page": lambda *_: Sent(b"<!DOCTYPE html><html><body>Sign in to the wifi</body></html>"),
    "no choices": lambda *_: Sent(b'{"object": "chat.completion", "choices": []}'),
    "error in a 200": lambda *_: Sent(
        b'{"error": {"message": "Provider returned error", "code": 502}}'
    ),
    # limits and weakness
    "429": lambda *_: refused(429, "Rate limit reached", code="rate_limit_exceeded"),
    "429 for a second": lambda *_: refused(429, "Rate limit reached", **{"Retry-After": "1"}),
    "429 with a date": lambda *_: refused(
        429, "Slow down", **{"Retry-After": formatdate(time.time() + 2, usegmt=True)}
    ),
    "429 for an hour": lambda *_: refused(429, "Daily limit", **{"Retry-After": "3600"}),
    "429 in words": lambda *_: refused(
        429, "Rate limit reached. Please try again in 300ms.", code="rate_limit_exceeded"
    ),
    "500": lambda *_: refused(500, "The server had an error"),
    "503": lambda *_: Sent(b"<html>Service Unavailable</html>", 503),
    "no credit": lambda *_: refused(
        429, "You exceeded your current quota", code="insufficient_quota"
    ),
    "wrong key": lambda *_: refused(
        401, "Incorrect API key provided: sk-test-1234", code="invalid_api_key"
    ),
    "forbidden": lambda *_: refused(403, "Country not supported"),
    "unknown model": lambda *_: refused(
        404, "The model 'm' does not exist", code="model_not_found"
    ),
    "wrong address": lambda *_: Sent(b"404 page not found", 404),
    "redirect": lambda *_: Sent(
        status=307, headers={"Location": "http://elsewhere.example/v1/chat/completions"}
    ),
    "prompt too long": lambda *_: refused(
        400,
        "This model's maximum context length is 4096 tokens. However, your messages resulted in"
        " 5000 tokens.",
        code="context_length_exceeded",
    ),
    "bad request": lambda *_: refused(400, "Bad request"),
    # answers of no use
    "cut short": lambda _, text: completion(text[: len(text) // 2], "length"),
    "cut short unsaid": lambda _, text: completion(text[: len(text) // 2]),
    "empty": lambda *_: completion(""),
    "null": lambda *_: completion(None),
    "refusal": lambda *_: completion(None, refusal="I'm sorry, I can't help with that."),
    "refusal in words": lambda *_: completion("I'm sorry, but I can't assist with that request."),
    "filtered": lambda *_: completion("", "content_filter"),
    "thoughts only": lambda *_: completion("<think>Let me see. The page says that"),
    "repeated": lambda *_: completion(LOOP),
    "nonsense": lambda *_: completion('{"banana": [1, 2, 3], "colour": {"r": 4}}'),
    "prose": lambda *_: completion(
        "The page is about data centres. There is much to be said about their costs."
    ),
    # answers that are good, if one looks
    "fenced": lambda _, text: completion(f"Here you are:\n```json\n{text}\n```\nAnything else?"),
    "thoughts first": lambda _, text: completion(
        f'<think>A draft: {{"x": 1}} or so.</think>\n{text}'
    ),
    "thoughts apart": lambda _, text: completion(text, reasoning_content="Let me see."),
    "thoughts unended": lambda _, text: completion(f"<think>It must be this: {text}"),
    "trailing comma": lambda _, text: completion(text[:-1] + ",}"),
    "in parts": lambda _, text: Sent(
        completion("§").body.replace(
            b'"\\u00a7"', json.dumps([{"type": "text", "text": text}]).encode()
        )
    ),
    "tool call": lambda _, text: completion(
        None,
        "tool_calls",
        tool_calls=[
            {"id": "1", "type": "function", "function": {"name": "answer", "arguments": text}}
        ],
    ),
    "extra fields": lambda _, text: completion(json.dumps({**json.loads(text), "confidence": 0.9})),
    "among the thoughts": lambda _, text: completion(None, reasoning_content=f"So: {text}"),
    "among the thoughts, in reasoning": lambda _, text: completion("", reasoning=text),
    "before the end of its thoughts": lambda _, text: completion(f"<think>So: {text}</think>"),
    "in the form before chats": lambda _, text: Sent(
        json.dumps({"choices": [{"text": text, "finish_reason": "stop"}]}).encode()
    ),
    "streamed unasked": lambda _, text: streamed(text),
    "usage missing": lambda _, text: completion(text, usage=False),
    "finish missing": lambda _, text: completion(text, None),
    "long finish": lambda _, text: _finish(completion(text), "length"),
}

Habit = Callable[[Asked], Sent | None]


def _never(when: Callable[[Asked], bool], sent: Sent) -> Habit:
    return lambda asked: sent if when(asked) else None


# What some server or other never takes, and how it says so.
HABITS: Mapping[str, Habit] = {
    "no schema": _never(
        lambda asked: asked.format == "json_schema",
        refused(
            400,
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this"
            " model.",
            param="response_format",
        ),
    ),
    "no JSON mode": _never(
        lambda asked: asked.format == "json_object",
        Sent(b"{\"error\": \"'response_format.type' must be 'json_schema' or 'text'\"}", 400),
    ),
    "no format": _never(
        lambda asked: asked.format != "text",
        refused(422, "response_format: Extra inputs are not permitted"),
    ),
    "ignores the format": lambda asked: (
        completion(f'Sure! The answer is {{"sum": 5}}: {asked.format}') if asked.is_probe else None
    ),
    "no max_tokens": _never(
        lambda asked: "max_tokens" in asked.body,
        refused(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            " 'max_completion_tokens' instead.",
            param="max_tokens",
            code="unsupported_parameter",
        ),
    ),
    "no max_completion_tokens": _never(
        lambda asked: "max_completion_tokens" in asked.body,
        refused(400, "Unrecognized request argument supplied: max_completion_tokens"),
    ),
    "no temperature": _never(
        lambda asked: "temperature" in asked.body,
        refused(
            400,
            "Unsupported value: 'temperature' does not support 0.2 with this model.",
            param="temperature",
            code="unsupported_value",
        ),
    ),
    "no system role": _never(
        lambda asked: bool(asked.system), refused(400, "System role not supported")
    ),
    "only streams": lambda asked: (
        streamed(sums(asked))
        if asked.body.get("stream")
        else refused(
            400,
            "This model only support stream mode, please enable the stream parameter to access"
            " the model.",
        )
    ),
    "minds something": _never(
        lambda asked: asked.format != "text" or "temperature" in asked.body,
        refused(400, "Bad Request"),
    ),
    "minds everything": _never(lambda _: True, refused(400, "Bad Request")),
}


def sums(asked: Asked) -> str:
    """What the probe wants to hear; and an answer to `{"text": …}`, the form of most tests here."""
    if asked.is_probe:
        return '{"sum": 5}'
    return (
        '{"text": "Nimbus spends $41 billion on data centres this year, and its board has approved'
        ' the plan."}'
    )


def second_reading(asked: Asked, doubted: Iterable[str] = ()) -> str:
    """An answer to a second reading that bears every claim out by the sentence that has most of its
    words, and contradicts those named; "" when it is another question.
    """
    if "Task: a second reading" not in asked.prompt:
        return ""
    shown, _, claims = asked.prompt.rpartition("===== BEGIN claims")
    source = shown.rpartition("Task: a second reading")[0]
    sentences = re.split(r"(?<=[.!?])\s+|\n", source)
    rows = []
    for name, text in re.findall(r"^(\w+): (.+)$", claims.partition("===== END")[0], re.MULTILINE):
        own = set(re.findall(r"\w+", text))
        nearest = max(sentences, key=lambda one: len(own & set(re.findall(r"\w+", one))))
        result = "contradicted" if name in doubted else "supported"
        words = " ".join(nearest.split()[:12])
        rows.append({"id": name, "words": words, "why": "", "result": result})
    return json.dumps({"claims": rows})


class ModelServer:
    """Serves until `stop`. `asked` holds every request; `real` those that are no probes."""

    def __init__(self, answer: Answer, script: Iterable[str], habits: Iterable[str]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.stopped = threading.Event()
        self._script = [BEHAVIOURS[name] for name in script]
        self._to_probes = BEHAVIOURS["ok"]
        self._habits = [HABITS[name] for name in habits]
        self._lock = threading.Lock()
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))
        self.host = f"127.0.0.1:{self._server.server_address[1]}"  # as reports name it
        self.base_url = f"http://{self.host}/v1"

    @property
    def real(self) -> list[Asked]:
        """The requests that are no probes."""
        return [one for one in self.asked if not one.is_probe]

    def behave(self, *behaviours: Behaviour) -> None:
        """Add to the script what has no name."""
        self._script.extend(behaviours)

    def answer_probes_with(self, name: str) -> None:
        """Misbehave, too, when asked the tiny question."""
        self._to_probes = BEHAVIOURS[name]

    def start(self) -> None:
        """Serve from a thread of its own."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving; answers that hang end."""
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def reply(self, asked: Asked) -> Sent:
        """What to do with a request: a habit first, then the script, which probes do not use up."""
        with self._lock:
            self.asked.append(asked)
            habitual = next((sent for habit in self._habits if (sent := habit(asked))), None)
            if habitual:
                return habitual
            behaviour = (
                self._to_probes
                if asked.is_probe
                else self._script.pop(0)
                if self._script
                else BEHAVIOURS["ok"]
            )
        return behaviour(asked, self.answer(asked))


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        """Clients that give up are what some tests are about."""


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            start = time.monotonic()
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sent = server.reply(Asked(self.path, dict(self.headers), body, start))
            with contextlib.suppress(OSError):  # the client may have gone
                self._send(sent)

        def _send(self, sent: Sent) -> None:
            server.stopped.wait(sent.late)
            self.close_connection = sent.cut is not None
            if sent.cut == 0.0:
                return
            self.send_response(sent.status)
            for name, value in {"Content-Length": str(len(sent.body)), **sent.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent.body[: int(len(sent.body) * (sent.cut or 1.0))])

        def log_message(self, *_args: object) -> None:
            pass

    return Handler


@contextlib.contextmanager
def model_server(
    answer: Answer = sums, script: Iterable[str] = (), habits: Iterable[str] = ()
) -> Iterator[ModelServer]:
    """A running server for the length of a block."""
    server = ModelServer(answer, script, habits)
    server.start()
    try:
        yield server
    finally:
        server.stop()
