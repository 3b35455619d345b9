"""From what to what: the old and the new value of a change told the other way round, here or in the
source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.locality import phrase, word_at
from digest.grounding.numbers import agree, is_base
from digest.text.thesaurus_trade import FALLING, RISING
from digest.text.words import clause_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Sentence
    from digest.text.measures import Stated

_CHANGES = frozenset({"share", "points", "times"})  # "fell 34%, against 6%" compares two falls
_BASE = re.compile(r"\b(from|against|than|compared (?:with|to)|versus|vs\.?)\b(?=[^.;]*$)")
_PART_OF = re.compile(r"\bof which\b[^.;]*$")
_CLAUSE_END = re.compile(r"[;:]|, and\b|\bwhile\b|\bbut\b")
_RISES = re.compile(
    r"\b(?:rose|risen|rises?|grew|grown|grows?|climbed|climbs?|jumped|gained|increased?|up|more|higher|surged|soared)\b"
)
_FALLS = re.compile(
    r"\b(?:fell|fallen|falls?|dropped|drops?|declined?|decreased?|down|fewer|less|lower|shrank|shrunk|slid|plunged)\b"
)
_FROM = re.compile(r"\bfrom (?:an? |the )?(?:\w+ )?$", re.IGNORECASE)
_TO = re.compile(r"\bto (?:an? |the )?(?:\w+ ){0,2}$", re.IGNORECASE)
# times: a number so much larger is no value that the other has come from ("give or take $30
# million, up from $11 billion")
_ORDERS = 20
_BREAK = re.compile(r"[;:]|\.\s")


def changed(claim: Aligned) -> Iterator[str]:
    """The first change whose ends the claim gives the other way round, or whose sign its source's
    values do not bear out.
    """
    yield from _recast(claim.claim)
    theirs = [(place.sentence, pair) for place in claim.evidence for pair in _pairs(place.sentence)]
    for new, old in _pairs(claim.claim):
        if any(agree(new, other) and agree(old, base) for _, (other, base) in theirs):
            continue
        turned = next(
            (row for row in theirs if agree(new, row[1][1]) and agree(old, row[1][0])), None
        )
        if turned is not None:
            said = phrase(turned[0], word_at(turned[0], turned[1][0].start), 5)
            yield f"{new.text} and {old.text} are the other way round: the source says “{said}”"
            return
    for one in claim.claim.stated:
        sign = _sign(claim.claim, one)
        same = [(sentence, pair) for sentence, pair in theirs if agree(one, pair[0])]
        if sign and same and all((pair[0].value > pair[1].value) != (sign > 0) for _, pair in same):
            said = phrase(same[0][0], word_at(same[0][0], same[0][1][0].start), 5)
            yield f"{one.text} is reached the other way: the source says “{said}”"
            return


def _recast(claim: Sentence) -> Iterator[str]:
    """A claim that contradicts itself: a fall to more, a rise to less."""
    first, *rest = claim.stated or (None,)
    for one, other in zip((first, *rest), rest, strict=False):
        if (
            one is None
            or one.kind != other.kind
            or one.kind == "rank"
            or (one.kind != "count" and one.unit != other.unit)
            or one.value == other.value
            or max(one.value, other.value) > _ORDERS * min(one.value, other.value)
        ):
            continue
        before, between = claim.text[: one.start].lower(), claim.text[one.end : other.start].lower()
        if _PART_OF.search(between) and one.value < other.value:
            yield f"{other.text} cannot be part of {one.text}"
        base = next(reversed(list(_BASE.finditer(between))), None)
        if (
            base is None
            or _CLAUSE_END.search(between)
            or (one.kind in _CHANGES and base[1] not in {"from", "than"})
        ):
            continue
        rises = [found.start() for found in _RISES.finditer(before + between)]
        falls = [found.start() for found in _FALLS.finditer(before + between)]
        if (falls and not rises and one.value > other.value) or (
            rises and not falls and one.value < other.value
        ):
            yield f"{one.text} against {other.text} is the other way round"


def _pairs(sentence: Sentence) -> Iterator[tuple[Stated, Stated]]:
    """The changes of the sentence, each with its new value and its old one."""
    for one, other in zip(sentence.stated, sentence.stated[1:], strict=False):
        between = sentence.text[one.end : other.start]
        if (
            one.kind != other.kind
            or (one.unit != other.unit and one.kind != "count")
            or one.value == other.value
            or _BREAK.search(between)
        ):
            continue
        from_first = _FROM.search(sentence.text[: one.start]) is not None
        if from_first and _TO.search(between):
            yield other, one
        elif not from_first and (is_base(sentence, other) or _FROM.search(between)):
            yield one, other


def _sign(sentence: Sentence, one: Stated) -> int:
    """1 when the number is what something rose to, -1 when it fell to it."""
    before = sentence.text[: one.start]
    if not _TO.search(before):
        return 0
    low, _ = clause_bounds(sentence.text, one.start)
    moves = [
        word
        for word in sentence.words
        if low <= word.start < one.start and word.stem in RISING | FALLING
    ][-1:]
    return sum(1 if word.stem in RISING else -1 for word in moves)
