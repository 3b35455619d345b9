"""What in a mail proves that it is about a message of ours: keys that nobody can make without the
list's secret, wherever they stand in it, and Message-IDs, which are made with a key as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.deliver.leave_tokens import LENGTH

if TYPE_CHECKING:
    from digest.deliver.leave_tokens import Tokens

_LEAVE = re.compile(
    r"(?:/u/|\bleave(?:%20|[ +_]))([a-z][a-z0-9-]{0,39})(?:/|%20|[ +_])"
    rf"([A-Za-z0-9_-]{{{LENGTH}}})(?![\w-])"
)
_JOIN = re.compile(rf"/join/([A-Za-z0-9_-]{{{LENGTH}}})(?![\w-])")
_MESSAGE_ID = re.compile(r"<(\d{4}-\d\d-\d\d-[a-z][a-z0-9-]{0,60})\.([0-9a-f]{20})@[A-Za-z0-9.-]+>")


def readers_by_links(text: str, tokens: Tokens) -> frozenset[int]:
    """The readers whose own links to leave stand in a text."""
    found = (tokens.reader(token, edition) for edition, token in _LEAVE.findall(text))
    return frozenset(filter(None, found))


def asks_to_confirm(text: str, tokens: Tokens) -> bool:
    """Does a link stand in a text by which somebody who asked to join confirms?"""
    return any(tokens.reader(token, "") for token in _JOIN.findall(text))


def marks_in(text: str) -> frozenset[tuple[str, str]]:
    """Issue and mark of each Message-ID that looks like ours (`message.message_mark`)."""
    return frozenset(_MESSAGE_ID.findall(text))
