"""Told as a fact what somebody in the source only denies, doubts or disputes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.outcome import short
from digest.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned

_DISOWNING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|(?:disput|refut)(?:e|es|ed|ing)|(?:doubt|reject)(?:s|ed|ing)?|rul(?:e|es|ed|ing)"
    r" out)\b"
    r"[^.;:]{0,60}?\bthat\b",
    re.IGNORECASE,
)
_OWNS_UP = re.compile(
    r"\b(?:den(?:y|i)|disput|doubt|reject|refut|rul\w*"
    r" out|false\b|untrue|not\b|no\b|never\b)|n['’]t\b",
    re.IGNORECASE,
)
_MOST = 0.7  # of the claim's content stands behind the "that"


def disowned(claim: Aligned) -> Iterator[str]:
    """What the source has somebody deny, where the claim says nothing of a denial."""
    if _OWNS_UP.search(claim.claim.text):
        return
    own = {word.stem for word in words(claim.claim.text) if word.content}
    for place in claim.evidence:
        found = _DISOWNING.search(place.sentence.text)
        behind = (
            {word.stem for word in words(place.sentence.text[found.end() :])} if found else set()
        )
        if found and own and len(own & behind) >= _MOST * len(own):
            yield f"the source has this denied or doubted: “{short(place.sentence.text)}”"
            return
