"""Two facts joined by a "because" that no source has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import worth
from digest.grounding.outcome import short
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned, Place

# the share of the words of a cause, or of what it causes, that a sentence with the other must have
_OTHER_PART = 0.5
_CAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|thanks to|as a result(?: of)?|driven by|caused"
    r" by|prompted by|triggered by|fuel?led by|"
    r"spurred by|sparked by|in response to|(?:which|that|this)"
    r" (?:led|caused|prompted|drove|pushed|sent|forced)|leading to|led to|causing|"
    r"prompting|triggering|sending|pushing|forcing|resulting in|resulted"
    r" in|therefore|consequently|hence)\b",
    re.IGNORECASE,
)
_DUE = re.compile(  # a plan and no cause: "is due to open"
    r"(?<=is |re |as )due to"
    r" (?:be|go|open|start|begin|close|end|expire|launch|meet|report|list|take|come|arrive|ship|speak|appear|vote|"
    r"finish|deliver|publish|release|resume|return|make|pay|face|hold|run|join|leave|complete|present|receive|hear|rule|sign|visit|build)\b"
)
_STOP = re.compile(r"[;:]\s|,\swith\s|\s\u2014\s")
# How a source may say it: within a sentence, and from one sentence to the next.
_WITHIN = re.compile(
    r"\b(?:because|since|as|so|for|due|owing|thanks|with|after|following|on|by|when|lets?|mak(?:es?|ing)|made|which|that|if)\b|[:;\u2014]",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:because|due to|owing to|thanks to|result\w*|reason\w*|why|caus\w+|led to|leads?"
    r" to|drove|drives?|driven|driving|means?|meant|"
    r"prompt\w*|trigger\w*|fuel\w*|spurr?\w*|spark\w*|explain\w*|therefore|hence|consequen\w+|so|thus|behind|blam\w+|effect|response|"
    r"forc\w+|push\w*|let|made|makes?|turns? on|pays? for)\b",
    re.IGNORECASE,
)


def causes(claim: Aligned) -> Iterator[str]:
    """The first cause that the claim gives and its evidence does not, in words."""
    text = folded(claim.claim.text)
    for found in _CAUSE.finditer(text):
        if _DUE.match(text, found.start()):
            continue
        low, high = _bounds(text, found)
        before, after = (
            _place(claim, *span) for span in ((low, found.start()), (found.end(), high))
        )
        if before is None or after is None or before.source is not after.source:
            continue
        if (
            not _linked(before, after)
            and not _within(claim, before, found.end(), high)
            and not _within(claim, after, low, found.start())
        ):
            yield (
                f"“{found[0]}”: the source does not join “{short(before.sentence.text, 60)}” and"
                f" “{short(after.sentence.text, 60)}” so"
            )
            return


def _bounds(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Where what is joined by the cause begins and ends: no further than the next semicolon or
    colon.
    """
    low = max((stop.end() for stop in _STOP.finditer(text, 0, found.start())), default=0)
    return low, next((stop.start() for stop in _STOP.finditer(text, found.end())), len(text))


def _place(claim: Aligned, start: int, end: int) -> Place | None:
    """The sentence of the evidence that has most of this part of the claim."""
    held: dict[int, float] = {}
    places: dict[int, Place] = {}
    for match in claim.matches:
        if match.place is not None and start <= match.word.start < end:
            held[match.place.number] = (
                held.get(match.place.number, 0.0) + match.weight * match.worth
            )
            places[match.place.number] = match.place
    return places[max(held, key=lambda number: held[number])] if held else None


def _within(claim: Aligned, place: Place, start: int, end: int) -> bool:
    """Whether a sentence that has the one part joins it to something, and has enough of the other
    part, from `start` to `end`, as well.
    """
    part = [match for match in claim.matches if start <= match.word.start < end]
    held = sum(any(worth(match.word.stem, stem) for stem in place.sentence.stems) for match in part)
    return (
        held >= _OTHER_PART * len(part) and _WITHIN.search(folded(place.sentence.text)) is not None
    )


def _linked(one: Place, other: Place) -> bool:
    if one.number == other.number:
        return any(pattern.search(folded(one.sentence.text)) for pattern in (_WITHIN, _CAUSE))
    low, high = sorted((one.number, other.number))
    between = (
        one.source.sentences[low : high + 1] if high - low < 3 else (one.sentence, other.sentence)
    )
    return any(_BETWEEN.search(folded(sentence.text)) for sentence in between)
