"""Numbers that a claim works out from those of its source: a ratio, a difference, a sum, what is
left of a whole.
"""

from __future__ import annotations

import re
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.grounding.aligned import Place
    from digest.grounding.case import Case
    from digest.text.measures import Stated

# how far a ratio, a difference or a sum may lie below and above one of the claim, by its bound
_ROUNDING = {"": (0.06, 0.06), "about": (0.1, 0.1), "over": (0.15, 0.0), "under": (0.0, 0.15)}
_IN_DIGITS = 0.02  # the same for a ratio in digits that does not say that it is rounded
_ROUNDED = 0.06  # a difference or a sum that says that it is rounded, or has one digit …
_PLAIN = 0.004  # … and another
_POINTS = 0.01  # and a difference of shares
_MOST = 10  # numbers that are tried with one another
_RATIOS = frozenset({"share", "points", "times", "rank"})
_APART = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:more|fewer|less|higher|lower|larger|smaller|above|below|ahead|behind|apart"
    r"|short|earlier|later)\b",
    re.IGNORECASE,
)
_APART_BEFORE = re.compile(
    r"\b(?:gap|difference|lead|margin|increase|decrease|rise|drop|fall|gain) (?:of|by)"
    r"(?: about| some| around| roughly| nearly| almost| more than| over)? $"
)
_TOGETHER = re.compile(
    r"\b(?:combined|together|altogether|in (?:all|total)|a total of|totall?ing|both)\b"
)
_AS_MUCH = re.compile(
    r" (?:of (?:that|it|this|those|these|them)|as (?:much|many|large|big|high)|that|"
    r"the (?:size|price|cost|number|amount|rate))\b"
)
_LEFT = re.compile(r"\b(?:rest|remaind\w*|remain\w*|others?|left|not?|n't|without|un\w+)\b")


def derived(one: Stated, known: Sequence[Stated], case: Case) -> bool:
    """Whether the number follows from two of the claim's that are the source's, one of these and
    one of the evidence or next to it, or some of the evidence that stand together.
    """
    rows = [_beside(place) for place in case.evidence]
    if borne_out(one, known) or any(_reckoned(one, place, case) for place in case.evidence):
        return True
    text = folded(case.sentence.text).lower()
    if one.kind == "share" and _LEFT.search(text) and _complement(one, rows):
        return True
    if one.kind not in {"share", "times"} or not _AS_MUCH.match(text, one.end):
        return False
    pairs = [(mine, other) for mine in known for row in rows for other in row]
    return _has_ratio(one, [*pairs, *(pair for row in rows for pair in combinations(row, 2))])


def _beside(place: Place) -> tuple[Stated, ...]:
    """The numbers of a sentence and of the one before and behind it."""
    near = place.source.sentences[max(0, place.number - 1) : place.number + 2]
    return tuple(other for sentence in near for other in sentence.stated[:_MOST])[: 2 * _MOST]


def _reckoned(one: Stated, place: Place, case: Case) -> bool:
    """Whether the number is the sum or the difference of two, or one so many times, per cent or
    points more or less. In digits a sum or a difference says that it is one.
    """
    near, here = _beside(place), place.sentence.stated[:_MOST]
    text = folded(case.sentence.text).lower()
    values = [
        other.value * times.value
        for other in near
        for times in near
        if times.kind == "times" and _of_kind(one, other)
    ]
    if one.kind == "share":
        values += [
            other.value + sign * points.value
            for other, points in permutations(here, 2)
            for sign in (1, -1)
            if (other.kind, points.kind) == ("share", "points")
        ]
    told = not any(map(str.isdigit, one.text))
    apart = _APART.match(text, one.end) or _APART_BEFORE.search(text[: one.start])
    if told or apart:
        values += [abs(a.value - b.value) for a, b in _of_two(one, here)]
    if told or _TOGETHER.search(text):
        values += [a.value + b.value for a, b in _of_two(one, near)]
    return any(_near(one, value) for value in values)


def _of_two(one: Stated, row: Sequence[Stated]) -> Iterator[tuple[Stated, Stated]]:
    return combinations((other for other in row if _of_kind(one, other)), 2)


def borne_out(one: Stated, known: Sequence[Stated]) -> bool:
    """Whether two of the numbers known, of one unit, have the ratio, or two shares the difference,
    that `one` gives.
    """
    if one.kind == "points":
        shares = [other.value for other in known if other.kind == "share"][:_MOST]
        return any(abs(abs(a - b) - one.value) < _POINTS for a, b in combinations(shares, 2))
    return one.kind in {"times", "share"} and _has_ratio(one, combinations(known[:_MOST], 2))


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


def _of_kind(one: Stated, other: Stated) -> bool:
    """Whether the two are of the same, as far as they say of what; ranks are not reckoned with."""
    return one.kind == other.kind not in {"rank", "times"} and (
        one.kind == "count" or one.unit == other.unit
    )


def _near(one: Stated, value: float) -> bool:
    """Whether the number is this value, rounded where it says so or is short."""
    short = len(f"{one.value:.10g}".replace(".", "").strip("0")) <= 1
    allowed = _ROUNDED if one.bound or short else _PLAIN
    return bool(one.value) and abs(value - one.value) <= allowed * one.value
