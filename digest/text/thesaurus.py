"""How two words are related: the same, the opposite, wider or narrower, or sisters. Read from
thesaurus.txt, part of WordNet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from digest.text.stems import lines, stem
from digest.text.thesaurus_trade import MEANINGS, OPPOSITES

if TYPE_CHECKING:
    from collections.abc import Iterable

Relation = Literal["same", "wider", "sister", "opposite", ""]

_NOT = ("un", "non", "dis", "mis")  # what makes a word its opposite
# Words that begin like an opposite and are none: "display" is not what "play" is not.
_NO_OPPOSITES = frozenset(
    {"displa", "discover", "disclos", "dismiss", "dispos", "diseas", "distil", "discard", "until"}
)


@dataclass(frozen=True, slots=True)
class _Thesaurus:
    same: dict[str, frozenset[int]]
    narrower: dict[str, frozenset[int]]  # the groups in which a word is one of the narrower ones
    wider: dict[str, frozenset[int]]
    opposite: dict[str, frozenset[str]]


@lru_cache(maxsize=100_000)
def relation(one: str, other: str) -> Relation:
    """How the stem `one` of a claim is related to the stem `other` of its source; "" when it is
    not, as far as we know.
    """
    if one == other:
        return "same"
    words = _thesaurus()
    if other in opposites(one):
        return "opposite"
    if _meet(words.same, words.same, one, other):
        return "same"
    if _meet(words.narrower, words.wider, one, other) or _meet(
        words.wider, words.narrower, one, other
    ):
        return "wider"
    return "sister" if _meet(words.narrower, words.narrower, one, other) else ""


@lru_cache(maxsize=20_000)
def opposites(one: str) -> frozenset[str]:
    """The stems that say the opposite of this one."""
    with_prefix = {prefix + one for prefix in _NOT} if len(one) > 2 else set()
    without = {
        one.removeprefix(prefix)
        for prefix in _NOT
        if one.startswith(prefix) and len(one) > len(prefix) + 3
    }
    without = {rest for rest in without if known(rest)}
    if one in _NO_OPPOSITES:
        without = set()
    return _thesaurus().opposite.get(one, frozenset()) | (with_prefix - _NO_OPPOSITES) | without


def groups(one: str) -> frozenset[int]:
    """The meanings of a stem: two stems that share one are the same."""
    return _thesaurus().same.get(one, frozenset())


@lru_cache(maxsize=50_000)
def meanings(one: str) -> frozenset[int]:
    """Every group that the stem is in, on whichever side: two stems without a common one are not
    the same, wider, narrower or sisters.
    """
    found, none = _thesaurus(), frozenset[int]()
    return found.same.get(one, none) | found.narrower.get(one, none) | found.wider.get(one, none)


def known(one: str) -> bool:
    """Whether the stem is a word of the language, as far as the thesaurus goes."""
    found = _thesaurus()
    return one in found.same or one in found.narrower or one in found.wider or one in found.opposite


def _meet(
    of_one: dict[str, frozenset[int]], of_other: dict[str, frozenset[int]], one: str, other: str
) -> bool:
    return not of_one.get(one, frozenset()).isdisjoint(of_other.get(other, frozenset()))


@cache
def _thesaurus() -> _Thesaurus:
    same, narrower, wider = (defaultdict[str, set[int]](set) for _ in range(3))
    number = 0
    for number, line in enumerate(lines()):
        below, _, above = line[2:].partition("|")
        if line.startswith("="):
            _put(same, below.split(), number)
        elif line.startswith("~"):
            _put(narrower, below.split(), number)
            _put(wider, above.split(), number)
    for row, words in enumerate(MEANINGS, number + 1):
        _put(same, words, row)
    return _Thesaurus(_frozen(same), _frozen(narrower), _frozen(wider), _opposite())


def _opposite() -> dict[str, frozenset[str]]:
    """Opposites as WordNet and the trade have them."""
    pairs = [*OPPOSITES, *(tuple(line[2:].split()) for line in lines() if line.startswith("!"))]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[stem(one)].add(stem(other))
        found[stem(other)].add(stem(one))
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _put(table: dict[str, set[int]], words: Iterable[str], number: int) -> None:
    for word in words:
        table[stem(word)].add(number)


def _frozen(table: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {word: frozenset(numbers) for word, numbers in table.items()}
