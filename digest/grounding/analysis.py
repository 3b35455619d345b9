"""What a sentence says of its words: which are denied, and which are quoted. Made once for each
sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.grounding.clauses import clauses
from digest.grounding.lexicon import found
from digest.text.folding import folded

if TYPE_CHECKING:
    from digest.grounding.clauses import Clause
    from digest.grounding.indexed import Sentence

_QUOTED = re.compile(r"\"[^\"]+\"|(?<!\w)'(?:[^']|(?<=\w)'(?=\w))+'(?!\w)")
_UNTIL = re.compile(r"\b(?:until|till|before|but)\b")
_UNTIL_WITHIN = 45  # characters behind a denial
_REACH = 5  # words behind a denial of which the first that tells is denied
_SLIGHT = frozenset({"even", "yet", "ever", "fully", "really", "actually", "immediately", "longer"})


@dataclass(frozen=True, slots=True)
class Analysis:
    """A sentence's words, by their numbers."""

    clauses: tuple[Clause, ...]
    denials: tuple[int, ...]  # of the words that deny
    denied: frozenset[int]  # those of which a denial stands; one that is denied twice is not
    disowned: frozenset[int]  # those of what somebody "denied that"
    quoted: frozenset[int]  # those between quotation marks

    def clause(self, at: int) -> Clause:
        """The clause that the word is in."""
        return next(one for one in self.clauses if one.first <= at < one.end)

    def affirms_not(self, at: int) -> bool:
        """Whether the sentence denies the word, or has somebody deny it."""
        return at in self.denied or at in self.disowned

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
        _disowned(sentence, low, parts),
        frozenset(
            i
            for match in _QUOTED.finditer(folded(sentence.text))
            for i, word in enumerate(sentence.words)
            if match.start() <= word.start < match.end()
        ),
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


def _disowned(sentence: Sentence, low: str, parts: tuple[Clause, ...]) -> frozenset[int]:
    """The telling words of the clause behind "denied that", "doubts that" and the like."""
    words = sentence.words
    marks = (_word_from(sentence, start) for start, _ in found("disowned", low))
    thats = (
        next((at for at in range(mark, len(words))[:_REACH] if words[at].low == "that"), None)
        for mark in marks
    )
    return frozenset(
        at
        for that in thats
        if that is not None
        for at in range(that, len(words))
        if words[at].content and _together(parts, that, at)
    )


def _word_from(sentence: Sentence, offset: int) -> int:
    """The number of the first word that does not end before the offset."""
    return next(
        (i for i, word in enumerate(sentence.words) if word.end > offset), len(sentence.words)
    )


def _together(parts: tuple[Clause, ...], one: int, other: int) -> bool:
    return any(part.first <= one < part.end and part.first <= other < part.end for part in parts)
