"""The verb of a short claim: where next to nothing else is said, the sources must have something
akin to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.named import claimed
from digest.text.folding import word_list
from digest.text.stems import irregular
from digest.text.thesaurus import relation
from digest.text.thesaurus_headlines import plainly, with_particle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Match
    from digest.grounding.indexed import Indexed
    from digest.text.words import Word

SHORT = 12  # words up to which a claim is a headline or as short as one
_NEAR = 2  # sentences around the evidence in which a kindred word may stand
_MOST = 0.6  # the share of its words, names and numbers aside, that no source may be without
_ROOT = 5  # letters that a verb and the noun made of it must share
_MOST_NAMES = 2  # words beside names that say too little to judge by
# Verbs that say little, and those of saying and thinking, for which a source that speaks for itself
# has no word.
_COUNTS = frozenset({"one", "two", "three"})  # which a claim may count for itself
_LIGHT = word_list(
    "sees saw puts put gets got takes took makes made gives gave lets let keeps kept holds held"
    " goes went moves moved turns turned shows showed finds found wants wanted needs needed tries"
    " tried helps helped uses used offers offered bets doubts doubted thinks thought believes"
    " believed argues argued warns warned vows vowed eyes eyed says said tells told asks asked"
    " calls called looks looked comes came runs ran meets met faces faced stays stayed seems seemed"
    " becomes became remains remained casts cast joins joined follows followed expects expected"
    " predicts predicted reckons reckoned fears feared"
)


def unborne(claim: Aligned, sources: Sequence[Indexed]) -> tuple[str, ...]:
    """The words of a short claim that its sources do not bear out: its verb, or most of what is no
    name; none for a longer one.
    """
    if len(claim.claim.words) > SHORT or not claim.evidence:
        return ()
    names = claimed(claim.claim, sources)
    named = {word.start for name in names for word in name.words}
    said = [
        match
        for match in claim.matches
        if match.word.start not in named and _counts_for_it(match.word)
    ]
    near = frozenset[str]().union(*_around(claim))
    far = [match.word for match in said if not _akin(match, near, claim)]
    verbs = tuple(word.text for word in far if _is_verb_of(word, claim, named))
    return verbs or (
        tuple(word.text for word in far)
        if len(said) > _MOST_NAMES and len(far) > _MOST * len(said)
        else ()
    )


def _counts_for_it(word: Word) -> bool:
    return word.low.isalpha() and word.low not in _COUNTS


def _around(claim: Aligned) -> Iterator[frozenset[str]]:
    """The stems of the evidence and of what stands next to it."""
    for place in claim.evidence:
        listed = place.source.sentences
        yield from (
            sentence.stems
            for sentence in listed[max(0, place.number - _NEAR) : place.number + _NEAR + 1]
        )


def _akin(match: Match, near: frozenset[str], claim: Aligned) -> bool:
    one = match.word.stem
    if match.worth or one in near or match.word.low in _LIGHT:
        return True
    together = with_particle(claim.claim.words, claim.claim.words.index(match.word))
    if together:
        return not near.isdisjoint(together)
    if len(one) >= _ROOT and any(other.startswith(one) for other in near):
        return True  # "refused" and "refusal"
    if not near.isdisjoint(plainly(one)):
        return True
    sisters = frozenset[str]().union(*(place.sentence.stems for place in claim.evidence))
    return any(relation(one, other) in {"same", "wider"} for other in near) or any(
        relation(one, other) for other in sisters
    )


def _is_verb_of(word: Word, claim: Aligned, named: set[int]) -> bool:
    """Whether the word is what the name right before it does."""
    at = claim.claim.words.index(word)
    before = claim.claim.words[at - 1] if at else None
    acts = word.low.endswith(("s", "ed")) or irregular(word.low)
    return (
        before is not None
        and before.start in named
        and before.end - before.start == len(before.text)
        and acts
        and not word.capital
    )
