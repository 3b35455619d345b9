"""Whose it is: what a claim gives to one name ("Acme's tariff", "head of Acme's labs") and its
source to another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.locality import phrase
from digest.grounding.named import claimed, names_in, of_a_country, same_name
from digest.grounding.outcome import cited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name
    from digest.text.words import Word

_REACH = 3  # words from an owner to what is theirs


def dispossessed(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first thing that the claim gives to a name of the source's, and the source, where it says
    this, to another.
    """
    mine = claimed(claim.claim, sources)
    for name in mine:
        if not _owner(name) or of_a_country(name):
            continue
        things = {word.stem for word in _after(name, claim.claim)}
        places = [place for place in claim.evidence[:2] if not place.sentence.title]
        for place in places:
            if name.words[-1].stem in place.sentence.stems or _mentioned(
                name, things, place.source
            ):
                break
            for other in names_in(place):
                shared = things & {word.stem for word in _after(other, place.sentence)}
                if (
                    _owner(other)
                    and shared
                    and not same_name(name, other)
                    and not of_a_country(other)
                ):
                    at = place.sentence.words.index(other.words[-1])
                    yield f"“{name.text}”: {cited(sources)} says “{phrase(place.sentence, at, 3)}”"
                    return


def _owner(name: Name) -> bool:
    last = name.words[-1]
    return last.end - last.start > len(last.text)


def _after(name: Name, sentence: Sentence) -> list[Word]:
    at = sentence.words.index(name.words[-1])
    return [
        word
        for word in sentence.words[at + 1 : at + 1 + _REACH]
        if word.content and not word.capital and not word.low[0].isdigit()
    ]


def _mentioned(name: Name, things: set[str], source: Indexed) -> bool:
    """Whether the source has the name in one sentence with the thing: it may well be theirs."""
    return any(
        things & source.sentences[number].stems
        for number in source.places.get(name.words[-1].stem, ())
    )
