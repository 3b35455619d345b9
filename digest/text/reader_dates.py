"""Days and months as a reader writes them in the newsletter's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale

_NBSP = "\u00a0"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NAMELESS = "M01"  # January in a language of which CLDR has no more than its name
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def month(when: date, language: str) -> str:
    """A month: "February 2026"."""
    return (
        f"{MONTHS[when.month - 1]} {when.year}"
        if _english(language)
        else _set(when, language, "yMMMM", f"{when:%Y-%m}")
    )


def plain_day(when: date, language: str) -> str:
    """A day within a sentence: "5 February 2026"."""
    if _english(language):
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return _set(when, language, "yMMMMd", when.isoformat())


def day_of_year(when: date, language: str) -> str:
    """A day of a year that is known: "5 February"."""
    if _english(language):
        return f"{when.day} {MONTHS[when.month - 1]}"
    return _set(when, language, "MMMMd", when.isoformat())


def weekday(when: date, language: str) -> str:
    """A day of a week that is known: "Thursday"."""
    if _english(language):
        return _WEEKDAYS[when.weekday()]
    locale = locale_of(language)
    if locale is None:
        return when.isoformat()
    from babel.dates import format_date

    return str(format_date(when, "EEEE", locale=locale))


def full_day(when: date, language: str) -> str:
    """A day with its weekday: "Thursday, 5 February 2026"."""
    if _english(language):
        return f"{_WEEKDAYS[when.weekday()]}, {plain_day(when, language)}"
    locale = locale_of(language)
    if locale is None:
        return when.isoformat()
    from babel.dates import format_date

    return str(format_date(when, "full", locale=locale))


def short_day(when: date, language: str, *, year: bool = True) -> str:
    """A day in a list: "5 Feb 2026", or without its year."""
    if _english(language):
        short = f"{when.day}{_NBSP}{MONTHS[when.month - 1][:3]}"
        return f"{short} {when.year}" if year else short
    return _set(when, language, "yMMMd" if year else "MMMd", when.isoformat())


def span_of_days(first: date, last: date, language: str) -> str:
    """The days from one to another: "19 to 25 January 2026"."""
    if _english(language):
        begins = plain_day(first, language)
        if first.year == last.year:
            begins = str(first.day) if first.month == last.month else day_of_year(first, language)
        return f"{begins} to {plain_day(last, language)}"
    locale = locale_of(language)
    if locale is None:
        return f"{first.isoformat()}/{last.isoformat()}"
    from babel.dates import format_interval

    return str(format_interval(first, last, "yMMMMd", locale=locale))


def _english(language: str) -> bool:
    return language.partition("-")[0] == "en"


def _set(when: date, language: str, fields: str, unknown: str) -> str:
    """A day with these fields (of CLDR) in the order of the language, `unknown` where we know it
    not.
    """
    locale = locale_of(language)
    if locale is None:
        return unknown
    from babel.dates import format_date, format_skeleton, match_skeleton

    if fields in locale.datetime_skeletons or match_skeleton(fields, locale.datetime_skeletons):
        return str(format_skeleton(fields, when, locale=locale))
    return str(format_date(when, "long", locale=locale))


@cache
def locale_of(language: str) -> Locale | None:
    """What Unicode's CLDR knows of a language like "de-AT", or of "de"; None for nothing."""
    from babel import Locale, UnknownLocaleError

    for name in (language, language.partition("-")[0]):
        try:
            found = Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        return None if found.months["format"]["wide"][1] == _NAMELESS else found
    return None
