"""Who does it to whom: the names before and behind a verb that claim and source both have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.grounding.analysis import analysed
from digest.grounding.named import names_in, of_a_country, same_name, spelled_out
from digest.grounding.outcome import Outcome, outcome
from digest.grounding.surroundings import phrase
from digest.text.stems import irregular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Sentence
    from digest.grounding.name import Name

_NEAR = 1  # content words between a name and the verb that it does
_IN_PLACE = 0.2  # how well the surroundings of the two verbs must agree
_BY = re.compile(r"(?:\s\w+){0,2}\sby\s(?:the\s)?")


@dataclass(frozen=True, slots=True)
class _Parties:
    agent: Name | None
    patient: Name | None


def roles(case: Case) -> Outcome:
    """Nobody does what was done to them there."""
    return outcome(bool(case.names), [*_swapped(case), *_done_by_another(case)])


def _swapped(case: Case) -> Iterator[str]:
    if len(case.names) < 2:
        return
    for pair in case.verbs:
        mine = _parties(case.sentence, pair.at, case.names)
        if mine.agent is None or mine.patient is None or same_name(mine.agent, mine.patient):
            continue
        theirs = _parties(pair.place.sentence, pair.there, names_in(pair.place))
        if theirs.agent is None or theirs.patient is None:
            continue
        if (
            same_name(mine.agent, theirs.patient)
            and same_name(mine.patient, theirs.agent)
            and not same_name(mine.agent, theirs.agent)
        ):
            yield (
                f"“{mine.agent.text} … {pair.word.text} … {mine.patient.text}”: the source says"
                f" “{phrase(pair.place.sentence, pair.there, 5)}”"
            )
            return


def _done_by_another(case: Case) -> Iterator[str]:
    """The first name that does what the source has another do, and nowhere this one."""
    for pair in case.verbs:
        mine = _parties(case.sentence, pair.at, case.names).agent
        if mine is None or of_a_country(mine) or pair.place.sentence.title:
            continue
        theirs = _parties(pair.place.sentence, pair.there, names_in(pair.place)).agent
        if theirs is None or of_a_country(theirs) or _claimed(theirs, case):
            continue
        known = any(mine.words[-1].stem in source.places for source in case.sources)
        if (
            known
            and case.agrees(pair.at, pair.place, pair.there) >= _IN_PLACE
            and not _does(mine, pair.word.stem, case)
        ):
            yield (
                f"“{mine.text} … {pair.word.text}”: the source says"
                f" “{phrase(pair.place.sentence, pair.there, 5)}”"
            )
            return


def _claimed(name: Name, case: Case) -> bool:
    return any(same_name(name, one) for one in case.names) or spelled_out(name, case.sentence)


def _does(name: Name, stem: str, case: Case) -> bool:
    """Whether the name stands in some clause of the sources that has the verb."""
    head = name.words[-1].stem
    return any(
        head in {word.stem for word in analysed(place.sentence).clause(at).words}
        for place, at in case.elsewhere(stem)
    )


def _parties(sentence: Sentence, at: int, names: Sequence[Name]) -> _Parties:
    """The names next to the verb, the other way round where it is done to the first; none for what
    is no verb.
    """
    verb, clause = sentence.words[at], analysed(sentence).clause(at)
    near = [one for one in names if clause.first <= sentence.words.index(one.words[0]) < clause.end]
    before = next((one for one in reversed(near) if one.words[-1].end <= verb.start), None)
    after = next((one for one in near if one.words[0].start >= verb.end), None)
    past = verb.low.endswith("ed") or irregular(verb.low)
    gap = _gap(sentence, before, at)
    if not (past and gap <= _NEAR) and not (verb.low.endswith("s") and gap == 0):
        before = None
    by = _BY.match(sentence.text, verb.end) if past else None
    if by or (past and at in analysed(sentence).passive):
        return _Parties(after if by else None, before)
    return _Parties(before, after if before else None)


def _gap(sentence: Sentence, before: Name | None, at: int) -> int:
    """How many words other than auxiliaries stand between the name and the verb."""
    if before is None:
        return at
    first = sentence.words.index(before.words[-1]) + 1
    return sum(word.content for word in sentence.words[first:at])
