"""Maybe told as sure: what the source calls possible or planned and the claim tells as done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.grounding.aligned import SYNONYM
from digest.insights.grounding.locality import agreement, phrase
from digest.insights.grounding.words import clause_bounds
from digest.insights.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.insights.grounding.aligned import Aligned, Pair
    from digest.insights.grounding.indexed import Sentence

_IN_PLACE = 0.33  # how well the surroundings of the two verbs must agree
_HEDGES = word_list(
    "may might could possibly perhaps potentially considering considers consider mulling weighing exploring rumored rumoured reportedly "
    "allegedly alleged likely unlikely talks hopes hope wants want seeks seeking seek proposed proposes propose suggests suggest suggested "
    "if whether would appears seems apparently believed possible possibility can should accused suspected claims claimed denies denied "
    "potential think thinks believe believes"
)
_PLANS = word_list(
    "plan plans planned planning intend intends intended expects expect expected aims aim due will would set agreed agrees agree forecast "
    "forecasts projected projects estimates estimated predicts predicted to shall target targets pledged pledges promised promises commits "
    "committed scheduled anticipates anticipated going"
)


def hedges(claim: Aligned) -> Iterator[str]:
    """What the claim is surer of than its best evidence, in words. A claim with any hedge of its own is let be."""
    own = {word.low for word in claim.claim.words}
    if own & _HEDGES:
        return
    dropped = _HEDGES if own & _PLANS else _HEDGES | (_PLANS - {"to", "would"})
    for pair in claim.pairs:
        there = pair.place.sentence
        if pair.place is not claim.evidence[0] or pair.worth < SYNONYM or not _acts(pair) or not _hedged(there, pair.there, dropped):
            continue
        if agreement(claim.claim, pair.at, there, pair.there, pair.place.source) >= _IN_PLACE:
            yield f"“{pair.word.text}” is firmer than the source, which says “{phrase(there, pair.there)}”"
            return


def _acts(pair: Pair) -> bool:
    """Whether the claim tells as done or doing ("bought") what the source names as an act ("may buy")."""
    words = (pair.word, pair.other)
    named = any(word.capital or word.low in _HEDGES | _PLANS for word in words)
    return not named and pair.word.low != pair.other.low and (pair.word.low != pair.word.stem or pair.word.low.endswith(("ed", "s")))


def _hedged(sentence: Sentence, at: int, words: frozenset[str]) -> bool:
    low, _ = clause_bounds(sentence.text, sentence.words[at].start)
    return any(word.low in words for word in sentence.words[max(0, at - 3) : at] if word.start >= low)
