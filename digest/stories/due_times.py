"""By when something is to happen: a time to come as a text gives it, completed by the date on
which it was said.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from digest.text.calendar import MONTHS
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

FURTHEST = 30  # years ahead of what is no forecast but a vision

_YEAR = r"(?:20\d\d)"
_MONTH = "|".join(name.capitalize() for name in MONTHS)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MANY = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|\d{1,2})"
_PART = r"(?:the end of|the close of|the start of|the middle of|early|mid|late)"
_DUE = re.compile(
    r"\b(?:"
    rf"(?:by|before|in|until|for|throughout)(?: the)?(?: {_PART})?[ -]?"
    rf"(?P<year>{_YEAR})(?!s|\w|%|,\d)"
    r"|(?:by|before|in) (?:the end of )?(?:the|this) (?P<decade>decade)"
    rf"|(?:by|in|during|for|before)(?: {_PART})?(?: the| its)?(?: fiscal| calendar)?"
    r" (?P<ordinal>first|second|third|fourth)(?: fiscal| calendar)?"
    r" (?P<unit>quarter|half)(?! of [A-Z])"
    rf"(?:,? of)?(?: (?:fiscal |calendar )?(?P<oyear>{_YEAR})| (?P<owhich>this|next) year)?"
    r"|(?:by|in|during|for|before)(?: the)? (?P<q>[QH])(?P<qn>[1-4])"
    rf"(?: (?:of )?(?P<qyear>{_YEAR}))?"
    r"|(?:(?:by|before|in)(?: the end of)? |later |sometime )?(?P<which>this|next)"
    r" (?P<span>year|quarter|month|week|summer|fall|autumn|winter|spring)"
    rf"|(?:on|by|until) (?:next )?(?P<weekday>{'|'.join(_WEEKDAYS)})"
    r"|(?:by|before) the end of the (?P<current>year|quarter|month|week)"
    rf"|(?:by|in|before|until|on)(?: {_PART})?(?: \d{{1,2}})? (?P<month>{_MONTH})"
    rf"(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? (?P<myear>{_YEAR}))?"
    rf"|(?:within|in|over) (?:the )?(?:next |coming )?(?P<many>{_MANY})"
    r" (?P<each>days|weeks|months|years|month|year|week)(?! of\b| ago|old)"
    r")\b"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
} | {"a": 1, "an": 1, "twelve": 12, "eighteen": 18}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SEASONS = {"spring": 6, "summer": 9, "fall": 12, "autumn": 12, "winter": 3}  # the month of its end
_DAYS = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}
_PARTS = {"early": 4, "the start of": 3, "mid": 6, "the middle of": 6}  # the month by which


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a time to come, and where its words stand."""

    day: date
    text: str
    start: int
    end: int


def due_times(text: str, said: date) -> tuple[Due, ...]:
    """The times to come that a text gives, in order."""
    return tuple(_times(folded(text), said))


def _times(plain: str, said: date) -> Iterator[Due]:
    for found in _DUE.finditer(plain):
        day = _last_day(found, said)
        if day and said < day <= said + timedelta(days=365 * FURTHEST):
            yield Due(day, found[0], *found.span())


def _last_day(found: re.Match[str], said: date) -> date | None:
    if found["year"]:
        return month_end(int(found["year"]), _part_month(found[0]))
    if found["decade"]:
        return date(said.year // 10 * 10 + 9, 12, 31)
    if found["ordinal"] or found["q"]:
        return _numbered(found, said)
    if found["month"]:
        return _month(found, said)
    if found["weekday"]:
        ahead = (_WEEKDAYS.index(found["weekday"]) - said.weekday()) % 7 or 7
        return said + timedelta(days=ahead)
    return _counted(found, said) if found["many"] else _relative(found, said)


def _part_month(words: str) -> int:
    """The month by which a part of a year is over: "early 2027", "mid-2027"."""
    return next((month for part, month in _PARTS.items() if part in words), 12)


def _numbered(found: re.Match[str], said: date) -> date:
    number = int(found["qn"] or 0) or _ORDINALS[found["ordinal"]]
    half = found["unit"] == "half" or found["q"] == "H"
    month = min(12, number * (6 if half else 3))
    given = found["oyear"] or found["qyear"]
    if given:
        return month_end(int(given), month)
    if found["owhich"]:
        return month_end(said.year + (found["owhich"] == "next"), month)
    this = month_end(said.year, month)
    return this if this > said else month_end(said.year + 1, month)


def _relative(found: re.Match[str], said: date) -> date:
    if found.string[: found.end()].endswith("the next year"):
        return said + timedelta(days=365)
    span, later = found["span"] or found["current"], found["which"] == "next"
    if span in _SEASONS:
        end = month_end(said.year + (span == "winter"), _SEASONS[span])
        return month_end(end.year + 1, end.month) if later or end <= said else end
    if span == "week":
        return said + timedelta(days=6 - said.weekday() + 7 * later)
    if span == "year":
        return date(said.year + later, 12, 31)
    last = (said.month - 1) // 3 * 3 + 3 if span == "quarter" else said.month
    month = last + later * (3 if span == "quarter" else 1)
    return month_end(said.year + (month > 12), (month - 1) % 12 + 1)


def _month(found: re.Match[str], said: date) -> date:
    month = 1 + MONTHS.index(found["month"].lower())
    if found["myear"]:
        return month_end(int(found["myear"]), month)
    this = month_end(said.year, month)
    return this if this > said else month_end(said.year + 1, month)


def _counted(found: re.Match[str], said: date) -> date:
    word = found["many"].lower()
    many = _NUMBERS.get(word) or int(word)
    return said + timedelta(days=round(many * _DAYS[found["each"].rstrip("s")]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
