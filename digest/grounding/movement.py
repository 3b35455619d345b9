"""Which way a number went: what the words beside it say, what the source says of the same number,
and whether the claim's own two numbers allow it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.grounding.analysis import analysed
from digest.grounding.equal_numbers import agree
from digest.grounding.lexicon import found
from digest.grounding.numbers import base
from digest.grounding.outcome import Outcome, outcome
from digest.grounding.surroundings import phrase, word_at
from digest.text.folding import folded
from digest.text.words import clause_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.case import Case
    from digest.grounding.indexed import Sentence
    from digest.text.measures import Stated

_BEFORE, _AFTER = 4, 3  # words between a number and the word that says which way it went
_IN_PLACE = 0.15  # how well the surroundings of the two numbers must agree
_ORDERS = 20  # times that one number may be the other for the two to be compared
_BETWEEN = 90  # characters between two numbers of which one is compared with the other
_COUNTED = 10  # a smaller count says little of which way anything went
_UNMOVED = frozenset({"rank", "time"})
_BEHIND = re.compile(
    r"\s?(?:per ?cent |percent |% |points? |percentage points? |an? \w+ )?(?:(?P<more>more|higher|dearer"
    r"|costlier|pricier|larger|bigger|greater|above|faster|longer)|fewer|less|lower|cheaper|smaller"
    r"|below|slower|shorter)\b",
    re.IGNORECASE,
)
_TO = re.compile(r" to(?: about| nearly| almost| some| around| over)? ?[$€£]?$")
# what makes the number behind it the one that another is compared with
_COMPARED = re.compile(
    r"\b(?:(?P<base>from)|(?P<up>above|exceed\w*|(?:more|higher|larger|greater|dearer) than)"
    r"|(?P<down>below|(?:fewer|less|lower|smaller|cheaper) than|short of))"
    r"(?: the| a| its| some| about| [\w.]+'s){0,3} ?[$€£]?$"
)


def movement(case: Case) -> Outcome:
    """No number goes the other way than in the source, or than the number that it is compared
    with allows.
    """
    moved = bool(case.sentence.stated)
    return outcome(moved, [*_turned(case), *_impossible(case), *_exchanged(case)])


def _turned(case: Case) -> Iterator[str]:
    for one in case.sentence.stated:
        still = one.kind in _UNMOVED or (one.kind == "count" and one.value < _COUNTED)
        mine = 0 if still else way(case.sentence, one)
        there = [
            (place, other)
            for place in case.evidence
            if mine
            for other in place.sentence.stated
            if agree(one, other)
        ]
        if {way(place.sentence, other) for place, other in there} == {-mine}:
            place, other = there[0]
            at = word_at(place.sentence, other.start)
            if case.agrees(word_at(case.sentence, one.start), place, at) >= _IN_PLACE:
                said = phrase(place.sentence, at, 6)
                yield f"{one.text} goes the other way: the source says “{said}”"


def way(sentence: Sentence, one: Stated) -> int:
    """1 when the word of movement next to the number in its clause is up, -1 when it is down; 0
    when there is none.
    """
    if base(sentence, one) and not one.bound:  # "up more than 5" is compared with nothing
        return 0
    low, high = clause_bounds(sentence.text, one.start)
    at, last = word_at(sentence, one.start), word_at(sentence, one.end - 1)
    limit = _limit(sentence, one, at)
    before = range(max(0, at - _BEFORE), at - limit)
    after = range(last + 1, min(len(sentence.words), last + 1 + _AFTER))
    told = _BEHIND.match(folded(sentence.text), one.end)
    if told:
        return 1 if told["more"] else -1
    for i in (*reversed(before), *after):
        word = sentence.words[i]
        sign = bool(found("rose", word.low)) - bool(found("fell", word.low))
        if sign and low <= word.start < high:
            return -sign if i in analysed(sentence).denied else sign
        if word.low in {"and", "while", "but"} or word.low[0].isdigit():
            if i < at:
                continue
            return 0
    return 0


def _limit(sentence: Sentence, one: Stated, at: int) -> int:
    """How many words before a number make it a limit, and say nothing of movement: "more than 5"."""
    if one.bound not in {"over", "under"}:
        return 0
    return 2 if sentence.words[at - 1].low in {"than", "as", "to"} else 1


def _impossible(case: Case) -> Iterator[str]:
    """A rise to less or a fall to more: "fell to $11 billion from $9 billion"."""
    for one, other, compared in _compared(case.sentence):
        up, down = bool(compared["up"]), bool(compared["down"])
        if compared["base"]:
            sign = way(case.sentence, one) or _between(case.sentence, one, other)
            up, down = sign > 0, sign < 0
        rises = one.value > other.value
        if (up, down) == (not rises, rises):
            yield f"{one.text} against {other.text} is the other way round"


def _between(sentence: Sentence, one: Stated, other: Stated) -> int:
    text = folded(sentence.text[one.end : other.start]).lower()
    return bool(found("rose", text)) - bool(found("fell", text))


def _compared(sentence: Sentence) -> Iterator[tuple[Stated, Stated, re.Match[str]]]:
    """A number, the one behind it that it is compared with, and the words of the comparison."""
    for one, other in pairwise(one for one in sentence.stated if one.kind not in _UNMOVED):
        if not _comparable(one, other):
            continue
        compared = _COMPARED.search(folded(sentence.text[one.end : other.start]).lower())
        if compared:
            yield one, other, compared


def _comparable(one: Stated, other: Stated) -> bool:
    low, high = sorted((one.value, other.value))
    alike = (one.kind, one.unit, one.period) == (other.kind, other.unit, other.period)
    near = other.start - one.end <= _BETWEEN
    return alike and near and low < high <= _ORDERS * low


def _exchanged(case: Case) -> Iterator[str]:
    """The two ends of a change that the source has the other way round."""
    for one, start in _changes(case.sentence):
        for place in case.evidence:
            for new, old in _changes(place.sentence):
                if agree(one, old) and agree(start, new) and not agree(one, new):
                    said = place.sentence.text[min(new.start, old.start) : max(new.end, old.end)]
                    yield f"{one.text} against {start.text} is turned around: it is “{said}”"
                    return


def _changes(sentence: Sentence) -> Iterator[tuple[Stated, Stated]]:
    """Two numbers of a kind side by side, the second the one that the first is measured against."""
    for one, other in pairwise(sentence.stated):
        if (one.kind, one.unit) != (other.kind, other.unit):
            continue
        if base(sentence, other) and not base(sentence, one):
            yield one, other
        elif base(sentence, one) and _TO.search(sentence.text[one.end : other.start].lower()):
            yield other, one
