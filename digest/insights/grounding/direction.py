"""Does the claim say it the way round that its source does: up or down, yes or no, sure or maybe, who to whom, and why?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.grounding.achieved import achieved
from digest.insights.grounding.caused import causes
from digest.insights.grounding.denied import denials
from digest.insights.grounding.disowned import disowned
from digest.insights.grounding.gainsaid import gainsaid
from digest.insights.grounding.hedged import hedges, tells
from digest.insights.grounding.outcome import Outcome, outcome
from digest.insights.grounding.spoken import misvoiced
from digest.insights.grounding.swapped import swaps
from digest.insights.grounding.turned import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.insights.grounding.aligned import Aligned
    from digest.insights.grounding.indexed import Indexed


_CHECKS = (turns, denials, disowned, achieved, gainsaid, swaps, causes)


def direction(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Nothing that the sources say is turned around."""
    problems = [problem for claim in claims for check in _CHECKS for problem in check(claim)]
    told = any(tells(claim) for claim in claims[:1])  # of what follows too
    problems += [problem for claim in claims for problem in (*hedges(claim, told=told), *misvoiced(claim, sources))]
    return outcome(any(claim.evidence for claim in claims), problems)
