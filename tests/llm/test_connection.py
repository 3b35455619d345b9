"""The connection to an endpoint: what goes out, and to whom alone; and no answer is too large or
takes too long.
"""

from __future__ import annotations

import gzip
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Endpoint
from digest.errors import ConfigError
from digest.llm.call_errors import Broke, CallFailed, Hopeless, TimedOut, Unreachable
from digest.llm.endpoint import Caller, key_of
from tests.model_server import BEHAVIOURS, Sent, completion, model_server

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUEST = {"model": "m", "messages": [{"role": "user", "content": "Hello."}]}


def call(base_url: str, key: str = "sk-test-1234", **endpoint: Any) -> Any:
    """One call on a connection of its own."""
    caller = Caller(
        Endpoint(**{"base_url": base_url, "model": "m", "timeout": 5.0, **endpoint}), key
    )
    try:
        return caller.call(REQUEST)
    finally:
        caller.close()


def test_a_reply_comes_back_with_its_tokens() -> None:
    """Text, finish reason and the server's own counts."""
    with model_server(lambda _: "Hello.") as server:
        reply = call(server.base_url)
    assert (reply.text, reply.finish, reply.tokens_in, reply.tokens_out) == (
        "Hello.",
        "stop",
        21,
        20,
    )


def test_nothing_of_the_environment_goes_out_or_redirects(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK reads a dozen variables; only what feeds.yaml says counts, and a stranger's header
    never leaves.
    """
    for name, value in {
        "OPENAI_BASE_URL": "http://elsewhere.example/v1",
        "OPENAI_ORG_ID": "org-1",
        "OPENAI_PROJECT_ID": "proj-1",
        "OPENAI_API_KEY": "sk-stray",
        "OPENAI_ADMIN_KEY": "sk-admin",
        "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer stray\nX-Stray: 1",
        "HTTP_PROXY": "http://127.0.0.1:1",
        "HTTPS_PROXY": "http://127.0.0.1:1",
        "ALL_PROXY": "http://127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
    with model_server() as server:
        call(server.base_url)
        headers = server.asked[0].headers
    assert headers["Authorization"] == "Bearer sk-test-1234"
    assert set(headers) == {
        "Host",
        "Accept",
        "Accept-Encoding",
        "User-Agent",
        "Authorization",
        "Content-Type",
        "Content-Length",
    }
    assert headers["User-Agent"].startswith("digest/")


def test_without_a_key_none_is_sent() -> None:
    """Not even the placeholder that the SDK wants."""
    with model_server() as server:
        call(server.base_url, key="")
        assert "Authorization" not in server.asked[0].headers


def test_what_stands_in_the_address_is_kept() -> None:
    """Azure has its API version in the query; a user name in the address is nobody's business."""
    with model_server() as server:
        call(
            server.base_url.replace("127.0.0.1", "me:secret@127.0.0.1") + "/?api-version=2024-10-21"
        )
        asked = server.asked[0]
    assert asked.path == "/v1/chat/completions?api-version=2024-10-21"
    assert "secret" not in str(asked.headers)


def test_a_redirect_is_not_followed() -> None:
    """The key would go wherever a server says."""
    with model_server() as other, model_server() as server:
        server.behave(
            lambda *_: Sent(status=307, headers={"Location": f"{other.base_url}/chat/completions"})
        )
        with pytest.raises(Hopeless, match="redirects"):
            call(server.base_url)
        assert not other.asked


def test_a_key_is_not_repeated() -> None:
    """Some servers say it back to whoever sent it."""
    with model_server() as server:
        server.behave(lambda *_: Sent(b'{"error": "no access for sk-test-1234"}', 403))
        with pytest.raises(Hopeless) as failed:
            call(server.base_url)
    assert "sk-test" not in str(failed.value)
    assert "no access for …" in str(failed.value)


def test_an_answer_may_be_compressed_though_nobody_asked() -> None:
    """Some proxies always do."""
    with model_server() as server:
        server.behave(
            lambda *_: Sent(
                gzip.compress(completion("Hello.").body), headers={"Content-Encoding": "gzip"}
            )
        )
        assert call(server.base_url).text == "Hello."


def test_a_decompression_bomb_is_not_unpacked() -> None:
    """A gigabyte of nothing takes a megabyte on the way, and four here."""
    with model_server() as server:
        bomb = gzip.compress(b" " * 200_000_000, 1)
        server.behave(lambda *_: Sent(bomb, headers={"Content-Encoding": "gzip"}))
        with pytest.raises(Broke, match="larger than 4 MB"):
            call(server.base_url)


BROKEN = [
    ("drops", Broke, "the connection broke off"),
    ("half a body", Broke, "the connection broke off"),
    ("huge", Broke, "the answer is larger than 4 MB"),
    ("no JSON", Broke, "the answer is no JSON"),
    ("web page", Broke, "a web page came instead of an answer"),
    ("no choices", Broke, "the answer holds no message"),
]


@pytest.mark.parametrize(("name", "kind", "line"), BROKEN, ids=[row[0] for row in BROKEN])
def test_an_answer_that_is_none_is_told(name: str, kind: type[CallFailed], line: str) -> None:
    """In words that say what came instead."""
    with model_server(script=[name]) as server, pytest.raises(kind) as failed:
        call(server.base_url)
    assert str(failed.value) == line


def test_the_whole_call_has_one_deadline() -> None:
    """A server that hangs costs `timeout` seconds and no more."""
    with model_server(script=["hangs"]) as server:
        began = time.monotonic()
        with pytest.raises(TimedOut, match=r"no answer within 0\.5 s"):
            call(server.base_url, timeout=0.5)
        assert time.monotonic() - began < 20


@pytest.fixture
def dripping() -> Iterator[str]:
    """A server that sends a byte every twentieth of a second."""
    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while not stopped.wait(0.05):
                    connection.sendall(b" ")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        stopped.set()


def test_a_server_that_drips_does_not_stretch_the_deadline(dripping: str) -> None:
    """A timeout for each step would never end it."""
    began = time.monotonic()
    with pytest.raises(TimedOut):
        call(dripping, timeout=0.5)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://127.0.0.1:{port}/v1", "connection refused"),
        ("http://nowhere.invalid/v1", "name does not resolve"),
    ],
)
def test_a_server_that_is_not_there_is_told_at_once(free_port: int, url: str, line: str) -> None:
    """With the reason."""
    with pytest.raises(Unreachable) as failed:
        call(url.format(port=free_port))
    assert str(failed.value) == line


