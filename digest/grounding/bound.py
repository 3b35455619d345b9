"""Is what the claim says of a name what its source says of that name, and not of another one near
it?
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM, Place
from digest.grounding.clauses import parts
from digest.grounding.locality import agreement, phrase, sided
from digest.grounding.named import (
    claimed,
    names_in,
    of_a_country,
    reporting,
    same_name,
    spelled_out,
)
from digest.grounding.numbers import agree
from digest.grounding.outcome import cited, short
from digest.grounding.swapped import swaps
from digest.text.folding import word_list
from digest.text.stems import irregular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Pair
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name
    from digest.text.words import Word

_IN_PLACE = 0.15  # how well the surroundings of the two verbs must agree
_SAID_OF_IT = 0.35  # from here on what the claim says of a name stands by it in the source too
_BETTER = (
    0.18,
    1.7,
)  # by how much, and how many times, what is said of a name must fit another one better
_REFERS_BACK = word_list(
    "it its he she his her they their who which that company group firm utility institute team"
    " agency department startup start-up founder maker both this"
)
_PLACED = re.compile(
    r"\b(?:in|at|near|from) (?:the )?(?:(?:north|south|east|west|central)\w* )?(?:[A-Z][\w.]*,?"
    r" ){0,3}$"
)
# sentences in which a name is looked at: one that stands in more is what the document is about
_MENTIONS = 150
_WHERE = re.compile(r"(?:\b(\w+) |^)(?:in|on|near) (?:the )?$", re.IGNORECASE)
_PUT_INTO = word_list(
    "invest invests invested investing investment investments stake stakes share shares interest"
    " bet bets position trust"
)
_AMOUNTS = frozenset({"money", "share", "power", "energy"})
_NOT_ALONE = re.compile(r"\s(?:is|was|are|were)(?:n['’]t| not) (?:the only|alone)\b")
_CORE = (
    0.5  # the share of the claim that one sentence must have for it to be what the claim retells
)
_OFTEN = 4  # from so many sentences on a name is what the document is about
_NOWHERE, _ANY = (
    0.05,
    (0.13, 1.0),
)  # the same for a name that no source has anywhere near what is said of it
_AUXILIARIES = frozenset(
    {
        "will",
        "is",
        "to",
        "has",
        "have",
        "had",
        "would",
        "also",
        "may",
        "might",
        "could",
        "who",
        "which",
    }
)
_BY = re.compile(r"(?: [a-z]+)? by (?:the )?")
_AGENT = 40  # characters after "by" within which its name stands, behind a trade or a place
_THING = re.compile(r" [a-z]+\b(?<!said)(?<!ed)")
_INTRODUCED = re.compile(
    r"\b(?:guests?|welcome|joins?|joined|joining|with (?:us|me)|talk(?:ing)?"
    r" (?:to|with)|speak(?:ing)? (?:to|with)|co-?host)\b",
    re.IGNORECASE,
)  # whoever is introduced so may say anything in an episode that does not tell its speakers apart
_CALLED_BEFORE = 8  # the same in a transcript, where whoever speaks next is called by name
_NAMED_BEFORE = (
    3  # sentences before one with such a word in which the name that it stands for may be
)


def misattributed(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """What the claim says of one name and its source of another, in words."""
    mine = claimed(claim.claim, sources)
    if not all(any(name.words[-1].stem in source.places for source in sources) for name in mine):
        return  # an abbreviation, or a name that no source has
    for name in mine:
        if (
            of_a_country(name)
            or reporting(name, claim.claim)
            or any(name.words[-1].stem in source.byline for source in sources)
        ):
            continue
        if (
            _by_its_account(name, claim)
            or _quoted(name, claim.claim)
            or _its_number(name, claim)
            or (len(sources) > 1 and _in_a_row(name, mine, claim))
        ):
            continue
        own = _own(name, claim, sources)
        found = _rival(name, mine, claim)
        more, times = _BETTER if own > _NOWHERE else _ANY
        if found and found[0] > own + more and found[0] > times * own:
            _, rival, there = found
            said = phrase(there, there.words.index(rival.words[-1]))
            yield (
                f"“{phrase(claim.claim, _head(name, claim), 3)}”: {cited(sources)} says this of"
                f" {rival.text}: “{said}”"
            )
            return
    yield from _deeds(claim, mine, sources)
    yield from _elsewhere(claim, mine, sources)


def _deeds(claim: Aligned, mine: Sequence[Name], sources: Sequence[Indexed]) -> Iterator[str]:
    """What the claim has one name do and its evidence another: the name right before a verb that
    both have.
    """
    if next(swaps(claim), None):
        return  # which is told as a matter of direction
    for pair in claim.pairs:
        doer = _doer(claim.claim, pair.at, mine) if pair.worth >= SYNONYM else None
        there = pair.place.sentence
        other = _doer(there, pair.there, names_in(pair.place)) if doer and not there.title else None
        if (
            doer is None
            or other is None
            or same_name(doer, other)
            or doer.words[-1].stem not in pair.place.source.places
        ):
            continue
        if (
            of_a_country(doer)
            or of_a_country(other)
            or _is_where(doer, claim.claim)
            or _does_so(doer, pair, sources)
        ):
            continue
        if f"{other.text} and {doer.text}" in claim.claim.text or spelled_out(other, claim.claim):
            continue  # both do it in the claim, or the two are one
        own = any(word.stem == doer.words[-1].stem for word in there.words[: pair.there])
        in_place = (
            agreement(claim.claim, pair.at, there, pair.there, pair.place.source) >= _IN_PLACE
        )
        by = (
            _BY.match(claim.claim.text, pair.word.end) is not None
        )  # which leaves no doubt of who did it
        if not own and in_place and (by or _own(doer, claim, sources) < _SAID_OF_IT):
            yield (
                f"“{doer.text} … {pair.word.text}”: the source says"
                f" “{phrase(there, pair.there, 4)}”"
            )
            return


def _does_so(doer: Name, pair: Pair, sources: Sequence[Indexed]) -> bool:
    """Whether some sentence of the sources has this name do it: right before the verb, or soon
    after it and "by".
    """
    return any(
        _does(doer, Place(source, number), pair.other)
        for source in sources
        for number in source.places.get(pair.other.stem, ())
    )


def _does(doer: Name, place: Place, verb: Word) -> bool:
    there = place.sentence
    for at, word in enumerate(there.words):
        if word.stem != verb.stem:
            continue
        agent = _BY.match(there.text, word.end)
        within = there.text[agent.end() : agent.end() + _AGENT] if agent else ""
        before = _doer(there, at, names_in(place)) if not agent else None
        if re.search(rf"\b{re.escape(doer.words[-1].text)}\b", within) or (
            before is not None and same_name(doer, before)
        ):
            return True
    return False


def _elsewhere(claim: Aligned, mine: Sequence[Name], sources: Sequence[Indexed]) -> Iterator[str]:
    """The name with which the claim begins, when its source says this far from it and is not about
    it.
    """
    core = claim.evidence[0] if claim.evidence else None
    if (
        core is None
        or not mine
        or len(sources) > 1
        or mine[0].words[0] not in claim.claim.words[:3]
        or of_a_country(mine[0])
    ):
        return
    if (
        len(mine[0].text) < 2
        or mine[0].text.endswith(("'s", "’s"))
        or _is_where(mine[0], claim.claim)
    ):
        return
    if mine[0].words[-1].stem in core.source.byline:
        return
    named = core.source.places.get(mine[0].words[-1].stem, ())
    reach = _CALLED_BEFORE if core.source.document.basis == "transcript" else _NAMED_BEFORE
    if (
        core.source.document.basis == "transcript"
        and not core.source.voices
        and any(_INTRODUCED.search(core.source.sentences[n].text) for n in named)
    ):
        return
    near = any(
        core.number - reach <= number <= core.number + 1 or core.source.sentences[number].title
        for number in named
    )
    held = sum(match.weight for match in claim.matches if match.place == core and match.worth)
    if any(
        _tells(place, claim)
        for place in claim.evidence
        if any(number <= place.number <= number + reach for number in named)
    ):
        return
    if (
        named
        and not near
        and len(named) < _OFTEN
        and held >= _CORE * sum(match.weight for match in claim.matches)
    ):
        yield (
            f"{mine[0].text} is in {cited(sources)}, but not where it says"
            f" “{short(core.sentence.text)}”"
        )


def _tells(place: Place, claim: Aligned) -> bool:
    """Whether the sentence has most of what the claim says first, whatever of the rest is
    elsewhere.
    """
    end = min(parts(claim.claim), default=len(claim.claim.text))
    first = [match for match in claim.matches if match.word.start < end]
    held = sum(match.weight for match in first if match.word.stem in place.sentence.stems)
    return held >= _CORE * sum(match.weight for match in first)


def _doer(sentence: Sentence, at: int, names: Sequence[Name]) -> Name | None:
    """The name that does what this word says: right before it but for auxiliaries or a "who", or
    after it and "by".
    """
    verb = sentence.words[at]
    if verb.capital:
        return None
    agent = _BY.match(sentence.text, verb.end)
    if agent:
        return next((name for name in names if name.words[0].start == agent.end()), None)
    last = next((name for name in reversed(names) if name.words[-1].start < verb.start), None)
    if last is None or sentence.text[: last.words[-1].end].endswith(("'s", "’s")):
        return None
    between = (
        sentence.text[last.words[-1].end : verb.start]
        .replace(", who ", " who ")
        .replace(", which ", " which ")
        .split()
    )
    acts = verb.low.endswith("ed") or irregular(verb.low) or bool(between)
    return last if acts and all(word in _AUXILIARIES for word in between) else None


def _head(name: Name, claim: Aligned) -> int:
    return claim.claim.words.index(name.words[-1])


def _own(name: Name, claim: Aligned, sources: Sequence[Indexed]) -> float:
    """How well what the claim says of the name fits where the sources have it, or a word that
    stands for it.
    """
    head, best = _head(name, claim), 0.0
    for source in sources:
        named = source.places.get(name.words[-1].stem, ())
        near = {
            place.number
            for place in claim.evidence
            if place.source is source and not place.sentence.title
        }
        for number in {*named[:_MENTIONS], *near}:
            there = source.sentences[number]
            places = [at for at, word in enumerate(there.words) if word.stem == name.words[-1].stem]
            if number in near and any(
                number - _NAMED_BEFORE <= other < number or source.sentences[other].title
                for other in named
            ):
                places += _stand_ins(Place(source, number))
            best = max([best, *(sided(claim.claim, head, there, at, source) for at in places)])
    return best


def _stand_ins(place: Place) -> list[int]:
    """The words of the sentence that may stand for a name from before it: those before its own
    first name.
    """
    there = place.sentence
    first = next((one.words[0].start for one in names_in(place)), len(there.text))
    return [
        at
        for at, word in enumerate(there.words)
        if word.start < first and (at == 0 or word.low in _REFERS_BACK)
    ]


def _rival(name: Name, mine: Sequence[Name], claim: Aligned) -> tuple[float, Name, Sentence] | None:
    """The evidence's own name of which it says best what the claim says of this one, with how well,
    and its sentence.
    """
    found = []
    for place in claim.evidence:
        for other in () if place.sentence.title else names_in(place):
            taken = (
                any(same_name(one, other) for one in mine)
                or of_a_country(other)
                or other.words[-1].stem in claim.claim.stems
            )
            if (
                taken
                or spelled_out(other, claim.claim)
                or _stands_for(name, other, place.sentence)
                or _its_thing(name, claim.claim, other, place.sentence)
            ):
                continue
            if _a_place(other, place.sentence) and not _a_place(name, claim.claim):
                continue
            if _is_where(name, claim.claim) and not _a_place(other, place.sentence):
                continue
            at = place.sentence.words.index(other.words[-1])
            found.append(
                (
                    sided(claim.claim, _head(name, claim), place.sentence, at, place.source),
                    other,
                    place.sentence,
                )
            )
    return max(found, key=lambda row: row[0], default=None)


def _its_number(name: Name, claim: Aligned) -> bool:
    """Whether the evidence gives a number of the claim right after this name: then what is said
    with it is said of it.
    """
    for place in () if reporting(name, claim.claim) else claim.evidence:
        for other in place.sentence.stated:
            before = [one for one in names_in(place) if one.words[-1].end <= other.start]
            if (
                other.kind in _AMOUNTS
                and before
                and same_name(before[-1], name)
                and any(agree(one, other) for one in claim.claim.stated)
            ):
                return True
    return False


def _in_a_row(name: Name, mine: Sequence[Name], claim: Aligned) -> bool:
    """Whether the name stands in "Acme and Bolt", of which each source has its own."""
    text = claim.claim.text
    ends = {one.words[-1].end: one for one in mine}
    return any(
        text[end:].startswith(f" and {name.text}")
        or (one is name and text[end:].startswith(" and "))
        for end, one in ends.items()
    )


def _its_thing(name: Name, claim: Sentence, other: Name, sentence: Sentence) -> bool:
    """Whether the name may be of a thing that the source tells by its owner: "Frontdesk is both …",
    "Acme's framework is both …".
    """
    after = [word.low for word in claim.words if word.start > name.words[-1].start][:2]
    theirs = [word.low for word in sentence.words if word.start > other.words[-1].start][:3]
    among = (
        _NOT_ALONE.match(sentence.text, other.words[-1].end) is not None
    )  # "Acme is not the only one that …": so are others
    return among or (other.text.endswith(("'s", "’s")) and len(after) > 1 and theirs[1:] == after)


def _stands_for(name: Name, other: Name, sentence: Sentence) -> bool:
    """Whether the other name is of somebody of this one: "Ann Miller, a partner at Acme", "Acme
    partner Ann Miller".
    """
    head = re.escape(name.words[-1].text)
    before, after = sentence.text[: other.words[0].start], sentence.text[other.words[-1].end :]
    return bool(
        re.match(rf",? (?:[\w-]+ ){{0,6}}(?:of|at|from|with) (?:the )?(?:\w+ )?{head}\b", after)
        or re.search(rf"\b{head}(?:['’]s)?,? (?:[a-z-]+ ){{0,4}}$", before)
    )


def _by_its_account(name: Name, claim: Aligned) -> bool:
    """Whether claim and source both have it "according to" this name: what else the claim takes
    from other sentences is told by it too.
    """
    account = re.compile(rf"\baccording to (?:the )?{re.escape(name.text)}\b", re.IGNORECASE)
    return bool(account.search(claim.claim.text)) and any(
        account.search(place.sentence.text) for place in claim.evidence
    )


def _quoted(name: Name, sentence: Sentence) -> bool:
    """Whether it stands in quotation marks, as the title of a work does."""
    return sentence.text[: name.words[0].start].endswith(('"', "“", "‘"))


def _is_where(name: Name, sentence: Sentence) -> bool:
    """Whether the name says where something is or happens, on a network too: "in Porto", "on
    Facebook", but not "invests in Acme".
    """
    found = _WHERE.search(sentence.text[: name.words[0].start])
    return found is not None and (found[1] or "").lower() not in _PUT_INTO


def _a_place(name: Name, sentence: Sentence) -> bool:
    """Whether the name says where or which and not who: "in Ohio", "in Lordstown, Ohio", "the
    Midwest site".
    """
    before, after = sentence.text[: name.words[0].start], sentence.text[name.words[-1].end :]
    return bool(_PLACED.search(before)) or (
        before.lower().endswith("the ") and bool(_THING.match(after))
    )
