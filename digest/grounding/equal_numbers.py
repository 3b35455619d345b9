"""When two texts state the same number: one scale and unit, a rounding that says it is one, or
another way to put it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.numerals import in_digits
from digest.text.stems import stem

if TYPE_CHECKING:
    from digest.text.measures import Stated

_EXACT = 1e-6
# how far below and above the source's figure one may be that says it is none exactly
_ROUNDING = {"about": (0.06, 0.06), "under": (0.08, 0.0), "over": (0.0, 0.2)}
_MONTHS = {"month": 1, "year": 12}
# a share in words is a rounding: "three quarters" of 72 %
_FRACTION = re.compile(
    r"\b(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b", re.IGNORECASE
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_PLAIN = frozenset({"", "to", "and", "or", "of", "in"})
# units of one kind: a count of one is none of another
_FAMILIES = tuple(
    frozenset(map(stem, family.split()))
    for family in (
        "kilowatt megawatt gigawatt terawatt",
        "kilobyte megabyte gigabyte terabyte petabyte",
        "hour day week month quarter year",
        "gram kilogram ton tonne",
        "meter kilometer mile foot",
    )
)


def agree(one: Stated, other: Stated) -> bool:
    """Whether the claim's number is the source's."""
    if _measured_alike(one, other) and (_close(one, other) or _as_growth(one, other)):
        return True
    return _aged(one, other) or _of_so_many(one, other) or _in_cents(one, other)


def _measured_alike(one: Stated, other: Stated) -> bool:
    if one.kind != other.kind:
        kinds = {one.kind, other.kind}
        pointed = kinds == {"points", "count"} and "points" in {one.unit, other.unit}
        return pointed or kinds == {"share", "times"} or _bare(one, other) or _bare(other, one)
    if one.kind == "count" and one.unit != other.unit:
        both = {stem(one.unit), stem(other.unit)}
        if any(both <= family for family in _FAMILIES):
            return False
    if one.period and other.period and one.period != other.period:
        return False
    if one.kind == "rank" and {one.unit, other.unit} & {"quarter", "half"}:
        return one.unit == other.unit
    return one.kind not in {"money", "time"} or one.unit == other.unit


def _bare(number: Stated, measured: Stated) -> bool:
    """Whether the first is a number alone, which may be short for the other: "6.1 percent, against
    5.8", "year five".
    """
    if number.kind != "count":
        return False
    money = measured.kind == "money"
    if number.unit not in _PLAIN and not (money and number.unit == "more"):
        return False
    if money and number.value < 100 and number.value != int(number.value):
        return True  # "for each dollar 3.3 more"
    large = measured.kind in {"money", "power"} and number.value >= 1e6
    return large or measured.kind in {"share", "time", "rank", "times"}


def _close(one: Stated, other: Stated) -> bool:
    if {one.kind, other.kind} == {"share", "times"}:
        return False
    if one.kind == "count" and other.kind == "time":
        return other.text.startswith(one.text)  # "11.4 hours, and 9.8 on the rest"
    if one.kind == "time" and other.kind == "count":
        return one.text.startswith(other.text)  # "from 40 weeks to 70"
    if abs(one.value - other.value) <= _EXACT * max(one.value, other.value):
        return True
    roughly = one.kind == "share" and _FRACTION.search(one.text) is not None
    if roughly or (one.bound and _rounder(one.value, other.value)):
        below, above = _ROUNDING[one.bound or "about"]
        return one.value * (1 - below) <= other.value <= one.value * (1 + above)
    return _rounded(one, other)


def _rounded(one: Stated, other: Stated) -> bool:
    """Whether the first is the other in two digits or more, as one rounds: "1.2 billion" for 1,187
    million, but not "1.60" for 1.62.
    """
    figure = _FIGURE.search(one.text.replace(",", ""))
    written = figure[0] if figure and "." in figure[0] else f"{one.value:.10g}".rstrip("0")
    mine, theirs = len(written.replace(".", "").lstrip("0")), len(_digits(other.value))
    return 2 <= mine < theirs and float(f"{other.value:.{mine}g}") == one.value


def _rounder(value: float, exact: float) -> bool:
    """Whether the first is given in fewer digits than the other, or ends in a five."""
    mine, theirs = _digits(value), _digits(exact)
    return len(mine) <= 1 or len(mine) < len(theirs) or mine.endswith("5")


def _digits(value: float) -> str:
    return f"{value:.10g}".replace(".", "").strip("0")


def _as_growth(one: Stated, other: Stated) -> bool:
    """ "doubled" for a rise of 100%, and the other way around."""
    times, share = (one, other) if one.kind == "times" else (other, one)
    grown = (times.value - 1) * 100
    return (times.kind, share.kind) == ("times", "share") and abs(grown - share.value) < _EXACT


def _aged(one: Stated, other: Stated) -> bool:
    """ "founded three months ago" and "the three-month-old unit"."""
    age, time = (one, other) if one.kind == "count" else (other, one)
    months = _MONTHS.get(age.unit, 0) * age.value if age.kind == "count" else 0
    return (time.kind, time.unit) == ("time", "month") and months == time.value


def _in_cents(one: Stated, other: Stated) -> bool:
    """ "ten cents" and "$0.10"."""
    cents, money = (one, other) if one.kind == "count" else (other, one)
    kinds = (cents.kind, stem(cents.unit), money.kind) == ("count", "cent", "money")
    return kinds and abs(cents.value - 100 * money.value) < _EXACT


def _of_so_many(one: Stated, other: Stated) -> bool:
    """ "five of 45 citations" and "five citations out of 45"."""
    if (one.kind, other.kind) != ("count", "share") or " " not in other.text:
        return False
    figures = _FIGURE.findall(in_digits(other.text).text)
    return len(figures) > 1 and any(float(figure) == one.value for figure in figures)
