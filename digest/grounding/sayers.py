"""Who says it in an article: a claim may give nobody the words that its source gives to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.named import claimed
from digest.grounding.outcome import cited
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name

_VERB = (
    r"(?:sa(?:ys|id)|thinks?|thought|believe[sd]|argue[sd]|expects|expected|predict(?:s|ed)|reckon(?:s|ed)|estimate[sd]|claim(?:s|ed)|"
    r"warn(?:s|ed)|note[sd]|told|tells|add(?:s|ed)|sees|doubt(?:s|ed)|suggest(?:s|ed)|recall(?:s|ed)|explain(?:s|ed)|finds|found|counts|counted|"
    r"calculates|calculated|concludes|concluded|forecasts|remarks|remarked|reports|reported|writes|wrote|would"
    r" like|wants|asks|asked)"
)
_WORK = (
    r"(?:tally|count|counts|survey|surveys|data|report|figures|numbers|estimate|estimates|reckoning|analysis|index|study|sum|sums|arithmetic|"
    r"calculation|calculations|forecast|poll|advice|ranking|view)"
)
_AFTER = re.compile(
    rf"(?:,[^,]{{2,60}},)? (?:also |now |still |has )?{_VERB}\b|['’]s? (?:own |latest |new"
    rf" )?{_WORK}\b"
)
_BEFORE = re.compile(
    rf"(?:\b{_VERB} |\baccording to |\b{_WORK} (?:by|from|of) )(?:the )?(?:(?!to |in |on |at"
    r" )[a-z-]+ ){0,3}$"
)
_NAME = re.compile(r"\b[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*\b")
_NOBODY = frozenset(
    {
        "He",
        "She",
        "They",
        "It",
        "We",
        "I",
        "You",
        "The",
        "This",
        "That",
        "His",
        "Her",
        "Their",
        "Its",
        "Our",
        "A",
        "An",
        "In",
        "On",
        "What",
    }
)
_CORE = 0.5  # the share of the claim's words, the name aside, that one sentence must have


def miscredited(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first name that is said to say what the source has another say, in words."""
    core = next((place for place in claim.evidence if not place.sentence.title), None)
    if core is None or len(sources) > 1 or core.source.voices or not _retells(claim, core):
        return
    for name in claimed(claim.claim, sources):
        if (
            len(name.text) < 2
            or not says(name, claim.claim)
            or not _named_elsewhere(name, claim, core)
        ):
            continue
        instead = _sayer(core)
        if instead and not {word.text for word in name.words} & set(instead.split()):
            yield f"{cited(sources)} has {instead} say this, not {name.text}"
            return


def says(name: Name, sentence: Sentence) -> bool:
    """Whether the sentence has the name say, find or count something."""
    text = folded(sentence.text)
    start, end = name.words[0].start, name.words[-1].start + len(name.words[-1].text)
    return _AFTER.match(text, end) is not None or _BEFORE.search(text[:start]) is not None


def _retells(claim: Aligned, core: Place) -> bool:
    total = sum(match.weight for match in claim.matches if not match.word.capital)
    return (
        sum(
            match.weight
            for match in claim.matches
            if match.place == core and match.worth and not match.word.capital
        )
        >= _CORE * total
    )


def _named_elsewhere(name: Name, claim: Aligned, core: Place) -> bool:
    """Whether the source has the name, but not where its evidence is."""
    head = name.words[-1].stem
    if (
        any(word.stem in core.source.byline for word in name.words)
        or head not in core.source.places
    ):
        return False
    near = {place.number for place in claim.evidence} | {core.number - 1, core.number + 1}
    return not any(
        number in near or core.source.sentences[number].title for number in core.source.places[head]
    )


def _sayer(core: Place) -> str:
    """Whom the sentence has say it by name; "" when it names nobody who says anything."""
    text = folded(core.sentence.text)
    for found in _NAME.finditer(text):
        if found[0].split()[0] not in _NOBODY and (
            _AFTER.match(text, found.end()) or _BEFORE.search(text[: found.start()])
        ):
            return found[0]
    return ""
