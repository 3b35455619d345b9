"""Is this number, date or name said of the same thing there? One question for all three: does
another of the kind stand where the claim has its own, and the claim's own somewhere else?
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.grounding.aligned import Place
from digest.grounding.dates import alike, claimed_dates, within, year
from digest.grounding.equal_numbers import agree
from digest.grounding.movement import way
from digest.grounding.named import (
    names_in,
    of_a_country,
    reporting,
    same_name,
    spelled_out,
)
from digest.grounding.numbers import few, same_number, stated_in
from digest.grounding.outcome import Outcome, cited, outcome
from digest.grounding.surroundings import phrase, shared, sided, word_at
from digest.text.folding import folded, word_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name
    from digest.text.measures import Stated

# by how much, and how many times, another must fit better than the own one
_BETTER = {"number": (0.18, 1.6), "date": (0.12, 1.5), "name": (0.15, 1.7)}
_NAMED_BEFORE = 2  # sentences before one in which the name that a pronoun stands for may be
_UNITED = frozenset({"money", "time"})  # kinds of which another unit is another thing
_NEARLY = 0.12  # how far off a number may be that the source gives as about so much
# the share of the claim's other words that one sentence must have, and how well what is said of a
# name must fit another one: where the sentence speaks of the name, and where it does not
_RETOLD = {True: (0.5, 0.33), False: (0.4, 0.15)}
_MENTIONS = 150  # sentences in which a name is looked at: one in more is what the document is of
_REFERS_BACK = word_list(
    "it its he she his her they their who which that company group firm utility institute team"
    " agency department startup start-up founder maker both this"
)
_WHERE = re.compile(r"\b(?:in|at|on|near|across) (?:the )?(?:north|south|east|west)?\w*$")
# what stands between the parts of one name: "Ana de Ruiz"
_SIDE_BY_SIDE = re.compile(r"\s(?:(?:de|del|van|von|der|al|bin|[A-Z]\.)\s){0,2}")
_LIST = re.compile(r",? (?:(?:and |or |& )?[A-Z][\w.'&-]*,? )*(?:(?:and|or) )?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number, date or name where a source has it. `same`: it is the claim's."""

    place: Place
    at: int
    text: str
    same: bool


def rival(
    kind: str, at: int, mentions: Sequence[Mention], fits: Callable[[int, Place, int], float]
) -> Mention | None:
    """The mention that stands where the claim's word `at` does, while its own stand elsewhere."""
    more, times = _BETTER[kind]
    others = [(one, fits(at, one.place, one.at)) for one in mentions if not one.same]
    if all(fit <= more for _, fit in others):
        return None
    own = max((fits(at, one.place, one.at) for one in mentions if one.same), default=0.0)
    return next((one for one, fit in others if fit > max(own + more, times * own)), None)


def assigned_numbers(case: Case) -> Outcome:
    """Every number is said of what it is said of there."""
    mine = [one for one in case.sentence.stated if not few(one)]
    return outcome(bool(mine), (why for one in mine for why in _number(one, case)))


def assigned_dates(case: Case) -> Outcome:
    """Every date is given of what it is given of there."""
    problems: list[str] = []
    mine = claimed_dates(case)
    for one in mine:
        there = [
            (Place(source, number), other, within(one, other, year(source)))
            for source in case.sources
            for number, other in source.dates
        ]
        numbers = {(place.source, place.number) for place in case.evidence[:1]}
        mentions = [
            Mention(place, word_at(place.sentence, other.start), other.text, same)
            for place, other, same in there
            if same
            or (
                (place.source, place.number) in numbers
                and alike(one, other)
                and not any(within(own, other) for own in mine)
            )
        ]
        if any(mention.same for mention in mentions):
            problems += _told(
                rival("date", word_at(case.sentence, one.start), mentions, case.agrees),
                one.text,
                case,
            )
    return outcome(bool(mine), problems)


