"""Everyday YAML, read quickly: mappings and lists of words and numbers. All else is left to the
reader that takes the whole of YAML.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 20
# A tab is no indentation in one version of YAML and white space in the next; so with what breaks a
# line, and with a mark of the byte order.
_READ_DIFFERENTLY = re.compile("[\t\x85\u2028\u2029\ufeff]")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9]\d{0,17})\.\d{1,18}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LATER = r"[-+:_ \da-fnotxz]*"  # in a number of any base, an exponent, a time
_RARE = re.compile(
    rf"<<|=|[-+]?\.(?:inf|nan)|[-+]?\.?\d{_LATER}(?:\.{_LATER})?", re.ASCII | re.IGNORECASE
)


class _NotPlainError(Exception):
    """The text is none of ours; somebody else may read it."""


def plain_mapping(text: str) -> dict[str, Any] | None:
    """The mapping that the text of a YAML file stands for, when nothing in it could be read in two
    ways: no anchors, tags, merges, doubled keys. Else None, for a mistake, too.

    Where it is not None it is what YAML 1.2 makes of the text; a date is left as it is written.
    """
    try:
        from yaml import CSafeLoader, YAMLError
    except ImportError:  # PyYAML without libyaml is slower than the reader it would spare
        return None
    if len(text) > MAX_CHARACTERS or _READ_DIFFERENTLY.search(text):
        return None
    try:
        return _Document(CSafeLoader(text)).mapping()
    except (_NotPlainError, YAMLError, ValueError):
        return None


class _Document:
    """The values of one document, event by event."""

    def __init__(self, parser: Any) -> None:
        self._next = parser.get_event

    def mapping(self) -> dict[str, Any]:
        self._next()  # the stream begins
        begin = self._next()
        if getattr(begin, "version", None) or getattr(begin, "tags", None):
            raise _NotPlainError
        value = self._value(self._next(), 0)
        self._next()  # the document ends
        if _kind(self._next()) != "StreamEndEvent" or not isinstance(value, dict):
            raise _NotPlainError
        return value

    def _value(self, event: Any, depth: int) -> Any:
        kind = _kind(event)
        if depth > MAX_DEPTH or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _NotPlainError
        if kind == "ScalarEvent":
            return _scalar(event)
        if kind == "MappingStartEvent":
            return self._pairs(depth + 1)
        if kind == "SequenceStartEvent":
            return self._items(depth + 1)
        raise _NotPlainError

    def _pairs(self, depth: int) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while _kind(event := self._next()) != "MappingEndEvent":
            key = self._value(event, depth)
            if not isinstance(key, str) or key in pairs:
                raise _NotPlainError
            pairs[key] = self._value(self._next(), depth)
        return pairs

    def _items(self, depth: int) -> list[Any]:
        items = []
        while _kind(event := self._next()) != "SequenceEndEvent":
            items.append(self._value(event, depth))
        return items


def _kind(event: Any) -> str:
    return type(event).__name__


def _scalar(event: Any) -> Any:
    """What a word stands for; in quotes, for itself."""
    text: str = event.value
    if event.style in {"'", '"'}:
        return text
    if event.style:
        raise _NotPlainError
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        return date.fromisoformat(text).isoformat()
    if _RARE.fullmatch(text):
        raise _NotPlainError
    return text
