"""Is every date of the claim one that a source gives, and gives of the same thing?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.grounding.calendar import dates
from digest.insights.grounding.locality import agreement, word_at
from digest.insights.grounding.outcome import Outcome, cited, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.insights.grounding.aligned import Aligned
    from digest.insights.grounding.calendar import Dated
    from digest.insights.grounding.indexed import Indexed, Sentence

_BETTER = (0.12, 1.5)  # by how much, and how many times, another date of the evidence fits better than the one that is equal


def dated(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Every date of the claim is one that a source gives; a source's own "this year" is counted from its publication."""
    wanted = [(claim, one) for claim in claims for one in dates(claim.claim.text) if not one.relative]
    return outcome(bool(wanted), (problem for claim, one in wanted for problem in _problems(one, claim, sources)))


def _problems(one: Dated, claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    there = [(source, number, other) for source in sources for number, other in source.dates]
    same = [(source, number, other) for source, number, other in there if _within(one, other)]
    if not same:
        said = next((other.text for _, _, other in there if _alike(one, other)), "")
        yield f"{one.text} is not in {cited(sources)}" + (f"; it says {said}" if said else "")
        return
    own = max(_agreement(one, claim.claim, other, source, number) for source, number, other in same)
    instead = _instead(one, claim, own)
    if instead:
        yield f"{one.text} is said of something else in {cited(sources)}, which has {instead} there"


def _instead(one: Dated, claim: Aligned, own: float) -> str:
    """The date that the best evidence has in the place of the claim's; "" when the claim's own fits there as well."""
    for place in claim.evidence[:1]:
        for number, other in place.source.dates:
            if number == place.number and _alike(one, other) and not _within(one, other):
                fits = _agreement(one, claim.claim, other, place.source, number)
                if fits > own + _BETTER[0] and fits > _BETTER[1] * own:
                    return other.text
    return ""


def _agreement(one: Dated, claim: Sentence, other: Dated, source: Indexed, number: int) -> float:
    there = source.sentences[number]
    return agreement(claim, word_at(claim, one.start), there, word_at(there, other.start), source)


def _alike(one: Dated, other: Dated) -> bool:
    """Whether both give the same parts of a date."""
    given = [(bool(date.year), bool(date.month), bool(date.day)) for date in (one, other)]
    if one.weekday and not one.month:
        return _from_a_weekday(other)
    return given[0] == given[1] and not other.relative and not _from_a_weekday(other)


def _from_a_weekday(one: Dated) -> bool:
    return one.text.lower().rstrip("s").endswith("day")


def _within(one: Dated, other: Dated) -> bool:
    """Whether every part of the claim's date is in the source's. A weekday's month is too little to go by."""
    if not one.day and not one.weekday and _from_a_weekday(other):
        return False
    pairs = ((one.month, other.month), (one.day, other.day), (one.weekday, other.weekday))
    same_year = not one.year or one.year == other.year or (not other.year and bool(one.month))
    return same_year and all(not mine or mine == theirs for mine, theirs in pairs)
