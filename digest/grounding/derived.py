"""Numbers that a claim works out from those of its source: a ratio, a difference, a sum, what is
left of a whole, the years between two dates.
"""

from __future__ import annotations

import re
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.grounding.case import Case
    from digest.text.measures import Stated

# how far a ratio, a difference or a sum may lie below and above one of the claim, by its bound
_ROUNDING = {"": (0.07, 0.07), "about": (0.1, 0.1), "over": (0.0, 0.6), "under": (0.15, 0.0)}
_IN_DIGITS = 0.02  # the same for a ratio in digits that does not say that it is rounded
_ROUNDED = 0.06  # a difference or a sum that says that it is rounded, or has one digit …
_PLAIN = 0.004  # … and another
_POINTS = 0.01  # and a difference of shares
_MOST = 10  # numbers that are tried with one another
_RATIOS = frozenset({"share", "points", "times", "rank"})
_APART = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:more|fewer|less|higher|lower|larger|smaller|above|below|ahead|behind|apart"
    r"|short|earlier|later|before|after)\b",
    re.IGNORECASE,
)
_APART_BEFORE = re.compile(
    r"\b(?:gap|difference|lead|margin|increase|decrease|rise|drop|fall|gain|rose|fell|grew|added|adds"
    r"|up|down|cut) (?:of |by )?(?:about |some |around |roughly |nearly |almost |more than |over )?[$€£]?$"
)
_AS_MUCH = re.compile(
    r" (?:of (?:that|it|this|those|these|them)|as (?:much|many|large|big|high)|that|"
    r"the (?:size|price|cost|number|amount|rate))\b"
)
_TOGETHER = re.compile(
    r"\b(?:combined|together|altogether|in (?:all|total)|total|totals|totall?ing|both|all)\b"
)
_LEFT = re.compile(r"\b(?:rest|remaind\w*|remain\w*|others?|left|not?|n't|without|un\w+)\b")


def derived(one: Stated, known: Sequence[Stated], case: Case) -> bool:
    """Whether the number follows from two of the claim's that are the source's, one of these and
    one of the evidence or next to it, or two of one sentence of the evidence; in words or by words
    that say so.
    """
    rows = [place.sentence.stated[:_MOST] for place in case.evidence]
    if borne_out(one, known) or _revised(one, rows):
        return True
    text, after = folded(case.sentence.text).lower(), one.end
    if one.kind in {"share", "times"}:
        if one.kind == "share" and _LEFT.search(text) and _complement(one, rows):
            return True
        if not _AS_MUCH.match(text, after):
            return False
        pairs = [(mine, other) for mine in known for other in _near_by(case)]
        return _has_ratio(one, [*pairs, *_pairs(rows)])
    apart = _APART.match(text, after) or _APART_BEFORE.search(text[: one.start])
    together = _TOGETHER.search(text)
    return any(
        bool(apart and _near(one, abs(a.value - b.value)))
        or bool(together and _near(one, a.value + b.value))
        for a, b in _of_kind(one, rows)
    )


def borne_out(one: Stated, known: Sequence[Stated]) -> bool:
    """Whether two of the numbers known, of one unit, have the ratio, or two shares the difference,
    that `one` gives.
    """
    if one.kind == "points":
        shares = [other.value for other in known if other.kind == "share"][:_MOST]
        return any(abs(abs(a - b) - one.value) < _POINTS for a, b in combinations(shares, 2))
    return one.kind in {"times", "share"} and _has_ratio(one, combinations(known[:_MOST], 2))


def _revised(one: Stated, rows: Iterable[Sequence[Stated]]) -> bool:
    """Whether the share is what another was before it went so many points up or down: "3.1" of
    "3.3 percent, 0.2 points more".
    """
    return one.kind == "share" and any(
        abs(abs(share.value + sign * points.value) - one.value) < _POINTS
        for row in rows
        for share, points in permutations(row, 2)
        for sign in (-1, 1)
        if (share.kind, points.kind) == ("share", "points")
    )


def _complement(one: Stated, rows: Iterable[Sequence[Stated]]) -> bool:
    """Whether the share is what another leaves of the whole."""
    shares = (other.value for row in rows for other in row if other.kind == "share")
    return any(abs(100 - value - one.value) < _POINTS for value in shares)


def _has_ratio(one: Stated, pairs: Iterable[tuple[Stated, Stated]]) -> bool:
    return any(
        _ratio(one, a.value / b.value)
        for pair in pairs
        for a, b in permutations(pair)
        if a.kind not in _RATIOS
        and (a.kind, a.unit, a.period) == (b.kind, b.unit, b.period)
        and a.value
        and b.value
        and one.value
    )


def _ratio(one: Stated, ratio: float) -> bool:
    shares = (100 * ratio, 100 * (ratio - 1), 100 * (1 - ratio))
    values = (ratio,) if one.kind == "times" else shares
    exact = not one.bound and any(map(str.isdigit, one.text))
    below, above = (_IN_DIGITS, _IN_DIGITS) if exact else _ROUNDING[one.bound]
    return any(one.value * (1 - below) <= value <= one.value * (1 + above) for value in values)


def _near_by(case: Case) -> Iterator[Stated]:
    """The numbers of the evidence and of the sentences next to it."""
    for place in case.evidence:
        for sentence in place.source.sentences[max(0, place.number - 1) : place.number + 2]:
            yield from sentence.stated[:_MOST]


def _pairs(rows: Iterable[Sequence[Stated]]) -> Iterator[tuple[Stated, Stated]]:
    return (pair for row in rows for pair in combinations(row, 2))


def _of_kind(one: Stated, rows: Iterable[Sequence[Stated]]) -> Iterator[tuple[Stated, Stated]]:
    """Two numbers of a sentence that are of the same as the claim's, as far as they say of what."""
    for pair in _pairs(rows):
        units = {each.unit for each in pair} - {""}
        if {each.kind for each in pair} == {one.kind} and len(units) <= 1:
            yield pair


def _near(one: Stated, value: float) -> bool:
    figures = f"{one.value:.10g}".replace(".", "").strip("0")
    allowed = _ROUNDED if one.bound or len(figures) <= 1 else _PLAIN
    return bool(one.value) and abs(value - one.value) <= allowed * one.value
