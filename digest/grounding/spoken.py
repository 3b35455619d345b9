"""Who says it in a transcript with speakers: a claim may give a speaker's words to nobody else."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from digest.grounding.named import claimed
from digest.grounding.outcome import cited
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Indexed
    from digest.grounding.name import Name

_VERB = (
    r"(?:says|said|thinks|thought|believes|believed|argues|argued|expects|expected|predicts|predicted|reckons|estimates|claims|claimed|"
    r"warns|warned|notes|noted|told|tells|adds|added|sees|doubts|suggests|suggested|recalls|recalled|explains|explained)"
)
_SAYS = re.compile(rf"(?:,[^,]{{2,60}},)? (?:also |now |still )?{_VERB}\b")
_SAID_BY = re.compile(rf"(?:\b{_VERB} |\baccording to )$")
_MOST, _LITTLE = (
    0.6,
    0.2,
)  # the share of the evidence that one speaker must have, and that the claim's own must not have


def misvoiced(claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """The first name that is said to say what another speaker says, in words."""
    for name in _sayers(claim, sources):
        for source in sources:
            shares = _shares(claim, source) if source.voices else {}
            speaker = max(shares, key=lambda one: shares[one], default="")
            named = any(
                name.words[-1].stem in place.sentence.stems
                for place in claim.evidence
                if place.source is source
            )
            if (
                not speaker
                or shares[speaker] < _MOST
                or named
                or says_it(name.words[-1].low, speaker)
            ):
                continue
            if (
                sum(share for one, share in shares.items() if says_it(name.words[-1].low, one))
                < _LITTLE
            ):
                yield f"{cited(sources)} has {speaker} say this, not {name.text}"
                return


def says_it(surname: str, speaker: str) -> bool:
    """Whether the speaker's label has the name."""
    return surname.lower() in folded(speaker).lower().split()


def _sayers(claim: Aligned, sources: Sequence[Indexed]) -> list[Name]:
    """The names of the claim that are said to say something."""
    text = folded(claim.claim.text)
    return [
        name
        for name in claimed(claim.claim, sources)
        if _SAYS.match(text, name.words[-1].end) or _SAID_BY.search(text[: name.words[0].start])
    ]


def _shares(claim: Aligned, source: Indexed) -> dict[str, float]:
    """For each speaker of the source the share of what the claim has from it."""
    weights: defaultdict[str, float] = defaultdict(float)
    for match in claim.matches:
        if (
            match.place is not None
            and match.other is not None
            and match.place.source is source
            and not match.place.sentence.title
        ):
            weights[source.timeline.speaker(match.place.sentence.start + match.other.start)] += (
                match.weight * match.worth
            )
    total = sum(weights.values())
    return {speaker: weight / total for speaker, weight in weights.items() if speaker}
