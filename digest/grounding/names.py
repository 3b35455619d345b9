"""Are the people, organisations, products and places of the claim those of its source, in the part
of it that the claim retells?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.bound import misattributed
from digest.grounding.exchanged import swapped
from digest.grounding.held import misheld
from digest.grounding.instead import instead_names
from digest.grounding.locality import agreement, word_at
from digest.grounding.named import (
    ADHERENTS,
    ORNAMENTS,
    SAME_PLACE,
    claimed,
    names_in,
    of_a_country,
    reporting,
    spelled_out,
)
from digest.grounding.outcome import Outcome, cited, outcome
from digest.grounding.owned import owners
from digest.grounding.possessed import dispossessed
from digest.grounding.roles import displaced
from digest.grounding.sayers import miscredited
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Indexed
    from digest.grounding.name import Name
    from digest.text.words import Word

_BRIDGES = frozenset({"of", "the", "and", "&", "for", "de", "van", "von", "al"})
_BEFORE = 2  # sentences before the evidence in which a name may stand that a pronoun refers to
_ADJECTIVES = ("an", "ans", "ish", "ese")  # the ends of a country's
_STEM, _ENDING = (
    5,
    3,
)  # letters that a place and its adjective have in common, and most of those that differ
_IN_PLACE = 0.3  # how well the surroundings of the two names must agree
# the share of the other words that one sentence must have for it to be what the claim retells
_CORE = 0.55


def names(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Every name is one that a source has, and belongs to what the claim retells."""
    written = [(claim, name) for claim in claims for name in claimed(claim.claim, sources)]
    problems = [problem for claim, name in written for problem in _problems(name, claim, sources)]
    problems += [
        problem
        for claim in claims
        for check in (
            misattributed,
            swapped,
            owners,
            misheld,
            dispossessed,
            miscredited,
            instead_names,
        )
        for problem in check(claim, sources)
    ]
    return outcome(bool(written), problems)


