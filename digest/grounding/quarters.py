"""Quarters of a year that a text tells by their months: "between July and September"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text.folding import folded

if TYPE_CHECKING:
    from digest.grounding.case import Case
    from digest.text.measures import Stated

_FIRST = {"jan": 1, "apr": 2, "jul": 3, "oct": 4}
_LAST = {"mar": 1, "jun": 2, "sep": 3, "dec": 4}
_YEAR = r"(?:,? \d{4})?"
_MONTHS = re.compile(
    r"\b(?P<first>jan|apr|jul|oct)[a-z]*\.?(?: (?:and|to|through|until) |\s?-\s?)"
    rf"(?:the end of )?(?P<last>mar|jun|sep|dec)[a-z]*\b{_YEAR}"
    r"|\b(?:three[ -]months?|3[ -]months?|quarter)(?: period)?,? (?:that )?"
    r"(?:to|through|until|end(?:ed|ing|s)(?: in| on)?)"
    rf" (?:the end of )?(?:\d\d )?(?P<end>mar|jun|sep|dec)[a-z]*\b(?: \d\d\b)?{_YEAR}"
)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter, 1 to 4, and where the text has its months."""

    number: int
    start: int
    end: int


def quarters(text: str) -> tuple[Quarter, ...]:
    """The quarters in order; two months that begin and end none are none."""
    found = (
        (match, _LAST[match["end"] or match["last"]])
        for match in _MONTHS.finditer(folded(text).lower())
    )
    return tuple(
        Quarter(number, *match.span())
        for match, number in found
        if match["end"] or _FIRST[match["first"]] == number
    )


def is_stated(quarter: Quarter, case: Case) -> bool:
    """Whether a source gives the quarter by its number: "the third quarter", "Q3"."""
    return any(
        (other.kind, other.unit, other.value) == ("rank", "quarter", quarter.number)
        for source in case.sources
        for number in source.numbered
        for other in source.sentences[number].stated
    )


def of_months(one: Stated, case: Case) -> bool:
    """Whether the claim's number is a part of such months: "the three months to September"."""
    return any(
        quarter.start <= one.start < quarter.end and is_stated(quarter, case)
        for quarter in quarters(case.sentence.text)
    )


def told_by_months(one: Stated, case: Case) -> bool:
    """Whether the claim's number is that of a quarter of which a source gives the months."""
    return (one.kind, one.unit) == ("rank", "quarter") and any(
        quarter.number == one.value for source in case.sources for quarter in quarters(source.plain)
    )
