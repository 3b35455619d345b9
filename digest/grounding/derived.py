"""A multiple or a share that the claim's own numbers bear out: "about twice the $91 million" beside
"$180 million".
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.text.measures import Stated

_NEAR = 0.07  # how far off the ratio may be
_SAME = 0.01  # how far off a difference of shares may be, in points
_RATIOS = frozenset({"share", "points", "times", "rank"})
_MOST = 10  # numbers of a sentence that are tried with one another


def borne_out(one: Stated, found: Sequence[Stated]) -> bool:
    """Whether two of the numbers found, of one unit, have the ratio, or two shares the difference,
    that `one` gives.
    """
    if one.kind == "points":
        shares = [other.value for other in found if other.kind == "share"]
        return any(abs(abs(a - b) - one.value) < _SAME for a, b in permutations(shares[:_MOST], 2))
    if one.kind not in {"times", "share"} or not one.value:
        return False
    amounts = [other for other in found if other.kind not in _RATIOS]
    pairs = (
        (a.value, b.value)
        for a, b in permutations(amounts[:_MOST], 2)
        if (a.kind, a.unit, a.period) == (b.kind, b.unit, b.period)
    )
    return any(_near(one, a / b) for a, b in pairs if a and b)


def _near(one: Stated, ratio: float) -> bool:
    values = (
        (ratio,) if one.kind == "times" else (100 * ratio, 100 * (ratio - 1), 100 * (1 - ratio))
    )
    return any(abs(value - one.value) <= _NEAR * one.value for value in values)