def assigned_names(case: Case) -> Outcome:
    """What is said of a name is said of that name there."""
    return outcome(bool(case.names), filter(None, (_surrounded(name, case) for name in case.names)))


def _number(one: Stated, case: Case) -> Iterator[str]:
    there = list(stated_in(case.sources))
    same = [(place, other) for place, other in there if same_number(one, other, place.source)]
    if not same or any("respectively" in text for text in _texts(case)):
        return
    mentions = [_stated(place, other, same=True) for place, other in same]
    mentions += [
        _stated(place, other, same=False)
        for place in case.evidence
        for other in place.sentence.stated
        if _comparable_number(one, other)
        and not any(agree(own, other) for own in case.sentence.stated)
    ]
    at = word_at(case.sentence, one.start)
    instead = rival("number", at, mentions, case.agrees)
    if instead is None or _its_own(at, mentions, instead, case) or _named_by(at, case):
        return
    if not _goes_its_way(one, instead, same, case):
        yield from _told(instead, one.text, case)


def _comparable_number(one: Stated, other: Stated) -> bool:
    """Whether the source's number may stand where the claim's does, and is another one."""
    near = bool(other.bound) and abs(other.value - one.value) <= _NEARLY * one.value
    united = one.kind not in _UNITED or other.unit == one.unit
    return other.kind == one.kind and united and not near


def _named_by(at: int, case: Case) -> bool:
    """Whether the number is a part of a name, such as a version, that a source has."""
    if at == 0:
        return False
    name, number = case.sentence.words[at - 1 : at + 1]
    named = name.capital and name.content
    return named and any((name.low, number.low) in one.pairs for one in case.sources)


def _goes_its_way(
    one: Stated, other: Mention, same: Sequence[tuple[Place, Stated]], case: Case
) -> bool:
    """Whether the claim's number goes up or down as it does there, and the other one does not."""
    mine = way(case.sentence, one)
    there = other.place.sentence
    theirs = next(way(there, each) for each in there.stated if each.text == other.text)
    return (
        bool(mine) and mine != theirs and any(way(place.sentence, it) == mine for place, it in same)
    )


def _its_own(at: int, mentions: Sequence[Mention], other: Mention, case: Case) -> bool:
    """Whether the words beside the claim's number stand beside it there rather than beside the
    other one.
    """

    def beside(these: Iterable[Mention]) -> frozenset[int]:
        each = (shared(case.sentence, at, one.place.sentence, one.at) for one in these)
        return frozenset[int]().union(*each)

    same = [one for one in mentions if one.same]
    mine, theirs = beside(same), beside([other])
    # of two in one sentence the first has the owner's words: "40% of the firms hired, and 9% fired"
    together = any(one.place == other.place for one in same)
    return not mine <= theirs and (together or len(mine) >= len(theirs))


def _stated(place: Place, other: Stated, *, same: bool) -> Mention:
    return Mention(place, word_at(place.sentence, other.start), other.text, same)


def _texts(case: Case) -> Iterator[str]:
    yield case.sentence.text
    yield from (place.sentence.text for place in case.evidence)


def _told(found: Mention | None, text: str, case: Case) -> Iterator[str]:
    if found is not None:
        yield (
            f"{text} is said of something else in {cited(case.sources)}, which has {found.text}"
            f" there: “{phrase(found.place.sentence, found.at)}”"
        )


def _surrounded(name: Name, case: Case) -> str:
    """The name of the best evidence of which all is said that the claim says of this one."""
    if not _comparable(name, case):
        return ""
    core = next((place for place in case.evidence if not place.sentence.title), None)
    if core is None or _is_where(name, case.sentence):
        return ""
    retold, closely = _RETOLD[_spoken_of(name, core)]
    if case.share(core, name) < retold:
        return ""
    at = case.sentence.words.index(name.words[-1])
    mentions = [*_own(name, case), *_others(name, core, case)]

    def fits(i: int, place: Place, j: int) -> float:
        return sided(case.sentence, i, place.sentence, j, place.source)

    other = rival("name", at, mentions, fits)
    if other is None or fits(at, other.place, other.at) < closely:
        return ""
    return (
        f"“{phrase(case.sentence, at, 3)}”: {cited(case.sources)} says this of {other.text}:"
        f" “{phrase(core.sentence, other.at)}”"
    )


