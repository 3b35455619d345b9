"""A reader of the newsletter: the states one can be in, and what a list says of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import datetime

ReaderState = Literal["pending", "confirmed", "unsubscribed", "bounced", "complained"]
STATES: tuple[ReaderState, ...] = get_args(ReaderState)
CLOSED: frozenset[ReaderState] = frozenset({"unsubscribed", "bounced", "complained"})
# Who is in one of these is added again by nobody's file, only by name and on purpose.


@dataclass(frozen=True, slots=True)
class Entrant:
    """What somebody wants the list to say of an address. `editions` is () for all of them."""

    address: str  # as `mail_address.reader_address` gives it
    state: ReaderState
    why: str
    editions: tuple[str, ...] = ()
    language: str = ""
    line: int = 0  # of the file that it stands in


@dataclass(frozen=True, slots=True)
class Reader:
    """What the list says of an address: the state, since when and why."""

    number: int
    address: str
    state: ReaderState
    since: datetime
    why: str
    editions: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of a file that was not taken, and why."""

    line: int
    given: str
    why: str


def shown(text: str) -> str:
    """What a stranger's file says, fit for one line of a report."""
    return "".join(c if c.isprintable() else "�" for c in text)[:100]
