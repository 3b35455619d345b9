"""The clauses of a sentence, and which of the evidence's clauses each of the claim's retells."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Sentence
    from digest.text.words import Word

_BORDER = re.compile(
    r"[;:()\u2014]|[,.!?]\s?\"|"
    r",(?=\s(?:and|but|or|so|while|whereas|though|although|which|who|whose|where|whereby|when|after|as|because|since|if|for|yet|with|plus|said|says"
    r"|according|rather|not|against|compared)\b)|"
    # "…, the White House said"
    r",(?=\s(?:the\s)?(?:[A-Z][\w'&.-]*\s){1,4}(?:said|says|clarified|wrote|told|added)\b)|"
    r"\s(?=(?:while|whereas|but|because|though|although|unless|until|if|which|who|so that)\s)"
)


_PARTS = re.compile(
    r"[;:]\s|,?\s(?:while|whereas)\s|,\s(?:and|but)\s(?=(?:the\s)?[A-Z])|"
    # "Acme raised $1 million and Bolt $2 million"
    r"\sand\s(?=[A-Z]\w+(?:'s)?\s(?:[a-z]+\s){0,3}[$€£\d])"
)
_HEADING = 0.45  # what a headline's clause is worth where another says the same


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: its words from `first` up to, not including, `end`."""

    sentence: Sentence
    first: int
    end: int

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words in order."""
        return self.sentence.words[self.first : self.end]

    def has(self, word: Word) -> bool:
        """Whether the word of its sentence is in it."""
        return self.words[0].start <= word.start <= self.words[-1].start

    @property
    def text(self) -> str:
        """The clause as it stands."""
        return self.sentence.text[self.words[0].start : self.words[-1].end]


@lru_cache(maxsize=5_000)
def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of the sentence in order; they cover all of its words."""
    cuts = [found.start() for found in _BORDER.finditer(folded(sentence.text))]
    firsts = [
        0,
        *(
            next(
                (i for i, word in enumerate(sentence.words) if word.start >= cut),
                len(sentence.words),
            )
            for cut in cuts
        ),
    ]
    borders = sorted({*firsts, len(sentence.words)})
    return tuple(Clause(sentence, one, other) for one, other in pairwise(borders))


@lru_cache(maxsize=5_000)
def parts(sentence: Sentence) -> tuple[int, ...]:
    """Where a sentence that says one thing and then another begins to say the other: each part has
    its own subject and verb.
    """
    return tuple(found.start() for found in _PARTS.finditer(folded(sentence.text)))


def in_one_part(sentence: Sentence, one: int, other: int) -> bool:
    """Whether the words with these numbers are in one part of it."""
    low, high = sorted((sentence.words[one].start, sentence.words[other].start))
    return not any(low < cut < high for cut in parts(sentence))


def at_word(sentence: Sentence, at: int) -> Clause:
    """The clause that the word with this number is in."""
    return next(clause for clause in clauses(sentence) if clause.first <= at < clause.end)


def retold(claim: Aligned) -> Iterator[tuple[Clause, Clause, float]]:
    """For each clause of the claim the one of the evidence that has most of it, and how much of its
    content that is, 0 to 1.
    """
    for clause in clauses(claim.claim):
        found = held(claim, clause)
        total = sum(match.weight for match in claim.matches if clause.has(match.word))
        if found and total:
            best = max(
                found, key=lambda one: found[one] * (_HEADING if _of_the_title(one, claim) else 1.0)
            )
            yield clause, best, found[best] / total


def _of_the_title(clause: Clause, claim: Aligned) -> bool:
    """Whether the clause is a headline's, the stored one or its copy in the text: these say it
    shorter than what follows.
    """
    return any(
        place.sentence is clause.sentence
        and (place.sentence.title or place.sentence.text == place.source.document.title)
        for place in claim.evidence
    )


def held(claim: Aligned, clause: Clause) -> dict[Clause, float]:
    """The clauses of the evidence that have anything of this clause of the claim, each with the
    weight of it that it has.
    """
    weights = {match.word.start: match.weight * match.worth for match in claim.matches}
    found: defaultdict[Clause, float] = defaultdict(float)
    for pair in claim.pairs:
        if clause.first <= pair.at < clause.end:
            found[at_word(pair.place.sentence, pair.there)] += weights[pair.word.start]
    return found
