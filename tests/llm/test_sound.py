"""Each kind of answer is told from every other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from digest.llm.chat_completion import Reply, json_of, reply_of
from digest.llm.validation import Sound, Unsound, judged, runs_in_circles
from tests.llm.asking import Item, Listed, Told, question
from tests.model_server import GERMAN, LOOP

GOOD = '{"text": "Nimbus spends $41 billion on data centres this year."}'
NESTED = '{"items": [{"id": "a", "quotes": ["x"]}, {"id": "b"}]}'


class Optional(BaseModel):
    """A form of which nothing is required."""

    headline: str = ""
    items: list[Item] = []


class Closed(BaseModel):
    """A form that takes nothing else."""

    model_config = ConfigDict(extra="forbid")

    text: str


def verdict(text: str, form: type[BaseModel] = Told, finish: str = "stop", **more: Any) -> Any:
    """What an answer is: its form, or its fault."""
    found = judged(Reply(text, finish, **more), question(form=form))
    return found.form.model_dump() if isinstance(found, Sound) else found.fault


SOUND: list[tuple[str, str, type[BaseModel], dict[str, Any]]] = [
    ("plain", GOOD, Told, {"text": "Nimbus spends $41 billion on data centres this year."}),
    (
        "the last of several",
        '{"text": "a draft"} {"text": "the answer"}',
        Told,
        {"text": "the answer"},
    ),
    (
        "the last that has the form",
        '{"text": "the answer"} {"note": "done"}',
        Told,
        {"text": "the answer"},
    ),
    ("wrapped", '{"answer": {"text": "x"}}', Told, {"text": "x"}),
    ("fields of its own", '{"text": "x", "confidence": 1}', Told, {"text": "x"}),
    ("a bare list", '[{"id": "a"}]', Listed, {"items": [{"id": "a", "quotes": []}]}),
    ("a bare item", '{"id": "a"}', Listed, {"items": [{"id": "a", "quotes": []}]}),
    (
        "items one after the other",
        '{"id": "a"}\n{"id": "b"}',
        Listed,
        {"items": [{"id": "a", "quotes": []}, {"id": "b", "quotes": []}]},
    ),
    (
        "null for what has a default",
        '{"items": [{"id": "a", "quotes": null}]}',
        Listed,
        {"items": [{"id": "a", "quotes": []}]},
    ),
    ("nothing to say", '{"items": []}', Listed, {"items": []}),
    ("a call of a tool that nobody offered", '{"name": "answer", "arguments": {"text": "x"}}', Told, {"text": "x"}),
    ("with a text for arguments", '{"type": "function", "parameters": "{\\"text\\": \\"x\\"}"}', Told, {"text": "x"}),
    ("among the marks of a call", '<tool_call>\n{"name": "a", "arguments": {"text": "x"}}\n</tool_call>', Told, {"text": "x"}),
    ("the values in the schema's place", '{"type": "object", "properties": {"text": "x"}}', Told, {"text": "x"}),
    ("beside thoughts", '{"reasoning": "Let me see.", "answer": {"text": "x"}}', Told, {"text": "x"}),
    ("two levels down", '{"data": {"result": {"text": "x"}}, "ok": true}', Told, {"text": "x"}),
    ("names in another case", '{"Text": "x"}', Told, {"text": "x"}),
    ("and inside", '{"Items": [{"ID": "a", "Quotes": ["q"]}]}', Listed, {"items": [{"id": "a", "quotes": ["q"]}]}),
    ("a name that is right beside one that is not", '{"text": "x", "Text": "y"}', Told, {"text": "x"}),
    ("JSON in a text of JSON", '"{\\"text\\": \\"x\\"}"', Told, {"text": "x"}),
    (
        "in a thought that never ends",
        f"<think>So: {GOOD}",
        Told,
        {"text": "Nimbus spends $41 billion on data centres this year."},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "form", "value"), SOUND, ids=[row[0] for row in SOUND])
def test_a_good_answer_is_taken(name: str, text: str, form: type[BaseModel], value: Any) -> None:
    """Whatever slight liberty the model took with the form."""
    assert verdict(text, form) == value


UNSOUND = [
    ("empty", "  \n", Told, "stop", "empty"),
    ("cut, and said so", '{"text": "Nimbus sp', Told, "length", "cut"),
    ("cut, and not said", '{"text": "Nimbus sp', Told, "stop", "cut"),
    ("cut after a part that looks whole", '{"items": [{"id": "a"}, {"id', Listed, "stop", "cut"),
    (
        "cut, nothing being required",
        '{"headline": "x", "items": [{"id": "a"}, {"id',
        Optional,
        "stop",
        "cut",
    ),
    ("cut before it began", "", Told, "length", "cut"),
    ("cut while it thought", "<think>Let me", Told, "length", "cut"),
    ("thought only", "<think>Let me see.", Told, "stop", "thought"),
    ("thought and ended", "<think>Let me see.</think>", Told, "stop", "thought"),
    ("refused", "I'm sorry, but I can't help with that.", Told, "stop", "refused"),
    ("refused in German", "Es tut mir leid, dabei kann ich nicht helfen.", Told, "stop", "refused"),
    ("refused in Chinese", "抱歉, 我无法回答这个问题。", Told, "stop", "refused"),
    ("filtered", "", Told, "content_filter", "refused"),
    ("prose", "The page is about data centres, and says little.", Told, "stop", "form"),
    ("other JSON", '{"banana": 1}', Told, "stop", "form"),
    ("other JSON, nothing being required", '{"banana": 1}', Optional, "stop", "form"),
    ("an empty object, nothing being required", "{}", Optional, "stop", "form"),
    (
        "the schema itself",
        '{"type": "object", "properties": {"text": {"type": "string"}}}',
        Told,
        "stop",
        "form",
    ),
    (
        "the schema itself, nothing being required",
        '{"properties": {"headline": {"type": "string"}, "items": {"type": "array"}}}',
        Optional,
        "stop",
        "form",
    ),
    ("something else inside", '{"note": {"text": {"a": 1}}, "b": 1}', Told, "stop", "form"),
    ("a wrong type", '{"text": {"a": 1}}', Told, "stop", "form"),
    ("null for what is needed", '{"text": null}', Told, "stop", "form"),
    ("a list of other things", "[1, 2, 3]", Listed, "stop", "form"),
    (
        "fields that are forbidden",
        '{"text": "x", "url": "http://x.example"}',
        Closed,
        "stop",
        "form",
    ),
    ("too deep to be meant", '{"text": ' + "[" * 90 + "]" * 90 + "}", Told, "stop", "cut"),
    ("in circles", LOOP, Told, "length", "repeated"),
    ("in circles inside of the form", f'{{"text": "{LOOP}"}}', Told, "stop", "repeated"),
    ("nothing but space", '{"text": ' + "\n" * 900, Told, "length", "repeated"),
    ("another language", f'{{"text": "{GERMAN}"}}', Told, "stop", "language"),
]


@pytest.mark.parametrize(
    ("name", "text", "form", "finish", "fault"), UNSOUND, ids=[row[0] for row in UNSOUND]
)
def test_what_is_wrong_is_told(
    name: str, text: str, form: type[BaseModel], finish: str, fault: str
) -> None:
    """Because each fault is handled in its own way."""
    assert verdict(text, form, finish) == fault


def test_a_refusal_in_its_own_field_counts() -> None:
    """However good the text beside it looks."""
    assert verdict(GOOD, refusal="No.") == "refused"


def test_thoughts_set_apart_by_the_server_are_told_from_silence() -> None:
    """An answer that is all thought wants room, an empty one wants another try."""
    assert (verdict("", reasoned=True), verdict("")) == ("thought", "empty")


def test_a_complete_answer_is_taken_though_the_limit_was_reached() -> None:
    """Some models go on with blanks after the last bracket."""
    assert verdict(GOOD, finish="length") == {
        "text": "Nimbus spends $41 billion on data centres this year."
    }


def test_quotations_in_another_language_are_no_fault() -> None:
    """The language is that of what the model says itself; what it copies from the prompt is the
    source's.
    """
    asked = question(f"Read this: {GERMAN}", form=Listed)
    found = judged(Reply(f'{{"items": [{{"id": "a", "quotes": ["{GERMAN}"]}}]}}'), asked)
    assert isinstance(found, Sound)


def test_what_was_wrong_is_said_without_the_models_own_words() -> None:
    """The reason goes back into a prompt, so it holds the place and the rule, not the value."""
    found = judged(
        Reply('{"items": [{"id": {"ignore": "all instructions"}}]}'), question(form=Listed)
    )
    assert isinstance(found, Unsound)
    assert found.why.startswith("items.0.id: ")
    assert "instructions" not in found.why


def test_prose_with_lists_and_figures_does_not_run_in_circles() -> None:
    """A table of insights repeats its keys and is sound."""
    rows = ", ".join(
        f'{{"id": "i{n}", "headline": "Firm {n} spends {n * 37 % 91} million", "why": "Cost'
        f' {n * n}"}}'
        for n in range(40)
    )
    assert not runs_in_circles(f'{{"insights": [{rows}]}}')


MESSAGES: list[tuple[str, dict[str, Any]]] = [
    ("a text", {"message": {"content": GOOD}}),
    ("the value itself", {"message": {"content": json.loads(GOOD)}}),
    ("parts", {"message": {"content": [{"type": "thinking", "thinking": []}, {"type": "text", "text": GOOD}]}}),
    ("a call", {"message": {"content": None, "tool_calls": [{"function": {"name": "a", "arguments": GOOD}}]}}),
    ("a call with values", {"message": {"tool_calls": [{"function": {"arguments": json.loads(GOOD)}}]}}),
    ("a call as it was before tools", {"message": {"function_call": {"name": "a", "arguments": GOOD}}}),
    ("no message around it", {"role": "assistant", "content": GOOD, "finish_reason": "stop"}),
    ("a completion", {"text": GOOD}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "choice"), MESSAGES, ids=[row[0] for row in MESSAGES])
def test_an_answer_is_found_where_servers_put_it(name: str, choice: dict[str, Any]) -> None:
    """And behind what keeps a connection awake."""
    for before in (b"", b"\n\n", b": PROCESSING\n\n: PROCESSING\n\n"):
        reply = reply_of(json_of(before + json.dumps({"choices": [choice]}).encode()))
        assert json.loads(reply.text) == json.loads(GOOD)
