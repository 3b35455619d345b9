"""One number for how far to trust a claim: how closely it follows its evidence, less what the checks hold against it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.insights.grounding.aligned import Aligned, Match
    from digest.insights.grounding.indexed import Indexed
    from digest.insights.grounding.outcome import Outcome

# A logistic combination. The weights were fitted on the even rows of four public sets (summedits_news, summedits_ectsum,
# factcc, qags_cnndm) and then rounded with an eye on the others: docs/benchmarks.md. Verdicts are made by the checks alone.
_WEIGHTS = {"covered": 3.0, "known": 3.0, "bound": 5.0, "verbatim": 1.0}
_AGAINST = {"numbers": 1.5, "names": 2.5, "direction": 1.0, "quotes": 0.5}
_MIDDLE = 8.0  # what the weights add up to for a claim of which nobody can tell
_SPREAD = 4  # words that may stand between two neighbours of the claim in its source before they count as apart


def trust(claims: Sequence[Aligned], sources: Sequence[Indexed], outcomes: Mapping[str, Outcome]) -> float:
    """0 to 1, for putting claims in order."""
    found = {
        "covered": _mean([(claim.coverage, _weight(claim.matches)) for claim in claims]),
        "known": _known(claims, sources),
        "bound": _mean([pair for claim in claims for pair in _pairs(claim)]),
        "verbatim": _verbatim(claims, sources),
    }
    for_it = sum(weight * found[name] for name, weight in _WEIGHTS.items())
    against = sum(weight for name, weight in _AGAINST.items() if outcomes[name].problems)
    return 1 / (1 + math.exp(_MIDDLE + against - for_it))


def _known(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> float:
    """The share of the claim's distinct words that the sources have at all."""
    distinct = {word.stem for claim in claims for word in claim.claim.words}
    return sum(any(stem in source.places for source in sources) for stem in distinct) / len(distinct) if distinct else 1.0


def _pairs(claim: Aligned) -> list[tuple[float, float]]:
    """For each two neighbouring content words how close, and in what order, the evidence has them; with their weight."""
    return [(_together(one, other), one.weight + other.weight) for one, other in zip(claim.matches, claim.matches[1:], strict=False)]


def _together(one: Match, other: Match) -> float:
    if one.place is None or one.place != other.place or one.other is None or other.other is None:
        return 0.0
    order = {word.start: i for i, word in enumerate(one.place.sentence.words)}
    gap = order[other.other.start] - order[one.other.start]
    return (1.0 if gap >= 0 else 0.7) / (1 + max(0, abs(gap) - _SPREAD) / 6)


def _verbatim(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> float:
    """The share of the claim's runs of three words that a source has."""
    runs = [run for claim in claims for run in claim.claim.runs]
    return sum(any(run in source.runs for source in sources) for run in runs) / len(runs) if runs else 1.0


def _weight(matches: Sequence[Match]) -> float:
    return sum(match.weight for match in matches)


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for _, weight in weighted)
    return sum(value * weight for value, weight in weighted) / total if total else 1.0
