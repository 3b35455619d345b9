"""Have two numbers or names of a claim changed places? Told by which of the two each other word is
nearer to, here and in the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from digest.grounding.clauses import clauses, in_one_part
from digest.grounding.locality import phrase, word_at
from digest.grounding.named import claimed, of_a_country
from digest.grounding.numbers import agree, is_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name
    from digest.text.measures import Stated

_MORE = (0.2, 1.6)  # how much, and how many times more, must speak for an exchange than against it
_NAMES = (0.6, 4)  # the same for names, which stand further from what is said of them
_BESIDE = 2  # words between two names that stand in a row
_APART = (
    0.2,
    6,
    # the same where they stand in different sentences, of which one often leaves out what the other
    # has said
)
_UNITS = frozenset(
    {
        "billion",
        "million",
        "trillion",
        "thousand",
        "bn",
        "m",
        "gw",
        "mw",
        "cent",
        "cents",
        "percent",
        "per",
    }
)
_MOST = (
    12  # numbers or names of a sentence that are held against each other: a longer row is a list
)
_CLAUSE = 4  # words that a clause's border counts for
_OF_A_WHOLE = re.compile(
    r"Of (?:the|its|their|some|about|every)\b[^;:]*?,\s(?=[a-z ]*[$€£\d])"
)  # "Of the $60 billion that it costs, $35 billion …"
_SENTENCE = 25  # and a sentence's


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word of the claim by its number, and where the source has the same thing."""

    at: int
    place: Place
    there: int
    base: bool = False  # whether it is a number from which another has changed


def swapped(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first two names that have changed places, in words."""
    heads = {
        name.words[-1].stem: name
        for name in claimed(claim.claim, sources)
        if not of_a_country(name)
    }
    for one, other in combinations(list(heads.values())[:_MOST], 2):
        if not in_one_part(
            claim.claim, *(claim.claim.words.index(name.words[-1]) for name in (one, other))
        ):
            continue
        rows = list(product(_mentions(one, claim), _mentions(other, claim)))
        rows = [
            (mine, theirs)
            for mine, theirs in rows
            if mine.place == theirs.place and abs(mine.there - theirs.there) > _BESIDE
        ]
        if rows and all(_exchanged(claim, mine, theirs, _NAMES) for mine, theirs in rows):
            yield (
                f"{one.text} and {other.text} have changed places: the source says"
                f" “{_between(*rows[0])}”"
            )
            return


def _mentions(name: Name, claim: Aligned) -> list[Anchor]:
    head = name.words[-1]
    at = claim.claim.words.index(head)
    return [
        Anchor(at, place, there)
        for place in claim.evidence
        for there, word in enumerate(place.sentence.words)
        if word.stem == head.stem
    ]


def exchanges(claim: Aligned) -> Iterator[str]:
    """The first two numbers of one kind that have changed places, in words."""
    if any(
        "respectively" in sentence.text
        for sentence in (claim.claim, *(place.sentence for place in claim.evidence))
    ):
        return  # they stand in a row, away from what they are said of
    for one, other in combinations(claim.claim.stated[:_MOST], 2):
        if (
            one.kind != other.kind
            or one.value == other.value
            or (one.kind == "money" and _rate(one) != _rate(other))
        ):
            continue
        rows = list(product(_anchors(one, claim), _anchors(other, claim)))
        rows = [
            (mine, theirs)
            for mine, theirs in rows
            if mine.place.source is theirs.place.source and mine != theirs
        ]
        old, new = (is_base(claim.claim, number) for number in (one, other))
        if old != new and any((mine.base, theirs.base) == (old, new) for mine, theirs in rows):
            continue  # "from 5 to 30" is "to 30 from 5"
        if not in_one_part(
            claim.claim, *(word_at(claim.claim, number.start) for number in (one, other))
        ):
            rows = [
                (mine, theirs) for mine, theirs in rows if mine.place == theirs.place
            ]  # "one …; the other …" are two claims
        if rows and all(_exchanged(claim, mine, theirs) for mine, theirs in rows):
            yield (
                f"{one.text} and {other.text} have changed places: the source says"
                f" “{_between(*rows[0])}”"
            )
            return


def _rate(one: Stated) -> tuple[str, str]:
    return one.unit, one.period


def _anchors(one: Stated, claim: Aligned) -> list[Anchor]:
    at = word_at(claim.claim, one.start)
    same = (
        (place, other)
        for place in claim.evidence
        for other in place.sentence.stated
        if agree(one, other)
    )
    return [
        Anchor(at, place, word_at(place.sentence, other.start), is_base(place.sentence, other))
        for place, other in same
    ]


def _between(one: Anchor, other: Anchor) -> str:
    sentence = one.place.sentence
    if other.place.number != one.place.number:
        return phrase(sentence, one.there, 6)
    low, high = sorted((one.there, other.there))
    return sentence.text[
        sentence.words[max(0, low - 3)].start : sentence.words[
            min(len(sentence.words) - 1, high + 3)
        ].end
    ]


def _exchanged(
    claim: Aligned, one: Anchor, other: Anchor, bar: tuple[float, float] = _MORE
) -> bool:
    """Whether the words around the two stand around the other of them in the source."""
    straight, turned = _votes(claim, one, other)
    more, times = bar if one.place.number == other.place.number else _APART
    return turned > straight + more and turned > straight * times


def _votes(claim: Aligned, one: Anchor, other: Anchor) -> tuple[float, float]:
    """What the claim's other words weigh that stand nearer to the same of the two here and in the
    source, and to the other of them.
    """
    straight = turned = 0.0
    for pair in claim.pairs:
        if pair.at in {one.at, other.at} or pair.word.low[0].isdigit() or pair.word.low in _UNITS:
            continue
        if not any(in_one_part(claim.claim, pair.at, end) for end in (one.at, other.at)):
            continue
        weight = pair.worth * pair.place.source.rarity(pair.other.stem)
        here = _nearer(
            _distance(claim.claim, pair.at, one.at), _distance(claim.claim, pair.at, other.at)
        )
        same = (
            i for i, word in enumerate(pair.place.sentence.words) if word.stem == pair.other.stem
        )  # the one that speaks for the claim
        agreed = max(
            here * _nearer(_apart(pair.place, i, one), _apart(pair.place, i, other)) for i in same
        )
        straight += weight * max(0.0, agreed)
        turned += weight * max(0.0, -agreed)
    return straight, turned


def _nearer(one: float, other: float) -> float:
    """Towards 1 the nearer the first is, and towards -1 the second."""
    return (other - one) / (other + one + 1)


def _distance(sentence: Sentence, at: int, other: int) -> float:
    low, high = sorted((at, other))
    borders = sum(low < clause.first <= high for clause in clauses(sentence))
    whole = _OF_A_WHOLE.match(sentence.text)
    apart = (
        whole is not None and sentence.words[low].end <= whole.end() <= sentence.words[high].start
    )
    return high - low + _CLAUSE * borders + _SENTENCE * apart


def _apart(place: Place, at: int, anchor: Anchor) -> float:
    if place.number == anchor.place.number:
        return _distance(place.sentence, at, anchor.there)
    return _SENTENCE * min(2, abs(place.number - anchor.place.number))