def _problems(name: Name, claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    telling = [word for word in name.words if word.low not in ORNAMENTS and len(word.low) > 1]
    if (
        not telling
        or _publisher(telling, sources)
        or any(_abbreviates(name, source) or _same_place(name, source) for source in sources)
    ):
        return
    foreign = [word for word in telling if not any(_has(source, word) for source in sources)]
    if foreign:
        instead = _instead(name, claim)
        yield f"{name.text} is not in {cited(sources)}" + (
            f"; it names {instead} there" if instead else ""
        )
    elif len(_unqualified(name, telling)) > 1 and not any(
        _together(_unqualified(name, telling), source) for source in sources
    ):
        yield f"{cited(sources)} has no {name.text}: it uses these names apart"
    elif not of_a_country(name):
        yield from () if reporting(name, claim.claim) else _misplaced(name, telling, claim, sources)
        yield from displaced(name, claim.claim, sources)


def _unqualified(name: Name, telling: Sequence[Word]) -> Sequence[Word]:
    """The name without the party before it, or the country that its office joins to it: "Colombian
    President Ana Ruiz".
    """
    first, after = telling[0], name.words[1 : name.words.index(telling[0]) + 2]
    joined = first is name.words[0] and (
        name.text.startswith(f"{first.text}-") or any(word.low in ORNAMENTS for word in after)
    )
    return (
        telling[1:]
        if (joined and first.low.endswith(_ADJECTIVES)) or first.low in ADHERENTS
        else telling
    )


def _forms(word: Word, source: Indexed) -> frozenset[str]:
    """The stems by which the source may have the word: its own, or those of the place that it is
    the adjective of.
    """
    if word.stem in source.places:
        return frozenset({word.stem})
    return frozenset(
        stem(other)
        for other in source.capitals
        if other.startswith(word.low[:_STEM]) and _kindred(word.low, other)
    ) | {word.stem}


def _publisher(telling: Sequence[Word], sources: Sequence[Indexed]) -> bool:
    """Whether the name is that of who published, wrote or says a source: "according to The
    Wire".
    """
    joined = "".join(word.low for word in telling)
    if any(
        joined in source.sites or "".join(word.low[0] for word in telling) in source.sites
        for source in sources
    ):
        return True
    return all(
        any(word.stem in source.byline | source.voices for source in sources) for word in telling
    )


def _has(source: Indexed, word: Word) -> bool:
    if word.stem in source.places or word.low in source.capitals or word.stem in source.byline:
        return True
    if (
        any(word.low in row and "us" in row for row in SAME_PLACE)
        and {"u", "s"} <= source.capitals.keys()
    ):
        return True  # "U.S."
    if any(
        other in source.capitals
        for row in SAME_PLACE
        if word.low in row
        for other in row
        if len(other) > 1
    ):
        return True
    return not _forms(word, source).isdisjoint(source.places)


def _kindred(one: str, other: str) -> bool:
    """Whether one of the words is the other's adjective: "Belgian" of "Belgium", "Cumbrian" of
    "Cumbria".
    """
    shared = next(
        (i for i, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )
    adjective = one.endswith(_ADJECTIVES) != other.endswith(_ADJECTIVES)
    return adjective and shared >= _STEM and max(len(one), len(other)) - shared <= _ENDING


def _same_place(name: Name, source: Indexed) -> bool:
    """Whether the name is a place's in several words that the source has by another: "United
    States" for "American".
    """
    rows = (row for row in SAME_PLACE if " " in name.text and name.text.lower() in row)
    return any(other in source.capitals for row in rows for other in row if len(other) > 1)


def _abbreviates(name: Name, source: Indexed) -> bool:
    """Whether the name is the initials of words that the source has side by side, or the other way
    around.
    """
    letters = name.text.replace(".", "")
    if (
        len(letters) > 1
        and sum(letter.isupper() for letter in letters) > len(letters) / 2
        and letters.isalpha()
    ):
        return letters.lower() in source.initials
    initials = "".join(word.text[0] for word in name.words if word.low not in _BRIDGES)
    if len(initials) == 2:
        return initials in source.capitals.get(initials.lower(), ())  # "UN", not "un"
    return len(initials) > 2 and initials.lower() in source.capitals


def _together(telling: Sequence[Word], source: Indexed) -> bool:
    """Whether some sentence has all words of the name within a few words of each other."""
    first, *rest = (_forms(word, source) for word in telling)
    for number in {number for form in first for number in source.places.get(form, ())}:
        stems = [word.stem for word in source.sentences[number].words]
        for at in (i for i, one in enumerate(stems) if one in first):
            near = stems[max(0, at - 4) : at + 4 + len(telling)]
            if not any(forms.isdisjoint(near) for forms in rest):
                return True
    return not any(word.stem in source.places for word in telling) or any(
        word.stem in source.byline for word in telling
    )


def _misplaced(
    name: Name, telling: Sequence[Word], claim: Aligned, sources: Sequence[Indexed]
) -> Iterator[str]:
    """A name of the source's that is not where the claim's other words are, where another one
    stands instead.
    """
    core = claim.evidence[0] if claim.evidence else None
    if core is None or core.sentence.title or _share(claim, core, telling) < _CORE:
        return
    instead = _instead(name, claim)
    if not instead or len(sources) > 1:
        return
    near = range(max(0, core.number - _BEFORE), min(core.number + 2, len(core.source.sentences)))
    if any(word.stem in core.source.sentences[number].stems for word in telling for number in near):
        return
    there = word_at(core.sentence, core.sentence.text.index(instead))
    if (
        agreement(
            claim.claim, claim.claim.words.index(name.words[0]), core.sentence, there, core.source
        )
        >= _IN_PLACE
    ):
        yield f"{name.text} is in {cited(sources)}, but this is said of {instead}"


def _share(claim: Aligned, core: Place, without: Sequence[Word]) -> float:
    left = [match for match in claim.matches if match.word not in without]
    total = sum(match.weight for match in left)
    return (
        sum(match.weight for match in left if match.worth and match.place == core) / total
        if total
        else 0.0
    )


def _instead(name: Name, claim: Aligned) -> str:
    """A name that the best evidence has and the claim has not."""
    if not claim.evidence:
        return ""
    place = claim.evidence[0]
    have = claim.claim.stems - {word.stem for word in name.words}
    for other in names_in(place):
        telling = {word.stem for word in other.words if word.low not in ORNAMENTS}
        if (
            telling
            and telling.isdisjoint(have)
            and other.text != name.text
            and not spelled_out(other, claim.claim)
        ):
            return other.text
    return ""
