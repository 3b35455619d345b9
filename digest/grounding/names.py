"""Are the people, organisations, products and places of the claim those of its source?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.named import ADHERENTS, ORNAMENTS, SAME_PLACE, names_in, spelled_out
from digest.grounding.outcome import Outcome, cited, outcome
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed
    from digest.grounding.name import Name
    from digest.text.words import Word

_BRIDGES = frozenset({"of", "the", "and", "&", "for", "de", "van", "von", "al"})
# who is meant by where they sit
_SEATS = {
    seat: tuple(map(stem, who.split()))
    for seat, who in {
        "white house": "administration",
        "pentagon": "defense defence dod",
        "downing street": "government",
        "capitol hill": "congress",
    }.items()
}
_ADJECTIVES = ("an", "ans", "ish", "ese", "er", "ers")  # the ends of a place's
_STEM, _ENDING = (
    5,
    3,
)  # letters that a place and its adjective have in common, and most of those that differ


def absent_names(case: Case) -> Outcome:
    """Every name is one that a source has."""
    return outcome(bool(case.names), (why for name in case.names for why in _absent(name, case)))


def joined_names(case: Case) -> Outcome:
    """The words of a name stand together in a source."""
    return outcome(bool(case.names), (why for name in case.names for why in _apart(name, case)))


def _absent(name: Name, case: Case) -> Iterator[str]:
    foreign = [word for word in _telling(name, case) if not _somewhere(word, case)]
    if foreign:
        instead = _instead(name, case)
        there = f"; it names {instead} there" if instead else ""
        yield f"{name.text} is not in {cited(case.sources)}{there}"


def _apart(name: Name, case: Case) -> Iterator[str]:
    telling = _telling(name, case)
    if not telling or not all(_somewhere(word, case) for word in telling):
        return
    own = _unqualified(name, telling)
    if len(own) > 1 and not any(_together(own, source) for source in case.sources):
        yield f"{cited(case.sources)} has no {name.text}: it uses these names apart"


def _telling(name: Name, case: Case) -> list[Word]:
    """The words of the name that a source has to have; none of one that it has by another name."""
    telling = [word for word in name.words if word.low not in ORNAMENTS and len(word.low) > 1]
    known = _publisher(telling, case.sources) or any(
        _abbreviates(name, source) or _same_place(name, source) or _seat(name, source)
        for source in case.sources
    )
    return [] if known else telling


def _somewhere(word: Word, case: Case) -> bool:
    return any(_has(source, word) for source in case.sources)


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
    if word.low in source.compounds:
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


def _seat(name: Name, source: Indexed) -> bool:
    """Whether the name is the seat of those whom the source names: "the White House" for "the Quill
    administration".
    """
    return any(word in source.places for word in _SEATS.get(name.text.lower(), ()))


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


def _instead(name: Name, case: Case) -> str:
    """A name that the best evidence has and the claim has not."""
    if not case.evidence:
        return ""
    place = case.evidence[0]
    have = case.sentence.stems - {word.stem for word in name.words}
    for other in names_in(place):
        telling = {word.stem for word in other.words if word.low not in ORNAMENTS}
        if (
            telling
            and telling.isdisjoint(have)
            and other.text != name.text
            and not spelled_out(other, case.sentence)
        ):
            return other.text
    return ""
