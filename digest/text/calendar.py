"""The dates of a text, as far as they are given, completed by when the text was published."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from digest.text.folding import folded

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = (
    r"(?P<{}>"
    + "|".join(
        f"{name[:3]}(?:{name[3:]}|{'t' if name == 'september' else ''}\\b)" for name in MONTHS
    )
    + r")\.?"
)
_DATE = re.compile(
    rf"\b{_MONTH.format('m1')}\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d|\.\d|\s?%|\sper\s?cent)(?:(?:\s?,)?\s(?P<y1>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH.format('m2')}\b(?:(?:\s?,)?\s(?P<y2>(?:19|20)\d\d)\b)?"
    rf"|\b{_MONTH.format('m3')},?\s(?P<y3>(?:19|20)\d\d)\b"
    rf"|\b(?P<y5>(?:19|20)\d\d)-(?P<m5>\d\d)-(?P<d5>\d\d)\b"
    rf"|(?<![\w.,$€£-])(?:(?:end|mid|early|late)-)?(?P<y4>(?:19|20)\d\d)(?:s\b)?(?![\w%]|,\d|\.\d)"
    rf"|\b(?:in|of|by|since|until|late|early|this|last|next|from|to|and|mid|the)[\s-](?P<may>May)\b"
    rf"|\b(?P<m4>January|February|March|April|June|July|August|September|October|November|December)\b"
    rf"|\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b"
    rf"|\b(?P<before>(?:the (?:previous|prior|preceding) year|(?:a|the|one) year"
    rf" (?:earlier|before|ago|prior)|year-earlier|year-ago))\b"
    rf"|\b(?P<which>this|last|next) (?P<unit>year|month)\b|\b(?P<day>today|yesterday|tomorrow)\b",
    re.IGNORECASE,
)
_SHIFT = {"this": 0, "last": -1, "next": 1, "today": 0, "yesterday": -1, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as far as it is given; 0 for a part that is not, and weekday from 1 for Monday."""

    year: int
    month: int
    day: int
    weekday: int
    text: str
    relative: bool = False  # "last year": means something only with a date of publication
    start: int = 0  # where it stands in the text
    before: bool = False  # "the previous year"


def dates(text: str, published: date | None = None) -> tuple[Dated, ...]:
    """The dates in the text in order. What is relative is resolved where the date of publication is
    known.
    """
    found = [one for match in _DATE.finditer(folded(text)) if (one := _dated(match, published))]
    return tuple(
        _counted_back(one, found[:i], published) if one.before else one
        for i, one in enumerate(found)
    )


def _counted_back(one: Dated, stated: list[Dated], published: date | None) -> Dated:
    """ "The previous year": the one before the year that the sentence has stated last, or before
    that of publication.
    """
    base = next(
        (other.year for other in reversed(stated) if other.year and not other.before),
        published.year if published else 0,
    )
    return replace(one, year=base - 1 if base else 0)


def _dated(found: re.Match[str], published: date | None) -> Dated | None:
    parts = found.groupdict()
    if parts["before"]:
        return Dated(0, 0, 0, 0, found[0], relative=True, start=found.start(), before=True)
    if parts["which"] or parts["day"]:
        return _relative(found, published)
    if parts["weekday"]:
        return _weekday(found, published)
    month = next((parts[name] for name in ("m1", "m2", "m3", "m4", "may") if parts[name]), "")
    number = int(parts["m5"] or 0) or (
        1 + next(i for i, name in enumerate(MONTHS) if name.startswith(month.lower()[:3]))
        if month
        else 0
    )
    year = next((int(parts[name]) for name in ("y1", "y2", "y3", "y4", "y5") if parts[name]), 0)
    day = int(parts["d1"] or parts["d2"] or parts["d5"] or 0)
    if (parts["m4"] and not parts["m4"][0].isupper()) or (
        parts["may"] and not parts["may"][0].isupper()
    ):
        return None
    weekday = _valid(year or (published.year if published else 0), number, day)
    return Dated(year, number, day, weekday, found["may"] or found[0], start=found.start())


def _relative(found: re.Match[str], published: date | None) -> Dated:
    if published is None:
        return Dated(0, 0, 0, 0, found[0], relative=True, start=found.start())
    if found["day"]:
        day = published + timedelta(days=_SHIFT[found["day"].lower()])
        return Dated(
            day.year,
            day.month,
            day.day,
            day.isoweekday(),
            found[0],
            relative=True,
            start=found.start(),
        )
    shift = _SHIFT[found["which"].lower()]
    if found["unit"].lower() == "year":
        return Dated(published.year + shift, 0, 0, 0, found[0], relative=True, start=found.start())
    months = published.year * 12 + published.month - 1 + shift
    return Dated(months // 12, months % 12 + 1, 0, 0, found[0], relative=True, start=found.start())


def _weekday(found: re.Match[str], published: date | None) -> Dated:
    """A weekday; with a date of publication the last such day up to it, which is how news are
    written.
    """
    number = 1 + WEEKDAYS.index(found["weekday"].lower())
    if published is None:
        return Dated(0, 0, 0, number, found[0], start=found.start())
    day = published - timedelta(days=(published.isoweekday() - number) % 7)
    return Dated(day.year, day.month, day.day, number, found[0], start=found.start())


def _valid(year: int, month: int, day: int) -> int:
    """The weekday of a full date; 0 when it is none."""
    try:
        return date(year, month, day).isoweekday()
    except ValueError:
        return 0
