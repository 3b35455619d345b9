"""Whatever stands around the JSON, and whatever is slightly wrong with it, the answer is found; and
nothing hostile takes long.
"""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.llm.lenient_json import values_in, without_thoughts
from tests.examples import examples

FOUND = [
    ("bare", '{"a": 1}', [{"a": 1}]),
    ("fenced", 'Here:\n```json\n{"a": 1}\n```\nBye.', [{"a": 1}]),
    ("fence without a language, never closed", '```\n{"a": 1}', [{"a": 1}]),
    ("prose on both sides", 'Sure! {"a": 1} Anything else?', [{"a": 1}]),
    ("several", '{"a": 1} and {"a": 2}', [{"a": 1}, {"a": 2}]),
    ("a list", "[1, 2]", [[1, 2]]),
    ("trailing commas", '{"a": [1, 2,],}', [{"a": [1, 2]}]),
    ("single quotes", "{'a': 'it''s'}", []),  # SQL's doubled quote is nobody's JSON
    (
        "an apostrophe in single quotes",
        "{'a': 'don't', 'b': \"it's\"}",
        [{"a": "don't", "b": "it's"}],
    ),
    (
        "Python's literals",
        "{'a': True, 'b': None, 'c': False}",
        [{"a": True, "b": None, "c": False}],
    ),
    ("bare keys", '{a: 1, b_2: "x"}', [{"a": 1, "b_2": "x"}]),
    ("comments", '{"a": 1, // the first\n "b": 2}', [{"a": 1, "b": 2}]),
    ("an address is no comment", '{"a": "http://x.example/y",}', [{"a": "http://x.example/y"}]),
    ("a line break in a string", '{"a": "one\ntwo"}', [{"a": "one\ntwo"}]),
    (
        "quotation marks in a string",
        '{"a": "He said "yes" to it", "b": 1}',
        [{"a": 'He said "yes" to it', "b": 1}],
    ),
    ("brackets in a string", '{"a": "}{][", "b": 1} x', [{"a": "}{][", "b": 1}]),
    ("escapes", '{"a": "\\"\\u20ac\\\\"} x', [{"a": '"€\\'}]),
    ("typographic quotes", "{\u201ca\u201d: \u201cone\u201d}", [{"a": "one"}]),
    ("German quotes", "{\u201ea\u201c: \u201eeins\u201c}", [{"a": "eins"}]),
    ("quotes of two kinds", '{"a\u201d: "one\u201d}', [{"a": "one"}]),
    (
        "full-width signs",
        '\uff5b"a"\uff1a1\uff0c"b"\uff1a\uff3b2\uff3d\uff5d',
        [{"a": 1, "b": [2]}],
    ),
    (
        "full-width signs in a string stay",
        '\uff5b"a"\uff1a"\u4e00\uff0c\u4e8c\uff1a\u4e09"\uff5d',
        [{"a": "\u4e00\uff0c\u4e8c\uff1a\u4e09"}],
    ),
    ("no-break spaces", '{\u00a0"a":\u00a01,\u202f"b": "x\u00a0y"}', [{"a": 1, "b": "x\u00a0y"}]),
    ("escapes that JSON has not", r'{"a": "\$5, x\_y, it\'s"}', [{"a": "$5, x_y, it's"}]),
    ("escapes of both kinds", r'{"a": "\#1\n\u20ac"}', [{"a": "#1\n\u20ac"}]),
    (
        "half a pair of quotes",
        '{"a": "Der \u201eMarkt" f\u00e4llt.", "b": 1}',
        [{"a": 'Der \u201eMarkt" f\u00e4llt.', "b": 1}],
    ),
    ("an inch in a string", '{"a": "a 3" pipe", "b": [1]}', [{"a": 'a 3" pipe', "b": [1]}]),
    ("a forgotten comma", '{"a": "x" "b": 1}', [{"a": "x", "b": 1}]),
    (
        "commas forgotten between objects and lines",
        '{"a": [{"b": 1} {"b": 2}]\n"c": 3}',
        [{"a": [{"b": 1}, {"b": 2}], "c": 3}],
    ),
    ("NaN", '{"a": NaN}', [{"a": None}]),
    ("a stray brace before", 'In {curly form: {"a": 1}', [{"a": 1}]),
    ("half a character", r'{"a": "x\ud800y", "b": "\ud83d\ude00"}', [{"a": "x?y", "b": "😀"}]),
    ("no JSON", "I think that it is fine.", []),
    ("code is not run", '{"a": __import__("os").getcwd()}', []),
    ("a number longer than any", '{"a": ' + "1" * 5000 + "}", []),
    ("nothing", "", []),
]


