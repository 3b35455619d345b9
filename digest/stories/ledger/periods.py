"""For when a figure is: the time that its clause gives, completed by the date of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.text.folding import folded

if TYPE_CHECKING:
    from datetime import date

PeriodKind = Literal["", "quarter", "half", "year", "month", "week", "day"]

_NUMBER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_YEAR = r"(?:(?:19|20)\d\d)"
_PERIOD = re.compile(
    r"\b(?:"
    rf"(?:fiscal |its |the )*(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)"
    rf"(?:[- ]fiscal|[- ]calendar)?[- ](?P<part>quarter|half)"
    rf"(?:(?: of)?(?: (?:fiscal|calendar))?(?: year)? (?P<qyear>{_YEAR})| of (?P<qrel>this|last"
    rf"|next) year)?"
    rf"|(?P<q>[QH])(?P<qn>[1-4])(?:(?: of)?(?: (?:fiscal|FY))?[ ']?(?P<qqyear>{_YEAR}))?"
    rf"|(?P<which>this|last|latest|past|the|next|most recent|current|per|each|a|every|same"
    rf"|recent) (?:fiscal )?"
    rf"(?P<unit>quarter|half|year|month|week|day)"
    rf"|(?P<adjective>quarterly|annual|annually|yearly|monthly|weekly|daily|full[- ]year"
    rf"|nine[- ]month|half[- ]year)"
    rf"|(?:fiscal(?: year)? |FY ?|calendar(?: year)? |(?:in|for|of|throughout|during|through|by"
    rf"|over) )(?P<year>{_YEAR})"
    rf"|(?P<months>three months|nine months|six months|twelve months)"
    r")\b",
    re.IGNORECASE,
)
# what a figure is compared with, and how often or how long, is not when it is
_COMPARED = re.compile(
    r"(?:same|corresponding|year-ago|year-earlier) (?:period|quarter|time)"
    r"(?:,? (?:of|in))?(?: (?:the )?(?:last|previous|prior) year| (?:19|20)\d\d)?"
    r"|year[- ](?:over[- ]year|on[- ]year|ago|earlier|prior)"
    r"|(?:a|the|one) (?:year|quarter|month) (?:prior|earlier|before|ago)|(?:previous|prior"
    r"|preceding)"
    r" (?:year|quarter|month)|(?:over|from|than) (?:the )?(?:year|quarter) prior"
    r"|earlier this (?:year|month|week)|(?:since|from) (?:late |early |mid-)?(?:19|20)\d\d",
    re.IGNORECASE,
)
_ADJECTIVE: dict[str, PeriodKind] = {
    "quarterly": "quarter", "annual": "year", "annually": "year", "yearly": "year",
    "full-year": "year", "full year": "year", "monthly": "month", "weekly": "week", "daily": "day",
    "half-year": "half", "half year": "half",
}  # fmt: skip
_MONTHS: dict[str, PeriodKind] = {
    "three months": "quarter", "six months": "half", "twelve months": "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A time as a text gives it. `key` names one time ("2026", "2026-q1"), "" where that is not
    certain.
    """

    kind: PeriodKind
    text: str
    start: int
    end: int
    key: str = ""


def periods(text: str, published: date) -> tuple[Period, ...]:
    """The times that a text gives, in order."""
    plain = folded(text)
    compared = [one.span() for one in _COMPARED.finditer(plain)]
    found = []
    for match in _PERIOD.finditer(plain):
        if any(start < match.end() and match.start() < end for start, end in compared):
            continue
        kind, key = _read(match, published)
        if kind:
            found.append(Period(kind, match[0], *match.span(), key))
    return tuple(found)


def _read(found: re.Match[str], published: date) -> tuple[PeriodKind, str]:
    if found["ordinal"] or found["q"]:
        return _numbered(found, published)
    if found["year"]:
        return "year", found["year"]
    if found["adjective"]:
        return _ADJECTIVE.get(found["adjective"].lower(), ""), ""
    if found["months"]:
        return _MONTHS.get(found["months"].lower(), ""), ""
    return _relative(found["which"].lower(), found["unit"].lower(), published)


def _numbered(found: re.Match[str], published: date) -> tuple[PeriodKind, str]:
    half = (found["part"] or "").lower() == "half" or (found["q"] or "").upper() == "H"
    number = int(found["qn"] or 0) or _NUMBER[found["ordinal"].lower()]
    year = found["qyear"] or found["qqyear"] or ""
    if not year and found["qrel"]:
        shift = {"this": 0, "last": -1, "next": 1}[found["qrel"].lower()]
        year = str(published.year + shift)
    kind: PeriodKind = "half" if half else "quarter"
    return kind, f"{year}-{kind[0]}{number}" if year else ""


def _relative(which: str, unit: str, published: date) -> tuple[PeriodKind, str]:
    kinds: dict[str, PeriodKind] = {
        "quarter": "quarter", "half": "half", "year": "year", "month": "month", "week": "week",
        "day": "day",
    }  # fmt: skip
    shift = {"this": 0, "current": 0, "last": -1, "next": 1}.get(which)
    if unit == "year" and shift is not None:
        return "year", str(published.year + shift)
    if which in {"the", "same", "a"} and unit in {"month", "week", "day", "year"}:
        return ("", "") if which != "a" else (kinds[unit], "")
    return kinds[unit], ""
