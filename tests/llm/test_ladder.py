"""How each server wants to be asked is found out once, with a tiny question, and remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Config, Endpoint, Llm
from digest.llm.question import NoAnswer
from digest.llm.structured_output import Attempt, Manner, body_of
from digest.run.llm_checkup import probe_all
from digest.run.session import Session
from digest.store import open_state
from tests.llm.asking import desk, question
from tests.model_server import completion, model_server, refused

if TYPE_CHECKING:
    from pathlib import Path

HABITS: list[tuple[tuple[str, ...], Manner]] = [
    ((), Manner()),
    (("no schema",), Manner(rung="json")),
    (("no schema", "no JSON mode"), Manner(rung="text")),
    (("no format",), Manner(rung="text")),
    (("ignores the format",), Manner(rung="text")),
    (("no max_tokens",), Manner(limit="max_completion_tokens")),
    (("no max_tokens", "no max_completion_tokens"), Manner(limit="none")),
    (("no temperature",), Manner(temperature=False)),
    (("no system role",), Manner(system=False)),
    (
        ("no max_tokens", "no temperature", "no system role"),
        Manner(limit="max_completion_tokens", temperature=False, system=False),
    ),
    (("minds something",), Manner(rung="text", temperature=False)),
]


@pytest.mark.parametrize(
    ("habits", "manner"), HABITS, ids=[", ".join(habits) or "takes all" for habits, _ in HABITS]
)
def test_what_a_server_does_not_take_is_given_up_and_nothing_else(
    habits: tuple[str, ...], manner: Manner
) -> None:
    """The question is answered, in the manner that is left, and only the probe met refusals."""
    with model_server(habits=habits) as server, desk(server) as at:
        assert at.provider.ask(question()).form.text.startswith("Nimbus")
        assert at.responders[0].proved == manner
        assert len(server.real) == 1


def test_a_server_that_takes_nothing_is_given_up() -> None:
    """After one refusal for each thing that there is to give up."""
    with model_server(habits=["minds everything"]) as server, desk(server) as at:
        for _ in range(3):
            with pytest.raises(NoAnswer, match="takes none of our requests"):
                at.provider.ask(question())
        assert len(server.asked) == 7


def test_one_question_that_is_refused_changes_nothing_for_others() -> None:
    """A server that has filled in a form takes our requests; a refusal without a reason is about
    this one.
    """
    with model_server(script=["ok", "bad request"]) as server, desk(server) as at:
        at.provider.ask(question("0"))
        with pytest.raises(NoAnswer, match="Bad request"):
            at.provider.ask(question("a"))
        at.provider.ask(question("b"))
        assert at.responders[0].manner == Manner()


def test_a_form_that_is_refused_without_a_reason_is_asked_for_otherwise() -> None:
    """A server that took the probe's small schema may not take a large one; the rest of the request
    it has taken before.
    """
    with model_server(script=["bad request"]) as server, desk(server) as at:
        at.provider.ask(question())
        assert at.responders[0].proved == Manner(rung="json")


def test_a_model_that_thinks_is_given_room_for_it() -> None:
    """What it thinks counts as answer, so that a limit for the answer alone would cut it short."""
    with model_server(script=["thoughts apart"]) as server, desk(server) as at:
        at.provider.ask(question("a"))
        at.provider.ask(question("b"))
        first, second = (one.body["max_tokens"] for one in server.real)
        assert second == first + 4000


def settings(base_url: str, home: Path, **llm: Any) -> Config:
    """A configuration without feeds."""
    return Config(
        feeds=(),
        llm=Llm(base_url=base_url, model="m", timeout=5, **llm),
        state=home / "state.sqlite3",
    )


def test_the_next_run_knows(tmp_path: Path) -> None:
    """No probe and no refused request in a second run."""
    with model_server(habits=["no schema", "no temperature"]) as server:
        config = settings(server.base_url, tmp_path)
        for prompt in ("a", "b"):
            with open_state(config.state) as db, Session(config, db).answerer() as provider:
                assert provider
                provider.ask(question(prompt))
        assert [one.is_probe for one in server.asked] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("days", "change", "probes"),
    [(29, "", 0), (31, "", 1), (1, "UPDATE endpoints SET manner = '{}'", 1)],
)
def test_what_is_known_is_forgotten(tmp_path: Path, days: int, change: str, probes: int) -> None:
    """After thirty days, or when another version wrote it."""
    now = datetime(2025, 9, 22, 6, 30, tzinfo=UTC)
    with model_server() as server:
        config = settings(server.base_url, tmp_path)
        for moment, prompt in ((now, "a"), (now + timedelta(days=days), "b")):
            with open_state(config.state) as db:
                server.asked.clear()
                with db:
                    db.execute(change if change and prompt == "b" else "SELECT 1")
                with Session(config, db, now=moment).answerer() as provider:
                    assert provider
                    provider.ask(question(prompt))
        assert sum(one.is_probe for one in server.asked) == probes


def test_the_doctor_finds_out_anew(tmp_path: Path) -> None:
    """Whatever is remembered: servers learn."""
    with model_server(habits=["no schema"]) as server:
        config = settings(
            server.base_url,
            tmp_path,
            fallback=(Endpoint(base_url=f"{server.base_url}x", model="n"),),
        )
        with open_state(config.state) as db:
            for _ in range(2):
                found = (
                    list(probe_all(config, config.llm, Session(config, db).now))
                    if config.llm
                    else []
                )
    assert [probed.works for probed in found] == [True, True]
    assert found[0].name == f"m at {server.host}"
    assert found[0].detail.startswith("JSON mode; answered in")
    assert len(server.asked) == 8


def test_a_probe_that_is_all_thought_says_nothing_against_the_rung() -> None:
    """A tiny limit cuts off those who think first."""
    with model_server() as server, desk(server) as at:
        server.answer = lambda asked: "<think>2 and 3 are" if asked.is_probe else '{"text": "x"}'
        at.provider.ask(question())
        assert at.responders[0].manner == Manner(thinking=4000)


def test_a_lower_rung_asks_for_the_form_in_words() -> None:
    """On every rung the prompt says at its end what the form is; only the enforcement differs."""
    bodies = [
        body_of(question(), "m", Manner(rung=rung), Attempt(100))
        for rung in ("schema", "json", "text")
    ]
    assert [body.get("response_format", {}).get("type") for body in bodies] == [
        "json_schema",
        "json_object",
        None,
    ]
    assert len({body["messages"][-1]["content"] for body in bodies}) == 1
    assert '"text": string' in bodies[0]["messages"][-1]["content"]


def test_without_a_system_role_its_words_come_first() -> None:
    """Nothing is lost, and the page does not come before the rules for reading it."""
    body = body_of(question("The page."), "m", Manner(system=False), Attempt(100))
    assert [one["role"] for one in body["messages"]] == ["user"]
    assert body["messages"][0]["content"].index("You are dry.") < body["messages"][0][
        "content"
    ].index("The page.")


def test_the_probe_is_no_answer_from_before() -> None:
    """It is asked of each model of its own, and only of those that are asked anything."""
    with (
        model_server(lambda _: '{"sum": 5, "text": "x"}') as first,
        model_server() as second,
        desk(first, second) as at,
    ):
        at.provider.ask(question())
        assert [one.is_probe for one in first.asked] == [True, False]
        assert not second.asked


@pytest.mark.parametrize(
    ("says", "why"), [("{}", "it lacks sum"), ("five", "there is no JSON object in it")]
)
def test_a_server_that_answers_the_probe_with_junk_is_not_asked(
    tmp_path: Path, says: str, why: str
) -> None:
    """Three tries, one on each rung, and nothing is remembered: the next run finds out anew."""
    with model_server(lambda asked: says if asked.is_probe else '{"text": "x"}') as server:
        config = settings(server.base_url, tmp_path)
        for run in (1, 2):
            with open_state(config.state) as db, Session(config, db).answerer() as provider:
                assert provider
                for prompt in ("a", "b"):
                    with pytest.raises(
                        NoAnswer, match="answers, but not what it is asked"
                    ) as failed:
                        provider.ask(question(prompt))
                assert str(failed.value).endswith(f"({why})")
            assert [len(server.asked), len(server.real)] == [3 * run, 0]


def test_a_model_that_cannot_add_may_still_read() -> None:
    """The form is what counts in a run."""
    with (
        model_server(lambda asked: '{"sum": 7}' if asked.is_probe else '{"text": "x"}') as server,
        desk(server) as at,
    ):
        assert at.provider.ask(question()).form.text == "x"
        assert at.responders[0].proved == Manner()


def test_the_rung_is_the_one_that_brings_the_form() -> None:
    """A server that enforces an empty object on the first rung may do better on the second."""
    with (
        model_server(
            lambda asked: "{}" if asked.format == "json_schema" else '{"sum": 5, "text": "x"}'
        ) as server,
        desk(server) as at,
    ):
        at.provider.ask(question())
        assert at.responders[0].proved == Manner(rung="json")


def test_a_hostile_window_is_not_believed() -> None:
    """A server that says that it takes ten tokens does not make every page be read in words."""
    with model_server() as server, desk(server) as at:
        server.behave(lambda *_: completion("x") if not server.real else server_says(10))
        with pytest.raises(NoAnswer):
            at.provider.ask(question())
        assert at.responders[0].window == 16_000


def server_says(window: int) -> Any:
    """The refusal of a prompt for its length."""
    return refused(
        400,
        f"This model's maximum context length is {window} tokens.",
        code="context_length_exceeded",
    )
