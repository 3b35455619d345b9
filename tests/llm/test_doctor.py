"""`digest doctor` says how each model takes questions, or what is wrong, in a line each; and a run
goes on without.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Config, Endpoint, Grounding, Llm
from digest.llm.question import NoAnswer
from digest.run.session import Session
from digest.store import open_state
from tests.llm.asking import question
from tests.model_server import model_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest


def findings(digest: Digest, llm: str, **environment: str) -> dict[str, tuple[str, str]]:
    """State and detail of each model that the doctor looked at."""
    (digest.home / "feeds.yaml").write_text(f"feeds: []\nllm: {llm}\n")
    found = json.loads(digest("doctor", "--json", **environment).stdout)
    return {
        one["what"]: (one["state"], one["detail"])
        for one in found
        if one["what"].startswith("model")
    }


def test_each_model_is_asked_something_tiny(digest: Digest) -> None:
    """The reader, the writer and the deputy; "embedded" needs no examination."""
    with (
        model_server(habits=["no schema", "no temperature"]) as server,
        model_server(script=[]) as deputy,
    ):
        models = "models: {write: large}"
        fallback = f"fallback: [{{base_url: '{deputy.base_url}', model: spare}}, embedded]"
        found = findings(
            digest, f"{{base_url: '{server.base_url}', model: small, {models}, {fallback}}}"
        )
    assert list(found) == [
        f"model small at {server.host}",
        f"model spare at {deputy.host}",
        f"model large at {server.host}",
    ]
    assert {state for state, _ in found.values()} == {"ok"}
    assert found[f"model small at {server.host}"][1].startswith(
        "JSON mode, no temperature; answered in"
    )
    assert found[f"model spare at {deputy.host}"][1].startswith("JSON schema; answered in")


WRONG = [
    ("wrong key", "the key in MY_KEY is refused (HTTP 401)"),
    ("unknown model", "the server has no model 'small' (HTTP 404)"),
    (
        "wrong address",
        "there is no chat API at this address (HTTP 404); base_url usually ends in /v1",
    ),
    (
        "redirect",
        (
            "it redirects (HTTP 307), and a key is not sent after a redirect; write the address it"
            " leads to into base_url"
        ),
    ),
    ("no credit", "no credit left (HTTP 429)"),
]


@pytest.mark.parametrize(("name", "line"), WRONG, ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_one_clear_line(digest: Digest, name: str, line: str) -> None:
    """The same that a run reports."""
    with model_server() as server:
        server.answer_probes_with(name)
        found = findings(
            digest,
            f"{{base_url: '{server.base_url}', model: small, api_key_env: MY_KEY}}",
            MY_KEY="sk-1",
        )
    assert found == {f"model small at {server.host}": ("broken", line)}


def test_a_missing_key_is_a_line_that_names_the_variable(digest: Digest) -> None:
    """And nothing is sent."""
    found = findings(
        digest, "{base_url: 'https://router.example/v1', model: small, api_key_env: NO_SUCH_KEY}"
    )
    assert found["model small at router.example"] == (
        "broken",
        (
            "NO_SUCH_KEY is not set, and router.example asks for a key; set it, or name another"
            " variable with llm.api_key_env"
        ),
    )


def test_a_server_that_only_streams_is_asked_that_way(digest: Digest) -> None:
    """What came in pieces is read as one answer."""
    with model_server(habits=["only streams"]) as server:
        found = findings(digest, f"{{base_url: '{server.base_url}', model: small}}")
        assert [bool(one.body.get("stream")) for one in server.asked] == [False, True]
    state, detail = found[f"model small at {server.host}"]
    assert (state, detail.partition(";")[0]) == ("ok", "JSON schema, streamed")


@pytest.mark.slow  # it waits a quarter of a minute
def test_an_endless_rate_limit_is_told_within_seconds(digest: Digest) -> None:
    """Whoever looks what is wrong does not wait as long as a run would."""
    with model_server() as server:
        server.answer_probes_with("429")
        began = time.monotonic()
        found = findings(digest, f"{{base_url: '{server.base_url}', model: small}}")
        assert time.monotonic() - began < 20
    assert found[f"model small at {server.host}"] == ("broken", "HTTP 429, and no end of it")


OFF_THE_POINT = [
    ("{}", "answers, but not what it is asked (it lacks sum)"),
    (
        "Hello, how can I help you today?",
        "answers, but not what it is asked (there is no JSON object in it)",
    ),
    ('{"sum": 6}', "answers, but not what it is asked (it says that 2 and 3 make 6)"),
    ("<think>2 and 3 are", "answers, but not what it is asked (there were thoughts and no answer)"),
    ("", "answers, but not what it is asked (it was empty)"),
]


@pytest.mark.parametrize(
    ("says", "detail"), OFF_THE_POINT, ids=[row[0][:6] or "empty" for row in OFF_THE_POINT]
)
def test_a_model_that_answers_something_else_is_broken(
    digest: Digest, says: str, detail: str
) -> None:
    """Words are no proof of a working model: the answer has to hold the right sum."""
    with model_server(lambda _: says) as server:
        found = findings(digest, f"{{base_url: '{server.base_url}', model: small}}")
    assert found == {f"model small at {server.host}": ("broken", detail)}


def test_a_model_that_thinks_longer_than_the_probe_allows_is_asked_with_more_room(
    digest: Digest,
) -> None:
    """Then it answers, and is no worse for it."""
    with model_server(
        lambda asked: (
            '<think>Hm.</think>{"sum": 5}'
            if asked.body["max_tokens"] > 4000
            else "<think>2 and 3 are"
        )
    ) as server:
        found = findings(digest, f"{{base_url: '{server.base_url}', model: small}}")
    state, detail = found[f"model small at {server.host}"]
    assert (state, detail.partition(";")[0]) == ("ok", "JSON schema, thinks first")


def test_without_a_model_there_is_nothing_to_examine(digest: Digest) -> None:
    """And that is no fault."""
    (digest.home / "feeds.yaml").write_text("feeds: []\n")
    found = json.loads(digest("doctor", "--json").stdout)
    assert [one["state"] for one in found if one["what"] == "model"] == ["off"]


def test_a_missing_key_does_not_cost_the_run(tmp_path: Path) -> None:
    """The next model answers, and the report says why."""
    with model_server() as server:
        spare = Endpoint(base_url=server.base_url, model="spare")
        llm = Llm(
            base_url="https://router.example/v1",
            model="m",
            api_key_env="NO_SUCH_KEY",
            fallback=(spare,),
        )
        config = Config(feeds=(), llm=llm, state=tmp_path / "state.sqlite3")
        with open_state(config.state) as db, Session(config, db).answerer() as provider:
            assert provider
            assert [line.partition(",")[0] for line in provider.probe()] == [
                "m at router.example: NO_SUCH_KEY is not set"
            ]
            assert provider.ask(question()).model == "spare"
            left = (
                f"m at router.example: 1 × left to spare at {server.host}, not asked: NO_SUCH_KEY"
                " is not set"
            )
            assert provider.usage()[0].line().startswith(left)


def test_offline_nobody_is_asked_and_what_was_answered_counts(tmp_path: Path) -> None:
    """As a replay needs it: no key, no connection, the answers of then."""
    with model_server() as server:
        config = Config(
            feeds=(), llm=Llm(base_url=server.base_url, model="m"), state=tmp_path / "state.sqlite3"
        )
        with open_state(config.state) as db:
            with Session(config, db).answerer() as provider:
                assert provider
                room = provider.room("read")
                provider.ask(question("a"))
            asked = len(server.asked)
            with Session(config, db, offline=True).answerer() as provider:
                assert provider
                assert provider.room("read") == room
                assert provider.ask(question("a")).cached
                with pytest.raises(NoAnswer):
                    provider.ask(question("b"))
        assert len(server.asked) == asked


def test_a_judge_has_no_deputy(tmp_path: Path) -> None:
    """And without one configured nobody judges."""
    with model_server() as server:
        config = Config(
            feeds=(),
            grounding=Grounding(judge="none"),
            llm=Llm(base_url=server.base_url, model="m"),
            state=tmp_path / "state.sqlite3",
        )
        with open_state(config.state) as db, Session(config, db).answerer() as provider:
            assert provider
            assert provider.room("judge") == 0
            with pytest.raises(NoAnswer, match="no model is configured"):
                provider.ask(replace(question(), task="judge"))


def test_the_sdk_is_not_imported_before_the_first_call(tmp_path: Path) -> None:
    """It takes a second, which a run whose answers are all kept does not have to spend."""
    code = f"""
import sys
from pathlib import Path
from digest.config.schema import Config, Endpoint, Llm
from digest.run.session import Session
from digest.store import open_state
config = Config(feeds=(), llm=Llm(base_url="http://127.0.0.1:1/v1", model="m"), state=Path({str(tmp_path / "s.sqlite3")!r}))
with open_state(config.state) as db, Session(config, db).answerer() as provider:
    print(provider.name, end=" ")
    print("openai" in sys.modules)
"""
    assert (
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout
        == "m False\n"
    )
