"""Earlier stories that belong to a story without being told again by it: of the same people and
companies. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.stories.ledger.names import NOBODY
from digest.stories.subject_words import COMMONPLACE
from digest.text.proper_names import capitals
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

MOST = 2  # that are named below a story
SHARED = 3  # names that two stories share at least, where their headlines share only one
_NO_NAMES = frozenset(word.lower() for word in NOBODY)


@dataclass(frozen=True, slots=True)
class Text:
    """A story as readers have it. `id` is its own within its issue."""

    id: str
    issue: str
    day: date | None
    headline: str
    text: str


def names_of(story: Text) -> frozenset[str]:
    """The names that a story has, in lower case: capitals of its text alone, for headlines are set
    in any way.
    """
    return frozenset(one for one in capitals(story.text) - _NO_NAMES if len(one) > 1)


def related(story: Text, earlier: Sequence[Text], without: Iterable[str] = ()) -> tuple[Text, ...]:
    """The earlier stories that a reader of this one may want, the nearest first: their headlines
    share two names, or one and the texts two more. Those of the ids `without` are named already.
    """
    own, named = names_of(story), set(without)
    found: list[tuple[int, Text]] = []
    for other in earlier:
        shared = own & (names_of(other) | frozenset(tokens(other.headline)))
        heads = shared & {*tokens(story.headline)} & {*tokens(other.headline)}
        telling = shared - COMMONPLACE
        enough = len(heads) > 1 or (len(shared) >= SHARED and telling)
        if heads and enough and other.id not in named:
            found.append((len(telling) * 2 + len(shared), other))
    ordered = sorted(found, key=lambda one: (one[0], one[1].day), reverse=True)
    return tuple({one.headline: one for _, one in reversed(ordered)}.values())[::-1][:MOST]
