"""The JSON in a model's answer, whatever stands around it: fences, thoughts, prose, small slips of
syntax. Pure; nothing is ever evaluated.

The work is bounded by the answer's length: a hostile megabyte takes a second or so, not minutes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.llm.json_slips import OPENING, Unreadable, read_at

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 60  # levels of nesting; forms have four
# places that open and never close, before looking ends: "{{{{…" costs eight readings of the rest
# and no more
_STARTS = 8
_MOST_VALUES = 500
_MOST_REPAIRED = 200_000  # characters; a longer value is taken as it is or not at all

# How reasoning models mark what they think, where the server does not set it apart.
_THOUGHT_ENDS = re.compile(
    r"</(?:think|thinking|thought|reasoning|reflection)>|<\|channel\|>final<\|message\|>|\[/THINK\]|◁/think▷",
    re.IGNORECASE,
)
_THOUGHT_BEGINS = re.compile(
    r"<(?:think|thinking|thought|reasoning|reflection)>|<\|channel\|>analysis|\[THINK\]|◁think▷",
    re.IGNORECASE,
)

_SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
_SIGNS = re.compile(r'["{}\[\]]')
_OPENING = re.compile(f"[{re.escape(OPENING)}]")
_STRING_ENDS = re.compile(r'["\\]')


@dataclass(frozen=True, slots=True)
class ReplyText:
    """An answer without its thoughts. `thought` tells that there were some; `unended`, that nothing
    came after them.
    """

    text: str
    thought: bool = False
    unended: bool = False


@dataclass(frozen=True, slots=True)
class JsonValues:
    """The values of an answer in their order. `open` tells that the text ends inside of one: it was
    cut short.
    """

    values: tuple[Any, ...]
    open: bool = False


def without_thoughts(text: str) -> ReplyText:
    """What comes after the last thought has ended. Thoughts that never end, or that nothing comes
    after, are kept: the answer may stand among them.
    """
    ends = None
    for match in _THOUGHT_ENDS.finditer(text):
        ends = match.end()
    if ends is not None:
        after = text[ends:].replace("<|end|>", "").strip()
        return ReplyText(after or text.strip(), thought=True, unended=not after)
    if _THOUGHT_BEGINS.search(text):
        return ReplyText(_THOUGHT_BEGINS.sub("", text).strip(), thought=True, unended=True)
    return ReplyText(text.strip())


def values_in(text: str) -> JsonValues:
    """The JSON objects and lists that stand in a text side by side, each read strictly or, failing
    that, with its slips repaired.
    """
    text = _unquoted(text)
    values, is_open = [], False
    for span in _spans(text):
        is_open = span is None
        if span is not None and (value := _read_or_repair(text[span])) is not None:
            values.append(value)
    if not is_open and any(isinstance(value, dict) or value for value in values):
        return JsonValues(tuple(values))
    slipped = _with_slips(text, torn=is_open) if len(text) <= _MOST_REPAIRED else []
    return JsonValues(tuple(slipped)) if slipped else JsonValues(tuple(values), is_open)


def _unquoted(text: str) -> str:
    """What a text says that is JSON in a string of JSON: some servers write an answer twice."""
    if not text.startswith('"{') or not text.endswith('}"'):
        return text
    value = _read(text)
    return value if isinstance(value, str) else text


def _with_slips(text: str, *, torn: bool) -> list[Any]:
    """The values side by side where quotes or brackets are not those of JSON, so that spans cannot
    be told. A text that may be torn is read only as long as each value ends.
    """
    values: list[Any] = []
    place, failed = 0, 0
    while failed < (1 if torn else _STARTS) and len(values) < _MOST_VALUES:
        begins = _OPENING.search(text, place)
        if not begins:
            return values
        try:
            value, place = read_at(text, begins.start())
            values.append(value)
        except Unreadable:
            place, failed = begins.end(), failed + 1
    return [] if torn else values


def _spans(text: str) -> Iterator[slice | None]:
    """Where brackets open and close again; None last when one never closes, after what could be
    found behind its beginning.
    """
    place, unclosed, given = 0, 0, 0
    while given < _MOST_VALUES:
        begin = _begin(text, place)
        if begin < 0:
            break
        end = _end(text, begin)
        if end is None:
            unclosed += 1
            if unclosed == _STARTS:
                break
            place = begin + 1
        else:
            yield slice(begin, end)
            given += 1
            place = end
    if unclosed:
        yield None


def _begin(text: str, place: int) -> int:
    places = [found for sign in "{[" if (found := text.find(sign, place)) >= 0]
    return min(places, default=-1)


def _end(text: str, begin: int) -> int | None:
    """Where the bracket at `begin` is closed, brackets in strings left out; None when it never is,
    or nests too deep.
    """
    depth, place = 0, begin
    while match := _SIGNS.search(text, place):
        place, sign = match.end(), match[0]
        if sign == '"':
            closed = _string_end(text, place)
            if closed is None:
                return None
            place = closed
        elif sign in "{[":
            depth += 1
            if depth > _DEEPEST:
                return None
        else:
            depth -= 1
            if depth == 0:
                return place
    return None


def _string_end(text: str, place: int) -> int | None:
    while match := _STRING_ENDS.search(text, place):
        if match[0] == '"':
            return match.end()
        place = match.end() + 1
    return None


def _read(text: str) -> Any:
    """The value, or None. Control characters in strings are taken as they are; NaN and Infinity,
    which JSON has not, become null.

    Halves of surrogate pairs, which are no characters and cannot be written anywhere, become
    question marks.
    """
    try:
        value = json.loads(text, strict=False, parse_constant=lambda _: None)
        if _SURROGATE.search(text):
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return value


def _read_or_repair(text: str) -> Any:
    value = _read(text)
    return value if value is not None or len(text) > _MOST_REPAIRED else _read(_repaired(text))


_SLIPS = re.compile(
    r"""# a string that ends where a string may end
        (?P<double>"(?:[^"\\]|\\.)*+"(?=\s*[,:}\]]|\s*$))
        # and one with quotation marks inside
      | (?P<loose>"(?:[^"\\\n]|\\.)*+"(?:[^"\\\n{}\[\]]|\\.)*+"[^"\n]*+"(?=\s*[,:}\]]))
      | (?P<single>'(?:[^'\\\n]|\\.|(?<=\w)'(?=\w))*+'(?=\s*[,:}\]]))
      | (?P<comma>,(?=\s*[}\]]))
      | (?P<comment>//[^\n]*+)
      | (?P<literal>\b(?:True|False|None|undefined)\b)
      | (?P<key>\b[A-Za-z_]\w*+(?=\s*:))""",
    re.VERBOSE | re.DOTALL,
)
_LITERALS = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def _repaired(text: str) -> str:
    """Trailing commas, comments, Python's literals, bare keys, single quotes, and quotation marks
    inside a string put right.
    """
    return _SLIPS.sub(_right, text)


def _right(match: re.Match[str]) -> str:
    slip = match[0]
    match match.lastgroup:
        case "loose":
            return json.dumps(slip[1:-1].replace('\\"', '"'), ensure_ascii=False)
        case "single":
            return json.dumps(slip[1:-1].replace("\\'", "'"), ensure_ascii=False)
        case "literal":
            return _LITERALS[slip]
        case "key":
            return f'"{slip}"'
        case "double":
            return slip
    return ""  # a comma or a comment too many
