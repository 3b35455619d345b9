"""Whether two words stand for the same thing in their sentences: do the words around one stand
around the other?
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM, worth
from digest.text.stems import irregular
from digest.text.words import clause_bounds

if TYPE_CHECKING:
    from digest.grounding.indexed import Indexed, Sentence
    from digest.text.words import Word

_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being"})
# what is part of a number says nothing of what it is of
_SCALES = frozenset({"thousand", "million", "billion", "trillion", "percent", "bn", "m"})
_OTHER_SIDE = 0.4  # what a word is worth that stands after the one and before the other
REACH = 9  # words to either side


def agreement(claim: Sentence, at: int, other: Sentence, other_at: int, source: Indexed) -> float:
    """The share, 0 to 1, of what stands around the word `at` of the claim that also stands around
    `other_at` in the source.

    Near words count more than far ones, rare ones more than common ones, and those across a
    clause's border little.
    """
    there, common = _nearness(other, other_at), _common(claim, other)
    total = shared = 0.0
    for i, near in _around(claim, at):
        weight = near * source.rarity(claim.words[i].stem)
        total += weight
        shared += weight * max(
            (value * (0.35 + 0.65 * there[j]) for j, value in common[i] if j in there), default=0.0
        )
    return shared / total if total else 0.0


def sided(claim: Sentence, at: int, other: Sentence, other_at: int, source: Indexed) -> float:
    """The same, where what stands before one must stand before the other: a name's place in what is
    said of it.
    """
    there, common = _nearness(other, other_at), _common(claim, other)
    turned = _done_to(claim, at) != _done_to(other, other_at)
    total = shared = 0.0
    for i, near in _around(claim, at):
        weight = near * source.rarity(claim.words[i].stem)
        total += weight
        before = (i < at) != turned
        here = (
            (value * (0.35 + 0.65 * there[j]), (j < other_at) == before)
            for j, value in common[i]
            if j in there
        )
        shared += weight * max(
            (value * (1.0 if same else _OTHER_SIDE) for value, same in here), default=0.0
        )
    return shared / total if total else 0.0


def shared(claim: Sentence, at: int, other: Sentence, other_at: int) -> frozenset[int]:
    """The numbers of the telling words in the claim's clause that stand in the other's clause."""
    low, high = clause_bounds(claim.text, claim.words[at].start)
    first, last = clause_bounds(other.text, other.words[other_at].start)
    near = range(other_at - REACH, other_at + REACH + 1)
    return frozenset(
        i
        for i, row in _common(claim, other).items()
        if claim.words[i].low[0].isalpha() and low <= claim.words[i].start < high
        for j, value in row
        if value >= SYNONYM and j in near and first <= other.words[j].start < last
    )


@lru_cache(maxsize=2_000)
def _common(claim: Sentence, other: Sentence) -> dict[int, list[tuple[int, float]]]:
    """For each telling word of the claim the numbers of those in the other that it may stand for,
    with what they are worth.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(other.words):
        if _tells(word):
            places[word.stem].append(j)
    return {
        i: [
            (j, value)
            for stem, at in places.items()
            if (value := worth(word.stem, stem))
            for j in at
        ]
        for i, word in enumerate(claim.words)
        if _tells(word)
    }


def _tells(word: Word) -> bool:
    return (word.content or word.low[0].isdigit()) and word.low not in _SCALES


def _done_to(sentence: Sentence, at: int) -> bool:
    """Whether the name at this word stands where the other side of its verb does: "by Acme", "Acme
    was sued".
    """
    after = [word.low for word in sentence.words[at + 1 : at + 5]]
    suffers = any(
        one in _BEING and (other.endswith("ed") or irregular(other))
        for one, other in pairwise(after)
    )
    return suffers or any(word.low == "by" for word in sentence.words[max(0, at - 2) : at])


def word_at(sentence: Sentence, offset: int) -> int:
    """The number of the word that is at this offset of the sentence, or follows it."""
    return next(
        (i for i, word in enumerate(sentence.words) if word.end > offset), len(sentence.words) - 1
    )


@lru_cache(maxsize=20_000)
def _around(sentence: Sentence, at: int, reach: int = REACH) -> tuple[tuple[int, float], ...]:
    """The numbers of the telling words around one, each with how near it is: what is across a
    clause's border is further off.
    """
    low, high = clause_bounds(sentence.text, sentence.words[at].start)
    near = range(max(0, at - reach), min(len(sentence.words), at + reach + 1))
    words = ((i, sentence.words[i]) for i in near if i != at)
    return tuple(
        (i, (1.0 if low <= word.start < high else 0.4) / (1 + abs(i - at) / 3))
        for i, word in words
        if _tells(word)
    )


@lru_cache(maxsize=20_000)
def _nearness(sentence: Sentence, at: int) -> dict[int, float]:
    """The same of the source's sentence, where a word may stand a little further off, by the word's
    number.
    """
    return dict(_around(sentence, at, REACH + 5))


def phrase(sentence: Sentence, at: int, reach: int = 4) -> str:
    """The words around the word `at`, as the sentence has them."""
    words = sentence.words
    return sentence.text[
        words[max(0, at - reach)].start : words[min(len(words) - 1, at + reach)].end
    ]
