"""A denial of the claim's own, told by the words that are denied: "rules out moving" for "would
move".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM, worth
from digest.grounding.clauses import at_word
from digest.grounding.denied import doubts
from digest.grounding.outcome import short
from digest.text.folding import folded
from digest.text.thesaurus import opposites

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Sentence
    from digest.text.words import Word

_DENIAL = re.compile(
    r"\b(?:no longer|rul(?:es?|ed|ing) out|(?:declin|refus)(?:es?|ed|ing) to(?="
    r" [a-z])|fail(?:s|ed|ing)? to|stop(?:s|ped)? short of|"
    r"without|never|cannot|den(?:y|ies|ied)|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should) not"
    r"(?! only| just| merely| alone))\b"
    r"|(?<=[a-z])n't\b",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"\bnot\b[^.;:]*?\bbut\b")
_REACH = 7  # words after a denial that it may be about
_MOST = 0.6  # the share of them that the source's sentence must have


def gainsaid(claim: Aligned) -> Iterator[str]:
    """The first denial for which the sentence that has what it denies has no word."""
    for found in _DENIAL.finditer(folded(claim.claim.text)):
        scope = _scope(claim.claim, found.end())
        holding = [place for place in claim.evidence if _holds(scope, place)]
        if (
            len(scope) > 2
            and holding
            and not any(_doubted(place, scope) for place in claim.evidence)
        ):
            yield (
                f"“{found[0]}”: the source does not deny it, it says"
                f" “{short(holding[0].sentence.text)}”"
            )
            return


def _scope(claim: Sentence, after: int) -> list[Word]:
    """What the denial that ends here may be about: the words that say something, up to the end of
    its clause.
    """
    words = [(i, word) for i, word in enumerate(claim.words) if word.start >= after]
    if not words:
        return []
    clause = at_word(claim, words[0][0])
    return [word for i, word in words if i < min(clause.end, words[0][0] + _REACH) and word.content]


def _holds(scope: Sequence[Word], place: Place) -> bool:
    rarity = place.source.rarity
    total = sum(rarity(word.stem) for word in scope)
    held = sum(
        rarity(word.stem)
        for word in scope
        if any(worth(word.stem, stem) >= SYNONYM for stem in place.sentence.stems)
    )
    return held >= _MOST * total > 0 and not place.sentence.title


def _doubted(place: Place, scope: Sequence[Word]) -> bool:
    """Whether the sentence has a word that can be why a claim says no."""
    text = folded(place.sentence.text)
    cut = max((found.end() for found in _NOT_BUT.finditer(text)), default=0)
    against = frozenset[str]().union(*(opposites(word.stem) for word in scope))
    return any(
        doubts(word, soft=True) or word.stem in against
        for word in place.sentence.words
        if word.start >= cut
    )
