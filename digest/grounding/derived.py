"""Numbers that a claim works out from those of its source: a ratio, a difference, a sum."""

from __future__ import annotations

import re
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.grounding.case import Case
    from digest.text.measures import Stated

_RATIO = 0.07  # how far off a ratio of two numbers may be told
_ROUNDED = 0.06  # a difference or a sum that says that it is rounded, or has one digit …
_PLAIN = 0.004  # … and another
_POINTS = 0.01  # and a difference of shares
_MOST = 10  # numbers that are tried with one another
_RATIOS = frozenset({"share", "points", "times", "rank"})
_APART = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:more|fewer|less|higher|lower|larger|smaller|above|below|ahead|behind|apart"
    r"|short)\b",
    re.IGNORECASE,
)
_APART_BEFORE = re.compile(
    r"\b(?:gap|difference|lead|margin|increase|decrease|rise|drop|fall|gain) (?:of|by)"
    r"(?: about| some| around| roughly| nearly| almost| more than| over)? $"
)
_AS_MUCH = re.compile(
    r" (?:of (?:that|it|this|those|these|them)|as (?:much|many|large|big|high)|that|"
    r"the (?:size|price|cost|number|amount|rate))\b"
)
_TOGETHER = re.compile(
    r"\b(?:combined|together|altogether|in (?:all|total)|a total of|totall?ing)\b"
)


def derived(one: Stated, known: Sequence[Stated], case: Case) -> bool:
    """Whether the number follows from two of the claim's that are the source's, one of these and one
    of the evidence or next to it, or two of one sentence of the evidence; in words or by words that say so.
    """
    if borne_out(one, known):
        return True
    rows = [place.sentence.stated[:_MOST] for place in case.evidence]
    if one.kind in {"share", "times"}:
        if not _AS_MUCH.match(folded(case.sentence.text).lower(), one.end):
            return False
        pairs = [(mine, other) for mine in known for other in _near_by(case)]
        return _has_ratio(one, [*pairs, *_pairs(rows)])
    text, after = folded(case.sentence.text).lower(), one.end
    apart = _APART.match(text, after) or _APART_BEFORE.search(text[: one.start])
    return bool(
        (apart and any(_near(one, abs(a.value - b.value)) for a, b in _of_kind(one, rows)))
        or (
            _TOGETHER.search(text)
            and any(_near(one, a.value + b.value) for a, b in _of_kind(one, rows))
        )
    )


def borne_out(one: Stated, known: Sequence[Stated]) -> bool:
    """Whether two of the numbers known, of one unit, have the ratio, or two shares the difference,
    that `one` gives.
    """
    if one.kind == "points":
        shares = [other.value for other in known if other.kind == "share"][:_MOST]
        return any(abs(abs(a - b) - one.value) < _POINTS for a, b in combinations(shares, 2))
    return one.kind in {"times", "share"} and _has_ratio(one, combinations(known[:_MOST], 2))


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
    return any(abs(value - one.value) <= _RATIO * one.value for value in values)


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
