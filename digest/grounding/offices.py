"""Is everybody what they are there: the office beside a name, and at whom?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import Place
from digest.grounding.lexicon import found
from digest.grounding.named import names_in, of_a_country, same_name
from digest.grounding.outcome import Outcome, cited, outcome
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name

_BEHIND = re.compile(  # ", the chief executive of", ", who founded", " is the head of", " (the CEO)"
    r"(?:'s)?(?:, | \(| is | was | as )(?:who |also |now |then |is |was )*(?:the |an? |its |their |our )?(?P<office>[^,.;:()\"]{2,60})"
)
_BEFORE = re.compile(r"(?P<office>(?:[\w'&-]+ ){1,5})$")
_EMPLOYER = re.compile(r"\b(?:at|of|for|with|from) (?:the )?$")
_SENTENCES = 40  # in which a name is looked up
# offices that one and the same person has: a row says when two of them are one
_SAME = tuple(
    frozenset(row.split(","))
    for row in (
        "chief executive,ceo,chief,head,boss",
        "founder,co-founder,cofounder,founded,co-founded",
        "chair,chairman,chairwoman,chairperson",
        "chief financial officer,cfo,finance chief",
        "chief technology officer,cto",
        "lawyer,attorney,counsel",
        "spokesman,spokeswoman,spokesperson",
        "professor,academic,economist,researcher,scientist",
        "manager,director,head,executive,boss,chief",
        "analyst,strategist,economist,researcher",
        "president,head",
        "partner,investor",
        "minister,secretary",
    )
)


def offices(case: Case) -> Outcome:
    """Nobody has an office that the source gives to somebody else, or another than there."""
    mine = [(name, held) for name in case.names for held in [_offices(name, case.sentence)] if held]
    return outcome(
        bool(mine),
        (why for row in mine for why in (*_other(*row, case), *_elsewhere(row[0], case))),
    )


def _other(name: Name, mine: frozenset[str], case: Case) -> Iterator[str]:
    if of_a_country(name):
        return
    places = [place for source in case.sources for place in _named(name, source)]
    theirs = {office for place, other in places for office in _offices(other, place.sentence)}
    if theirs and not any(_one(one, other) for one in mine for other in theirs):
        said = ", ".join(sorted(theirs))
        yield f"{name.text} is {', '.join(sorted(mine))} here; {cited(case.sources)} says {said}"


def _elsewhere(name: Name, case: Case) -> Iterator[str]:
    """Where the name holds its office, when the source has it somewhere else."""
    mine = _employer(name, case.sentence, case.names)
    there = [
        (place, at)
        for source in case.sources
        for place, other in _named(name, source)
        if (at := _employer(other, place.sentence, names_in(place))) is not None
    ]
    if mine is None or not there or any(same_name(mine, at) for _, at in there):
        return
    if not any(at.words[-1].stem in case.sentence.stems for _, at in there):
        yield f"{name.text} is at {mine.text} here; {cited(case.sources)} says {there[0][1].text}"


def _named(name: Name, source: Indexed) -> Iterator[tuple[Place, Name]]:
    """Where the source has the name, as it writes it there."""
    stem = name.words[-1].stem
    for number in source.places.get(stem, ())[:_SENTENCES]:
        place = Place(source, number)
        for other in names_in(place):
            if other.words[-1].stem == stem:
                yield place, other


def _employer(name: Name, sentence: Sentence, names: Sequence[Name]) -> Name | None:
    """The name behind an office that stands behind this one: "Ann Miller, a partner at Acme"."""
    text = folded(sentence.text)
    behind = _BEHIND.match(text, name.words[-1].end)
    if behind is None or not found("office", behind["office"].lower()):
        return None
    low, high = behind.span("office")
    return next(
        (
            one
            for one in names
            if low < one.words[0].start < high and _EMPLOYER.search(text[: one.words[0].start])
        ),
        None,
    )


def _offices(name: Name, sentence: Sentence) -> frozenset[str]:
    """The offices that stand right before the name, or behind it in a phrase of their own."""
    text = folded(sentence.text)
    behind = _BEHIND.match(text, name.words[-1].end)
    before = _BEFORE.search(text[: name.words[0].start])
    parts = [behind["office"] if behind else "", before["office"] if before else "", name.text]
    low = [part.lower() for part in parts]
    return frozenset(part[start:end] for part in low for start, end in found("office", part))


def _one(one: str, other: str) -> bool:
    """Whether two offices may be one: the same, or two names of it."""
    return one in other or other in one or any({one, other} <= row for row in _SAME)