@pytest.mark.parametrize(("name", "text", "values"), FOUND, ids=[row[0] for row in FOUND])
def test_values_are_found(name: str, text: str, values: list[object]) -> None:
    """Each slip is put right, and what is no JSON stays none."""
    assert list(values_in(text).values) == values


@pytest.mark.parametrize(
    "cut",
    [
        "{\u201ca\u201d: [{\u201cb\u201d: 1}, {\u201cb\u201d",
        '\uff5b"a": \uff5b"b": 1\uff5d{"c": ',
        '{"a": [{"b": 1}, {"b"',
        '{"a": "no end',
        '[{"a": 1}, {"a"',
        '```json\n{"a": {"b": 1',
    ],
)
def test_a_torn_value_is_known_for_one(cut: str) -> None:
    """What ends inside of a value is open, whatever stands complete inside."""
    assert values_in(cut).open


@pytest.mark.parametrize("whole", ['{"a": 1}', 'x {"a": 1} y', "[1]", "no value"])
def test_a_whole_value_is_not_open(whole: str) -> None:
    """And what ends where it should is not."""
    assert not values_in(whole).open


THOUGHTS = [
    ("none", '{"a": 1}', '{"a": 1}', False, False),
    ("before", '<think>{"x": 0}?</think>\n{"a": 1}', '{"a": 1}', True, False),
    ("begun in the template", 'So, {"x": 0}.</think>{"a": 1}', '{"a": 1}', True, False),
    ("twice", "<think>a</think> b <think>c</think> d", "d", True, False),
    ("by another name", "<Reasoning>hm</Reasoning>yes", "yes", True, False),
    (
        "channels",
        "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>yes",
        "yes",
        True,
        False,
    ),
    ("Mistral's", "[THINK]hm[/THINK]yes", "yes", True, False),
    ("unended", '<think>perhaps {"a": 1}', 'perhaps {"a": 1}', True, True),
]


@pytest.mark.parametrize(
    ("name", "text", "rest", "thought", "unended"), THOUGHTS, ids=[row[0] for row in THOUGHTS]
)
def test_thoughts_are_set_apart(
    name: str, text: str, rest: str, thought: bool, unended: bool
) -> None:
    """Only what comes after the last thought counts; a thought that never ends may hold the
    answer.
    """
    said = without_thoughts(text)
    assert (said.text, said.thought, said.unended) == (rest, thought, unended)


MEGABYTE = 1_000_000
HOSTILE = [
    "{",
    "[",
    '"',
    '{"',
    '{"a":',
    "\\",
    "{}",
    "<think>",
    "</think>",
    "{'a'",
    '{"a" ',
    '{"a" "\\"',
    "{a ",
    "{ ,",
    "{//",
    "{'",
    "{\"a\": 'b', ",
    "\n",
    "{\t",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("end", ["", "}"])
def test_a_hostile_megabyte_is_read_in_seconds(unit: str, end: str) -> None:
    """No repetition of anything makes reading more than linear."""
    text = unit * (MEGABYTE // len(unit)) + end
    repaired = "{" + unit * (150_000 // len(unit)) + "}"
    began = time.process_time()
    for one in (text, repaired):
        values_in(without_thoughts(one).text)
    assert time.process_time() - began < 6


SHORT = st.text(max_size=12)
JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | SHORT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SHORT, inner, max_size=4),
    max_leaves=8,
)


@examples(80)
@given(
    st.dictionaries(SHORT, JSONISH, max_size=4),
    st.sampled_from(["", "Here it is: ", "```json\n"]),
    st.sampled_from(["", "\n```", " Done."]),
)
def test_sound_json_is_never_changed(value: dict[str, object], before: str, after: str) -> None:
    """What is right needs no repair and gets none."""
    assert values_in(before + json.dumps(value, ensure_ascii=False) + after).values == (value,)


@examples(150)
@given(st.text(alphabet="{}[]\",:'\\ab1 \n/"))
def test_no_text_raises(text: str) -> None:
    """Reading gives values that are JSON, or none."""
    values = values_in(without_thoughts(text).text).values
    assert json.loads(json.dumps(values)) == list(values)
