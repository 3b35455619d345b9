"""Labels before talk: which are people's names, and which only tell one voice from another.
Pure.
"""

from __future__ import annotations

import re

_WORDS = (
    r"(?:(?:unknown|unidentified|male|female)\s)?(?:speaker|spkr?|voice|person|participant"
    r"|channel|sprecher(?:in)?|locuteur|locutrice|hablante|locutora?|oradora?|interlocutor"
    r"|parlante|spreker|talare|mówca)"
)
_EAST_ASIAN = "話者|说话人|說話人|发言人|發言人|화자"
_NUMBERED = (
    rf"(?:{_WORDS}[\s_#.-]*(?:\d{{1,3}}|[A-Z])(?![A-Za-z])|S(?:PK)?[_-]?\d{{1,3}}"
    rf"|(?:{_EAST_ASIAN})\s*\d{{1,3}})"
)
_NO_NAME = re.compile(
    rf"[\[(<]?(?:{_NUMBERED}|{_WORDS}|{_EAST_ASIAN}|unknown|unidentified|none|null|n/?a"
    r"|user[\s_-]?\d+|\d+|[A-Z]|"
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-z]*\d)[0-9a-z]{12,})[\])>]?:?",
    re.IGNORECASE,
)  # fmt: skip
# Before talk, a number in words that could be said counts only with a colon or in brackets.
_BEFORE_TALK = re.compile(
    rf"(?:[-–]\s*)?(?:[\[(<](?P<bracketed>{_NUMBERED}|{_WORDS})[\])>]\s*:?"
    rf"|(?P<plain>{_NUMBERED})\s*:)"
    r"(?:\s+|$)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\[(?P<name>[^\[\]:\n]{2,48})\]\s+(?=\S)")
_BRACKETED = re.compile(r"(?:[-–]\s*)?\[(?P<name>[^\[\]:\n]{2,48})\]\s*:(?:\s+|$)")


def is_no_name(label: str) -> bool:
    """Whether a label is a machine's ("SPEAKER_00", "Speaker 2", "B", an id): it parts turns, and
    nobody is called so.
    """
    return bool(_NO_NAME.fullmatch(label.strip()))


def machine_label(text: str) -> tuple[str, str]:
    """The machine's label that a line of talk begins with, "" for none, and the line without it."""
    found = _BEFORE_TALK.match(text)
    if not found:
        return "", text
    return (found["bracketed"] or found["plain"]).upper(), text[found.end() :]


def unbracketed(text: str) -> str:
    """The line with a name in brackets before it written as others are: "[Ann Roe]: …"."""
    return _BRACKETED.sub(lambda found: f"{found['name'].strip()}: ", text, count=1)


def name_in_brackets(text: str) -> str:
    """What stands in brackets, without a colon, before a line of talk; "" for nothing."""
    found = _IN_BRACKETS.match(text)
    return found["name"].strip() if found else ""
