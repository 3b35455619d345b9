"""Up told as down: a word of the claim's whose opposite stands in its place in the evidence, or a
change with the other sign.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import worth
from digest.grounding.denied import negation
from digest.grounding.locality import agreement, phrase, word_at
from digest.grounding.numbers import agree
from digest.text.folding import word_list
from digest.text.thesaurus import opposites, relation
from digest.text.thesaurus_trade import FALLING, RISING
from digest.text.words import clause_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Sentence
    from digest.text.measures import Stated
    from digest.text.words import Word

# how well the surroundings of two opposite words must agree for the claim to have turned one into
# the other
_OPPOSED = 0.2
_KNOWN = 0.5  # the same where the source uses the claim's own word elsewhere
_BETTER = (
    0.15,
    1.3,
    # by how much, and how many times, the opposite must fit better where the evidence has the
    # claim's word as well
)
_BOUND = 8  # characters from such a word to its number at most: "under the $"
_MEASURES, _SUMS = frozenset({"share", "points", "times"}), frozenset({"money", "count", "power"})
_BY = re.compile(
    r"\b(?:by|up|down|rose|rises?|fell|falls?|climb(?:s|ed)?|grew|grows?|gain(?:s|ed)?|add(?:s|ed)?|lost|loses?|drop(?:s|ped)?)"
    r"(?: about| around| some| roughly| nearly| almost| more than| over)? $"
)
_LESS_OR_MORE = re.compile(
    r"\s?(?:per ?cent |percent |% |points? |percentage points? )?"
    r"(?:(?P<more>more|higher|dearer|costlier|pricier|larger|bigger|greater|above|faster|longer)|fewer|less|lower|cheaper|smaller|below|under|slower|shorter)\b",
    re.IGNORECASE,
)
_OTHER_WAY = {"over": "under", "under": "over", "about": ""}
_NEAR_A_NUMBER = 7  # words between a change and the word that says which way it went
# Words with an opposite that says nothing of direction where they are used otherwise: "on", "long",
# "in order to".
_SILENT = word_list(
    "long last first public private short order demand supply open close can will right man woman"
    " back off on in out sit sits sat lie lies lay stand stands stood he she it him her his hers"
    " its they them their we us our you your i me my who whom is are was were be been being am has"
    " have had having do does did doing done give gives gave given giving take takes took taken"
    " taking get gets got getting go goes went come comes came make makes made all none some any"
    " further far near nearly next past difference differences"
)


_HOW_MUCH = word_list("both neither either more less fewer most least better worse")
_JOINS = frozenset({"and", "but", "while", "though"})
_BEGINS = word_list("start starts started begin begins began stop stops stopped")
_TEMPORAL = frozenset({"before", "after"})
_TRADE_NOUNS = word_list(
    "buyer buyers seller sellers sale sales purchase purchases purchaser lender lenders borrower"
    " borrowers"
)
_TRADES = _TRADE_NOUNS | word_list(
    "buy buys buying bought sell sells selling sold lend lends lent lending borrow borrows borrowed"
    " borrowing"
)


def turns(claim: Aligned) -> Iterator[str]:
    """What the claim turns around, in words."""
    yield from _moved(claim)
    yield from _opposed(claim)


def _moved(claim: Aligned) -> Iterator[str]:
    """A change that the evidence gives the other sign: "rose 3.9%" for "fell 3.9 percent"."""
    for one in claim.claim.stated:
        if one.kind not in _MEASURES and not (
            one.kind in _SUMS and _BY.search(claim.claim.text[: one.start])
        ):
            continue
        mine = _sign(claim.claim, one)
        same = (
            (place.sentence, other)
            for place in claim.evidence
            for other in place.sentence.stated
            if agree(one, other)
        )
        signs = {
            (_sign(sentence, other), phrase(sentence, word_at(sentence, other.start)))
            for sentence, other in same
        }
        if mine and signs and all(sign == -mine for sign, _ in signs):
            yield f"{one.text} goes the other way: the source says “{signs.pop()[1]}”"


def _sign(sentence: Sentence, one: Stated) -> int:
    """1 when the nearest word of movement in the number's clause is up, -1 when it is down, 0 when
    there is none or it is denied.
    """
    after = _LESS_OR_MORE.match(sentence.text, one.end)
    if after:
        return 1 if after["more"] else -1
    low, high = clause_bounds(sentence.text, one.start)
    at = word_at(sentence, one.start)
    near = [
        (abs(i - at) - 0.5 * (i > at), i, 1 if word.stem in RISING else -1)
        for i, word in enumerate(sentence.words)
        if abs(i - at) <= _NEAR_A_NUMBER
        and low <= word.start < high
        and word.stem in RISING | FALLING
        and not _limits(sentence, i)
    ]
    joined = {i for i, word in enumerate(sentence.words) if word.low in _JOINS}
    near = [
        row for row in near if row[1] < at or joined.isdisjoint(range(at, row[1]))
    ]  # "by 7 percent here and lower it there"
    before = [row for row in near if row[1] < at]
    _, i, sign = min(before or near, default=(0.0, 0, 0))
    return -sign if sign and negation(sentence, i) else sign


def _opposed(claim: Aligned) -> Iterator[str]:
    """Words of which the evidence has the opposite in the same place."""
    for at, word in enumerate(claim.claim.words):
        against = opposites(word.stem)
        if (
            not against
            or word.low in _SILENT
            or word.low[0].isdigit()
            or _limits(claim.claim, at)
            or _in_a_name(claim.claim, at)
        ):
            continue
        if _bounds_a_known_number(claim, at):
            continue
        for place in claim.evidence:
            found = _turned(claim, at, against, place)
            if found is not None:
                yield (
                    f"“{word.text}” is turned around: the source says"
                    f" “{phrase(place.sentence, found)}”"
                )
                return


def _bounds_a_known_number(claim: Aligned, at: int) -> bool:
    """Whether the word is the limit of a number that the evidence has ("under 7 gigawatts"): that
    is the numbers' own check.
    """
    end = claim.claim.words[at].end
    one = next(
        (one for one in claim.claim.stated if one.bound and 0 < one.start - end < _BOUND), None
    )
    same = [
        other
        for place in claim.evidence
        for other in place.sentence.stated
        if one is not None and agree(one, other)
    ]
    return (
        one is not None
        and bool(same)
        and all(other.bound != _OTHER_WAY[one.bound] for other in same)
    )


def _limits(sentence: Sentence, at: int) -> bool:
    """Whether the word belongs to a number's limit ("up to $5m"), which is the numbers' own
    check.
    """
    after = sentence.words[at + 1 : at + 3]
    return sentence.words[at].low == "up" and bool(after) and after[0].low == "to"


def _turned(claim: Aligned, at: int, against: frozenset[str], place: Place) -> int | None:
    """The place of the opposite word in the evidence, when it fits there and the claim's own word
    does not fit better elsewhere.
    """
    there = place.sentence.words
    rivals = [
        i
        for i, other in enumerate(there)
        if other.stem in against
        and other.low not in _SILENT
        and not _both_sides(claim.claim, at, place.sentence, i)
    ]
    rivals = [
        i
        for i in rivals
        if claim.claim.words[at].low not in _TEMPORAL
        or _same_event(claim.claim, at, place.sentence, i)
    ]
    rivals = [i for i in rivals if _begins_to(claim.claim, at) == _begins_to(place.sentence, i)]
    if not rivals:
        return None
    fits, best = max(
        (agreement(claim.claim, at, place.sentence, i, place.source), i) for i in rivals
    )
    own = max(
        (found for evidence in claim.evidence for found in _own(claim.claim, at, evidence)),
        default=None,
    )
    if fits < _least(claim.claim.words[at], place) or (
        own is not None and (fits < _BETTER[1] * own or fits < own + _BETTER[0])
    ):
        return None
    turned_twice = negation(claim.claim, at) != negation(place.sentence, best)
    both_said = any(
        relation(word.stem, there[best].stem) == "same"
        and agreement(claim.claim, i, place.sentence, best, place.source) >= fits
        for i, word in enumerate(claim.claim.words)
    )
    return None if turned_twice or both_said else best


def _least(word: Word, place: Place) -> float:
    """How well the opposite must fit: better where the source has the claim's word as well, unless
    both say which way a number went.
    """
    known = (
        word.stem in place.source.places
        and word.stem not in RISING | FALLING
        and word.low not in _HOW_MUCH
    )
    return _KNOWN if known else _OPPOSED


def _same_event(claim: Sentence, at: int, sentence: Sentence, there: int) -> bool:
    """Whether a "before" and an "after" are followed by the same: else each tells of another
    event.
    """
    mine, theirs = (
        [word.stem for word in text.words[i + 1 : i + 8] if word.content]
        for text, i in ((claim, at), (sentence, there))
    )
    return not mine or any(worth(one, other) for one in mine[:2] for other in theirs)


def _in_a_name(sentence: Sentence, at: int) -> bool:
    """Whether the word is part of a name: it has a capital that does not open the sentence."""
    return sentence.words[at].capital and at > 0


def _both_sides(claim: Sentence, at: int, sentence: Sentence, there: int) -> bool:
    """Whether the two may be of one deal, which has a buyer and a seller: a verb and a noun, and
    not of the same party.
    """
    one, other = claim.words[at].low, sentence.words[there].low
    if not {one, other} <= _TRADES or (one in _TRADE_NOUNS) == (other in _TRADE_NOUNS):
        return False
    parties = (
        {word.stem for word in text.words[:i] if word.capital and word.content}
        for text, i in ((claim, at), (sentence, there))
    )
    return next(parties).isdisjoint(next(parties))


def _compared(word: Word, other: Word) -> bool:
    """Whether one of the two is the other's comparative: "large" and "larger"."""
    short, long = sorted((word.low, other.low), key=len)
    return long in {
        f"{short}er",
        f"{short}r",
        f"{short.removesuffix('y')}ier",
        f"{short}{short[-1]}er",
    }


def _begins_to(sentence: Sentence, at: int) -> bool:
    """Whether it is the "started" of "started hiring", which is not the opposite of an end."""
    after = sentence.words[at + 1 : at + 2]
    return sentence.words[at].low in _BEGINS and bool(after) and after[0].low.endswith("ing")


def _own(claim: Sentence, at: int, place: Place) -> Iterator[float]:
    """How well the claim's own word fits wherever the evidence has it."""
    word = claim.words[at]
    for i, other in enumerate(place.sentence.words):
        if (
            relation(word.stem, other.stem) == "same" or _compared(word, other)
        ) and other.capital <= word.capital:
            yield agreement(claim, at, place.sentence, i, place.source)
