"""Whether two texts say the same, told by the words that they share. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALIKE = 0.5  # share of the shorter text's words beyond which two texts say the same
REPEATS = 0.8  # share of a sentence's words that stand in an earlier one from which it adds nothing
_WORD = re.compile(r"\w+")
_Said = TypeVar("_Said")


def words(text: str) -> frozenset[str]:
    """The words of a text that say something: those of more than three letters."""
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) > 3)


def alike(one: frozenset[str], other: frozenset[str], share: float = ALIKE) -> bool:
    """Whether texts of these words say the same. A text without words says nothing, and so nothing
    again.
    """
    return len(one & other) > share * min(len(one), len(other))


def repeats(text: str, other: str) -> bool:
    """Whether next to all of a sentence stands in another, numbers and short words as well."""
    own = set(_WORD.findall(text.casefold()))
    return len(own & set(_WORD.findall(other.casefold()))) >= REPEATS * len(own)


def distinct(said: Iterable[_Said], text: Callable[[_Said], str]) -> list[_Said]:
    """What says nothing that one before it says, in order."""
    kept: list[tuple[_Said, frozenset[str]]] = []
    for one in said:
        own = words(text(one))
        if not any(alike(own, other) for _, other in kept):
            kept.append((one, own))
    return [one for one, _ in kept]
