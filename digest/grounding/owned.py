"""Whose number is it: one that a document gives, and gives of another company than the claim
does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.aligned import Place
from digest.grounding.clauses import parts
from digest.grounding.named import claimed, names_in, of_a_country, reporting, same_name
from digest.grounding.numbers import agree
from digest.grounding.outcome import cited
from digest.text.folding import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Indexed
    from digest.grounding.name import Name
    from digest.text.measures import Stated

_FEW = 10  # a count up to which a number may be anybody's
_TOLD = 4  # sentences before the number in which the claim's own company must not be
_BACK = 2  # sentences before one that says "the company" in which it may be named
_STAND_INS = word_list(
    "it its they their he she company firm group startup start-up business maker giant"
)


def owners(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first number that the sources give only of others than the claim, in words."""
    names = [
        name
        for name in claimed(claim.claim, sources)
        if not of_a_country(name) and not reporting(name, claim.claim)
    ]
    for one in claim.claim.stated:
        mine = _before(one, claim, names)
        if not mine or (one.kind in {"count", "rank"} and one.value <= _FEW):
            continue
        holding = [
            source
            for source in sources
            if any(agree(one, other) for sentence in source.sentences for other in sentence.stated)
        ]
        if (
            len(sources) > 1
            and holding
            and not any(_has(source, name) for source in holding for name in mine)
        ):
            yield f"{one.text} is in a cited source that has nothing of {mine[0].text}"
            return
        instead = _instead(one, claim, mine)
        if instead:
            yield f"{one.text}: {cited(sources)} says this of {instead}, not of {mine[0].text}"
            return


def _before(one: Stated, claim: Aligned, names: Sequence[Name]) -> list[Name]:
    """The names that stand before the number in its part of the sentence."""
    low = max((cut for cut in parts(claim.claim) if cut <= one.start), default=0)
    return [
        name for name in names if low <= name.words[0].start and name.words[-1].end <= one.start
    ]


def _has(source: Indexed, name: Name) -> bool:
    known = source.places.keys() | source.byline | source.voices
    return any(word.stem in known for word in name.words)


def _instead(one: Stated, claim: Aligned, mine: Sequence[Name]) -> str:
    """Whom the evidence means by "the company" that the number is said of, where that is none of
    the claim's; else "".
    """
    others = []
    for place in claim.evidence:
        for other in place.sentence.stated:
            if agree(one, other):
                holder = _meant(place, other)
                told = place.source.sentences[max(0, place.number - _TOLD) : place.number + 1]
                if any(name.words[-1].stem in sentence.stems for name in mine for sentence in told):
                    return ""
                if holder is None or any(same_name(holder, name) for name in mine):
                    return ""
                others.append(holder.text)
    return others[0] if others and len(mine) == 1 else ""


def _meant(place: Place, number: Stated) -> Name | None:
    """The name that "the company" or "it" before the number stands for; None when there is no such
    word, or a name beside it.
    """
    before = [word for word in place.sentence.words if word.start < number.start]
    beside = any(name.words[0].start < number.start for name in names_in(place))
    if place.sentence.title or beside or not any(word.low in _STAND_INS for word in before[:4]):
        return None
    for number_before in range(place.number - 1, max(-1, place.number - 1 - _BACK), -1):
        found = names_in(Place(place.source, number_before))
        if found:
            told = place.source.sentences[number_before]
            opens = found[0].words[0] in told.words[:3] or told.text[
                : found[0].words[0].start
            ].endswith(", ")
            return found[0] if opens and len({name.words[-1].stem for name in found}) == 1 else None
    return None
