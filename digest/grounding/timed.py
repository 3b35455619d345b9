"""Two numbers of one kind whose dates have changed places, each of which the source gives in a
sentence of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.clauses import in_one_part
from digest.grounding.dates import within
from digest.grounding.locality import phrase, word_at
from digest.grounding.numbers import agree
from digest.text.calendar import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned, Place
    from digest.text.calendar import Dated
    from digest.text.measures import Stated

_BESIDE = 4  # words between a number and the date right after it


def mistimed(claim: Aligned) -> Iterator[str]:
    """The first number that has the date of the claim's other one, in words."""
    for date in dates(claim.claim.text):
        one = _before(date, claim)
        if one is None or not in_one_part(
            claim.claim, *(word_at(claim.claim, start) for start in (one.start, date.start))
        ):
            continue
        for other in claim.claim.stated:
            if (
                other is not one
                and other.kind == one.kind
                and other.value != one.value
                and (one.kind == "count" or other.unit == one.unit)
            ):
                place = _theirs(date, one, other, claim)
                if place is not None:
                    told = next(mine for mine in place.sentence.stated if agree(other, mine))
                    said = phrase(place.sentence, word_at(place.sentence, told.start), 6)
                    yield (
                        f"{one.text} and {other.text} have changed places: {date.text} is when the"
                        f" source says “{said}”"
                    )
                    return


def _before(date: Dated, claim: Aligned) -> Stated | None:
    """The number that the date follows at once: "31 cents in January"."""
    text = claim.claim.text
    near = [
        one
        for one in claim.claim.stated
        if one.end <= date.start and len(text[one.end : date.start].split()) <= _BESIDE
    ]
    return near[-1] if near and not set(",;:") & set(text[near[-1].end : date.start]) else None


def _theirs(date: Dated, one: Stated, other: Stated, claim: Aligned) -> Place | None:
    """The sentence that has the date with the other number and not with this one, which another
    sentence has without the date.
    """
    own = [
        place for place in claim.evidence if any(agree(one, mine) for mine in place.sentence.stated)
    ]
    held = [
        place
        for place in claim.evidence
        if any(agree(other, mine) for mine in place.sentence.stated)
    ]
    dated = [
        place
        for place in (*own, *held)
        if any(within(date, there) for i, there in place.source.dates if i == place.number)
    ]
    if own and held and all(place in held and place not in own for place in dated):
        return next(iter(dated), None)
    return None
