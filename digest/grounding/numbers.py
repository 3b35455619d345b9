"""Is every number of the claim one that a source states, in the same unit and with the same bound?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM, Place, worth
from digest.grounding.derived import derived
from digest.grounding.equal_numbers import agree
from digest.grounding.outcome import Outcome, cited, outcome
from digest.grounding.quarters import of_months, told_by_months
from digest.grounding.surroundings import word_at
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed, Sentence
    from digest.text.measures import Stated

_RECKONED = 12  # up to so many things are counted by who tells of them
_FEW = 3  # what a text may count without saying so
_IN_PLACE = 0.2  # how well what stands around two numbers must agree
_PARTS = frozenset({"quarter", "half"})  # of a year: no rank of the claim's own
_SIZES = frozenset({0, 3, 6, 9})  # a transcript may leave out a sum's currency, or its millions
_AGAINST = re.compile(
    r"\b(?:from|than|against|compared (?:with|to)|versus|vs\.?)"
    r"(?: the| a| an| about| around| roughly| just| nearly| only)* $"
)


def numbers(case: Case) -> Outcome:
    """Every number stands in a source."""
    mine = [one for one in case.sentence.stated if not in_words(one)]
    return outcome(bool(mine), (why for one in mine for why in _absent(one, case)))


def numbers_in_words(case: Case) -> Outcome:
    """No number in words stands where the source has another. Such numbers, a fraction, a multiple,
    a small count, readers see in other ones, and code does not always: absence alone says nothing.
    """
    mine = [one for one in case.sentence.stated if in_words(one)]
    return outcome(
        bool(mine), (why for one in mine if _another(one, case) for why in _absent(one, case))
    )


def in_words(one: Stated) -> bool:
    """Whether a number is written without a digit, and is one that is counted or reckoned."""
    reckoned = one.kind in {"share", "times", "time"} or one.value <= _RECKONED
    return reckoned and not any(map(str.isdigit, one.text))


def bounds(case: Case) -> Outcome:
    """No upper limit is told as a lower one."""
    mine = [one for one in case.sentence.stated if one.bound in {"over", "under"}]
    return outcome(bool(mine), (why for one in mine for why in _turned(one, case)))


def stated_in(sources: Sequence[Indexed]) -> Iterator[tuple[Place, Stated]]:
    """Every number of the sources with its sentence."""
    for source in sources:
        for number in source.numbered:
            for other in source.sentences[number].stated:
                yield Place(source, number), other


def same_number(one: Stated, other: Stated, source: Indexed) -> bool:
    """Whether the number is the source's, which may leave out a sum's currency in talk."""
    if agree(one, other):
        return True
    if source.document.basis != "transcript" or (one.kind, other.kind) != ("money", "count"):
        return False
    return any(one.value == other.value * 10**size for size in _SIZES)


def base(sentence: Sentence, one: Stated) -> bool:
    """Whether the number is what another is measured against: "up from 5", "compared with 5"."""
    return _AGAINST.search(sentence.text[: one.start].lower()) is not None


def few(one: Stated) -> bool:
    """Whether it is a count so small that a text may make it itself."""
    whole = one.kind == "count" and one.value in range(_FEW + 1)
    return whole or (one.kind == "rank" and one.value == 1)


def _absent(one: Stated, case: Case) -> Iterator[str]:
    there = list(stated_in(case.sources))
    if any(same_number(one, other, place.source) for place, other in there):
        return
    others = (mine for mine in case.sentence.stated if mine is not one)
    known = [mine for mine in others if any(agree(mine, other) for _, other in there)]
    own = few(one) or _enumerated(one, case.sentence)
    if derived(one, known, case) or (own and not _recounted(one, case)):
        return
    if of_months(one, case) or told_by_months(one, case):
        return
    instead = _instead(one, case)
    found = f"; it says {_said(instead)}" if instead else ""
    yield f"{_said(one)} is not in {cited(case.sources)}{found}"


def _another(one: Stated, case: Case) -> bool:
    """Whether the evidence has another number of the same in the place of this one."""
    at = word_at(case.sentence, one.start)
    return any(
        _of_one_thing(one, other)
        and not any(agree(mine, other) for mine in case.sentence.stated)
        and case.agrees(at, place, word_at(place.sentence, other.start)) >= _IN_PLACE
        for place in case.evidence
        for other in place.sentence.stated
    )


def _of_one_thing(one: Stated, other: Stated) -> bool:
    """Whether both count, measure or compare the same kind of thing."""
    if one.kind != other.kind:
        return False
    if one.kind in {"share", "times", "points"}:
        return True
    return bool(one.unit) and worth(stem(one.unit), stem(other.unit)) >= SYNONYM


def _turned(one: Stated, case: Case) -> Iterator[str]:
    same = [other for _, other in stated_in(case.sources) if agree(one, other)]
    turned = [other for other in same if {one.bound, other.bound} == {"over", "under"}]
    if turned and len(turned) == len(same):
        said = _said(turned[0])
        yield f"“{_said(one)}” turns the limit around: {cited(case.sources)} says “{said}”"


def _enumerated(one: Stated, claim: Sentence) -> bool:
    """Whether the claim counts out what it tells: "The second film is …" of two that the source
    tells one after the other.
    """
    thing = one.unit not in _PARTS and not one.unit.endswith("st")  # "the second largest"
    opens = claim.text[: one.start].lower() in {"the ", "a "}
    return one.kind == "rank" and one.value <= _FEW and thing and opens


def _recounted(one: Stated, case: Case) -> bool:
    """Whether the evidence gives another number of what the claim counts."""
    unit = stem(one.unit)
    return bool(one.unit) and any(
        other.kind == one.kind and other.unit and worth(unit, stem(other.unit)) >= 0.9
        for place in case.evidence
        for other in place.sentence.stated
    )


def _instead(one: Stated, case: Case) -> Stated | None:
    """The number of the kind that stands in the evidence where the claim's does."""
    same = [
        (
            case.agrees(
                word_at(case.sentence, one.start), place, word_at(place.sentence, other.start)
            ),
            i,
            other,
        )
        for i, place in enumerate(case.evidence)
        for other in place.sentence.stated
        if other.kind == one.kind and not few(other)
    ]
    return max(same, key=lambda row: (row[0], -row[1]))[2] if same else None


def _said(one: Stated) -> str:
    """The number as it is written, with what it counts."""
    plain = one.kind not in {"count", "rank"} or one.unit in one.text.lower().split()
    return one.text if plain or not one.unit else f"{one.text} {one.unit}"
