"""JSON with slips that a strict reader stops at, read sign by sign: typographic quotes, full-width
signs, escapes that JSON has not, quotation marks in a string, a forgotten comma. Pure.

Each sign is looked at a bounded number of times, whatever the text.
"""

from __future__ import annotations

import json
import re
from typing import Any

_DEEPEST = 60  # levels of nesting
_SPACE = re.compile(r"(?:[\s\u200b\ufeff]|//[^\n]*+)*+")
_COMMA, _COLON = ",\uff0c\u3001", ":\uff1a"
_OBJECT, _OBJECT_ENDS = "{\uff5b", "}\uff5d"
_LIST, _LIST_ENDS = "[\uff3b", "]\uff3d"
# The signs that may end a string, by the one that opens it: the likelier ones first.
_CLOSERS = {
    '"': ('"', "\u201d\uff02"),
    "\u201c": ("\u201d", '"\u201c\u201f'),
    "\u201d": ("\u201d", '"'),
    "\u201e": ("\u201c\u201d", '"'),
    "\uff02": ("\uff02", '"'),
    "\u2018": ("\u2019", "'"),
    "\u00ab": ("\u00bb", ""),
}
_OPENERS = "".join(_CLOSERS)
_KEY_GOES_ON = re.compile(rf"\s*[{_COLON}]")
# What stands behind the end of a string: the end of what holds it, or a comma and then what may
# follow one, or, the comma being forgotten, the next key.
_VALUE_GOES_ON = re.compile(
    rf"\s*(?:[}}\]\uff5d\uff3d]"
    rf"|[{_COMMA}]\s*(?:[{_OPENERS}{{\[\uff5b\uff3b\d}}\]\uff5d\uff3d-]"
    rf"|(?:true|false|null)\b|\w{{1,60}}\s*[{_COLON}])"
    rf"|[{_OPENERS}][^{_OPENERS}{_COLON}\u201d]{{1,60}}[{_OPENERS}\u201d]\s*[{_COLON}])"
)
_WORD = re.compile(r"[^\W\d]\w{0,60}")
_NUMBER = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?")
_LITERALS = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
OPENING = _OBJECT + _LIST


class Unreadable(Exception):
    """What begins at the place is no value, or does not end."""


def read_at(text: str, place: int) -> tuple[Any, int]:
    """The object or list that begins at a place, and where it ends. Raises Unreadable."""
    value, end = _value(text, place, 0)
    try:
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")), end
    except ValueError:
        raise Unreadable from None


def _value(text: str, place: int, depth: int) -> tuple[Any, int]:
    sign = text[place : place + 1]
    if not sign or depth > _DEEPEST:
        raise Unreadable
    if sign in _OBJECT:
        return _members(text, place + 1, depth)
    if sign in _LIST:
        return _items(text, place + 1, depth)
    if sign in _OPENERS:
        return _string(text, place, _VALUE_GOES_ON)
    return _plain(text, place)


def _plain(text: str, place: int) -> tuple[Any, int]:
    """A number or a literal."""
    if number := _NUMBER.match(text, place):
        return json.loads(number[0].lstrip("0") if number[0][1:2].isdigit() else number[0]), (
            number.end()
        )
    if (word := _WORD.match(text, place)) and word[0] in _LITERALS:
        return _LITERALS[word[0]], word.end()
    raise Unreadable


def _members(text: str, place: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while (place := _after_comma(text, place)) < len(text):
        if text[place] in _OBJECT_ENDS:
            return found, place + 1
        key, place = _key(text, place)
        place = _after_space(text, place)
        if text[place : place + 1] not in tuple(_COLON):
            raise Unreadable
        found[key], place = _value(text, _after_space(text, place + 1), depth + 1)
    raise Unreadable


def _items(text: str, place: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while (place := _after_comma(text, place)) < len(text):
        if text[place] in _LIST_ENDS:
            return found, place + 1
        value, place = _value(text, place, depth + 1)
        found.append(value)
    raise Unreadable


def _key(text: str, place: int) -> tuple[str, int]:
    if text[place] in _OPENERS:
        return _string(text, place, _KEY_GOES_ON)
    if word := _WORD.match(text, place):
        return word[0], word.end()
    raise Unreadable


def _string(text: str, place: int, goes_on: re.Pattern[str]) -> tuple[str, int]:
    """The string that opens at a place. It ends at the first sign of its kind behind which the JSON
    goes on; the others are quotation marks inside.
    """
    likely, others = _CLOSERS[text[place]]
    # a key is short: it ends at the first sign that may end it
    for closers in (likely + others,) if goes_on is _KEY_GOES_ON else (likely, others):
        if closers and (end := _end(text, place + 1, closers, goes_on)):
            return _ESCAPE.sub(_unescaped, text[place + 1 : end]), end + 1
    raise Unreadable


def _end(text: str, place: int, closers: str, goes_on: re.Pattern[str]) -> int:
    for match in re.compile(rf"\\.|[{closers}]", re.DOTALL).finditer(text, place):
        if match[0] in closers and goes_on.match(text, match.end()):
            return match.start()
    return 0


def _unescaped(match: re.Match[str]) -> str:
    """What an escape stands for; one that JSON has not stands for the sign behind it."""
    return chr(int(match[1], 16)) if match[1] else _ESCAPES.get(match[2], match[2])


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _after_comma(text: str, place: int) -> int:
    """Behind spaces and at most one comma."""
    place = _after_space(text, place)
    return _after_space(text, place + 1) if text[place : place + 1] in tuple(_COMMA) else place
