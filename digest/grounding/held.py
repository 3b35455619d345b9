"""Whose number: one that the source says of another name, while it has a number of the kind for the
claim's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import Place
from digest.grounding.clauses import parts
from digest.grounding.locality import phrase, word_at
from digest.grounding.named import claimed, names_in, of_a_country, reporting, same_name
from digest.grounding.numbers import agree
from digest.grounding.outcome import cited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Indexed
    from digest.grounding.name import Name
    from digest.text.measures import Stated
    from digest.text.words import Word

_FEW = 10  # a count up to which a number may be anybody's
_SAYS = re.compile(
    r"\b(?:sa(?:ys|id)|told|tells|expects|estimate[sd]|reckons|forecasts?|counts|finds|found|reports|reported|argue[sd]|that)\b"
)
_OPENS = 4  # words with which a sentence says whom it is about


def misheld(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first number that the claim says of one name and its source, in a sentence without it, of
    another.
    """
    names = [
        name
        for name in claimed(claim.claim, sources)
        if not of_a_country(name) and not reporting(name, claim.claim)
    ]
    for one in claim.claim.stated:
        if one.kind in {"count", "rank"} and one.value <= _FEW:
            continue
        holder = _holder(one, claim, names)
        same = list(_everywhere(one, sources))
        if (
            holder is None
            or len(holder.text) < 2
            or not same
            or any(_of(holder, place) for place, _ in same)
        ):
            continue
        place, other = same[0]
        theirs = _subject(place, other)
        if theirs is None or same_name(theirs, holder):
            continue
        rival = _own(holder, one, sources) or any(same_name(theirs, name) for name in names)
        if rival:
            said = phrase(place.sentence, word_at(place.sentence, other.start), 6)
            yield (
                f"{one.text}: {cited(sources)} says this of {theirs.text}, not of {holder.text}:"
                f" “{said}”"
            )
            return


def _holder(one: Stated, claim: Aligned, names: Sequence[Name]) -> Name | None:
    """The name of which the claim says the number: the only one before it in its part."""
    low = max((cut for cut in parts(claim.claim) if cut <= one.start), default=0)
    before = [
        name for name in names if low <= name.words[0].start and name.words[-1].end <= one.start
    ]
    return before[0] if len(before) == 1 and before[0].words[0] in _first(claim, low) else None


def _first(claim: Aligned, low: int) -> list[Word]:
    return [word for word in claim.claim.words if word.start >= low][:_OPENS]


def _everywhere(one: Stated, sources: Sequence[Indexed]) -> Iterator[tuple[Place, Stated]]:
    for source in sources:
        for number, sentence in enumerate(source.sentences):
            for other in sentence.stated:
                if agree(one, other):
                    yield Place(source, number), other


def _of(holder: Name, place: Place) -> bool:
    """Whether the sentence, or the one before it, or the title has the name."""
    listed = place.source.sentences
    near = listed[max(0, place.number - 1) : place.number + 1]
    return any(holder.words[-1].stem in sentence.stems for sentence in near) or place.sentence.title


def _subject(place: Place, number: Stated) -> Name | None:
    """The name with which the sentence of the number begins; None where it begins otherwise."""
    first = next(iter(names_in(place)), None)
    if (
        first is None
        or first.words[-1].end > number.start
        or of_a_country(first)
        or place.sentence.text[: first.words[0].start].strip('"“')
    ):
        return None
    between = place.sentence.text[first.words[-1].end : number.start]
    return None if _SAYS.search(between) else first


def _own(holder: Name, one: Stated, sources: Sequence[Indexed]) -> bool:
    """Whether a source gives another number of the kind of the name."""
    for source in sources:
        for number in source.places.get(holder.words[-1].stem, ()):
            sentence = source.sentences[number]
            if any(
                other.kind == one.kind and other.start > sentence.words[0].start
                for other in sentence.stated
            ):
                return True
    return False
