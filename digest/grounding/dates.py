"""Is every date of the claim one that a source gives, and gives of the same thing?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.locality import agreement, word_at
from digest.grounding.numbers import agree
from digest.grounding.outcome import Outcome, cited, outcome
from digest.text.calendar import dates
from digest.text.words import clause_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Indexed, Sentence
    from digest.text.calendar import Dated
    from digest.text.measures import Stated

_TELLING = re.compile(
    r"\b(?:announce|report|sa(?:y|id)|t(?:ell|old)|unveil|launch|introduc|publish|releas|wr(?:ite|ote)|disclos|confirm|reveal)",
    re.IGNORECASE,
)
_FEW = 3  # a number up to which says little of what a date belongs to
_BETTER = (
    0.12,
    1.5,
    # by how much, and how many times, another date of the evidence fits better than the one that is
    # equal
)


def dated(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Every date of the claim is one that a source gives; a source's own "this year" is counted
    from its publication.
    """
    wanted = [
        (claim, one) for claim in claims for one in dates(claim.claim.text) if not one.relative
    ]
    return outcome(
        bool(wanted),
        (problem for claim, one in wanted for problem in _problems(one, claim, sources)),
    )


def _problems(one: Dated, claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    there = [(source, number, other) for source in sources for number, other in source.dates]
    same = [
        (source, number, other)
        for source, number, other in there
        if within(one, other, _year(source))
    ]
    if not same and _told_on_publication(one, claim, sources):
        return
    if not same:
        said = next((other.text for _, _, other in there if alike(one, other)), "")
        yield f"{one.text} is not in {cited(sources)}" + (f"; it says {said}" if said else "")
        return
    own = max(_agreement(one, claim.claim, other, source, number) for source, number, other in same)
    instead = _instead(one, claim, own)
    if instead:
        yield f"{one.text} is said of something else in {cited(sources)}, which has {instead} there"


def _instead(one: Dated, claim: Aligned, own: float) -> str:
    """The date that the best evidence has in the place of the claim's; "" when the claim's own fits
    there as well.
    """
    mine = _beside(claim.claim, one)
    mine = None if mine and mine.kind == "count" and mine.value <= _FEW else mine
    bound = (
        [
            (place, other, _goes_with(mine, place, other))
            for place in claim.evidence
            for other in _given(place)
        ]
        if mine
        else []
    )
    if not any(goes and within(one, other) for _, other, goes in bound):
        said = next(
            (
                other.text
                for _, other, goes in bound
                if goes and alike(one, other) and not within(one, other)
            ),
            "",
        )
        if said:
            return said
    for place in claim.evidence[:1]:
        for number, other in place.source.dates:
            if number == place.number and alike(one, other) and not within(one, other):
                fits = _agreement(one, claim.claim, other, place.source, number)
                if (
                    fits > own + _BETTER[0]
                    and fits > _BETTER[1] * own
                    and not _kept(one, claim, other, place)
                ):
                    return other.text
    return ""


def _kept(one: Dated, claim: Aligned, instead: Dated, place: Place) -> bool:
    """Whether the date goes with the number that it goes with in the source, or the claim has the
    other date too, each in its place.
    """
    own = [
        (place.source.sentences[number], there)
        for number, there in place.source.dates
        if within(one, there)
    ]
    mine = _beside(claim.claim, one)
    if mine and any(
        (theirs := _beside(sentence, there)) and agree(mine, theirs) for sentence, there in own
    ):
        return True
    both = next((other for other in dates(claim.claim.text) if within(other, instead)), None)
    if both is None:
        return False

    def fits(here: Dated, sentence: Sentence, there: Dated) -> float:
        return agreement(
            claim.claim,
            word_at(claim.claim, here.start),
            sentence,
            word_at(sentence, there.start),
            place.source,
        )

    straight = max((fits(one, *row) for row in own), default=0.0) + fits(
        both, place.sentence, instead
    )
    turned = fits(one, place.sentence, instead) + max(
        (fits(both, *row) for row in own), default=0.0
    )
    return turned <= straight * _BETTER[1]


def _given(place: Place) -> list[Dated]:
    return [one for number, one in place.source.dates if number == place.number]


def _goes_with(mine: Stated, place: Place, other: Dated) -> bool:
    """Whether the date follows this number in the sentence of the source."""
    theirs = _beside(place.sentence, other)
    return theirs is not None and agree(mine, theirs)


def _beside(claim: Sentence, one: Dated) -> Stated | None:
    """The number that the date follows in its clause: "$4 billion in 2025"."""
    low, _ = clause_bounds(claim.text, one.start)
    return next(
        (
            number
            for number in reversed(claim.stated)
            if low <= number.start and number.end <= one.start
        ),
        None,
    )


def _told_on_publication(one: Dated, claim: Aligned, sources: Sequence[Indexed]) -> bool:
    """Whether the date is when a source was published, said of somebody's telling it: "announced in
    February".
    """
    if not _TELLING.search(claim.claim.text):
        return False
    days = (source.document.published.date() for source in sources if source.document.published)
    return any(
        one.year in {0, day.year}
        and one.month in {0, day.month}
        and one.day in {0, day.day}
        and one.weekday in {0, day.isoweekday()}
        for day in days
    )


def _agreement(one: Dated, claim: Sentence, other: Dated, source: Indexed, number: int) -> float:
    there = source.sentences[number]
    return agreement(claim, word_at(claim, one.start), there, word_at(there, other.start), source)


def alike(one: Dated, other: Dated) -> bool:
    """Whether both give the same parts of a date."""
    given = [(bool(date.year), bool(date.month), bool(date.day)) for date in (one, other)]
    if one.weekday and not one.month:
        return _from_a_weekday(other)
    counted = other.relative and not (other.text.lower().endswith("year") and not one.month)
    return given[0] == given[1] and not counted and not _from_a_weekday(other)


def _from_a_weekday(one: Dated) -> bool:
    return one.text.lower().rstrip("s").endswith("day")


def _year(source: Indexed) -> int:
    return source.document.published.year if source.document.published else 0


def within(one: Dated, other: Dated, published: int = 0) -> bool:
    """Whether every part of the claim's date is in the source's. A weekday's month is too little to
    go by.
    """
    if not one.day and not one.weekday and _from_a_weekday(other):
        return False
    pairs = ((one.month, other.month), (one.day, other.day), (one.weekday, other.weekday))
    near = (
        not published or abs(one.year - published) <= 1
    )  # "in August" of a page is that of the year about it
    same_year = (
        not one.year or one.year == other.year or (not other.year and bool(one.month) and near)
    )
    return same_year and all(not mine or mine == theirs for mine, theirs in pairs)
