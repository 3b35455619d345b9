"""Whether two words stand for the same thing in their sentences: do the words around one stand around the other?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digest.insights.grounding.aligned import worth
from digest.insights.grounding.words import clause_bounds

if TYPE_CHECKING:
    from digest.insights.grounding.indexed import Indexed, Sentence
    from digest.insights.grounding.words import Word

REACH = 9  # words to either side


def agreement(claim: Sentence, at: int, other: Sentence, other_at: int, source: Indexed) -> float:
    """The share, 0 to 1, of what stands around the word `at` of the claim that also stands around `other_at` in the source.

    Near words count more than far ones, rare ones more than common ones, and those across a clause's border little.
    """
    around = _around(claim, at)
    there = _around(other, other_at, REACH + 5)
    total = shared = 0.0
    for word, near in around:
        weight = near * source.rarity(word.stem)
        total += weight
        shared += weight * max((worth(word.stem, found.stem) * (0.35 + 0.65 * close) for found, close in there), default=0.0)
    return shared / total if total else 0.0


def word_at(sentence: Sentence, offset: int) -> int:
    """The number of the word that is at this offset of the sentence, or follows it."""
    return next((i for i, word in enumerate(sentence.words) if word.end > offset), len(sentence.words) - 1)


@lru_cache(maxsize=20_000)
def _around(sentence: Sentence, at: int, reach: int = REACH) -> tuple[tuple[Word, float], ...]:
    """The words around one, each with how near it is: what is across a clause's border is further off."""
    low, high = clause_bounds(sentence.text, sentence.words[at].start)
    near = range(max(0, at - reach), min(len(sentence.words), at + reach + 1))
    return tuple(
        (word, (1.0 if low <= word.start < high else 0.4) / (1 + abs(i - at) / 3))
        for i in near
        if i != at and ((word := sentence.words[i]).content or word.low[0].isdigit())
    )


def phrase(sentence: Sentence, at: int, reach: int = 4) -> str:
    """The words around the word `at`, as the sentence has them."""
    words = sentence.words
    return sentence.text[words[max(0, at - reach)].start : words[min(len(words) - 1, at + reach)].end]
