"""Who tells nothing: "did not say which" where a source has "declined to specify which" denies
nothing that the source says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.folding import folded

if TYPE_CHECKING:
    from digest.grounding.aligned import Aligned

_SILENCE = re.compile(
    r"(?:\b(?:not|never|yet to|without|declin\w+ to|refus\w+ to|fail\w+ to)|n't) (?:immediately"
    r" |yet |publicly |further )?"
    r"(?:sa(?:y|id|ying)|specif\w+|disclos\w+|shar(?:e|ed|ing)|comment\w*|respond\w*|repl(?:y|ied|ying)|detail(?:ed|ing)?|reveal\w*|nam(?:e|ed|ing)|"
    r"identif\w+|elaborat\w+|confirm\w*|explain\w*|clarif\w+|answer\w*)\b|\bno comment\b",
    re.IGNORECASE,
)
_UNTOLD = re.compile(r"\bun(?:disclosed|named|clear)\b", re.IGNORECASE)  # how a source may say that


def silent(claim: Aligned) -> bool:
    """Whether the claim's sentence and a sentence of its sources both say that somebody does not
    tell the same.
    """
    mine = _SILENCE.search(folded(claim.claim.text))
    if mine is None:
        return False
    untold = {word.stem for word in claim.claim.words if word.start >= mine.end() and word.content}
    sources = {id(place.source): place.source for place in claim.evidence}.values()
    for source in sources:
        told = {number for stem in untold for number in source.places.get(stem, ())}
        near = (source.sentences[number] for number in told) if untold else source.sentences
        if any(
            pattern.search(folded(sentence.text))
            for sentence in near
            for pattern in (_SILENCE, _UNTOLD)
        ):
            return True
    return False
