"""Does the claim say it the way round that its source does: up or down, yes or no, sure or maybe,
who to whom, and why?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.achieved import achieved
from digest.grounding.caused import causes
from digest.grounding.denied import denials
from digest.grounding.disowned import disowned
from digest.grounding.gainsaid import gainsaid
from digest.grounding.hedged import hedges, tells
from digest.grounding.outcome import Outcome, outcome
from digest.grounding.spoken import misvoiced
from digest.grounding.swapped import swaps
from digest.grounding.turned import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Indexed


_CHECKS = (turns, denials, disowned, achieved, gainsaid, swaps, causes)


def direction(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Nothing that the sources say is turned around."""
    problems = [problem for claim in claims for check in _CHECKS for problem in check(claim)]
    told = any(tells(claim) for claim in claims[:1])  # of what follows too
    problems += [
        problem
        for claim in claims
        for problem in (*hedges(claim, told=told), *misvoiced(claim, sources))
    ]
    return outcome(any(claim.evidence for claim in claims), problems)
