"""A name, number or date of which the sentence that a clause retells has another one instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from digest.grounding.aligned import worth
from digest.grounding.clauses import clauses
from digest.grounding.dates import alike, within
from digest.grounding.locality import agreement, word_at
from digest.grounding.named import claimed, names_in, same_name
from digest.grounding.numbers import agree, equals
from digest.grounding.outcome import cited, short
from digest.grounding.sayers import says
from digest.text.calendar import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.clauses import Clause
    from digest.grounding.indexed import Indexed
    from digest.text.calendar import Dated
    from digest.text.measures import Stated
    from digest.text.words import Word

_MOST = 0.65  # the share of the rest of the clause that its sentence must have
_LESS = 0.25  # by how much less of it each sentence with the claim's own must have
_NEAR, _ALL = (
    6,
    150,
)  # words to either side of a name that say what is said of it; of a number the whole clause does
_LEAST = 3  # words of the clause that the sentence must have
_COUNTED = 30  # characters after a number in which what it counts stands


def instead_names(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first name that says what another one says in the source, in words."""
    mine = claimed(claim.claim, sources)
    for name in mine if len(sources) == 1 else ():
        if not says(name, claim.claim) or any(
            word.stem in sources[0].byline for word in name.words
        ):
            continue
        head = name.words[-1].stem
        core = _core(claim, name.words, _NEAR, partial(_has_stem, head))
        if (
            core is None
            or any(word.stem in core.sentence.stems for word in name.words)
            or head not in core.source.places
        ):
            continue
        for other in names_in(core):
            if says(other, core.sentence) and not any(same_name(one, other) for one in mine):
                yield (
                    f"{cited(sources)} has {other.text} say this, not {name.text}:"
                    f" “{short(core.sentence.text)}”"
                )
                return


def instead_numbers(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first number or date in the place of which its source has another, in words."""
    for one in claim.claim.stated:
        if one.unit and one.kind != "rank":
            words = tuple(word for word in claim.claim.words if one.start <= word.start < one.end)
            core = _core(claim, words, _ALL, partial(_has_number, one))
            other = (
                next(
                    (other for other in core.sentence.stated if _rival(one, other, core, claim)),
                    None,
                )
                if core
                else None
            )
            if (
                core is not None
                and other is not None
                and _fit(claim, one, core, other) > _own(claim, one)
            ):
                yield (
                    f"{one.text}: {cited(sources)} has {other.text} there:"
                    f" “{short(core.sentence.text)}”"
                )
                return
    mine = dates(claim.claim.text)
    for date in (date for date in mine if not date.relative):
        words = tuple(
            word
            for word in claim.claim.words
            if date.start <= word.start < date.start + len(date.text)
        )
        core = (
            None
            if any(_has_date(date, place) for place in claim.evidence)
            else _core(claim, words, _ALL, partial(_has_date, date))
        )
        given = (
            [there for number, there in core.source.dates if number == core.number] if core else []
        )
        rival = next(
            (
                there
                for there in given
                if alike(date, there) and not any(within(each, there) for each in mine)
            ),
            None,
        )
        if core is not None and rival is not None:
            yield (
                f"{date.text}: {cited(sources)} has {rival.text} there:"
                f" “{short(core.sentence.text)}”"
            )
            return


def _fit(claim: Aligned, one: Stated, place: Place, other: Stated) -> float:
    """How well what stands around the claim's number stands around the source's."""
    here, there = word_at(claim.claim, one.start), word_at(place.sentence, other.start)
    return agreement(claim.claim, here, place.sentence, there, place.source)


def _own(claim: Aligned, one: Stated) -> float:
    """The same where the evidence has the claim's number itself."""
    return max(
        (
            _fit(claim, one, place, other)
            for place in claim.evidence
            for other in place.sentence.stated
            if agree(one, other)
        ),
        default=0.0,
    )


def _has_stem(one: str, place: Place) -> bool:
    return one in place.sentence.stems


def _has_number(one: Stated, place: Place) -> bool:
    return any(equals(one, other) for other in place.sentence.stated)


def _has_date(one: Dated, place: Place) -> bool:
    return any(
        number == place.number and within(one, other) for number, other in place.source.dates
    )


def _rival(one: Stated, other: Stated, core: Place, claim: Aligned) -> bool:
    """Whether the sentence's number is of the same kind and of the same thing, and none of the
    claim's.
    """
    counted = (
        one.kind == "count" and one.unit in core.sentence.text[other.end : other.end + _COUNTED]
    )
    same = other.kind == one.kind and (other.unit == one.unit or counted)
    return same and not any(agree(each, other) for each in claim.claim.stated)


def _core(
    claim: Aligned, without: Sequence[Word], reach: int, has: Callable[[Place], bool]
) -> Place | None:
    """The sentence that has most of the clause around these words; None where none has enough, or
    one that `has` them nearly as much.
    """
    clause = next((one for one in clauses(claim.claim) if without and one.has(without[-1])), None)
    if clause is None:
        return None
    shares = [
        (_share(clause, without, place, reach), place)
        for place in claim.evidence
        if not place.sentence.title
    ]
    (share, words), core = max(shares, key=lambda row: row[0][0], default=((0.0, 0), None))
    if core is None or share < _MOST or words < _LEAST:
        return None
    return (
        None if any(found > share - _LESS and has(place) for (found, _), place in shares) else core
    )


def _share(clause: Clause, without: Sequence[Word], place: Place, reach: int) -> tuple[float, int]:
    """The weighted share of the words around these that the sentence has, and how many they are."""
    at = clause.words.index(without[-1])
    near = clause.words[max(0, at - len(without) - reach) : at + 1 + reach]
    rest = [word for word in near if word.content and word not in without]
    total = sum(place.source.rarity(word.stem) for word in rest)
    held = [word for word in rest if any(worth(word.stem, stem) for stem in place.sentence.stems)]
    return (sum(place.source.rarity(word.stem) for word in held) / total if total else 0.0), len(
        held
    )