KEYS: list[tuple[str, dict[str, Any], dict[str, str], str]] = [
    ("OpenAI's", {"base_url": "https://api.openai.com/v1"}, {"OPENAI_API_KEY": " sk-1\n"}, "sk-1"),
    (
        "named",
        {"base_url": "https://router.example/v1", "api_key_env": "ROUTER_KEY"},
        {"ROUTER_KEY": "sk-2"},
        "sk-2",
    ),
    ("none at home", {"base_url": "http://127.0.0.1:11434/v1"}, {}, ""),
    (
        "OpenAI's key stays at OpenAI",
        {"base_url": "http://localhost:11434/v1"},
        {"OPENAI_API_KEY": "sk-1"},
        "",
    ),
    (
        "named at home",
        {"base_url": "http://[::1]:8000/v1", "api_key_env": "VLLM_KEY"},
        {"VLLM_KEY": "x"},
        "x",
    ),
    (
        "none wanted",
        {"base_url": "https://box.example/v1", "api_key_env": ""},
        {"OPENAI_API_KEY": "sk-1"},
        "",
    ),
]


@pytest.mark.parametrize(
    ("name", "settings", "environment", "key"), KEYS, ids=[row[0] for row in KEYS]
)
def test_the_key_is_the_one_that_was_configured(
    name: str, settings: dict[str, Any], environment: dict[str, str], key: str
) -> None:
    """And no other host gets it."""
    assert key_of(Endpoint(model="m", **settings), environment) == key


MISSING: list[tuple[dict[str, Any], dict[str, str], str]] = [
    (
        {"base_url": "https://api.openai.com/v1"},
        {},
        "OPENAI_API_KEY is not set, and api.openai.com asks for a key",
    ),
    (
        {"base_url": "https://router.example/v1", "api_key_env": "ROUTER_KEY"},
        {"OPENAI_API_KEY": "sk-1"},
        "ROUTER_KEY is not set",
    ),
    (
        {"base_url": "https://router.example/v1"},
        {"OPENAI_API_KEY": "sk-1"},
        "name the variable that holds its key with api_key_env",
    ),
    (
        {"base_url": "https://api.openai.com/v1"},
        {"OPENAI_API_KEY": "sk-1\nsk-2"},
        "OPENAI_API_KEY is set, but holds what no key does",
    ),
]


@pytest.mark.parametrize(("settings", "environment", "line"), MISSING)
def test_a_missing_key_is_one_line_that_names_the_variable(
    settings: dict[str, Any], environment: dict[str, str], line: str
) -> None:
    """The key itself is never in it."""
    with pytest.raises(ConfigError) as failed:
        key_of(Endpoint(model="m", **settings), environment)
    assert line in str(failed.value)
    assert "sk-1" not in str(failed.value)


def test_there_are_more_than_25_ways_to_misbehave() -> None:
    """The script that the rest of these tests draw on."""
    assert len(BEHAVIOURS) > 25
