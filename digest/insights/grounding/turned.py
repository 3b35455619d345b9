"""Up told as down: a word of the claim's whose opposite stands in its place in the evidence, or a change with the other sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.grounding.aligned import worth
from digest.insights.grounding.denied import negation
from digest.insights.grounding.locality import agreement, phrase, word_at
from digest.insights.grounding.numbers import agree
from digest.insights.grounding.thesaurus import opposites, relation
from digest.insights.grounding.trade import FALLING, RISING
from digest.insights.grounding.words import clause_bounds
from digest.insights.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.insights.grounding.aligned import Aligned, Place
    from digest.insights.grounding.indexed import Sentence
    from digest.insights.grounding.stated import Stated

_OPPOSED = 0.2  # how well the surroundings of two opposite words must agree for the claim to have turned one into the other
_BETTER = (0.15, 1.3)  # by how much, and how many times, the opposite must fit better where the evidence has the claim's word as well
_NEAR_A_NUMBER = 7  # words between a change and the word that says which way it went
# Words with an opposite that says nothing of direction where they are used otherwise: "on", "long", "in order to".
_SILENT = word_list(
    "long last first public private short order demand supply open close can will right man woman back off on in out "
    "sit sits sat lie lies lay stand stands stood "
    "he she it him her his hers its they them their we us our you your i me my who whom is are was were be been being am has have had "
    "having do does did doing done give gives gave given giving take takes took taken taking get gets got getting go goes went come comes "
    "came make makes made all none some any"
)


_TEMPORAL = frozenset({"before", "after"})
_TRADE_NOUNS = word_list("buyer buyers seller sellers sale sales purchase purchases purchaser lender lenders borrower borrowers")
_TRADES = _TRADE_NOUNS | word_list(
    "buy buys buying bought sell sells selling sold lend lends lent lending borrow borrows borrowed borrowing"
)


def turns(claim: Aligned) -> Iterator[str]:
    """What the claim turns around, in words."""
    yield from _moved(claim)
    yield from _opposed(claim)


def _moved(claim: Aligned) -> Iterator[str]:
    """A change that the evidence gives the other sign: "rose 3.9%" for "fell 3.9 percent"."""
    for one in claim.claim.stated:
        if one.kind not in {"share", "points", "times"}:
            continue
        mine = _sign(claim.claim, one)
        same = ((place.sentence, other) for place in claim.evidence for other in place.sentence.stated if agree(one, other))
        signs = {(_sign(sentence, other), phrase(sentence, word_at(sentence, other.start))) for sentence, other in same}
        if mine and signs and all(sign == -mine for sign, _ in signs):
            yield f"{one.text} goes the other way: the source says “{signs.pop()[1]}”"


def _sign(sentence: Sentence, one: Stated) -> int:
    """1 when the nearest word of movement in the number's clause is up, -1 when it is down, 0 when there is none or it is denied."""
    low, high = clause_bounds(sentence.text, one.start)
    at = word_at(sentence, one.start)
    near = [
        (abs(i - at) - 0.5 * (i > at), i, 1 if word.stem in RISING else -1)
        for i, word in enumerate(sentence.words)
        if abs(i - at) <= _NEAR_A_NUMBER and low <= word.start < high and word.stem in RISING | FALLING and not _limits(sentence, i)
    ]
    _, i, sign = min(near, default=(0.0, 0, 0))
    return -sign if sign and negation(sentence, i) else sign


def _opposed(claim: Aligned) -> Iterator[str]:
    """Words of which the evidence has the opposite in the same place."""
    for at, word in enumerate(claim.claim.words):
        against = opposites(word.stem)
        if not against or word.low in _SILENT or word.low[0].isdigit() or _limits(claim.claim, at) or _in_a_name(claim.claim, at):
            continue
        for place in claim.evidence:
            found = _turned(claim, at, against, place)
            if found is not None:
                yield f"“{word.text}” is turned around: the source says “{phrase(place.sentence, found)}”"
                return


def _limits(sentence: Sentence, at: int) -> bool:
    """Whether the word belongs to a number's limit ("up to $5m"), which is the numbers' own check."""
    after = sentence.words[at + 1 : at + 3]
    return sentence.words[at].low == "up" and bool(after) and after[0].low == "to"


def _turned(claim: Aligned, at: int, against: frozenset[str], place: Place) -> int | None:
    """The place of the opposite word in the evidence, when it fits there and the claim's own word does not fit better elsewhere."""
    there = place.sentence.words
    rivals = [
        i
        for i, other in enumerate(there)
        if other.stem in against and other.low not in _SILENT and not _both_sides(claim.claim, at, place.sentence, i)
    ]
    rivals = [i for i in rivals if claim.claim.words[at].low not in _TEMPORAL or _same_event(claim.claim, at, place.sentence, i)]
    if not rivals:
        return None
    fits, best = max((agreement(claim.claim, at, place.sentence, i, place.source), i) for i in rivals)
    own = max((found for evidence in claim.evidence for found in _own(claim.claim, at, evidence)), default=None)
    if fits < _OPPOSED or (own is not None and (fits < _BETTER[1] * own or fits < own + _BETTER[0])):
        return None
    turned_twice = negation(claim.claim, at) != negation(place.sentence, best)
    both_said = any(
        relation(word.stem, there[best].stem) == "same" and agreement(claim.claim, i, place.sentence, best, place.source) >= fits
        for i, word in enumerate(claim.claim.words)
    )
    return None if turned_twice or both_said else best


def _same_event(claim: Sentence, at: int, sentence: Sentence, there: int) -> bool:
    """Whether a "before" and an "after" are followed by the same: else each tells of another event."""
    mine, theirs = ([word.stem for word in text.words[i + 1 : i + 8] if word.content] for text, i in ((claim, at), (sentence, there)))
    return not mine or any(worth(one, other) for one in mine[:2] for other in theirs)


def _in_a_name(sentence: Sentence, at: int) -> bool:
    """Whether the word is part of a name: it has a capital that does not open the sentence."""
    return sentence.words[at].capital and at > 0


def _both_sides(claim: Sentence, at: int, sentence: Sentence, there: int) -> bool:
    """Whether the two may be of one deal, which has a buyer and a seller: a verb and a noun, and not of the same party."""
    one, other = claim.words[at].low, sentence.words[there].low
    if not {one, other} <= _TRADES or (one in _TRADE_NOUNS) == (other in _TRADE_NOUNS):
        return False
    parties = ({word.stem for word in text.words[:i] if word.capital and word.content} for text, i in ((claim, at), (sentence, there)))
    return next(parties).isdisjoint(next(parties))


def _own(claim: Sentence, at: int, place: Place) -> Iterator[float]:
    """How well the claim's own word fits wherever the evidence has it."""
    word = claim.words[at]
    for i, other in enumerate(place.sentence.words):
        if relation(word.stem, other.stem) == "same" and other.capital <= word.capital:
            yield agreement(claim, at, place.sentence, i, place.source)
