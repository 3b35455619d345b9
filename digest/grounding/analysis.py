"""What a sentence says of its words: which are denied, which are planned, possible or hearsay, and
which are quoted. Made once for each sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.grounding.clauses import clauses
from digest.grounding.lexicon import found
from digest.text.folding import folded
from digest.text.stems import irregular

if TYPE_CHECKING:
    from digest.grounding.clauses import Clause
    from digest.grounding.indexed import Sentence

_QUOTED = re.compile(r"\"[^\"]+\"|(?<!\w)'(?:[^']|(?<=\w)'(?=\w))+'(?!\w)")
_UNTIL = re.compile(r"\b(?:until|till|before|but)\b")
_UNTIL_WITHIN = 45  # characters behind a denial
_REACH = 5  # words behind a denial of which the first that tells is denied
_GOVERNED = 4  # words behind a plan or a maybe that it is about
_BEING = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got"})
_SLIGHT = frozenset({"even", "yet", "ever", "fully", "really", "actually", "immediately", "longer"})
_UNSURE = ("possible", "planned")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A sentence's words, by their numbers."""

    clauses: tuple[Clause, ...]
    denials: tuple[int, ...]  # of the words that deny
    denied: frozenset[int]  # those of which a denial stands; one that is denied twice is not
    unsure: dict[int, str]  # those that are "planned" or "possible"
    hearsay: bool  # whether the sentence gives what it says as a rumour
    quoted: frozenset[int]  # those between quotation marks
    passive: frozenset[int]  # verbs that are done to what stands before them

    def clause(self, at: int) -> Clause:
        """The clause that the word is in."""
        return next(one for one in self.clauses if one.first <= at < one.end)

    def odd(self, at: int) -> bool:
        """Whether the word's clause denies an odd number of times."""
        clause = self.clause(at)
        return sum(clause.first <= one < clause.end for one in self.denials) % 2 == 1


@lru_cache(maxsize=20_000)
def analysed(sentence: Sentence) -> Analysis:
    """The analysis of the sentence."""
    low = folded(sentence.text).lower()
    parts = clauses(sentence)
    denials, denied = _denied(sentence, low, parts)
    return Analysis(
        parts,
        denials,
        denied,
        _unsure(sentence, low, parts),
        bool(found("rumoured", low)),
        frozenset(
            i
            for match in _QUOTED.finditer(folded(sentence.text))
            for i, word in enumerate(sentence.words)
            if match.start() <= word.start < match.end()
        ),
        frozenset(_passive(sentence)),
    )


def _denied(
    sentence: Sentence, low: str, parts: tuple[Clause, ...]
) -> tuple[tuple[int, ...], frozenset[int]]:
    """The words that deny, and those denied: of each denial the first telling word behind it."""
    void = found("void", low)
    denials, odd = [], set[int]()
    for start, end in found("deny", low):
        if any(start < stop and begin < end for begin, stop in void):
            continue
        at = _word_from(sentence, end)
        denials.append(_word_from(sentence, start))
        if low[start:end] != "no" and _UNTIL.search(low[end : end + _UNTIL_WITHIN]):
            continue  # "not until July" is "in July", "not this but that" is "that"
        head = next(
            (
                i
                for i in range(at, min(at + _REACH, len(sentence.words)))
                if sentence.words[i].content
                and sentence.words[i].low not in _SLIGHT
                and not sentence.words[i].low.endswith("ly")
                and not any(a <= sentence.words[i].start < b for a, b in found("deny", low))
            ),
            None,
        )
        if head is not None and _together(parts, denials[-1], head):
            odd ^= {head}
    return tuple(denials), frozenset(odd)


def _unsure(sentence: Sentence, low: str, parts: tuple[Clause, ...]) -> dict[int, str]:
    """The words behind a plan or a maybe of their clause; a maybe weighs more."""
    unsure: dict[int, str] = {}
    for kind in reversed(_UNSURE):
        for start, end in found(kind, low):
            first, mark = _word_from(sentence, end), _word_from(sentence, start)
            for at in range(first, min(first + _GOVERNED, len(sentence.words))):
                if _together(parts, mark, at):
                    unsure[at] = kind
    for start, end in found("disowned", low):
        mark = _word_from(sentence, start)
        for at in range(_word_from(sentence, end), len(sentence.words)):
            if _together(parts, mark, at):
                unsure[at] = "possible"
    return unsure


def _passive(sentence: Sentence) -> list[int]:
    words = sentence.words
    return [
        i
        for i, word in enumerate(words)
        if (word.low.endswith("ed") or irregular(word.low))
        and any(other.low in _BEING for other in words[max(0, i - 3) : i])
    ]


def _word_from(sentence: Sentence, offset: int) -> int:
    """The number of the first word that does not end before the offset."""
    return next(
        (i for i, word in enumerate(sentence.words) if word.end > offset), len(sentence.words)
    )


def _together(parts: tuple[Clause, ...], one: int, other: int) -> bool:
    return any(part.first <= one < part.end and part.first <= other < part.end for part in parts)
