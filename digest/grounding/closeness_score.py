"""One number for how far to trust a claim: how closely it follows its evidence, less what the
checks hold against it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.grounding.aligned import Aligned, Match
    from digest.grounding.indexed import Indexed
    from digest.model import Check

# A logistic combination. The weights were chosen on the even rows of the tuned public sets, by a
# fit of pairs in k folds and then by
# rounding to what holds on every set: docs/benchmarks.md. Verdicts are made by the checks alone.
_WEIGHTS = {"covered": 1.0, "known": 1.0, "bound": 2.5, "pairs": 3.0}
# for each check that fails
_AGAINST = {
    "numbers": 3.0,
    "dates": 2.5,
    "names": 2.5,
    "direction": 1.0,
    "quotes": 0.5,
}
_MIDDLE = 4.7  # what the weights add up to for a claim of which nobody can tell
# words that may stand between two neighbours of the claim in its source before they count as apart
_SPREAD = 4


def trust(
    claims: Sequence[Aligned], sources: Sequence[Indexed], checks: Mapping[str, Check]
) -> float:
    """0 to 1, for putting claims in order; `checks` are those that were made, by their
    names.
    """
    found = {
        "covered": _mean([(claim.coverage, _weight(claim.matches)) for claim in claims]),
        "known": _known(claims, sources),
        "bound": _mean([pair for claim in claims for pair in _neighbours(claim)]),
        "pairs": _share(
            any(pair in source.pairs for source in sources)
            for claim in claims
            for pair in claim.claim.pairs
        ),
    }
    for_it = sum(weight * found[name] for name, weight in _WEIGHTS.items())
    failed = (name for name, check in checks.items() if check.result == "fail")
    against = sum(_AGAINST.get(name, 0.0) for name in failed)
    return 1 / (1 + math.exp(_MIDDLE + against - for_it))


def _known(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> float:
    """The share of the claim's distinct words that the sources have at all."""
    distinct = {word.stem for claim in claims for word in claim.claim.words}
    return _share(any(stem in source.places for source in sources) for stem in distinct)


def _neighbours(claim: Aligned) -> list[tuple[float, float]]:
    """For each two neighbouring content words how close, and in what order, the evidence has them;
    with their weight.
    """
    return [
        (_together(one, other), one.weight + other.weight)
        for one, other in zip(claim.matches, claim.matches[1:], strict=False)
    ]


def _together(one: Match, other: Match) -> float:
    if one.place is None or one.place != other.place or one.other is None or other.other is None:
        return 0.0
    order = {word.start: i for i, word in enumerate(one.place.sentence.words)}
    gap = order[other.other.start] - order[one.other.start]
    return (1.0 if gap >= 0 else 0.7) / (1 + max(0, abs(gap) - _SPREAD) / 6)


def _share(found: Iterable[bool]) -> float:
    """The share of what is there to be found that is, such as of the claim's pairs of words those
    that a source has; 1 for nothing.
    """
    listed = list(found)
    return sum(listed) / len(listed) if listed else 1.0


def _weight(matches: Sequence[Match]) -> float:
    return sum(match.weight for match in matches)


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for _, weight in weighted)
    return sum(value * weight for value, weight in weighted) / total if total else 1.0