def _spoken_of(name: Name, core: Place) -> bool:
    """Whether the sentence has the name, or the one before it, for which a pronoun may stand."""
    named = core.source.places.get(name.words[-1].stem, ())
    return any(core.number - number in {0, 1} for number in named)


def _own(name: Name, case: Case) -> Iterator[Mention]:
    """Where the sources have the name, or a word that may stand for it after it."""
    stem = name.words[-1].stem
    for source in case.sources:
        named = source.places.get(stem, ())
        near = {place.number for place in case.evidence if place.source is source}
        for number in {*named[:_MENTIONS], *near}:
            place = Place(source, number)
            back = range(number - _NAMED_BEFORE - 1, number)
            stands = any(other in back or source.sentences[other].title for other in named)
            yield from (
                Mention(place, at, name.text, same=True)
                for at, word in enumerate(place.sentence.words)
                if word.stem == stem or (stands and (at == 0 or word.low in _REFERS_BACK))
            )


def _others(name: Name, core: Place, case: Case) -> Iterator[Mention]:
    for other in names_in(core):
        if (
            not _told_of_both(other, case)
            and not _is_where(other, core.sentence)
            and _owns(other, core.sentence) == _owns(name, case.sentence)
            and not any(_one_name(name, other, source) for source in case.sources)
            and not _listed(name, other, core.sentence)
        ):
            at = core.sentence.words.index(other.words[-1])
            yield Mention(core, at, other.text, same=False)


def _listed(name: Name, other: Name, sentence: Sentence) -> bool:
    """Whether the sentence has both in one list of names."""
    own = next((word for word in sentence.words if word.stem == name.words[-1].stem), None)
    if own is None:
        return False
    first, last = sorted((own, other.words[-1]), key=lambda word: word.start)
    return _LIST.fullmatch(sentence.text[first.end : last.start]) is not None


def _owns(name: Name, sentence: Sentence) -> bool:
    """Whether the name is a possessive."""
    last = name.words[-1]
    return folded(sentence.text[last.start : last.end + 2]).endswith("'s")


def _one_name(one: Name, other: Name, source: Indexed) -> bool:
    """Whether the source has both side by side, as it has a first name and a surname."""
    first, second = one.words[-1].stem, other.words[-1].stem
    for number in set(source.places.get(first, ())) & set(source.places.get(second, ())):
        sentence = source.sentences[number]
        marks = [word for word in sentence.words if word.capital and word.stem in {first, second}]
        if any(
            left.stem != right.stem
            and _SIDE_BY_SIDE.fullmatch(sentence.text[left.end : right.start])
            for left, right in pairwise(marks)
        ):
            return True
    return False


def _is_where(name: Name, sentence: Sentence) -> bool:
    """Whether the name says where or when something is: "in Porto", "on Facebook"."""
    return _WHERE.search(folded(sentence.text[: name.words[0].start]).lower()) is not None


def _comparable(name: Name, case: Case) -> bool:
    """Whether the name is one that the sources have and that is somebody's or a place's."""
    head = name.words[-1]
    if of_a_country(name) or reporting(name, case.sentence):
        return False
    return any(head.stem in source.places for source in case.sources) and not any(
        head.stem in source.byline for source in case.sources
    )


def _told_of_both(other: Name, case: Case) -> bool:
    """Whether the claim has the other name as well, or the same by another one."""
    return (
        any(same_name(one, other) for one in case.names)
        or of_a_country(other)
        or other.words[-1].stem in case.sentence.stems
        or spelled_out(other, case.sentence)
    )
