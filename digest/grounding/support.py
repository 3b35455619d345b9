"""Is enough of the claim in the source at all, in one place and not scattered over it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.indexed import plain
from digest.grounding.outcome import Outcome, cited, outcome, short
from digest.grounding.predicate import unborne

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Indexed

ENOUGH = 0.4  # the weighted share of a sentence's content that its evidence must have
_OF_A_TOPIC = (
    0.25  # the same of what a source is said to be about, for which it seldom has a word itself
)


def support(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Every sentence of the claim has evidence for most of what it says."""
    weak = [
        claim
        for claim in claims
        if claim.coverage < (_OF_A_TOPIC if claim.claim.topic else ENOUGH) or _thin(claim)
    ]
    problems = [_problem(claim, sources) for claim in weak]
    for claim in claims:
        missing = () if claim in weak else unborne(claim, sources)
        if missing:
            problems.append(f"{cited(sources)} has nothing of “{', '.join(missing)}”")
    return outcome(bool(claims), problems)


def _thin(claim: Aligned) -> bool:
    """Whether next to nothing of the sentence is in its evidence, however little it says: "A claim
    of my own."
    """
    return len(claim.pairs) < 2 or not any(pair.worth == 1.0 for pair in claim.pairs)


def word_for_word(texts: Sequence[str], sources: Sequence[Indexed]) -> bool:
    """Whether the claim is whole sentences of the source, quotation marks, dashes, white space and
    the full stop aside.

    A part of one is a claim like any other: what is left out may deny it, doubt it or make it a
    condition.
    """
    return all(any(plain(text).rstrip(".") in source.whole for source in sources) for text in texts)


def _problem(claim: Aligned, sources: Sequence[Indexed]) -> str:
    missing = [match.word.text for match in claim.matches if not match.worth]
    return (
        f"not word for word in what it cites, and too little of “{short(claim.claim.text)}” is in"
        f" {cited(sources)}" + (f": nothing there of {', '.join(missing[:5])}" if missing else "")
    )
