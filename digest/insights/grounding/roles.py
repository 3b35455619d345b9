"""Has everybody in the claim the office that the source gives them?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.insights.grounding.outcome import cited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.insights.grounding.indexed import Indexed, Sentence
    from digest.insights.grounding.names import Name

_OFFICES = {
    "chief executive": r"chief executives?(?: officer)?|CEO|boss",
    "finance chief": r"chief financial officer|CFO|finance chief",
    "technology chief": r"chief technology officer|CTO",
    "operating chief": r"chief operating officer|COO",
    "co-founder": r"co-?founders?|founders?|founded",
    "chair": r"chair(?:man|woman|person)?|chairs",
    "president": r"presidents?",
    "analyst": r"analysts?|follows",
    "minister": r"ministers?",
    "senator": r"senators?",
    "judge": r"judges?",
    "governor": r"governors?",
    "spokesperson": r"spokes(?:man|woman|person)",
    "professor": r"professors?",
    "lawyer": r"lawyers?|attorneys?",
    "economist": r"economists?",
}
_OFFICE = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in _OFFICES.items()}
_REACH = 45  # characters between a name and its office


def displaced(name: Name, claim: Sentence, sources: Sequence[Indexed]) -> Iterator[str]:
    """The office that the claim gives to the name, when the sources know the name by others only, in words."""
    own = _offices(claim, name.words[-1].start, name.words[-1].end)
    theirs = {
        office
        for source in sources
        for number in source.places.get(name.words[-1].stem, ())
        for word in source.sentences[number].words
        if word.stem == name.words[-1].stem
        for office in _offices(source.sentences[number], word.start, word.end)
    }
    if len(own) == 1 and theirs and not own & theirs:
        yield f"{name.text} is not {min(own)} in {cited(sources)}, but {' and '.join(sorted(theirs))}"


def _offices(sentence: Sentence, start: int, end: int) -> frozenset[str]:
    """The offices named next to this place of the sentence."""
    near = sentence.text[max(0, start - _REACH) : end + _REACH]
    return frozenset(office for office, words in _OFFICE.items() if words.search(near))
